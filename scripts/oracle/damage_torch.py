"""Adapters in torch's format: other layouts of the same tensors, and damages to zip and pickle."""

import argparse
import collections
import io
import json
import pickle
import zipfile
from typing import Callable

import numpy
import torch
from registry import Damage, add
from work import BIN, Work, torch_bytes


def as_bin(id: str, group: str, content_of: Callable[[Work], bytes]) -> None:
    """The adapter as a .bin whose content this makes of its tensors."""

    def act(work: Work, files: dict[str, bytes]) -> dict[str, bytes]:
        kept = {name: content for name, content in files.items() if name != work.weights}
        return {**kept, BIN: content_of(work)}

    add(Damage(id, group, on_files=act))


def plain(work: Work) -> dict[str, torch.Tensor]:
    return {name: tensor.clone() for name, tensor in work.state.items()}


def strided(tensor: torch.Tensor) -> torch.Tensor:
    """The same values, not contiguous."""
    if tensor.dim() < 2:
        return torch.stack([tensor, tensor], -1)[..., 0]
    return tensor.t().contiguous().t() if tensor.dim() == 2 else tensor.transpose(0, 1).contiguous().transpose(0, 1)


def one_storage(work: Work) -> dict[str, torch.Tensor]:
    """All tensors of one type as views of one flat storage."""
    dtype = next(iter(work.state.values())).dtype
    work.need(all(tensor.dtype == dtype for tensor in work.state.values()))
    flat = torch.cat([tensor.flatten() for tensor in work.state.values()])
    views, at = {}, 0
    for name, tensor in work.state.items():
        views[name] = flat[at : at + tensor.numel()].view(tensor.shape)
        at += tensor.numel()
    return views


def without_crc(work: Work) -> bytes:
    torch.serialization.set_crc32_options(False)
    try:
        return torch_bytes(plain(work))
    finally:
        torch.serialization.set_crc32_options(True)


HARMLESS = {
    "bin-plain": lambda work: torch_bytes(plain(work)),
    "bin-legacy": lambda work: torch_bytes(plain(work), _use_new_zipfile_serialization=False),
    "bin-ordered": lambda work: torch_bytes(collections.OrderedDict(plain(work))),
    "bin-parameters": lambda work: torch_bytes(
        {name: torch.nn.Parameter(tensor) if tensor.is_floating_point() else tensor for name, tensor in plain(work).items()}
    ),
    "bin-strided": lambda work: torch_bytes({name: strided(tensor) for name, tensor in plain(work).items()}),
    "bin-one-storage": lambda work: torch_bytes(one_storage(work)),
    "bin-legacy-one-storage": lambda work: torch_bytes(one_storage(work), _use_new_zipfile_serialization=False),
    "bin-without-crc": without_crc,
    "bin-extra-number": lambda work: torch_bytes({**plain(work), "step": 6}),
}

for id, content_of in HARMLESS.items():
    as_bin(id, "harmless", content_of)


def records(content: bytes, change: Callable[[str, bytes], bytes | None], compression: int = zipfile.ZIP_STORED) -> bytes:
    """The zip with records changed, or left out where `change` gives None."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", compression) as new:
        for record in old.infolist():
            data = change(record.filename, old.read(record))
            if data is not None:
                info = zipfile.ZipInfo(record.filename)
                info.compress_type = compression
                new.writestr(info, data)
    return made.getvalue()


def in_place(work: Work, change: Callable[[bytes], bytes]) -> bytes:
    """The zip with the bytes of its largest storage changed where they lie: its CRC-32 then contradicts them."""
    content = torch_bytes(plain(work))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        largest = max((one for one in archive.infolist() if "/data/" in one.filename), key=lambda one: one.file_size)
        data = archive.read(largest)
    at = content.index(data)
    changed = change(data)
    assert len(changed) == len(data)
    return content[:at] + changed + content[at + len(data) :]


def is_storage(name: str) -> bool:
    return "/data/" in name


def first_storage(name: str) -> bool:
    return name.endswith("/data/0")


BROKEN = {
    "bin-empty-dictionary": lambda work: torch_bytes({}),
    "bin-list": lambda work: torch_bytes(list(plain(work).values())),
    "bin-nested": lambda work: torch_bytes({"state_dict": plain(work)}),
    "bin-nested-more": lambda work: torch_bytes({"model": plain(work), "epoch": 3}),
    "bin-none": lambda work: torch_bytes(None),
    "bin-one-tensor": lambda work: torch_bytes(next(iter(plain(work).values()))),
    "bin-module": lambda work: torch_bytes(torch.nn.Linear(2, 2)),
    "bin-number-names": lambda work: torch_bytes(dict(enumerate(plain(work).values()))),
    "bin-numpy": lambda work: torch_bytes({name: tensor.float().numpy() for name, tensor in plain(work).items()}),
    "bin-numpy-scalar": lambda work: torch_bytes({**plain(work), "loss": numpy.float64(0.5)}),
    "bin-lists": lambda work: torch_bytes({name: tensor.tolist() for name, tensor in plain(work).items()}),
    "bin-none-values": lambda work: torch_bytes(dict.fromkeys(plain(work))),
    "bin-foreign-class": lambda work: torch_bytes({**plain(work), "args": argparse.Namespace(lr=0.1)}),
    "bin-function": lambda work: torch_bytes({**plain(work), "loss": json.loads}),
    "bin-protocol-4": lambda work: torch_bytes(plain(work), pickle_protocol=4),
    "bin-protocol-5": lambda work: torch_bytes(plain(work), pickle_protocol=5),
    "bin-legacy-protocol-4": lambda work: torch_bytes(plain(work), pickle_protocol=4, _use_new_zipfile_serialization=False),
    "bin-plain-pickle": lambda work: pickle.dumps({name: tensor.tolist() for name, tensor in plain(work).items()}),
    "bin-pickle-of-tensors": lambda work: pickle.dumps(plain(work)),
    "bin-legacy-cut": lambda work: half(torch_bytes(plain(work), _use_new_zipfile_serialization=False)),
    "bin-legacy-cut-last": lambda work: torch_bytes(plain(work), _use_new_zipfile_serialization=False)[:-1],
    "bin-legacy-trailing": lambda work: torch_bytes(plain(work), _use_new_zipfile_serialization=False) + b"\n",
    "bin-cut-half": lambda work: half(torch_bytes(plain(work))),
    "bin-cut-directory": lambda work: torch_bytes(plain(work))[:-30],
    "bin-trailing": lambda work: torch_bytes(plain(work)) + b"\n",
    "bin-tail-zeros": lambda work: (lambda c: c[: len(c) // 2] + bytes(len(c) - len(c) // 2))(torch_bytes(plain(work))),
    "bin-pickle-gone": lambda work: records(torch_bytes(plain(work)), lambda name, data: None if name.endswith("data.pkl") else data),
    "bin-pickle-cut": lambda work: records(torch_bytes(plain(work)), lambda name, data: data[:-30] if name.endswith("data.pkl") else data),
    "bin-pickle-empty": lambda work: records(torch_bytes(plain(work)), lambda name, data: b"" if name.endswith("data.pkl") else data),
    "bin-version-gone": lambda work: records(torch_bytes(plain(work)), lambda name, data: None if name.endswith("/version") else data),
    "bin-byteorder-gone": lambda work: records(torch_bytes(plain(work)), lambda name, data: None if name.endswith("byteorder") else data),
    "bin-byteorder-big": lambda work: records(torch_bytes(plain(work)), lambda name, data: b"big" if name.endswith("byteorder") else data),
    "bin-record-gone": lambda work: records(torch_bytes(plain(work)), lambda name, data: None if first_storage(name) else data),
    "bin-record-short": lambda work: records(torch_bytes(plain(work)), lambda name, data: half(data) if first_storage(name) else data),
    "bin-record-long": lambda work: records(torch_bytes(plain(work)), lambda name, data: data + bytes(64) if first_storage(name) else data),
    "bin-record-empty": lambda work: records(torch_bytes(plain(work)), lambda name, data: b"" if first_storage(name) else data),
    "bin-records-renamed": lambda work: records(torch_bytes(plain(work)), lambda name, data: data).replace(b"/data/", b"/dat_/"),
    "bin-deflated": lambda work: records(torch_bytes(plain(work)), lambda name, data: data, zipfile.ZIP_DEFLATED),
    "bin-rezipped": lambda work: records(torch_bytes(plain(work)), lambda name, data: data),
    "bin-sparse": lambda work: torch_bytes({name: tensor.to_sparse() for name, tensor in plain(work).items()}),
    "bin-meta": lambda work: torch_bytes({name: tensor.to("meta") for name, tensor in plain(work).items()}),
}

for id, content_of in BROKEN.items():
    as_bin(id, "files", content_of)

CONTRADICTED = {
    "bin-record-zeros": lambda data: bytes(len(data)),
    "bin-record-tail-zeros": lambda data: data[: len(data) // 2] + bytes(len(data) - len(data) // 2),
    "bin-record-bit": lambda data: data[:3] + bytes([data[3] ^ 0x40]) + data[4:],
    "bin-record-low-bit": lambda data: bytes([data[0] ^ 1]) + data[1:],
}

for id, change in CONTRADICTED.items():
    as_bin(id, "values", lambda work, change=change: in_place(work, change))


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]

"""Damages to the weights file's bytes, mostly of safetensors."""

import gzip
import json
import struct
from typing import Callable

from registry import Damage, add, file_damage
from work import BIN, CONFIG, METADATA, SAFETENSORS, Work, torch_bytes

from common import safetensors_bytes, split_safetensors

LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d7a2146" * 8 + b"\nsize 161533192\n"

Files = dict[str, bytes]


def on_weights(id: str, change: Callable[[bytes], bytes], only: str | None = None, group: str = "files") -> None:
    """Changes the bytes of the weights file, of both formats or of one."""

    def act(work: Work, files: Files) -> Files:
        work.need(only in (None, work.suffix))
        return {**files, work.weights: change(files[work.weights])}

    add(Damage(id, group, on_files=act))


def put(content: bytes) -> Callable[[bytes], bytes]:
    return lambda _: content


on_weights("file-empty", put(b""))
on_weights("file-text", put(b"temp model data\n"))
on_weights("file-lfs-pointer", put(LFS))
on_weights("file-html", put(b"<!DOCTYPE html>\n<html><head><title>401 Unauthorized</title></head></html>\n"))
on_weights("file-xml", put(b'<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>'))
on_weights("file-json-error", put(b'{"error":"Repository not found"}'))
on_weights("file-gzip", lambda content: gzip.compress(content, mtime=0))
on_weights("file-random", put(bytes(range(128, 256)) * 16))
on_weights("file-one-byte", put(b"\x00"))
on_weights("file-zeros", lambda content: bytes(len(content)))
on_weights("cut-half", lambda content: content[: len(content) // 2])
on_weights("cut-last-byte", lambda content: content[:-1])
on_weights("cut-page", lambda content: content[: (len(content) - 1) // 512 * 512])
on_weights("cut-start", lambda content: content[5:])
on_weights("cut-to-100", lambda content: content[:100])
on_weights("trailing-byte", lambda content: content + b"\n")
on_weights("trailing-zeros", lambda content: content + bytes(4096))
on_weights("written-twice", lambda content: content + content)
on_weights("first-page-zeros", lambda content: bytes(min(512, len(content))) + content[512:])
on_weights("second-half-zeros", lambda content: content[: len(content) // 2] + bytes(len(content) - len(content) // 2))
on_weights("bom-in-front", lambda content: b"\xef\xbb\xbf" + content)
on_weights("line-ends-translated", lambda content: content.replace(b"\n", b"\r\n") if b"\n" in content else content + b"\r\n")
on_weights("utf8-round-trip", lambda content: content.decode("utf-8", "replace").encode())


@file_damage("file-gone")
def file_gone(work: Work, files: Files) -> Files:
    return {name: content for name, content in files.items() if name != work.weights}


@file_damage("file-under-other-name")
def other_name(work: Work, files: Files) -> Files:
    """`model.safetensors`, as a full model names it."""
    kept = {name: content for name, content in files.items() if name != work.weights}
    return {**kept, "model.safetensors" if work.suffix == "safetensors" else "pytorch_model.bin": files[work.weights]}


@file_damage("file-temporary-left")
def temporary(work: Work, files: Files) -> Files:
    """A save that was killed before its rename."""
    kept = {name: content for name, content in files.items() if name != work.weights}
    return {**kept, ".tmpAbC123": files[work.weights]}


@file_damage("file-wrong-suffix")
def wrong_suffix(work: Work, files: Files) -> Files:
    """The bytes of one format under the name of the other."""
    kept = {name: content for name, content in files.items() if name != work.weights}
    return {**kept, BIN if work.suffix == "safetensors" else SAFETENSORS: files[work.weights]}


@file_damage("folder-empty")
def folder_empty(_work: Work, _files: Files) -> Files:
    return {}


@file_damage("folder-notes-alone")
def folder_notes(_work: Work, _files: Files) -> Files:
    return {"test.txt": b"test\n"}


@file_damage("safetensors-broken-beside-bin")
def broken_beside_bin(work: Work, files: Files) -> Files:
    """PEFT takes the safetensors file, whatever lies beside it."""
    work.need(work.suffix == "safetensors")
    return {**files, BIN: torch_bytes(work.state), work.weights: files[work.weights][:-1]}


@file_damage("safetensors-empty-beside-bin")
def no_tensors_beside_bin(work: Work, files: Files) -> Files:
    work.need(work.suffix == "safetensors")
    return {**files, BIN: torch_bytes(work.state), work.weights: safetensors_bytes('{"__metadata__":{"format":"pt"}}')}


# What follows changes the header of a safetensors file and leaves its data as they are.


def on_header(id: str, change: Callable[[dict, bytes], tuple[str | bytes, bytes]], group: str = "files") -> None:
    on_weights(id, lambda content: safetensors_bytes(*change(*split_safetensors(content))), "safetensors", group)


def names_in(header: dict) -> list[str]:
    return sorted((name for name in header if name != "__metadata__"), key=lambda name: header[name]["data_offsets"])


def on_first(id: str, change: Callable[[dict], None]) -> None:
    def act(header: dict, data: bytes) -> tuple[str, bytes]:
        change(header[names_in(header)[0]])
        return json.dumps(header), data

    on_header(id, act)


on_weights("length-one-more", lambda c: struct.pack("<Q", struct.unpack("<Q", c[:8])[0] + 1) + c[8:], "safetensors")
on_weights("length-one-less", lambda c: struct.pack("<Q", struct.unpack("<Q", c[:8])[0] - 1) + c[8:], "safetensors")
on_weights("length-zero", lambda c: bytes(8) + c[8:], "safetensors")
on_weights("length-huge", lambda c: b"\xff" * 8 + c[8:], "safetensors")
on_weights("length-over-limit", lambda c: struct.pack("<Q", 100_000_001) + c[8:], "safetensors")
on_weights("length-big-endian", lambda c: c[:8][::-1] + c[8:], "safetensors")
on_weights("header-not-utf8", lambda c: c[:20] + b"\xff" + c[21:], "safetensors")
on_weights("header-byte-flipped", lambda c: c[:9] + bytes([c[9] ^ 0x40]) + c[10:], "safetensors")

on_header("header-cut", lambda header, data: (json.dumps(header)[:-1] + " ", data))
on_header("header-trailing-comma", lambda header, data: (json.dumps(header)[:-1] + ",}", data))
on_header("header-single-quotes", lambda header, data: (json.dumps(header).replace('"', "'"), data))
on_header("header-list", lambda header, data: (json.dumps([header]), data))
on_header("header-metadata-number", lambda header, data: (json.dumps({**header, "__metadata__": {"step": 6}}), data))
on_header("header-metadata-nested", lambda header, data: (json.dumps({**header, "__metadata__": {"a": {}}}), data))
on_header("header-metadata-null", lambda header, data: (json.dumps({**header, "__metadata__": None}), data))
on_header("header-format-unknown", lambda header, data: (json.dumps({**header, "__metadata__": {"format": "xx"}}), data))
on_header("header-format-tf", lambda header, data: (json.dumps({**header, "__metadata__": {"format": "tf"}}), data))
on_header("header-nan", lambda header, data: (json.dumps({**header, "x": float("nan")}), data))
on_header("header-twice", lambda header, data: (json.dumps(header) * 2, data))
on_first("dtype-unknown", lambda tensor: tensor.update(dtype="F128"))
on_first("dtype-lower-case", lambda tensor: tensor.update(dtype=tensor["dtype"].lower()))
on_first("dtype-shorter", lambda tensor: tensor.update(dtype="I8"))
on_first("dtype-same-width", lambda tensor: tensor.update(dtype={"F32": "I32", "F16": "I16", "BF16": "I16", "F64": "I64"}.get(tensor["dtype"], "U8")))
on_first("shape-gone", lambda tensor: tensor.pop("shape"))
on_first("shape-larger", lambda tensor: tensor["shape"].append(2))
on_first("shape-negative", lambda tensor: tensor.update(shape=[-one for one in tensor["shape"]]))
on_first("shape-fraction", lambda tensor: tensor.update(shape=[float(one) for one in tensor["shape"]]))
on_first("shape-overflow", lambda tensor: tensor.update(shape=[2**63, 4]))
on_first("shape-one-appended", lambda tensor: tensor["shape"].append(1))
on_first("shape-reversed", lambda tensor: tensor.update(shape=tensor["shape"][::-1]))
on_first("offsets-reversed", lambda tensor: tensor.update(data_offsets=tensor["data_offsets"][::-1]))
on_first("offsets-text", lambda tensor: tensor.update(data_offsets=[str(one) for one in tensor["data_offsets"]]))
on_first("offsets-three", lambda tensor: tensor["data_offsets"].append(0))
on_first("tensor-unknown-field", lambda tensor: tensor.update(note="x"))


def shifted(by: int):
    """All tensors but the first begin elsewhere."""

    def change(header: dict, data: bytes) -> tuple[str, bytes]:
        last = names_in(header)[-1]
        header[last]["data_offsets"] = [at + by for at in header[last]["data_offsets"]]
        return json.dumps(header), data + bytes(by) if by > 0 else data[:by]

    return change


on_header("offsets-hole", shifted(8))
on_header("offsets-overlap", shifted(-4))
on_header("data-one-tensor-short", lambda header, data: (json.dumps(header), data[: header[names_in(header)[-1]]["data_offsets"][0]]))
on_header("data-zeros", lambda header, data: (json.dumps(header), bytes(len(data))), "values")
on_header("data-tail-zeros", lambda header, data: (json.dumps(header), data[: len(data) // 2] + bytes(len(data) - len(data) // 2)), "values")
on_header("data-head-zeros", lambda header, data: (json.dumps(header), bytes(len(data) // 2) + data[len(data) // 2 :]), "values")
on_header("data-repeated", lambda header, data: (json.dumps(header), (data[: max(64, len(data) // 8)] * (len(data) // max(64, len(data) // 8) + 1))[: len(data)]), "values")
on_header("data-shifted-byte", lambda header, data: (json.dumps(header), b"\0" + data[:-1]), "values")
on_header("data-shifted-word", lambda header, data: (json.dumps(header), data[4:] + data[:4]), "values")
on_header("data-bytes-reversed", lambda header, data: (json.dumps(header), swapped(header, data)), "values")
on_header("data-ones", lambda header, data: (json.dumps(header), b"\xff" * len(data)), "values")
on_header("data-text", lambda header, data: (json.dumps(header), (b"the quick brown fox " * (len(data) // 20 + 1))[: len(data)]), "values")


def swapped(header: dict, data: bytes) -> bytes:
    """Each value's bytes in the order of another machine."""
    width = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2}.get(header[names_in(header)[0]]["dtype"], 4)
    whole = len(data) // width * width
    return b"".join(data[at : at + width][::-1] for at in range(0, whole, width)) + data[whole:]


def bit(id: str, of: Callable[[str], int]) -> None:
    """Flips one bit of one value; little endian, so the exponent is in the last byte."""

    def act(work: Work, files: Files) -> Files:
        work.need(work.suffix == "safetensors")
        header, data = split_safetensors(files[work.weights])
        names = [name for name in names_in(header) if header[name]["dtype"] in ("F32", "F16", "BF16", "F64")]
        work.need(names)
        name = work.pick(names)
        width = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2}[header[name]["dtype"]]
        start, end = header[name]["data_offsets"]
        at = start + work.rng.randrange((end - start) // width) * width
        number = int.from_bytes(data[at : at + width], "little") ^ (1 << of(width * 8))
        data = data[:at] + number.to_bytes(width, "little") + data[at + width :]
        return {**files, work.weights: safetensors_bytes(json.dumps(header), data)}

    add(Damage(id, "values", on_files=act, picks=True))


bit("bit-exponent-high", lambda bits: bits - 2)
bit("bit-exponent-low", lambda bits: {64: 52, 32: 23, 16: 10}[bits])
bit("bit-sign", lambda bits: bits - 1)
bit("bit-mantissa", lambda _: 0)

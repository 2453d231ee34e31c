"""Healthy cases with exactly one damage each, and the founding case."""

import argparse
import io
import json
import pickle
import shutil
import tarfile
import zipfile
from pathlib import Path
from typing import Callable

import torch
from safetensors.torch import load_file, save_file

from common import Case, safetensors_bytes, split_safetensors

ADAPTER = "PeftModel.from_pretrained"
MODEL = "AutoModelForCausalLM.from_pretrained"
CONFIG = "adapter_config.json"
WEIGHTS = "adapter_model.safetensors"
BIN = "adapter_model.bin"

LFS_POINTER = (
    "version https://git-lfs.github.com/spec/v1\n"
    f"oid sha256:{'4d7a2146' * 8}\n"
    "size 161533192\n"
)
HTML = "<!DOCTYPE html>\n<html><head><title>401 Unauthorized</title></head><body>Sign in</body></html>\n"
XML = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>'
JSON_ERROR = '{"error":"Repository not found"}'


def damaged(
    name: str,
    title: str,
    damage: Callable[[Path, Case], None],
    source: str = "peft-lora",
    loads: list[tuple[str, str]] | None = None,
) -> None:
    """Copies a healthy case, damages the copy and asks the loader."""
    case = Case(f"damaged-{name}", title)
    case.loads = [(".", ADAPTER)] if loads is None else loads
    damage(case.copy_from(source), case)
    case.finish()


def write(name: str, content: str | bytes) -> Callable[[Path, Case], None]:
    def damage(tree: Path, _case: Case) -> None:
        (tree / name).write_bytes(content.encode() if isinstance(content, str) else content)

    return damage


def remove(name: str) -> Callable[[Path, Case], None]:
    return lambda tree, _case: (tree / name).unlink()


def edit(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path, Case], None]:
    def damage(tree: Path, _case: Case) -> None:
        path = tree / name
        path.write_bytes(change(path.read_bytes()))

    return damage


def edit_json(name: str, change: Callable[[dict], None]) -> Callable[[Path, Case], None]:
    def changed(content: bytes) -> bytes:
        value = json.loads(content)
        change(value)
        return json.dumps(value, indent=2).encode()

    return edit(name, changed)


def edit_header(change: Callable[[dict, bytes], tuple[str, bytes]]):
    """A new header text and new data from the old ones."""

    def changed(content: bytes) -> bytes:
        return safetensors_bytes(*change(*split_safetensors(content)))

    return edit(WEIGHTS, changed)


def first_tensor(header: dict) -> str:
    return min(
        (name for name in header if name != "__metadata__"),
        key=lambda name: header[name]["data_offsets"],
    )


def make_founding() -> None:
    case = Case(
        "founding-case",
        "An empty checkpoint folder, one with a stray file, and a real run beside them.",
        empty_folders=["expmt_v1/checkpoint-50"],
    )
    tree = case.start()
    (tree / "expmt_v1/checkpoint-100").mkdir(parents=True)
    (tree / "expmt_v1/checkpoint-100/test.txt").write_text("test\n")
    shutil.copytree(Case("trainer-lora", "").tree, tree / "reference_run")
    case.loads = [
        ("expmt_v1/checkpoint-50", ADAPTER),
        ("expmt_v1/checkpoint-100", ADAPTER),
        ("reference_run/checkpoint-6", ADAPTER),
    ]
    case.finish()

    case = Case("founding-fake-checkpoint", "What a diagnostic script saved and was content with.")
    tree = case.start() / "checkpoint-1"
    tree.mkdir()
    (tree / CONFIG).write_text('{"test": "config"}')
    (tree / BIN).write_text("mock model weights")
    case.loads = [("checkpoint-1", ADAPTER), (f"checkpoint-1/{BIN}", "torch.load")]
    case.finish()


def make_damages() -> None:
    damage_folders()
    damage_configs()
    damage_contents()
    damage_torch_files()
    damage_safetensors()
    damage_links()
    damage_models()


def damage_folders() -> None:
    case = Case("damaged-folder-empty", "A checkpoint folder with nothing in it.")
    case.empty_folders = ["checkpoint-6"]
    case.loads = [("checkpoint-6", ADAPTER)]
    case.start()
    case.finish()

    case = Case("damaged-foreign-files-only", "A checkpoint folder that holds only notes.")
    (case.start() / "checkpoint-6").mkdir()
    (case.tree / "checkpoint-6/notes.md").write_text("# later\n")
    case.loads = [("checkpoint-6", ADAPTER)]
    case.finish()

    damaged("config-missing", "Weights without adapter_config.json.", remove(CONFIG))
    damaged("weights-missing", "adapter_config.json without weights.", remove(WEIGHTS))

    def killed(tree: Path, _case: Case) -> None:
        (tree / WEIGHTS).rename(tree / ".tmpAbC123")
        (tree / CONFIG).unlink()

    damaged("killed-save", "PEFT's save killed: the temporary is there, the weights are not.", killed)

    def killed_in_run(tree: Path, _case: Case) -> None:
        last = tree / "checkpoint-6"
        for path in last.iterdir():
            if path.name not in (WEIGHTS, "README.md"):
                path.unlink()
        (last / WEIGHTS).rename(last / ".tmpAbC123")

    last = [("checkpoint-6", ADAPTER)]
    damaged("killed-save-in-run", "The last save of a run killed.", killed_in_run, "trainer-lora", last)

    def add_broken(name: str) -> Callable[[Path, Case], None]:
        def damage(tree: Path, _case: Case) -> None:
            (tree / name).mkdir()
            (tree / name / "test.txt").write_text("test\n")

        return damage

    damaged(
        "newest-checkpoint-foreign",
        "A healthy run with a newer folder that holds only test.txt.",
        add_broken("checkpoint-100"),
        "trainer-lora",
        [("checkpoint-100", ADAPTER), *last],
    )

    def rotation(tree: Path, _case: Case) -> None:
        remnant = tree / "checkpoint-2"
        for path in remnant.iterdir():
            if path.name != "rng_state.pth":
                path.unlink()

    damaged(
        "rotation-remnant",
        "A rotation that left rng_state.pth of an old checkpoint.",
        rotation,
        "trainer-lora",
        [("checkpoint-2", ADAPTER), *last],
    )

    def leftover(tree: Path, _case: Case) -> None:
        shutil.copytree(tree / "checkpoint-6", tree / "tmp-checkpoint-8")

    damaged("leftover-staging-folder", "A healthy run with a staging folder left.", leftover, "trainer-lora", last)

    def presave(tree: Path, _case: Case) -> None:
        (tree / WEIGHTS).unlink()

    damaged(
        "root-before-end",
        "A configuration at the root before the run has ended, as axolotl writes it.",
        presave,
        "trainer-lora",
        last,
    )


def damage_configs() -> None:
    for name, title, content in (
        ("config-empty-file", "adapter_config.json of 0 bytes.", ""),
        ("config-whitespace-only", "adapter_config.json of white space.", " \n\n"),
        ("config-not-json", "adapter_config.json that is a text.", "lora r=2\n"),
        ("config-is-list", "adapter_config.json that is a list.", "[]"),
        ("config-is-empty-object", "adapter_config.json that is an empty object.", "{}"),
        ("config-lfs-pointer", "adapter_config.json that is a Git LFS pointer.", LFS_POINTER),
        ("config-html", "adapter_config.json that is an error page.", HTML),
    ):
        damaged(name, title, write(CONFIG, content))
    damaged("config-truncated", "adapter_config.json cut in half.", edit(CONFIG, lambda c: c[: len(c) // 2]))
    damaged("config-bom", "adapter_config.json with a byte order mark.", edit(CONFIG, lambda c: b"\xef\xbb\xbf" + c))
    damaged(
        "config-duplicate-key",
        "adapter_config.json with a repeated key: the last one counts.",
        edit(CONFIG, lambda c: c.replace(b'"r": 2', b'"r": 4,\n  "r": 2')),
    )
    for name, title, change in (
        ("config-no-peft-type", "No peft_type.", lambda c: c.pop("peft_type")),
        ("config-peft-type-null", "peft_type is null.", lambda c: c.update(peft_type=None)),
        ("config-peft-type-unknown", "A peft_type that PEFT does not know.", lambda c: c.update(peft_type="SUPERLORA")),
        ("config-rank-zero", "r is 0.", lambda c: c.update(r=0)),
        ("config-rank-negative", "r is negative.", lambda c: c.update(r=-2)),
        ("config-rank-text", "r is a text.", lambda c: c.update(r="2")),
        ("config-rank-fraction", "r is 2.0.", lambda c: c.update(r=2.0)),
        ("config-rank-null", "r is null.", lambda c: c.update(r=None)),
        ("config-rank-true", "r is true.", lambda c: c.update(r=True)),
        ("config-unknown-field", "A field that PEFT does not know.", lambda c: c.update(future_field=1)),
    ):
        damaged(name, title, edit_json(CONFIG, change))


def damage_contents() -> None:
    for kind, words, content in (
        ("lfs-pointer", "a Git LFS pointer", LFS_POINTER),
        ("html", "an HTML error page", HTML),
        ("xml", "an XML error document", XML),
        ("json-error", "a JSON error document", JSON_ERROR),
        ("text", "a text", "temp model data\n"),
        ("zero-bytes", "an empty file", ""),
    ):
        damaged(f"weights-{kind}", f"adapter_model.safetensors is {words}.", write(WEIGHTS, content))
        damaged(f"bin-{kind}", f"adapter_model.bin is {words}.", write(BIN, content), "peft-lora-bin")
    damaged("weights-all-zero", "adapter_model.safetensors has its size and is all zero.", edit(WEIGHTS, lambda c: bytes(len(c))))
    damaged("bin-all-zero", "adapter_model.bin has its size and is all zero.", edit(BIN, lambda c: bytes(len(c))), "peft-lora-bin")
    damaged("bin-gzip", "adapter_model.bin is a gzip archive.", edit(BIN, gzipped), "peft-lora-bin")
    damaged("bin-random", "adapter_model.bin is of no known format.", write(BIN, bytes(range(128, 256)) * 4), "peft-lora-bin")

    healthy = Case("peft-lora", "").tree
    healthy_bin = Case("peft-lora-bin", "").tree
    safetensors_content = (healthy / WEIGHTS).read_bytes()
    bin_content = (healthy_bin / BIN).read_bytes()
    damaged("bin-is-safetensors", "adapter_model.bin is a safetensors file.", write(BIN, safetensors_content), "peft-lora-bin")
    damaged("weights-are-torch-zip", "adapter_model.safetensors is a torch file.", write(WEIGHTS, bin_content))
    damaged("both-formats", "Both files, both healthy.", write(BIN, bin_content))
    damaged("both-formats-bin-broken", "Both files, the .bin a text: it is not read.", write(BIN, "temp model data\n"))

    def broken_safetensors(tree: Path, case: Case) -> None:
        write(BIN, bin_content)(tree, case)
        edit(WEIGHTS, lambda c: c[:-1])(tree, case)

    damaged("both-formats-safetensors-broken", "Both files, the safetensors file cut: it is the one read.", broken_safetensors)


def gzipped(content: bytes) -> bytes:
    import gzip

    return gzip.compress(content, mtime=0)


def damage_torch_files() -> None:
    for name, title, change in (
        ("bin-truncated-half", "adapter_model.bin cut in half.", lambda c: c[: len(c) // 2]),
        ("bin-truncated-tail", "adapter_model.bin without its last 30 bytes.", lambda c: c[:-30]),
        ("bin-zero-tail", "adapter_model.bin whose second half is zero.", lambda c: c[: len(c) // 2] + bytes(len(c) - len(c) // 2)),
        ("bin-one-trailing-byte", "adapter_model.bin with a byte too many, which torch reads.", lambda c: c + b"x"),
    ):
        damaged(name, title, edit(BIN, change), "peft-lora-bin")
    damaged("bin-no-tensors", "adapter_model.bin of an empty dictionary.", edit(BIN, lambda _: torch_bytes({})), "peft-lora-bin")
    damaged(
        "bin-foreign-class",
        "adapter_model.bin that also holds the training arguments, which torch.load does not take.",
        edit(BIN, lambda c: torch_bytes({**torch.load(io.BytesIO(c)), "args": argparse.Namespace(lr=0.1)})),
        "peft-lora-bin",
    )
    damaged(
        "bin-protocol-4",
        "adapter_model.bin saved with pickle protocol 4, which torch.load does not take.",
        edit(BIN, lambda c: torch_bytes(torch.load(io.BytesIO(c)), pickle_protocol=4)),
        "peft-lora-bin",
    )
    damaged(
        "bin-pickle-cut",
        "adapter_model.bin whose pickle lacks its last 30 bytes.",
        edit(BIN, lambda c: with_records(c, lambda name, data: data[:-30] if name.endswith("data.pkl") else data)),
        "peft-lora-bin",
    )
    damaged(
        "bin-record-missing",
        "adapter_model.bin without the values of one tensor.",
        edit(BIN, lambda c: with_records(c, lambda name, data: None if name.endswith("data/3") else data)),
        "peft-lora-bin",
    )
    damaged(
        "bin-record-short",
        "adapter_model.bin with the values of one tensor cut in half.",
        edit(BIN, lambda c: with_records(c, lambda name, data: half(data) if name.endswith("data/3") else data)),
        "peft-lora-bin",
    )
    damaged(
        "bin-legacy",
        "adapter_model.bin in torch's legacy format, which torch reads.",
        edit(BIN, lambda c: torch_bytes(torch.load(io.BytesIO(c)), _use_new_zipfile_serialization=False)),
        "peft-lora-bin",
    )
    damaged(
        "bin-legacy-truncated",
        "adapter_model.bin in torch's legacy format, cut in half.",
        edit(BIN, lambda c: half(torch_bytes(torch.load(io.BytesIO(c)), _use_new_zipfile_serialization=False))),
        "peft-lora-bin",
    )


    damage_torch_objects()


def damage_torch_objects() -> None:
    """Torch files that hold something else than a healthy state dict, or its values damaged."""

    def saved(change: Callable[[dict], object], **options: bool) -> Callable[[Path, Case], None]:
        return edit(BIN, lambda c: torch_bytes(change(torch.load(io.BytesIO(c))), **options))

    legacy = {"_use_new_zipfile_serialization": False}
    source = "peft-lora-bin"
    damaged(
        "bin-legacy-tail-cut",
        "adapter_model.bin in torch's legacy format, without its last 30 bytes.",
        edit(BIN, lambda c: torch_bytes(torch.load(io.BytesIO(c)), **legacy)[:-30]),
        source,
    )
    float8 = lambda state: {name: tensor.to(torch.float8_e4m3fn) for name, tensor in state.items()}  # noqa: E731
    damaged("bin-float8", "adapter_model.bin of float8 tensors, which have no storage class.", saved(float8), source)
    damaged("bin-legacy-float8", "The same in torch's legacy format, which torch cannot read back.", saved(float8, **legacy), source)
    damaged("bin-nested", "adapter_model.bin whose state dict lies under a key.", saved(lambda state: {"state_dict": state, "epoch": 1}), source)
    damaged("bin-list", "adapter_model.bin of a list of tensors.", saved(lambda state: list(state.values())), source)
    damaged(
        "bin-meta",
        "adapter_model.bin saved from the meta device: no values.",
        saved(lambda state: {name: tensor.to("meta") for name, tensor in state.items()}),
        source,
    )
    damaged(
        "bin-record-flipped",
        "adapter_model.bin with one byte of its values changed, against its checksum.",
        edit(BIN, flip_record),
        source,
    )
    damaged(
        "bin-header-zeroed",
        "adapter_model.bin with zeros over the local header of a record.",
        edit(BIN, zero_header),
        source,
    )
    damaged(
        "bin-pickle-trailing",
        "adapter_model.bin with a second pickle behind the first, which torch does not look at.",
        edit(BIN, lambda c: with_records(c, lambda name, data: data + pickle.dumps({}, 2) if name.endswith("data.pkl") else data)),
        source,
    )
    damaged("bin-torchscript", "adapter_model.bin is a TorchScript archive.", write(BIN, script_bytes()), source)
    damaged("bin-module", "adapter_model.bin is a module saved whole.", write(BIN, torch_bytes(torch.nn.Linear(2, 2))), source)
    damaged("bin-tar", "adapter_model.bin is a tar archive, as torch 0.1.1 wrote them.", write(BIN, tar_bytes()), source)


def zero_header(content: bytes) -> bytes:
    """Zeros over the 30 bytes before the name of `data/3`, as a hole in a file leaves them."""
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    at = next(entry.header_offset for entry in entries if entry.filename.endswith("/data/3"))
    return content[:at] + bytes(30) + content[at + 30 :]


def flip_record(content: bytes) -> bytes:
    """The first byte of the values of `data/3`, in place: the checksums stay."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    name = next(name for name in archive.namelist() if name.endswith("data/3"))
    at = content.index(archive.read(name))
    return content[:at] + bytes([content[at] ^ 0x40]) + content[at + 1 :]


def script_bytes() -> bytes:
    made = io.BytesIO()
    torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), made)
    return made.getvalue()


def tar_bytes() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in ("sys_info", "pickle", "tensors", "storages"):
            archive.addfile(tarfile.TarInfo(name))
    return made.getvalue()


def with_records(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A torch zip with its records changed, or left out where `change` gives None."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for record in old.infolist():
            data = change(record.filename, old.read(record))
            if data is not None:
                new.writestr(zipfile.ZipInfo(record.filename), data)
    return made.getvalue()


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def torch_bytes(value, **options) -> bytes:
    buffer = io.BytesIO()
    torch.save(value, buffer, **options)
    return buffer.getvalue()


def damage_safetensors() -> None:
    def header(name: str, title: str, change) -> None:
        damaged(f"safetensors-{name}", title, edit_header(change))

    def tensor(name: str, title: str, change: Callable[[dict], None]) -> None:
        def changed(fields: dict, data: bytes) -> tuple[str, bytes]:
            change(fields[first_tensor(fields)])
            return json.dumps(fields), data

        header(name, title, changed)

    for name, title, change in (
        ("truncated-data", "Cut in the middle of the tensors.", lambda c: c[: len(c) - 100]),
        ("truncated-last-byte", "Without its last byte.", lambda c: c[:-1]),
        ("truncated-header", "Cut in the middle of the header.", lambda c: c[:200]),
        ("truncated-start", "Only 5 bytes.", lambda c: c[:5]),
        ("trailing-bytes", "16 bytes too many.", lambda c: c + bytes(16)),
        ("length-too-large", "A header length above the limit.", lambda c: (100_000_001).to_bytes(8, "little") + c[8:]),
        ("length-beyond-file", "A header length beyond the file.", lambda c: (99_999_999).to_bytes(8, "little") + c[8:]),
        ("invalid-utf8", "A header that is not UTF-8.", lambda c: c.replace(b"lora_A", b"lora\xff_", 1)),
    ):
        damaged(f"safetensors-{name}", title, edit(WEIGHTS, change))
    header("not-json", "A header that is not JSON.", lambda h, d: (json.dumps(h)[:-1] + ",}", d))
    header("cut-json", "A header whose JSON is not closed.", lambda h, d: (json.dumps(h)[:-1] + " ", d))
    header("metadata-number", "A number in __metadata__.", lambda h, d: (json.dumps({**h, "__metadata__": {"step": 6}}), d))
    header("leading-space", "White space before the header, which the reader takes.", lambda h, d: (" " + json.dumps(h), d))
    header("duplicate-tensor", "A tensor described twice, the last right, which the reader takes.", repeat_first)
    header("no-tensors", "No tensor at all.", lambda h, _: (json.dumps({"__metadata__": h["__metadata__"]}), b""))
    header("no-tensors-no-metadata", "An empty header.", lambda _h, _d: ("{}", b""))
    header("hole", "A hole of 8 bytes before the last tensor.", shift_last(8))
    header("overlap", "The last tensor begins 8 bytes too early.", shift_last(-8))
    header("first-offset", "The first tensor begins at byte 8.", shift_all)
    tensor("unknown-dtype", "A dtype that safetensors does not have.", lambda t: t.update(dtype="F128"))
    tensor("missing-field", "A tensor without a shape.", lambda t: t.pop("shape"))
    tensor("size-mismatch", "A shape larger than its bytes.", lambda t: t["shape"].append(2))
    tensor("overflow", "A shape beyond 64 bits.", lambda t: t.update(shape=[2**63, 4]))
    tensor("misaligned", "An odd number of 4-bit values.", lambda t: t.update(dtype="F4", shape=[3]))
    damaged("safetensors-zero-dimension", "ZeRO-3's tensors of shape [0].", zero_dimension)


def repeat_first(header: dict, data: bytes) -> tuple[str, bytes]:
    name = first_tensor(header)
    wrong = json.dumps({**header[name], "dtype": "F16"})
    return json.dumps(header).replace("{", f'{{"{name}": {wrong}, ', 1), data


def shift_last(by: int):
    def change(header: dict, data: bytes) -> tuple[str, bytes]:
        last = max((n for n in header if n != "__metadata__"), key=lambda n: header[n]["data_offsets"])
        header[last]["data_offsets"] = [at + by for at in header[last]["data_offsets"]]
        return json.dumps(header), data + bytes(by) if by > 0 else data[:by]

    return change


def shift_all(header: dict, data: bytes) -> tuple[str, bytes]:
    for name, fields in header.items():
        if name != "__metadata__":
            fields["data_offsets"] = [at + 8 for at in fields["data_offsets"]]
    return json.dumps(header), bytes(8) + data


def zero_dimension(tree: Path, _case: Case) -> None:
    state = load_file(tree / WEIGHTS)
    save_file({name: torch.zeros(0) for name in state}, tree / WEIGHTS, metadata={"format": "pt"})


def damage_links() -> None:
    def link(path: str, target: str):
        def damage(_tree: Path, case: Case) -> None:
            case.links = {path: target}

        return damage

    last = [("checkpoint-6", ADAPTER)]
    damaged("link-to-checkpoint", "A link named checkpoint-latest to the newest.", link("checkpoint-latest", "checkpoint-6"), "trainer-lora", last)
    damaged("link-out-of-root", "A link that leads out of the given folder.", link("checkpoint-8", "../.."), "trainer-lora", last)

    def blob(tree: Path, case: Case) -> None:
        (tree / "blobs").mkdir()
        (tree / "checkpoint-6" / WEIGHTS).rename(tree / "blobs/4d7a2146")
        case.links = {f"checkpoint-6/{WEIGHTS}": "../blobs/4d7a2146"}

    damaged("weights-linked", "Weights that are a link to a file inside of the root.", blob, "trainer-lora", last)

    def dangling(tree: Path, case: Case) -> None:
        (tree / WEIGHTS).unlink()
        case.links = {WEIGHTS: "blobs/4d7a2146"}

    damaged("weights-link-dangling", "Weights that are a link to nothing.", dangling)

    def loop(_tree: Path, case: Case) -> None:
        case.links = {"loop": "."}

    damaged("link-loop", "A link to the folder that it lies in.", loop)

    def unreadable(_tree: Path, case: Case) -> None:
        case.modes = {WEIGHTS: "0000"}

    damaged("weights-unreadable", "Weights of mode 0000.", unreadable, loads=[])

    def locked(_tree: Path, case: Case) -> None:
        case.modes = {"checkpoint-6": "0000"}

    damaged("folder-unreadable", "A checkpoint folder of mode 0000.", locked, "trainer-lora", [])


def damage_models() -> None:
    index_name = "model.safetensors.index.json"
    model = [(".", MODEL)]

    def in_shards(name: str, title: str, damage) -> None:
        damaged(f"index-{name}", title, damage, "model-sharded", model)

    def in_index(name: str, title: str, change: Callable[[dict], None]) -> None:
        in_shards(name, title, edit_json(index_name, change))

    shards = sorted(path.name for path in Case("model-sharded", "").tree.glob("*-of-*"))
    first, second = shards[0], shards[1]
    in_shards("shard-missing", "A shard that the index names is missing.", remove(second))
    in_shards("shard-truncated", "A shard without its last byte.", edit(second, lambda c: c[:-1]))
    in_shards("missing", "Shards without their index.", remove(index_name))
    in_shards("not-json", "An index cut in half.", edit(index_name, half))
    in_index("no-weight-map", "An index without weight_map.", lambda i: i.pop("weight_map"))
    in_index("no-metadata", "An index without metadata.", lambda i: i.pop("metadata"))
    in_index("wrong-shard", "The index names the wrong shard for a tensor.", swap_shard(first, second))
    in_index("tensor-unnamed", "A tensor of a shard is not in the index.", lambda i: i["weight_map"].pop("model.norm.weight"))
    in_index("tensor-absent", "The index names a tensor that no shard holds.", lambda i: i["weight_map"].update({"model.extra.weight": first}))
    in_index("shard-outside", "The index names a shard outside of the folder.", lambda i: i["weight_map"].update({"model.norm.weight": "../evil.safetensors"}))
    in_index("total-size-wrong", "The index names another total size.", lambda i: i["metadata"].update(total_size=1))

    def twice(tree: Path, _case: Case) -> None:
        one, two = load_file(tree / first), load_file(tree / second)
        name = sorted(one)[0]
        save_file({**two, name: one[name].clone()}, tree / second, metadata={"format": "pt"})

    in_shards("tensor-twice", "A tensor that two shards hold.", twice)

    def weightless(tree: Path, _case: Case) -> None:
        (tree / "model.safetensors").unlink()

    damaged("model-weights-missing", "config.json without weights.", weightless, "model-single", model)
    damaged("model-config-missing", "A model without config.json.", remove("config.json"), "model-single", model)
    damaged("model-config-not-json", "A model whose config.json is cut.", edit("config.json", half), "model-single", model)
    damaged(
        "model-no-tensors",
        "A model file with no tensor at all.",
        write("model.safetensors", safetensors_bytes('{"__metadata__":{"format":"pt"}}')),
        "model-single",
        model,
    )
    damaged("model-truncated", "A model file without its last byte.", edit("model.safetensors", lambda c: c[:-1]), "model-single", model)
    damaged("model-bin-truncated", "A torch model file cut in half.", edit("pytorch_model.bin", half), "model-bin", model)


def swap_shard(first: str, second: str) -> Callable[[dict], None]:
    def change(index: dict) -> None:
        name = next(n for n, shard in index["weight_map"].items() if shard == first)
        index["weight_map"][name] = second

    return change

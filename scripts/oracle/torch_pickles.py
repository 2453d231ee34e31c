"""Mutated torch files: what torch.load(weights_only=True) takes and refuses, and whether Checkpoint Gate agrees.

    python scripts/oracle/torch_pickles.py [--count 15000] [--seed 1] [--keep DIR] [--record FILE --every N]

Needs torch (see scripts/corpus/requirements.txt) and node with this repository's packages. Nothing of a file is executed:
torch reads them with weights_only=True, Checkpoint Gate executes nothing at all. Ends with 1 where the two
disagree on any file, and with 0 and a word where torch is not there.

A file is made from a small healthy one by one to three changes of its pickle (an opcode left out, doubled,
moved, exchanged, given another argument; a call of any allowed global put in; bytes changed; a cut), in a zip
and in the legacy format. `--record` writes every Nth file with torch's answer for the tests without Python.
"""

import argparse
import base64
import io
import json
import pickletools
import random
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, OrderedDict
from pathlib import Path

JUDGE = Path(__file__).with_name("judge-torch-files.mjs")
MEMORY_BYTES = 8 << 30
# What torch says where this machine, not the file, is at fault.
OWN_LIMITS = ("DefaultCPUAllocator", "MemoryError", "not enough memory")


def starts():
    """Healthy objects of every kind of tensor and container that torch saves for weights_only."""
    import torch

    t = torch.arange(6.0).reshape(2, 3)
    tagged = t.clone()
    tagged.note = 1
    parameter = torch.nn.Parameter(t.clone())
    parameter.note = "x"
    dtypes = "float64 float16 bfloat16 int8 uint8 int16 int32 int64 bool complex64 float8_e4m3fn float8_e5m2 uint16 uint32"
    return {
        "adapter": {f"a.{i}.lora_{k}.weight": t.clone() for i in range(2) for k in "AB"},
        "module": torch.nn.Linear(2, 2).state_dict(),
        "parameters": OrderedDict(w=torch.nn.Parameter(t.clone()), b=torch.nn.Parameter(t[0].clone())),
        "views": {"a": t, "b": t[1], "c": t.t(), "d": t[:, 1:]},
        "dtypes": {name: t.to(getattr(torch, name)) for name in dtypes.split()},
        "states": {"a": tagged, "b": parameter},
        "empty": {"a": torch.zeros(0), "b": torch.zeros(0, 3), "c": t},
        "scalar": {"a": torch.tensor(1.0), "b": torch.tensor(7)},
        "meta": {"a": t.to("meta"), "b": t},
        "sparse": {"a": t.to_sparse(), "b": t},
        "conjugate": {"a": torch.complex(t, t).conj()},
        "objects": {
            "size": t.shape, "device": torch.device("cpu"), "dtype": torch.float32, "bytes": b"ab", "set": {1, 2},
            "complex": 1j, "counter": Counter("aab"), "array": bytearray(b"ab"), "layout": torch.strided,
            "list": [1, 2.5, None, True, "x", (1, 2), 2**40],
        },
        "optimizer": torch.optim.AdamW([parameter]).state_dict() | {"state": {0: {"step": torch.tensor(3.0), "exp_avg": t}}},
        "nested": {"state_dict": {"w": t}, "epoch": 3},
        "list": [t, t],
    }


def zip_parts(obj):
    """The pickle and the other records of a zip that torch saves."""
    import torch

    out = io.BytesIO()
    torch.save(obj, out)
    archive = zipfile.ZipFile(out)
    records = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    return records.pop("data.pkl"), records


def zipped(pickled, records):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in [("data.pkl", pickled), *records.items()]:
            # miniz takes only entries of time 0 for stored.
            archive.writestr(zipfile.ZipInfo(f"archive/{name}", (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def legacy_parts(obj):
    """The bytes before the object's pickle, the pickle, and those behind it."""
    import torch

    out = io.BytesIO()
    torch.save(obj, out, _use_new_zipfile_serialization=False)
    # Keys of storages are addresses in memory: others each time, of the same length.
    addresses = {}
    content = re.sub(rb"\d{12,15}(?=[q.hK])", lambda found: addresses.setdefault(found[0], b"%0*d" % (len(found[0]), len(addresses) + 1)), out.getvalue())
    ends = []
    stream = io.BytesIO(content)
    for _ in range(5):
        for _ in pickletools.genops(stream):
            pass
        ends.append(stream.tell())
    return content[: ends[2]], content[ends[2] : ends[3]], content[ends[3] :]


def pieces(pickled):
    """The bytes of each opcode with its argument."""
    places = []
    try:
        places = [at for _, _, at in pickletools.genops(pickled)]
    except Exception:
        pass
    return [pickled[a:b] for a, b in zip(places, [*places[1:], len(pickled)])] or [pickled]


INTEGERS = (0, 1, 2, 3, 5, 6, 7, 12, 24, 64, 255, 256, 65535, -1, -3, 2**31 - 1, -(2**31))
TEXTS = ("storage", "0", "1", "2", "9", "cpu", "cuda:0", "a", "latin1", "module", "torch.strided", "")


def number(rng):
    value = rng.choice(INTEGERS)
    kind = rng.randrange(4)
    if kind == 0 and 0 <= value < 256:
        return b"K" + bytes([value])
    if kind == 1 and 0 <= value < 65536:
        return b"M" + struct.pack("<H", value)
    if kind == 2:
        big = rng.choice((value, value << 20, value << 33, 2**62 + 1, 2**70))
        raw = big.to_bytes((big.bit_length() + 8) // 8, "little", signed=True)
        return b"\x8a" + bytes([len(raw)]) + raw
    return b"J" + struct.pack("<i", value)


def text(rng):
    raw = rng.choice(TEXTS).encode()
    return b"X" + struct.pack("<I", len(raw)) + raw if rng.random() < 0.8 else b"U" + bytes([len(raw)]) + raw


FOREIGN = ("builtins\neval", "os\nsystem", "posix\nsystem", "sys\nexit", "torch\nload", "collections\nabc", "builtins\ngetattr",
           "torch.nn.modules.linear\nLinear", "numpy\nndarray", "collections\nOrderedDict.fromkeys", "__builtin__\nset",
           "torch\nfloat32.x", "torch._utils\n_rebuild_tensor_v2\x00", "torch.serialization\n_get_layout")


def known_globals():
    from torch._weights_only_unpickler import _get_allowed_globals

    return sorted(name.rpartition(".")[0] + "\n" + name.rpartition(".")[2] for name in _get_allowed_globals())


def named(rng, names):
    return b"c" + rng.choice(FOREIGN if rng.random() < 0.1 else names).encode() + b"\n"


def value(rng, names, depth=0):
    kind = rng.randrange(12 if depth < 2 else 7)
    if kind < 2:
        return number(rng)
    if kind < 4:
        return text(rng)
    if kind == 4:
        return rng.choice((b"N", b"\x88", b"\x89", b")", b"]", b"}", b"\x8f", b"G" + struct.pack(">d", 1.5)))
    if kind == 5:
        return rng.choice((b"h", b"q")) + bytes([rng.randrange(8)])
    if kind == 6:
        return named(rng, names)
    inner = b"".join(value(rng, names, depth + 1) for _ in range(rng.randrange(4)))
    if kind == 7:
        return b"](" + inner + b"e"
    if kind == 8:
        return b"(" + inner + b"t"
    if kind == 9:
        return b"}(" + inner + b"u"
    return named(rng, names) + b"(" + inner + b"t" + rng.choice((b"R", b"R", b"R", b"\x81"))


SINGLES = [bytes([code]) for code in b"(t)}]esubR\x81\x85\x86\x87Q0N\x88\x89.2laoid\x90\x91\x93\x94"]


def change(rng, pickled, names):
    """One change of a pickle."""
    if not pickled:
        return pickled
    parts = pieces(pickled)
    at = rng.randrange(len(parts))
    kind = rng.randrange(13)
    if kind == 0:
        del parts[at]
    elif kind == 1:
        parts.insert(at, parts[at])
    elif kind == 2:
        other = rng.randrange(len(parts))
        parts[at], parts[other] = parts[other], parts[at]
    elif kind == 3:
        parts[at] = rng.choice(SINGLES)
    elif kind == 4:
        parts[at] = value(rng, names)
    elif kind == 5:
        parts.insert(at, value(rng, names))
    elif kind == 6:
        raw = bytearray(pickled)
        raw[rng.randrange(len(raw))] = rng.randrange(256)
        return bytes(raw)
    elif kind == 7:
        return pickled[: rng.randrange(len(pickled))]
    elif kind in (8, 9):
        places = [i for i, part in enumerate(parts) if part[:1] in b"KMJ\x8a"]
        if places:
            parts[rng.choice(places)] = number(rng)
    elif kind == 10:
        places = [i for i, part in enumerate(parts) if part[:1] == b"c"]
        if places:
            parts[rng.choice(places)] = named(rng, names)
    elif kind == 11:
        places = [i for i, part in enumerate(parts) if part[:1] == b"X"]
        if places:
            parts[rng.choice(places)] = text(rng)
    else:
        flags = [i for i, part in enumerate(parts) if part in (b"\x88", b"\x89")]
        if flags:
            parts[rng.choice(flags)] = rng.choice((b"\x88", b"\x89", b"N", b"K\x01"))
    return b"".join(parts)


class Maker:
    """Makes the file of a number, the same each time."""

    def __init__(self, seed):
        self.seed = seed
        self.names = known_globals()
        self.zips = {name: zip_parts(obj) for name, obj in starts().items()}
        # torch saves types without a storage class to the legacy format, and cannot load them from there.
        self.legacies = {name: legacy_parts(obj) for name, obj in starts().items()}

    def file(self, number):
        rng = random.Random(f"{self.seed}/{number}")
        is_legacy = number % 3 == 0
        name = rng.choice(sorted(self.legacies if is_legacy else self.zips))
        before, pickled, behind = self.legacies[name] if is_legacy else (b"", self.zips[name][0], b"")
        for _ in range(rng.choice((0, 1, 1, 1, 1, 2, 3))):
            pickled = change(rng, pickled, self.names)
        if not is_legacy:
            records = dict(self.zips[name][1])
            if rng.random() < 0.1:
                key = rng.choice(sorted(records))
                records[key] = records[key][: rng.randrange(len(records[key]) + 1)]
            return name, zipped(pickled, records)
        content = before + pickled + behind
        kind = rng.randrange(6)
        if kind == 0:
            content = content[: rng.randrange(len(content))]
        elif kind == 1:
            raw = bytearray(content)
            raw[rng.randrange(len(raw))] = rng.randrange(256)
            content = bytes(raw)
        elif kind == 2:
            content += b"trailing"
        return name, content


def torch_says(path):
    """`None` where torch loads the file as PEFT and transformers have it loaded, else its error."""
    import torch

    try:
        torch.load(path, map_location=torch.device("cpu"), weights_only=True)
        return None
    except BaseException as error:
        return f"{type(error).__name__}: {error}"[:200]


def work(folder, numbers):
    """Asks torch of each file; prints an answer a line, so that a crash loses one only."""
    import resource
    import warnings

    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    for one in numbers:
        print(one, flush=True)
        print(json.dumps(torch_says(Path(folder, f"{one}.bin"))), flush=True)


def answers(folder, count):
    """torch's answer to each file, from processes that may crash."""
    said = {}
    at = 0
    while at < count:
        command = [sys.executable, __file__, "--work", str(folder), str(at), str(count)]
        lines = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.splitlines()
        for number_line, answer in zip(lines[::2], lines[1::2]):
            said[int(number_line)] = json.loads(answer)
        last = int(lines[(len(lines) - 1) // 2 * 2]) if lines else at
        if last not in said:
            said[last] = "crash"
        at = last + 1
    return said


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=15000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--every", type=int, default=40)
    parser.add_argument("--work", nargs=3)
    options = parser.parse_args()
    try:
        import torch
    except ImportError:
        print("skipped: torch is not installed here (scripts/corpus/requirements.txt)")
        return 0
    if options.work:
        folder, start, end = options.work
        work(folder, range(int(start), int(end)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        return compare(folder, options, torch.__version__)


def compare(folder, options, version):
    maker = Maker(options.seed)
    names = {}
    for one in range(options.count):
        names[one], content = maker.file(one)
        (folder / f"{one}.bin").write_bytes(content)
    said = answers(folder, options.count)
    ours = [json.loads(line) for line in subprocess.run(
        ["node", str(JUDGE), str(folder), str(options.count)], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.split("\n") if line]
    tally = Counter()
    wrong = []
    for one, our in enumerate(ours):
        theirs = said[one]
        if theirs is not None and any(words in theirs for words in OWN_LIMITS) and our["answer"] != "refused":
            tally["out of memory"] += 1
            continue
        truth = "loads" if theirs is None else "refused"
        tally[f"torch {truth}, we say {our['answer']}"] += 1
        if our["answer"] not in (truth, "unknown"):
            wrong.append((one, names[one], theirs, our))
    print(f"{options.count} files, torch {version}, seed {options.seed}")
    for what, number_of in sorted(tally.items()):
        print(f"{number_of:7} {what}")
    for one, name, theirs, our in wrong[:40]:
        print(f"DISAGREE {one} {name}: torch: {theirs}; ours: {our}")
    print(f"{len(wrong)} disagreements")
    if options.record:
        chosen = range(0, options.count, options.every)
        rows = [
            {"start": names[one], "loads": said[one] is None, "file": base64.b64encode((folder / f"{one}.bin").read_bytes()).decode()}
            for one in chosen
        ]
        lines = ",\n".join(json.dumps(row) for row in rows)
        options.record.write_text(f'{{"torch": "{version}", "files": [\n{lines}\n]}}\n')
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

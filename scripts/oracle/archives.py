"""Which of many damaged zip archives Python's zipfile refuses.

    python3 scripts/oracle/archives.py

Writes __tests__/sources/archive/zipfile-answers.json: a few small archives that zipfile
wrote, and for each mutation of them (the same numbers are drawn in mutations.ts)
whether zipfile opens it and reads every file with its checksum.
"""

import base64
import io
import json
import pathlib
import sys
import warnings
import zipfile
import zlib

MUTATIONS = 3000
OUT = pathlib.Path(__file__).parents[2] / "__tests__/sources/archive/zipfile-answers.json"


class Unseekable(io.RawIOBase):
    """Makes zipfile write data descriptors."""

    def __init__(self):
        self.parts = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.parts += bytes(data)
        return len(data)


def build(method, comment=b"", described=False, zip64=False):
    out = Unseekable() if described else io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in FILES.items():
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.compress_type = method
            info.external_attr = 0o100644 << 16
            with archive.open(info, "w", force_zip64=zip64) as file:
                file.write(text)
        archive.comment = comment
    return bytes(out.parts) if described else out.getvalue()


FILES = {
    "checkpoint-2/adapter_config.json": b'{"peft_type": "LORA", "r": 8}' * 3,
    "checkpoint-2/adapter_model.safetensors": bytes(range(256)) + b"x" * 300,
    "checkpoint-2/empty.txt": b"",
    "\u00e4.txt": b"one",
}


class Draw:
    """Numerical Recipes' generator, which is easily written the same twice."""

    def __init__(self, seed):
        self.state = (seed * 2654435761 + 1) % 2**32

    def below(self, limit):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return (self.state >> 8) % limit


def mutate(base, seed):
    draw = Draw(seed)
    data = bytearray(base)
    kind = draw.below(8)
    if kind == 0:
        return bytes(data[: draw.below(len(data))])
    if kind == 1:
        at = draw.below(len(data))
        return bytes(data[:at] + data[at + 1 + draw.below(4) :])
    if kind == 2:
        at = draw.below(len(data))
        return bytes(data[:at] + bytes([draw.below(256)]) + data[at:])
    # Most of what can go wrong is in the directory, at the end.
    start = len(data) // 2 if kind < 6 else 0
    for _ in range(1 + draw.below(3)):
        at = start + draw.below(len(data) - start)
        data[at] = draw.below(256)
    return bytes(data)


def is_refused(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                with archive.open(info) as file:
                    file.read()
        return False
    except Exception:
        return True


def main():
    warnings.simplefilter("ignore")
    bases = [
        build(zipfile.ZIP_STORED),
        build(zipfile.ZIP_DEFLATED),
        build(zipfile.ZIP_STORED, described=True),
        build(zipfile.ZIP_DEFLATED, described=True),
        build(zipfile.ZIP_DEFLATED, comment=b"a comment", zip64=True),
    ]
    crc = 0
    answers = []
    for seed in range(MUTATIONS):
        data = mutate(bases[seed % len(bases)], seed)
        crc = zlib.crc32(data, crc)
        answers.append("x" if is_refused(data) else ".")
    document = {
        "zipfile": "Python %d.%d.%d" % sys.version_info[:3],
        "bases": [base64.b64encode(base).decode() for base in bases],
        "crc32": crc,
        "answers": "".join(answers),
    }
    OUT.write_text(json.dumps(document, indent=2) + "\n")
    print(document["zipfile"], document["answers"].count("x"), "of", MUTATIONS)


main()

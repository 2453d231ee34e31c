"""A sample of the cases with the library's answers, for tests without Python.

Every healthy adapter, every damage and every type; one file a type. The files of a
case are deflated with those of its original for a dictionary, so that a case costs
what differs.
"""

import base64
import shutil
import zlib
from pathlib import Path

from cases import HEALTHY, SEED, lot
from common import write_json

FOLDER = Path(__file__).resolve().parents[2] / "__tests__/oracle/cases"
# Of each damage: as many outcomes as it has, and so many more.
EACH_DAMAGE = 2
EACH_TYPE = 12
# Deflate looks no further back.
WINDOW = 32768
# Of the safetensors headers every other, but for the longest.
HEADERS = FOLDER.parent / "headers.json"
HEADER_STEP = 2
LONG_HEADER = 400
# A sample that holds the whole base costs more than all else of its type.
LARGE = 20_000


def write_sample(recorded: dict, folder: Path) -> int:
    """Replaces the committed sample; gives the number of its cases."""
    chosen = choose(recorded["cases"], folder / "cases")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    by_type: dict[str, list[dict]] = {}
    for case in chosen:
        by_type.setdefault(case["type"], []).append(case)
    for type, cases in sorted(by_type.items()):
        names = sorted({case["original"] for case in cases})
        originals = {name: contents(folder / "trained" / name) for name in names}
        packed = {
            "madeWith": recorded["madeWith"],
            "originals": {name: pack_all(files, b"") for name, files in originals.items()},
            "cases": [pack_case(case, originals[case["original"]], folder / "cases") for case in cases],
        }
        write_json(FOLDER / f"{type}.json", packed)
    return len(chosen)


def choose(cases: list[dict], folder: Path) -> list[dict]:
    """The same for the same answers: by rank of the hash that chose the cases themselves."""
    chosen = {case["id"]: case for case in cases if case["damage"] == HEALTHY}
    ranked = sorted(cases, key=lambda case: (weight(folder / case["id"]) > LARGE, lot(case["id"], SEED)))
    outcomes: set[tuple] = set()
    damages: dict[str, int] = {}
    for case in ranked:
        key = (case["damage"], case["outcome"])
        count = damages.get(case["damage"], 0)
        is_large = weight(folder / case["id"]) > LARGE
        if key not in outcomes or (count < EACH_DAMAGE and not is_large):
            outcomes.add(key)
            damages[case["damage"]] = count + 1
            chosen[case["id"]] = case
    for case in ranked:
        of_type = sum(one["type"] == case["type"] for one in chosen.values())
        if of_type < EACH_TYPE and weight(folder / case["id"]) <= LARGE:
            chosen[case["id"]] = case
    return [case for case in cases if case["id"] in chosen]


def weight(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def pack_case(case: dict, original: dict[str, bytes], folder: Path) -> dict:
    known = ("id", "original", "type", "damage", "note", "outcome", "at", "error")
    packed = {name: case[name] for name in known if name in case}
    return {**packed, "files": pack_all(contents(folder / case["id"]), dictionary(original))}


def dictionary(original: dict[str, bytes]) -> bytes:
    """What a deflated file may repeat: the original's files by name, the end of them if they are long."""
    return b"".join(original[name] for name in sorted(original))[-WINDOW:]


def pack_all(files: dict[str, bytes], known: bytes) -> dict[str, str]:
    return {name: pack(content, known) for name, content in sorted(files.items())}


def pack(content: bytes, known: bytes) -> str:
    options = {"zdict": known} if known else {}
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, **options)
    return base64.b64encode(deflate.compress(content) + deflate.flush()).decode()


def write_headers(records: list[dict], folder: Path) -> int:
    """Replaces the committed headers; gives their number."""
    chosen = []
    for one in records[::HEADER_STEP]:
        content = (folder / one["id"] / "model.safetensors").read_bytes()
        if len(content) <= LONG_HEADER:
            chosen.append({"id": one["id"], "accepts": one["accepts"], "file": base64.b64encode(content).decode()})
    write_json(HEADERS, chosen)
    return len(chosen)

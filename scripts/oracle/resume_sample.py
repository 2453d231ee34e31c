"""A sample of the cases with their truth, for tests without Python: files once each, cases as edits of them.

Every run but those that only repeat another's files; of each kind of damage every outcome.
"""

import base64
import hashlib
import json
import re
import shutil
import zlib
from pathlib import Path

from cases import lot
from resume_cases import HEALTHY
from resume_edits import edited, lay_out
from resume_runs import Recorded, contents

FOLDER = Path(__file__).resolve().parents[2] / "__tests__/oracle/resume"
SEED = 6
# Their damages are those of a run that is there: full-done, lora-steps.
LEFT_OUT = ("full-steps", "lora-linear")
# Deflate looks no further back.
WINDOW = 32768


def write_sample(cases: list[dict], folder: Path) -> int:
    """Replaces the committed sample; gives the number of its cases."""
    chosen = choose([case for case in cases if case["run"] not in LEFT_OUT])
    runs = {name: read_run(name, folder / "runs" / name) for name in sorted({case["run"] for case in chosen})}
    for case in chosen:
        verify(runs[case["run"]], case, folder / "cases" / case["id"])
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    contents = Contents()
    packed = {
        name: {"files": contents.add_all(run.files), "old": contents.add_all(run.old)}
        for name, run in runs.items()
    }
    cases = [{**case, "edits": [contents.keep(edit) for edit in case["edits"]]} for case in chosen]
    write(FOLDER / "files.json", {"contents": contents.packed, "runs": packed})
    write(FOLDER / "cases.json", {"cases": cases})
    return len(chosen)


def choose(cases: list[dict]) -> list[dict]:
    """The same for the same answers, whatever their order."""
    seen: set[tuple] = set()
    chosen = set()
    for case in sorted(cases, key=lambda case: lot(case["id"], SEED)):
        truth = case["truth"]
        is_alone = truth["newestResumable"] is None
        key = (kind_of(case), truth["automatic"]["outcome"], is_alone)
        if case["damage"] == HEALTHY or key not in seen:
            chosen.add(case["id"])
        seen.add(key)
    return [case for case in cases if case["id"] in chosen]


def kind_of(case: dict) -> str:
    """Without the numbers of steps, events and bytes; of what is written anew the file and the kind of error."""
    if case["group"] == "rewritten":
        error = case["truth"]["automatic"].get("error", "").partition(":")[0]
        return f"{case['damage'].partition('-')[0]} {error}"
    return re.sub(r"checkpoint-\d+|^died-\d+|-\d+$", "", case["damage"])


def keep_run(run: Recorded, target: Path) -> None:
    lay_out(run.files, [], target / "files")
    lay_out(run.old, [], target / "old")


def read_run(name: str, place: Path) -> Recorded:
    """The files of a run that was kept."""
    return Recorded(name, (), contents(place / "files"), contents(place / "old"), [], {}, [])


def verify(run: Recorded, case: dict, place: Path) -> None:
    """The edits give what Trainer was asked about."""
    files, folders, _origins = edited(run, case["edits"])
    there = {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    if files != there or not all((place / folder).is_dir() for folder in folders):
        raise RuntimeError(f"{case['id']} was resumed with other files")


class Contents:
    """Each content once, deflated with the first of its name for a dictionary."""

    def __init__(self) -> None:
        self.packed: dict[str, dict] = {}
        self.first: dict[str, tuple[str, bytes]] = {}

    def add_all(self, files: dict[str, bytes]) -> dict[str, str]:
        return {path: self.add(path.rpartition("/")[2], content) for path, content in sorted(files.items())}

    def keep(self, edit: dict) -> dict:
        """An edit that names what it writes."""
        if "base64" not in edit:
            return edit
        path = edit["write"]
        return {"write": path, "content": self.add(path.rpartition("/")[2], base64.b64decode(edit["base64"]))}

    def add(self, name: str, content: bytes) -> str:
        key = hashlib.sha256(content).hexdigest()[:12]
        if key not in self.packed:
            like, known = self.first.setdefault(name, (key, content))
            if like == key:
                self.packed[key] = {"deflated": pack(content, b"")}
            else:
                self.packed[key] = {"like": like, "deflated": pack(content, known[-WINDOW:])}
        return key


def pack(content: bytes, known: bytes) -> str:
    options = {"zdict": known} if known else {}
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, **options)
    return base64.b64encode(deflate.compress(content) + deflate.flush()).decode()


def write(path: Path, value: dict) -> None:
    """A line for each case and each content: edits and answers belong together."""
    (key, entries), *rest = value.items()
    open_, close = ("[", "]") if isinstance(entries, list) else ("{", "}")
    lines = (
        [json.dumps(one) for one in entries]
        if isinstance(entries, list)
        else [f"{json.dumps(name)}: {json.dumps(one)}" for name, one in entries.items()]
    )
    body = f"  {json.dumps(key)}: {open_}\n    " + ",\n    ".join(lines) + f"\n  {close}"
    others = "".join(f",\n  {json.dumps(name)}: {json.dumps(one)}" for name, one in rest)
    path.write_text(f"{{\n{body}{others}\n}}\n", encoding="utf-8")

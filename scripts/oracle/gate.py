"""What Checkpoint Gate says of many cases: the committed command line, a few hundred folders a call."""

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

# Another build of the command line may be named.
CLI = Path(os.environ.get("ORACLE_CLI", Path(__file__).resolve().parents[2] / "dist/cli/index.js"))
BATCH = 200
# Pass, fail, inconclusive. 2 is a fault of the tool, or of this program.
VERDICTS = (0, 1, 3)


@dataclass
class Said:
    """Answers of one case and the checks behind them; no answer where no checkpoint was recognised."""

    answers: dict[str, str] = field(default_factory=dict)
    found: dict[str, list[str]] = field(default_factory=lambda: {"error": [], "warning": [], "notice": []})

    @property
    def refuses(self) -> bool:
        """`loads` or `trained` is `no`; a folder that is no checkpoint is an error of the run instead."""
        if not self.answers:
            return bool(self.found["error"])
        return "no" in (self.answers["loads"], self.answers["trained"])

    @property
    def errs(self) -> bool:
        return bool(self.found["error"])

    @property
    def warns(self) -> bool:
        return bool(self.found["error"] or self.found["warning"])


def ask_gate(ids: list[str], folder: Path) -> dict[str, Said]:
    said: dict[str, Said] = {}
    for at in range(0, len(ids), BATCH):
        said |= ask_batch(ids[at : at + BATCH], folder)
    return said


def ask_batch(ids: list[str], folder: Path) -> dict[str, Said]:
    """Each folder is named itself, so that each is a run of its own and none is the other's sibling."""
    done = subprocess.run(
        ["node", str(CLI), *ids, "--format", "json"], cwd=folder, capture_output=True, text=True, check=False
    )
    # Node, too, exits with 1 when a script breaks: then there is no report.
    if done.returncode not in VERDICTS or not done.stdout.startswith("{"):
        if len(ids) == 1:
            raise RuntimeError(f"{ids[0]}: exit {done.returncode}: {done.stderr.strip()[-500:]}")
        middle = len(ids) // 2
        return ask_batch(ids[:middle], folder) | ask_batch(ids[middle:], folder)
    return read_report(json.loads(done.stdout), ids)


def read_report(report: dict, ids: list[str]) -> dict[str, Said]:
    said = {id: Said() for id in ids}
    for row in report["checkpoints"]:
        answers = {question: answer["value"] for question, answer in row["answers"].items()}
        said[case_of(row["path"], said)].answers = answers
    for finding in report["findings"]:
        one = said[case_of(finding["where"]["path"], said)]
        one.found[finding["severity"]].append(finding["check"])
    return said


def case_of(path: str, said: dict[str, Said]) -> str:
    """The case that a path lies in; a case's id is two names."""
    id = "/".join(path.split("/")[:2])
    if id not in said:
        raise ValueError(f"the report names {path}, which is in no case")
    return id

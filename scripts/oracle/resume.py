"""Whether Checkpoint Gate says from where training can be resumed as the real Trainer does: the truth of it.

    npm run oracle:resume                             makes, resumes and compares everything (minutes)
    npm run oracle:resume -- --keep DIR               keeps runs, cases and truth in DIR; where they are there, compares alone
    npm run oracle:resume -- --truth DIR/truth.json   compares alone, without Python
    npm run oracle:resume -- --runs lora-steps,full*  some runs (a trailing * stands for any end)

This part makes and resumes; scripts/oracle-resume.mjs compares.
"""

import argparse
import json
import os
import sys
import time
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "corpus")]

from common import VERSIONS, quiet, write_json  # noqa: E402
from isolated import answers_of  # noqa: E402


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="npm run oracle:resume --")
    parser.add_argument("--keep", type=Path, required=True, help="folder for runs, cases and truth")
    parser.add_argument("--runs", default="*", help="runs, separated by commas")
    parser.add_argument("--sample", action="store_true", help="write the sample of __tests__/oracle/resume, too")
    return parser.parse_args()


def main() -> int:
    chosen = options()
    quiet()
    chosen.keep.mkdir(parents=True, exist_ok=True)
    make(chosen.keep.resolve(), chosen.runs.split(","), chosen.sample)
    return 0


def make(folder: Path, wanted: list[str], writes_sample: bool) -> None:
    """Trains, damages, resumes; writes `truth.json` beside `runs` and `cases`. With a truth that is there the sample alone."""
    truth = folder / "truth.json"
    if not truth.exists():
        write_json(truth, {"madeWith": VERSIONS, "cases": train_and_ask(folder, wanted)})
    if writes_sample:
        from resume_sample import write_sample

        cases = json.loads(truth.read_text(encoding="utf-8"))["cases"]
        print(f"{write_sample(cases, folder)} cases written to __tests__/oracle/resume", file=sys.stderr)


def train_and_ask(folder: Path, wanted: list[str]) -> list[dict]:
    from resume_runs import RUNS, record
    from resume_sample import keep_run

    began = time.monotonic()
    names = [name for name in RUNS if any(fnmatch(name, one) for one in wanted)]
    print(f"training {len(names)} runs", file=sys.stderr)
    runs = {name: record(name, RUNS[name]) for name in names}
    for run in runs.values():
        keep_run(run, folder / "runs" / run.id)
    records = ask(runs, folder)
    print(f"{len(records)} cases in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return records


def ask(runs: dict, folder: Path) -> list[dict]:
    """Lays every case out and has it resumed."""
    from resume_ask import Asker
    from resume_cases import cases_of
    from resume_edits import edited, lay_out

    cases = [case for run in runs.values() for case in cases_of(run)]
    origins = []
    for case in cases:
        files, folders, known = edited(runs[case.run], case.edits)
        lay_out(files, folders, folder / "cases" / case.id)
        origins.append(known)
    print(f"resuming {len(cases)} cases", file=sys.stderr)
    asker = Asker(runs)

    def answer(at: int) -> dict:
        return asker.answer(cases[at].run, folder / "cases" / cases[at].id, origins[at])

    truths = with_second_try(answers_of(len(cases), answer, folder / "journal"), answer, folder / "journal")
    return [{**case.record(), "truth": truth} for case, truth in zip(cases, truths, strict=True)]


def with_second_try(truths: list[dict], answer, journal: Path) -> list[dict]:
    """A case that took too long, or that ended its process, is asked once more; then it is a fault of this program."""
    failed = [at for at, truth in enumerate(truths) if "folders" not in truth]
    again = answers_of(len(failed), lambda at: answer(failed[at]), journal)
    for at, truth in zip(failed, again, strict=True):
        if "folders" not in truth:
            raise RuntimeError(f"case {at} has no answer: {truth}")
        truths[at] = truth
    return truths


if __name__ == "__main__":
    # PEFT keeps names in sets, whose order is in its words and files.
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    sys.exit(main())

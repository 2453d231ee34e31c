"""Runs one task after another in a child process: a damaged adapter may end it."""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Callable

# No healthy case takes a second.
SECONDS_EACH = 60


def answers_of(count: int, answer: Callable[[int], dict], journal: Path) -> list[dict]:
    """One answer each, in order; a task that ends its process has that for an answer."""
    journal.unlink(missing_ok=True)
    journal.touch()
    while len(done := read(journal)) < count:
        ended = os.waitstatus_to_exitcode(os.waitpid(fork(done, count, answer, journal), 0)[1])
        if ended >= 0 and len(read(journal)) < count:
            raise RuntimeError(f"the child that asks the loader ended with {ended}")
        if ended < 0:
            words = f"the process ends with {signal.Signals(-ended).name}"
            append(journal, {"outcome": "raises", "at": "crash", "error": words})
        print(f"  {len(read(journal))} of {count}", file=sys.stderr)
    journal.unlink()
    return done


def fork(done: list[dict], count: int, answer: Callable[[int], dict], journal: Path) -> int:
    child = os.fork()
    if child:
        return child
    for at in range(len(done), count):
        signal.alarm(SECONDS_EACH)
        append(journal, answer(at))
    os._exit(0)


def append(journal: Path, record: dict) -> None:
    with journal.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


def read(journal: Path) -> list[dict]:
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]

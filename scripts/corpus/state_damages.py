"""Runs of a Trainer whose trainer_state.json was cut, edited or copied."""

import json
import shutil
from pathlib import Path
from typing import Callable

from common import Case
from damages import ADAPTER, damaged, edit, edit_json, half, write

STATE = "checkpoint-6/trainer_state.json"
LOAD_STATE_FILE = "TrainerState.load_from_json"


def make_state_damages() -> None:
    loads = [("checkpoint-6", LOAD_STATE_FILE), ("checkpoint-6", ADAPTER)]
    rows: tuple[tuple[str, str, Callable[[Path, Case], None]], ...] = (
        ("cut", "The newest trainer_state.json cut in the middle.", edit(STATE, half)),
        ("empty", "The newest trainer_state.json is empty, as a full disk leaves it.", write(STATE, b"")),
        ("list", "The newest trainer_state.json holds the log alone.", edit_value(STATE, lambda state: state["log_history"])),
        ("unknown-field", "The newest trainer_state.json has a field that no TrainerState knows.", edit_json(STATE, lambda state: state.update(loss_scale=1.0))),
        ("no-step", "The newest trainer_state.json without its step.", edit_json(STATE, lambda state: state.pop("global_step"))),
    )
    for name, title, damage in rows:
        damaged(f"trainer-state-{name}", title, damage, "trainer-lora", loads)

    def older(tree: Path, _case: Case) -> None:
        edit("checkpoint-2/trainer_state.json", half)(tree, _case)

    damaged(
        "trainer-state-older-cut", "An older trainer_state.json cut in the middle.", older, "trainer-lora",
        [("checkpoint-2", LOAD_STATE_FILE), loads[0]],
    )

    def copied(tree: Path, _case: Case) -> None:
        shutil.copy(tree / "checkpoint-4/trainer_state.json", tree / STATE)

    damaged("trainer-state-copied", "The newest trainer_state.json is that of the checkpoint before it.", copied, "trainer-lora", loads)

    def renamed(tree: Path, _case: Case) -> None:
        (tree / "checkpoint-6").rename(tree / "checkpoint-60")

    damaged(
        "trainer-state-folder-renamed", "The newest folder renamed after another step.", renamed, "trainer-lora",
        [("checkpoint-60", LOAD_STATE_FILE), ("checkpoint-60", ADAPTER)],
    )


def edit_value(name: str, change: Callable[[dict], object]) -> Callable[[Path, Case], None]:
    return edit(name, lambda content: json.dumps(change(json.loads(content)), indent=2).encode())

"""Runs of a real Trainer after a save that died, or without a file that a resume reads."""

import json
import shutil
from pathlib import Path

from common import CORPUS, Case
from damages import ADAPTER, damaged

LAST = [("checkpoint-6", ADAPTER)]


def make_resume_damages() -> None:
    def died(tree: Path, _case: Case) -> None:
        folder = tree / "checkpoint-6"
        for name in ("scheduler.pt", "rng_state.pth", "trainer_state.json"):
            (folder / name).unlink()
        (folder / "optimizer.pt").write_bytes(b"")

    damaged("save-died-in-optimizer", "The last save died as it began optimizer.pt.", died, "trainer-lora", LAST)

    def sentinel(tree: Path, _case: Case) -> None:
        for name in ("rng_state.pth", "trainer_state.json"):
            (tree / "checkpoint-6" / name).unlink()
        mark = tree / "checkpoint-6/checkpoint-is-incomplete.txt"
        mark.write_text("Checkpoint started at step 6 and in progress...")

    damaged("save-sentinel", "A save on a signal that was not ended.", sentinel, "trainer-lora", LAST)

    def optimizer(tree: Path, _case: Case) -> None:
        (tree / "checkpoint-6/optimizer.pt").unlink()

    damaged("trainer-optimizer-missing", "A checkpoint without optimizer.pt.", optimizer, "trainer-lora", LAST)

    def rank(tree: Path, _case: Case) -> None:
        (tree / "checkpoint-4/rng_state_0.pth").unlink()

    damaged(
        "trainer-rng-rank-missing",
        "Random states of the second process alone.",
        rank,
        "deepspeed-trainer-zero2",
        [("checkpoint-4", ADAPTER)],
    )
    damaged(
        "trainer-rng-last-rank-missing",
        "Random states of the first process alone, beside the state of DeepSpeed that two wrote.",
        lambda tree, _case: (tree / "checkpoint-4/rng_state_1.pth").unlink(),
        "deepspeed-trainer-zero2",
        [("checkpoint-4", ADAPTER)],
    )

    def mixed(tree: Path, _case: Case) -> None:
        other = CORPUS / "deepspeed-trainer-zero2/tree/checkpoint-4"
        for name in ("rng_state_0.pth", "rng_state_1.pth"):
            shutil.copy(other / name, tree / "checkpoint-6")

    damaged("trainer-saves-mixed", "Random states of an earlier run on two processes.", mixed, "trainer-lora", LAST)

    def best(tree: Path, _case: Case) -> None:
        for name in ("checkpoint-2", "checkpoint-6"):
            shutil.rmtree(tree / name)
        path = tree / "checkpoint-4/trainer_state.json"
        state = json.loads(path.read_text())
        state["best_model_checkpoint"] = "./checkpoint-2"
        state["best_global_step"] = 2
        path.write_text(json.dumps(state, indent=2, sort_keys=True) + "\n")

    damaged(
        "best-checkpoint-missing",
        "A run that is under way and whose best checkpoint was deleted.",
        best,
        "trainer-lora",
        [("checkpoint-4", ADAPTER)],
    )

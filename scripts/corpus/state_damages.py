"""Damages to the files that keep the state of a training."""

import shutil
from collections.abc import Callable
from pathlib import Path

import torch

from common import Case
from damages import damaged, edit


def make_state_damages() -> None:
    def half(content: bytes) -> bytes:
        return content[: len(content) // 2]

    damaged(
        "state-optimizer-cut",
        "The optimizer of a run's newest checkpoint cut in half.",
        edit("checkpoint-6/optimizer.pt", half),
        "trainer-lora",
        [],
    )
    damaged(
        "state-older-random-cut",
        "The random states of an older checkpoint cut in half.",
        edit("checkpoint-4/rng_state.pth", half),
        "trainer-lora",
        [],
    )
    damaged(
        "state-scheduler-later",
        "A checkpoint with the scheduler of a later one.",
        copied("checkpoint-6/scheduler.pt", "checkpoint-4/scheduler.pt"),
        "trainer-lora",
        [],
    )
    damaged(
        "state-optimizer-other-rank",
        "A checkpoint with the optimizer of an adapter of rank 8.",
        other_rank,
        "trainer-lora",
        [],
    )


def copied(source: str, target: str) -> Callable[[Path, Case], None]:
    def damage(tree: Path, _case: Case) -> None:
        shutil.copy(tree / source, tree / target)

    return damage


def other_rank(tree: Path, _case: Case) -> None:
    shapes = [(8, 16), (16, 8)] * 4
    parameters = [torch.nn.Parameter(torch.zeros(shape)) for shape in shapes]
    optimizer = torch.optim.AdamW([{"params": parameters}, {"params": []}], lr=1e-2)
    for one in parameters:
        one.grad = torch.ones_like(one)
    optimizer.step()
    torch.save(optimizer.state_dict(), tree / "checkpoint-6/optimizer.pt")

"""Damages to the files that keep the state of a training."""

import shutil
from pathlib import Path

import torch

from common import Case
from damages import damaged, edit, zero_header


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
        "state-header-zeroed",
        "The optimizer of a run's newest checkpoint with zeros over the local header of a record.",
        edit("checkpoint-6/optimizer.pt", zero_header),
        "trainer-lora",
        [],
    )
    damaged(
        "state-scheduler-later",
        "A checkpoint with the scheduler of a later one.",
        later_scheduler,
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


def later_scheduler(tree: Path, _case: Case) -> None:
    shutil.copy(tree / "checkpoint-6/scheduler.pt", tree / "checkpoint-4/scheduler.pt")
    shutil.rmtree(tree / "checkpoint-6")


def other_rank(tree: Path, _case: Case) -> None:
    shapes = [(8, 16), (16, 8)] * 4
    parameters = [torch.nn.Parameter(torch.zeros(shape)) for shape in shapes]
    optimizer = torch.optim.AdamW([{"params": parameters}, {"params": []}], lr=1e-2)
    for one in parameters:
        one.grad = torch.ones_like(one)
    optimizer.step()
    torch.save(optimizer.state_dict(), tree / "checkpoint-6/optimizer.pt")

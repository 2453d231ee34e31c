"""Adapters whose files are whole and whose numbers are not those of a training."""

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import torch
from safetensors.torch import load_file, save_file

from common import Case
from damages import ADAPTER, WEIGHTS, damaged

RUN = "quiet-step-gaps-ratio"


def change(edit: Callable[[dict[str, torch.Tensor]], None]) -> Callable[[Path, Case], None]:
    def damage(tree: Path, _case: Case) -> None:
        tensors = load_file(tree / WEIGHTS)
        edit(tensors)
        save_file(tensors, tree / WEIGHTS, metadata={"format": "pt"})

    return damage


def zero(part: str) -> Callable[[dict[str, torch.Tensor]], None]:
    def edit(tensors: dict[str, torch.Tensor]) -> None:
        for name in tensors:
            if part in name:
                tensors[name].zero_()

    return edit


def put(name_part: str, value: float) -> Callable[[dict[str, torch.Tensor]], None]:
    def edit(tensors: dict[str, torch.Tensor]) -> None:
        name = next(name for name in sorted(tensors) if name_part in name)
        tensors[name][-1, 0] = value

    return edit


def copy_first(tensors: dict[str, torch.Tensor]) -> None:
    first, second = [name for name in sorted(tensors) if "lora_B" in name][:2]
    tensors[second] = tensors[first].clone()


def same_weights(tree: Path, _case: Case) -> None:
    for step in (6, 9):
        copyfile(tree / "checkpoint-3" / WEIGHTS, tree / f"checkpoint-{step}" / WEIGHTS)


def make_value_damages() -> None:
    damaged("adapter-untrained", "Every lora_B is zero: nothing was learned.", change(zero("lora_B")))
    damaged("adapter-nan", "One number of one lora_B is NaN.", change(put("lora_B", float("nan"))))
    damaged("adapter-magnitude", "One number of one lora_B is 1e30.", change(put("lora_B", 1e30)))
    damaged("adapter-tensor-copied", "Two modules have the same lora_B.", change(copy_first))
    steps = [(f"checkpoint-{step}", ADAPTER) for step in (3, 6, 9)]
    damaged("run-weights-unchanged", "Three steps of a run hold the weights of the first.", same_weights, RUN, steps)

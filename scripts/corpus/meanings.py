"""Adapters whose files are whole and whose keys, halves or shapes PEFT finds no place for."""

from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from common import Case
from damages import CONFIG, WEIGHTS, damaged, edit_json

Tensors = dict[str, torch.Tensor]


def rewrite(edit: Callable[[Tensors], Tensors]) -> Callable[[Path, Case], None]:
    def damage(tree: Path, _case: Case) -> None:
        tensors = {name: one.contiguous() for name, one in edit(load_file(tree / WEIGHTS)).items()}
        save_file(tensors, tree / WEIGHTS, metadata={"format": "pt"})

    return damage


def renamed(old: str, new: str, times: int = -1) -> Callable[[Path, Case], None]:
    """`times`: of so many keys, the first in order."""

    def edit(tensors: Tensors) -> Tensors:
        chosen = [name for name in sorted(tensors) if old in name]
        chosen = chosen if times < 0 else chosen[:times]
        return {name.replace(old, new) if name in chosen else name: one for name, one in tensors.items()}

    return rewrite(edit)


def set_field(name: str, value: object) -> Callable[[Path, Case], None]:
    return edit_json(CONFIG, lambda config: config.update({name: value}))


def only(part: str) -> Callable[[Path, Case], None]:
    return rewrite(lambda tensors: {name: one for name, one in tensors.items() if part in name})


def without(part: str) -> Callable[[Path, Case], None]:
    return rewrite(lambda tensors: {name: one for name, one in tensors.items() if part not in name})


def other_type(tree: Path, case: Case) -> None:
    config = {
        "base_model_name_or_path": "tiny-org/tiny-llama",
        "peft_type": "IA3",
        "target_modules": ["q_proj", "v_proj"],
        "feedforward_modules": [],
        "task_type": "CAUSAL_LM",
    }
    edit_json(CONFIG, lambda own: (own.clear(), own.update(config)))(tree, case)


def make_meaning_damages() -> None:
    damaged("adapter-keys-compiled", "Saved from a model that torch.compile had wrapped.", renamed("base_model.model.", "base_model.model._orig_mod."))
    damaged("adapter-keys-bare", "Every key without base_model.model.", renamed("base_model.model.", ""))
    damaged("adapter-key-misspelt", "One key of one module has another name.", renamed("lora_B.weight", "lora_C.weight", 1))
    damaged("adapter-half", "Only the lora_A of each module.", only("lora_A"))
    damaged("adapter-layer-gone", "The first layer has no tensor at all.", without("layers.0."))
    damaged("adapter-rank-changed", "The configuration has another rank than the weights.", set_field("r", 4))
    damaged("adapter-other-type", "The configuration of IA3 beside the weights of LoRA.", other_type)
    damaged("adapter-head-promised", "modules_to_save names a head that has no tensor.", set_field("modules_to_save", ["lm_head"]))

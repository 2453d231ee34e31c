"""Directories that a transformers Trainer leaves, from real small trainings."""

import os
import shutil
import tempfile
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from transformers import Trainer, TrainingArguments

from adapters import LORA
from common import Case, tiny_base

STEPS = {"max_steps": 6, "save_steps": 2, "logging_steps": 1, "learning_rate": 1e-2}
COMMON = {
    "per_device_train_batch_size": 1,
    "report_to": [],
    "disable_tqdm": True,
    "use_cpu": True,
    "seed": 0,
    "data_seed": 0,
}


class Tokens(torch.utils.data.Dataset):
    def __len__(self):
        return 16

    def __getitem__(self, at):
        tokens = (torch.arange(8) + at) % 60 + 1
        return {"input_ids": tokens, "labels": tokens}


def run_trainer(
    target: Path, model, save_root: bool = True, resume: bool = False, options: dict | None = None, **arguments
) -> None:
    """Trains in a temporary folder, so that no path of this machine gets into a file.

    `resume` goes on from the newest checkpoint of `target`; `options` are the Trainer's.
    """
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as temporary:
        os.chdir(temporary)
        try:
            args = TrainingArguments(output_dir="out", **{**COMMON, **STEPS, **arguments})
            if resume:
                shutil.copytree(target, "out")
            trainer = Trainer(model=model, args=args, **{"train_dataset": Tokens(), **(options or {})})
            trainer.train(resume_from_checkpoint=resume)
            if save_root:
                trainer.save_model()
            shutil.copytree("out", target, dirs_exist_ok=True)
        finally:
            os.chdir(before)


def slim(tree: Path) -> None:
    """Leaves out what no check reads, where many folders hold it."""
    for name in ("README.md", "training_args.bin"):
        for path in tree.rglob(name):
            os.remove(path)


def lora_model(name: str = "default"):
    return get_peft_model(tiny_base(), LoraConfig(**LORA), adapter_name=name)


class Wrapper(torch.nn.Module):
    """A model class of the user's own around a PEFT model."""

    def __init__(self):
        super().__init__()
        self.inner = lora_model()

    def forward(self, input_ids=None, labels=None):
        return self.inner(input_ids=input_ids, labels=labels)


ADAPTER = "PeftModel.from_pretrained"
MODEL = "AutoModelForCausalLM.from_pretrained"


def make_runs() -> None:
    case = Case("trainer-lora", "A LoRA training with a save every 2 of 6 steps and one at the end.")
    case.loads = [(path, ADAPTER) for path in (".", "checkpoint-2", "checkpoint-6")]
    run_trainer(case.start(), lora_model())
    case.finish()

    case = Case("trainer-lora-save-only-model", "A LoRA training that keeps no optimizer state.")
    case.loads = [("checkpoint-6", ADAPTER)]
    run_trainer(case.start(), lora_model(), save_root=False, save_only_model=True)
    case.finish()

    case = Case("trainer-lora-total-limit", "A LoRA training that keeps its last two checkpoints.")
    case.loads = [("checkpoint-4", ADAPTER), ("checkpoint-6", ADAPTER)]
    run_trainer(case.start(), lora_model(), save_root=False, save_total_limit=2)
    case.finish()

    case = Case("trainer-lora-adapter-named", "A LoRA training whose adapter is named `mine`.")
    case.loads = [("checkpoint-6/mine", ADAPTER)]
    run_trainer(case.start(), lora_model("mine"), save_only_model=True)
    case.finish()

    case = Case("trainer-full", "A full training with a save at steps 4 and 6 and one at the end.")
    case.loads = [(path, MODEL) for path in (".", "checkpoint-4", "checkpoint-6")]
    run_trainer(case.start(), tiny_base(), save_steps=4, save_only_model=True)
    case.finish()

    case = Case("trainer-custom-wrapper", "A training of a model class of the user's own.")
    case.loads = [("checkpoint-6/model.safetensors", "safetensors.safe_open"), ("checkpoint-6", MODEL)]
    run_trainer(case.start(), Wrapper(), save_steps=6, save_only_model=True, save_root=False)
    case.finish()

    case = Case("trainer-hp-search", "A hyper-parameter search of two runs.")
    case.loads = [(f"run-{run}/checkpoint-2", ADAPTER) for run in (0, 1)]
    tree = case.start()
    for run in (0, 1):
        run_trainer(
            tree / f"run-{run}", lora_model(), save_root=False, max_steps=2, save_only_model=True
        )
    case.finish()

    case = Case("trainer-two-runs", "Two trainings under one root, one of them deeper.")
    case.loads = [("a/checkpoint-2", ADAPTER), ("b/deep/checkpoint-2", ADAPTER)]
    tree = case.start()
    for run in ("a", "b/deep"):
        run_trainer(tree / run, lora_model(), max_steps=2, save_only_model=True)
    case.finish()

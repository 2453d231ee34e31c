"""What the real loaders say of a case."""

import os
import shutil
import tempfile
import warnings
from pathlib import Path

import torch
from peft import PeftModel
from safetensors import safe_open
from transformers import AutoModelForCausalLM

from common import Case, scrub, tiny_base


def load_adapter(path: Path) -> None:
    PeftModel.from_pretrained(tiny_base(), str(path))


def load_model(path: Path) -> None:
    AutoModelForCausalLM.from_pretrained(str(path))


def open_safetensors(path: Path) -> None:
    with safe_open(str(path), framework="pt") as file:
        for name in file.keys():
            file.get_tensor(name)


def load_torch(path: Path) -> None:
    torch.load(str(path), weights_only=True)


LOADERS = {
    "PeftModel.from_pretrained": load_adapter,
    "AutoModelForCausalLM.from_pretrained": load_model,
    "safetensors.safe_open": open_safetensors,
    "torch.load": load_torch,
}


def answers_for(case: Case) -> list[dict]:
    """Lays the case out in a temporary folder and lets each named loader try."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "case"
        if case.tree.exists():
            shutil.copytree(case.tree, root)
        for folder in case.empty_folders:
            (root / folder).mkdir(parents=True, exist_ok=True)
        for path, target in case.links.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            os.symlink(target, root / path)
        return [answer(root, path, call) for path, call in case.loads]


def answer(root: Path, path: str, call: str) -> dict:
    """One loader's answer: whether it raised, and its words."""
    said = {"path": path, "call": call}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            LOADERS[call](root / path)
            said["outcome"] = "loads"
        except Exception as error:  # noqa: BLE001: whatever a loader raises is its answer
            said["outcome"] = "raises"
            said["error"] = first_line(f"{type(error).__name__}: {error}", root)
    words = [first_line(str(one.message), root) for one in caught if is_about_case(one)]
    if words:
        said["warnings"] = sorted(set(words))
    return said


def is_about_case(warning: warnings.WarningMessage) -> bool:
    """Not what a library says of the machine, such as a missing CUDA extension."""
    return warning.category is UserWarning and "CUDA" not in str(warning.message)


def first_line(text: str, root: Path) -> str:
    return scrub(text.strip().splitlines()[0][:300], root, root.parent)

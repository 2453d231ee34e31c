"""What the real loaders say of a case."""

import os
import shutil
import tempfile
import warnings
from pathlib import Path

import torch
import torch.distributed.checkpoint as dcp
from peft import PeftModel
from safetensors import safe_open
from transformers import AutoModelForCausalLM, TrainerState

from common import Case, scrub, tiny_bart_classifier, tiny_base, tiny_classifier


def load_adapter(path: Path) -> None:
    PeftModel.from_pretrained(tiny_base(), str(path))


def load_classifier(path: Path) -> None:
    PeftModel.from_pretrained(tiny_classifier(), str(path))


def load_bart_classifier(path: Path) -> None:
    PeftModel.from_pretrained(tiny_bart_classifier(), str(path))


def load_model(path: Path) -> None:
    AutoModelForCausalLM.from_pretrained(str(path))


def open_safetensors(path: Path) -> None:
    with safe_open(str(path), framework="pt") as file:
        for name in file.keys():
            file.get_tensor(name)


def load_torch(path: Path) -> None:
    torch.load(str(path), weights_only=True)


def load_state(path: Path, extras: bool = True) -> None:
    from accelerated import job

    job(extras).load_state(str(path))


def load_dcp(path: Path) -> None:
    """Loads all that `.metadata` names; what a rank met is what is of interest, not that one met it."""
    try:
        dcp.load(dcp_template(path), checkpoint_id=str(path))
    except dcp.api.CheckpointException as error:
        raise error.failures[0][0] from None


def dcp_template(path: Path) -> dict:
    """Places for all tensors of a checkpoint; none where its metadata cannot be read."""
    try:
        metadata = dcp.FileSystemReader(str(path)).read_metadata()
    except Exception:  # noqa: BLE001: dcp.load meets the same, and its words count
        return {}
    return {
        name: torch.empty(entry.size, dtype=entry.properties.dtype) if hasattr(entry, "size") else None
        for name, entry in metadata.state_dict_metadata.items()
    }


def load_lightning(path: Path) -> None:
    from lit import TinyModule

    TinyModule.load_from_checkpoint(str(path), map_location="cpu")


def load_trainer_state(path: Path) -> None:
    TrainerState.load_from_json(str(path / "trainer_state.json"))


def resume_lightning(path: Path) -> None:
    from lit import fit

    fit(epochs=2, ckpt_path=str(path))


LOADERS = {
    "Accelerator.load_state": load_state,
    "Accelerator.load_state of a model and an optimizer": lambda path: load_state(path, extras=False),
    "dcp.load": load_dcp,
    "LightningModule.load_from_checkpoint": load_lightning,
    "lightning.Trainer.fit": resume_lightning,
    "PeftModel.from_pretrained": load_adapter,
    "PeftModel.from_pretrained of a classifier": load_classifier,
    "PeftModel.from_pretrained of a BART classifier": load_bart_classifier,
    "AutoModelForCausalLM.from_pretrained": load_model,
    "safetensors.safe_open": open_safetensors,
    "torch.load": load_torch,
    "TrainerState.load_from_json": load_trainer_state,
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

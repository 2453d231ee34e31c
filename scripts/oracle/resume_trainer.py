"""One training of a run, and what can be compared of it at every step."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

import torch
from peft import PeftModel, get_peft_model_state_dict
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments, default_data_collator

from resume_models import MODELS, Tokens, tokenizer

ARGUMENTS = {
    "per_device_train_batch_size": 1,
    "logging_steps": 1,
    "logging_nan_inf_filter": False,
    "learning_rate": 1e-2,
    # Each step has a learning rate of its own, which does not depend on how many are to come.
    "lr_scheduler_type": "inverse_sqrt",
    "warmup_steps": 3,
    "report_to": [],
    "disable_tqdm": True,
    "use_cpu": True,
    "seed": 0,
    "data_seed": 0,
}


@dataclass(frozen=True)
class Training:
    """One call of `train`; a run is one or more of them into the same folder."""

    model: str = "lora"
    samples: int = 6
    arguments: dict = field(default_factory=dict)
    # Goes on from the newest checkpoint there.
    resumes: bool = False
    # Losses are NaN from the step after this one on.
    poisoned_after: int | None = None
    has_tokenizer: bool = False
    # Ends with this save, or, where it is None, as the training itself does.
    ends_at: int | None = None
    saves_root: bool = False


class Recorder(TrainerCallback):
    """What training looked like when it began and after each step."""

    def __init__(self) -> None:
        self.start: dict = {}
        self.steps: dict[int, dict] = {}
        self.losses: dict[int, str] = {}

    def on_train_begin(self, args, state, control, **given) -> None:
        self.start = snapshot(state, given)

    def on_step_end(self, args, state, control, **given) -> None:
        self.steps[state.global_step] = snapshot(state, given)

    def on_log(self, args, state, control, logs=None, **given) -> None:
        if "loss" in logs:
            self.losses[state.global_step] = repr(logs["loss"])


def snapshot(state, given: dict) -> dict:
    return {
        "step": state.global_step,
        "rate": repr(given["lr_scheduler"].get_last_lr()),
        "weights": weights_digest(given["model"]),
        "optimizer": optimizer_digest(given["optimizer"]),
    }


def weights_digest(model) -> str:
    """Of the adapter or of the whole model, by name."""
    if isinstance(model, PeftModel):
        state = get_peft_model_state_dict(model, adapter_name=model.active_adapters[0])
    else:
        state = model.state_dict()
    return digest(state[name] for name in sorted(state))


def optimizer_digest(optimizer) -> str:
    """Of all moments and counts, in the order of the parameters."""
    states = optimizer.state_dict()["state"]
    return digest(states[at][name] for at in sorted(states) for name in sorted(states[at]))


def digest(tensors) -> str:
    sum = hashlib.sha256()
    for tensor in tensors:
        sum.update(tensor.detach().contiguous().flatten().view(torch.uint8).numpy().tobytes())
    return sum.hexdigest()[:16]


class WatchedTrainer(Trainer):
    """A Trainer but for what it saves, which `on_save` decides; it may poison its losses."""

    on_save: Callable[[Callable[[], None], int], None] | None = None
    poisoned_after: int | None = None

    def _save_checkpoint(self, model, trial) -> None:
        if self.on_save is not None:
            self.on_save(lambda: super(WatchedTrainer, self)._save_checkpoint(model, trial), self.state.global_step)

    def compute_loss(self, model, inputs, *arguments, **named):
        loss = super().compute_loss(model, inputs, *arguments, **named)
        poisons = self.poisoned_after is not None and self.state.global_step >= self.poisoned_after
        return loss * float("nan") if poisons else loss


def trainer_of(training: Training, output: str | Path, recorder: Recorder, **changed) -> WatchedTrainer:
    args = TrainingArguments(output_dir=str(output), **{**ARGUMENTS, **training.arguments, **changed})
    trainer = WatchedTrainer(
        model=MODELS[training.model](),
        args=args,
        train_dataset=Tokens(training.samples),
        eval_dataset=Tokens(2),
        data_collator=default_data_collator,
        processing_class=tokenizer() if training.has_tokenizer else None,
        callbacks=[recorder],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.poisoned_after = training.poisoned_after
    return trainer


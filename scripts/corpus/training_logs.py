"""Trainings whose log shows what went wrong, and healthy ones that look a little like them."""

import torch

from common import Case, tiny_base
from quiet import quiet_case
from runs import ADAPTER, MODEL, Tokens, lora_model, run_trainer, slim

NEWEST = [("checkpoint-6", ADAPTER)]
# Names a defect as the row does that a careless check would report it by.
NO_SIGNAL = "loss without signal"


class Masked(Tokens):
    """Every label is masked, as where a template's marker of answers is not found."""

    def __getitem__(self, at):
        one = super().__getitem__(at)
        return {**one, "labels": torch.full_like(one["labels"], -100)}


class Same(Tokens):
    """One and the same batch, whatever is asked for."""

    def __getitem__(self, _at):
        return super().__getitem__(0)


def make_training_logs() -> None:
    make_broken()
    make_healthy()


def train_case(case: Case, model, options: dict | None = None, **arguments) -> None:
    run_trainer(case.start(), model, save_root=False, save_only_model=True, options=options, **arguments)
    slim(case.tree)
    case.finish()


def nan_from(step: int):
    """A loss that is NaN from a step on, as where the data is from there."""
    steps = iter(range(1, 100))

    def loss(outputs, labels, num_items_in_batch=None):
        logits = outputs["logits"][:, :-1].flatten(0, 1)
        mean = torch.nn.functional.cross_entropy(logits, labels[:, 1:].flatten())
        return mean * float("nan") if next(steps) >= step else mean

    return {"compute_loss_func": loss}


def make_broken() -> None:
    for name, title, arguments in (
        ("hidden", "A training whose loss is NaN from step 4 on, which Trainer logs as 0.", {}),
        ("logged", "A training whose loss is NaN from step 4 on, logged as it is.", {"logging_nan_inf_filter": False}),
    ):
        case = Case(f"damaged-log-nan-{name}", title)
        case.loads = [("checkpoint-2", ADAPTER), *NEWEST]
        train_case(case, lora_model(), nan_from(4), **arguments)

    case = Case("damaged-log-loss-zero", "A training whose labels are all masked.")
    case.loads = NEWEST
    train_case(case, lora_model(), {"train_dataset": Masked()})

    case = Case("damaged-log-rate-zero", "A training with a learning rate of 0.")
    case.loads = NEWEST
    train_case(case, lora_model(), learning_rate=0.0)

    case = Case("damaged-log-loss-flat", "A training of one batch with steps too small to change anything.")
    case.loads = [("checkpoint-12", ADAPTER)]
    train_case(case, lora_model(), {"train_dataset": Same()}, learning_rate=1e-30, max_steps=12, save_steps=12)

    for name, title, arguments in (
        ("diverged", "A full training whose loss rises to above that of guessing.", {"learning_rate": 10.0}),
        ("exploded", "A full training whose gradients grow until they are NaN.", {"learning_rate": 1e4, "optim": "sgd"}),
    ):
        case = Case(f"damaged-log-{name}", title)
        case.loads = [("checkpoint-6", MODEL)]
        train_case(case, tiny_base(), max_grad_norm=0.0, save_steps=6, lr_scheduler_type="constant", **arguments)


def make_healthy() -> None:
    for name, title, steps, arguments in (
        ("cosine", "the rate is 0 at the first step and near it at the last.", 12, {
            "warmup_steps": 3, "lr_scheduler_type": "cosine", "max_steps": 12, "save_steps": 6,
        }),
        ("constant", "a constant rate, and a log of every third step.", 12, {
            "lr_scheduler_type": "constant", "max_steps": 12, "save_steps": 6, "logging_steps": 3,
        }),
        ("one-point", "a log of one point at the last step.", 6, {"logging_steps": 6, "save_steps": 6}),
    ):
        case = quiet_case(f"log-{name}", NO_SIGNAL, title, NO_SIGNAL, [(f"checkpoint-{steps}", ADAPTER)])
        train_case(case, lora_model(), **arguments)

    case = quiet_case(
        "log-resumed", NO_SIGNAL, "resumed at step 6, in one log with what was before.", NO_SIGNAL,
        [("checkpoint-12", ADAPTER)],
    )
    tree = case.start()
    first = {"max_steps": 6, "save_steps": 6, "save_root": False}
    run_trainer(tree, lora_model(), **first)
    run_trainer(tree, lora_model(), resume=True, **{**first, "max_steps": 12})
    slim(tree)
    case.finish()

    case = quiet_case(
        "log-one-batch", "loss flat", "one batch over and over, a loss that falls to almost 0.", "loss flat",
        [("checkpoint-40", MODEL)],
    )
    train_case(case, tiny_base(), {"train_dataset": Same()}, learning_rate=3e-2, max_steps=40, save_steps=40)

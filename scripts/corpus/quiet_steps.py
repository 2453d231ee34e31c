"""Healthy runs whose steps have gaps or whose folders hold the same weights."""

import shutil

from quiet import SMALL, quiet_case
from runs import ADAPTER, Tokens, lora_model, run_trainer, slim

STEPS_MISSING = "step gaps"


def make_quiet_steps() -> None:
    many = {"max_steps": 6, "save_steps": 1, **SMALL}
    for name, title, steps, arguments in (
        ("limit", "save_total_limit keeps the last two", (5, 6), {**many, "save_total_limit": 2}),
        ("final", "the last step is no multiple", (2, 4, 5), {**many, "max_steps": 5, "save_steps": 2}),
        ("ratio", "save_steps is a share of the steps", (3, 6, 9, 10), {**many, "max_steps": 10, "save_steps": 0.3}),
        ("epochs", "saved by epoch", (4, 8), {
            **SMALL, "max_steps": -1, "num_train_epochs": 2, "per_device_train_batch_size": 4,
            "save_strategy": "epoch", "save_steps": 500,
        }),
    ):
        case = quiet_case(
            f"step-gaps-{name}", "step gaps", f"{title}.", STEPS_MISSING,
            [(f"checkpoint-{step}", ADAPTER) for step in steps],
        )
        run_trainer(case.start(), lora_model(), **arguments)
        slim(case.tree)
        case.finish()

    case = quiet_case(
        "step-gaps-resumed", "step gaps", "resumed with save_steps of 3; the state's 2 is what counts.", STEPS_MISSING,
        [(f"checkpoint-{step}", ADAPTER) for step in (2, 4, 6, 8, 9)],
    )
    tree = case.start()
    run_trainer(tree, lora_model(), max_steps=4, save_steps=2, **SMALL)
    run_trainer(tree, lora_model(), resume=True, max_steps=9, save_steps=3, **SMALL)
    slim(tree)
    case.finish()

    case = quiet_case(
        "step-gaps-best", "step gaps", "the best and the last are kept.", STEPS_MISSING,
        [("checkpoint-1", ADAPTER), ("checkpoint-4", ADAPTER)],
    )
    shares = iter((4, 3, 2, 1))
    best = {"eval_dataset": Tokens(), "compute_metrics": lambda _prediction: {"share": next(shares)}}
    run_trainer(
        case.start(), lora_model(), options=best, **{**many, "max_steps": 4}, save_total_limit=2,
        eval_strategy="steps", eval_steps=1, load_best_model_at_end=True,
        metric_for_best_model="share", greater_is_better=True,
    )
    slim(case.tree)
    case.finish()

    case = quiet_case(
        "root-equals-newest", "identical weights", "the root, the best and the last are copies.",
        "weights of two checkpoints identical", [(name, ADAPTER) for name in (".", "checkpoint-2", "last-checkpoint")],
    )
    tree = case.start()
    run_trainer(tree, lora_model(), max_steps=2, save_steps=1, save_only_model=True)
    shutil.copytree(tree / "checkpoint-2", tree / "last-checkpoint")
    shutil.copytree(tree / "checkpoint-1", tree / "best")
    slim(tree)
    case.finish()

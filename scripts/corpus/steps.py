"""Runs whose steps are of interest: by which rule they were saved, and what is not there."""

import shutil

from common import Case
from quiet import SMALL, quiet_case
from runs import ADAPTER, Tokens, lora_model, run_trainer, slim

STEPS_MISSING = "steps missing"
EVERY_TWO = {"save_steps": 2, **SMALL}


def make_steps() -> None:
    make_quiet_rules()

    case = Case("damaged-step-gone", "A run of 8 steps with a save every 2, of which step 4 is gone.")
    case.loads = [(f"checkpoint-{step}", ADAPTER) for step in (2, 6, 8)]
    run_trainer(case.start(), lora_model(), max_steps=8, **EVERY_TWO)
    shutil.rmtree(case.tree / "checkpoint-4")
    slim(case.tree)
    case.finish()

    case = Case("damaged-two-runs-in-one-folder", "A training of 4 steps over an older one of 8 steps.")
    case.loads = [(f"checkpoint-{step}", ADAPTER) for step in (2, 4, 6, 8)]
    tree = case.start()
    run_trainer(tree, lora_model(), max_steps=8, **EVERY_TWO)
    for step in (2, 4):
        shutil.rmtree(tree / f"checkpoint-{step}")
    run_trainer(tree, lora_model(), max_steps=4, **{**EVERY_TWO, "learning_rate": 1e-3})
    slim(tree)
    case.finish()

    case = Case("damaged-too-few-checkpoints", "A run that kept one checkpoint where two were declared.")
    case.loads = [("checkpoint-4", ADAPTER)]
    case.options = {"declared": {"minCheckpoints": 2}}
    run_trainer(case.start(), lora_model(), max_steps=4, save_total_limit=1, **EVERY_TWO)
    slim(case.tree)
    case.finish()

    case = Case(
        "founding-micro-batches",
        "The founding case with what was expected of it: step 400 of the progress bar, at a gradient accumulation of 8.",
        empty_folders=["expmt_v1/checkpoint-50"],
        options={"declared": {"expectedSteps": [400], "gradientAccumulationSteps": 8}},
    )
    case.loads = [(f"expmt_v1/checkpoint-{step}", ADAPTER) for step in (50, 100)]
    stray = case.start() / "expmt_v1" / "checkpoint-100"
    stray.mkdir(parents=True)
    (stray / "test.txt").write_text("test\n")
    case.finish()


def make_quiet_rules() -> None:
    """Healthy runs of every strategy that `quiet_steps.py` does not have."""

    def case_of(name: str, title: str, steps: tuple[int, ...], **options) -> Case:
        case = quiet_case(
            f"steps-{name}", "steps missing", f"{title}.", STEPS_MISSING,
            [(f"checkpoint-{step}", ADAPTER) for step in steps],
        )
        case.options = options
        return case

    def scored(*shares: int) -> dict:
        left = iter(shares)
        return {"eval_dataset": Tokens(), "compute_metrics": lambda _prediction: {"share": next(left)}}

    metric = {"metric_for_best_model": "share", "greater_is_better": True}
    case = case_of("by-metric", "saved where the metric improved", (1, 2, 5))
    run_trainer(
        case.start(), lora_model(), options=scored(1, 2, 1, 1, 3, 1), max_steps=6,
        save_strategy="best", eval_strategy="steps", eval_steps=1, **metric, **{**EVERY_TWO, "save_steps": 500},
    )
    slim(case.tree)
    case.finish()

    case = case_of("by-metric-of-epochs", "saved at the epochs that were the best", (4, 8, 16))
    run_trainer(
        case.start(), lora_model(), options=scored(1, 2, 1, 3), max_steps=-1, num_train_epochs=4,
        per_device_train_batch_size=4, save_strategy="best", eval_strategy="epoch", **metric, **SMALL,
    )
    slim(case.tree)
    case.finish()

    case = case_of("best-alone", "a limit of one leaves the best alone at the end", (2,))
    tree = case.start()
    run_trainer(
        tree, lora_model(), options=scored(3, 2, 1), max_steps=6, eval_strategy="steps", eval_steps=2,
        save_total_limit=1, load_best_model_at_end=True, save_state=True, **metric, **{**EVERY_TWO, "save_root": True},
    )
    slim(tree)
    case.finish()

    case = case_of(
        "declared", "every 2 steps as declared, the older ones deleted by a limit", (6, 8),
        declared={"saveSteps": 2, "expectedSteps": [6, 8], "minCheckpoints": 2},
    )
    run_trainer(case.start(), lora_model(), max_steps=8, save_total_limit=2, **EVERY_TWO)
    slim(case.tree)
    case.finish()

    case = case_of("epochs-resumed", "saved by epoch, resumed for two more epochs", (4, 8, 12, 16))
    tree = case.start()
    by_epoch = {**SMALL, "max_steps": -1, "per_device_train_batch_size": 4, "save_strategy": "epoch"}
    run_trainer(tree, lora_model(), num_train_epochs=2, **by_epoch)
    run_trainer(tree, lora_model(), resume=True, num_train_epochs=4, **by_epoch)
    slim(tree)
    case.finish()

    case = case_of("final-resumed", "a last step that is no multiple, then resumed", (2, 3, 4, 6))
    tree = case.start()
    run_trainer(tree, lora_model(), max_steps=3, **EVERY_TWO)
    run_trainer(tree, lora_model(), resume=True, max_steps=6, **EVERY_TWO)
    slim(tree)
    case.finish()

"""Checkpoints of a real Trainer with an adapter, and beside it what a resume loads in its place, or does not."""

from pathlib import Path

from peft import PeftModel

from common import Case, tiny_base, train
from damages import ADAPTER, damaged
from quiet import quiet_case
from runs import lora_model, run_trainer

LAST = [("checkpoint-6", ADAPTER)]
NOT_RESUMED = "an adapter that a resume does not load"


def make_resumed_adapters() -> None:
    case = Case("trainer-lora-reference", "A tuned adapter that is trained on, with its copy `ref`, as TRL adds it.")
    case.loads = [("checkpoint-2", ADAPTER), ("checkpoint-2/ref", ADAPTER)]
    run_trainer(case.start(), with_reference(), save_root=False, max_steps=2)
    case.finish()

    def model(tree: Path, _case: Case) -> None:
        tiny_base().save_pretrained(tree / "checkpoint-6")

    damaged("resume-model-beside", "A whole model saved into a checkpoint with an adapter.", model, "trainer-lora", LAST)

    case = quiet_case(
        "resume-subfolders",
        "adapter beside subfolders",
        "of which none holds weights of an adapter.",
        NOT_RESUMED,
        LAST,
    )
    folder = case.copy_from("trainer-lora") / "checkpoint-6"
    tiny_base().save_pretrained(folder / "merged")
    (folder / "notes").mkdir()
    (folder / "notes/README.md").write_text("Trained on the second set.\n")
    case.finish()


def with_reference() -> PeftModel:
    """What TRL makes of a model with an adapter (dpo_trainer.py): its copy is the reference."""
    model = lora_model()
    train(model)
    model.add_adapter("ref", model.peft_config["default"])
    for name, parameter in model.named_parameters():
        if ".default." in name:
            model.get_parameter(name.replace(".default.", ".ref.")).data.copy_(parameter.data)
    return model

"""DeepSpeed's checkpoint files, by the names and keys of its source.

DeepSpeed needs a compiler and more than is at hand here, so that nothing is trained:
names and order follow deepspeedai/DeepSpeed, deepspeed/runtime/engine.py
(`_get_ckpt_name`, `_get_rank_zero_ckpt_name`, `save_checkpoint`), and the keys
deepspeed/utils/zero_to_fp32.py, which puts the weights together from them.
"""

from pathlib import Path

import torch

from accelerated import WEIGHTS_PRESENT, add_adapter, add_trainer_files
from common import Case, tiny_base

VERSION = "0.17.0"


def write_tag(folder: Path, tag: str, stage: int, ranks: int, save_latest: bool = True) -> None:
    """The files of one `save_checkpoint`, in its order: states, converter, `latest`."""
    tree = folder / tag
    tree.mkdir(parents=True)
    module = {"layer.weight": torch.ones(2, 4)}
    model_states = {
        "module": module,
        "buffer_names": [],
        "param_shapes": [{"layer.weight": torch.Size([2, 4])}],
        "shared_params": {},
        "frozen_param_shapes": None,
        "frozen_param_fragments": None,
        "dp_world_size": ranks,
        "mp_world_size": 1,
        "ds_version": VERSION,
    }
    if stage == 0:
        model_states["optimizer"] = {"state": {}, "param_groups": [{"lr": 0.1, "params": [0]}]}
    # Stage 3 writes one file a rank, the others one for all (`_get_ckpt_name`).
    for rank in range(ranks if stage == 3 else 1):
        prefix = f"zero_pp_rank_{rank}_" if stage == 3 else ""
        torch.save(model_states, tree / f"{prefix}mp_rank_00_model_states.pt")
    for rank in range(ranks if stage > 0 else 0):
        torch.save(optimizer_states(stage, ranks), tree / f"zero_pp_rank_{rank}_mp_rank_00_optim_states.pt")
    if stage > 0:
        (folder / "zero_to_fp32.py").write_text("#!/usr/bin/env python\n# DeepSpeed's converter\n")
    if save_latest:
        (folder / "latest").write_text(tag)


def optimizer_states(stage: int, ranks: int) -> dict:
    part = torch.ones(8 // ranks)
    groups = "fp32_flat_groups" if stage == 3 else "single_partition_of_fp32_groups"
    states = {"zero_stage": stage, "partition_count": ranks, groups: [part]}
    return {"optimizer_state_dict": states, "ds_version": VERSION}


def make_deepspeed() -> None:
    for stage in (1, 2, 3):
        case = Case(
            f"deepspeed-trainer-zero{stage}",
            f"A Trainer checkpoint of two processes with DeepSpeed ZeRO-{stage} and a gathered adapter.",
        )
        case.false_alarm = "optimizer.pt missing"
        case.loads = [("checkpoint-4", "PeftModel.from_pretrained")]
        tree = case.start() / "checkpoint-4"
        write_tag(tree, "global_step4", stage, ranks=2)
        add_adapter(tree)
        add_trainer_files(tree)
        case.finish()

    case = Case(
        "quiet-zero3-no-gather",
        "Row `adapter file missing`: ZeRO-3 whose full weights are not gathered (trainer.py `save_model`).",
    )
    case.false_alarm = WEIGHTS_PRESENT
    tree = case.start() / "checkpoint-4"
    write_tag(tree, "global_step4", 3, ranks=2)
    tiny_base().config.save_pretrained(tree)
    add_trainer_files(tree)
    case.finish()

    case = Case("deepspeed-plain", "DeepSpeed's own save_checkpoint at two steps, `latest` naming the newer.")
    case.false_alarm = "`latest` does not name a folder"
    tree = case.start()
    write_tag(tree, "global_step10", 2, ranks=2)
    write_tag(tree, "global_step20", 2, ranks=2)
    case.finish()

    case = Case("deepspeed-plain-own-tag", "DeepSpeed's save_checkpoint with a tag of the user's own.")
    case.false_alarm = "`latest` does not name a folder"
    write_tag(case.start(), "epoch-1", 3, ranks=2)
    case.finish()

    case = Case("deepspeed-plain-no-zero", "DeepSpeed without ZeRO: the optimizer lies in the model's states.")
    case.false_alarm = "optimizer states of ranks missing"
    write_tag(case.start(), "global_step10", 0, ranks=2)
    case.finish()

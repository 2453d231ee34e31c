"""Checkpoints of other trainers that lack a file or have one cut."""

import json
import pickle
import shutil
import tempfile
from pathlib import Path
from typing import Callable

import torch
import torch.distributed.checkpoint as dcp

from accelerated import LOAD_DCP, LOAD_STATE, LOAD_STATE_BARE
from common import Case
from damages import ADAPTER, damaged, edit, half, remove, write
from lit import LOAD, RESUME

Damage = Callable[[Path, Case], None]


def remove_folder(name: str) -> Damage:
    return lambda tree, _case: shutil.rmtree(tree / name)


def rename(old: str, new: str) -> Damage:
    return lambda tree, _case: (tree / old).rename(tree / new)


def zero_tail(content: bytes) -> bytes:
    return content[:-1024] + bytes(1024)


def write_pickle(name: str, value) -> Damage:
    return lambda tree, _case: (tree / name).write_bytes(pickle.dumps(value))


def metadata_of_another(tree: Path, _case: Case) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        dcp.save({"note": "x" * 300, "model": {"weight": torch.ones(4, 4)}}, checkpoint_id=temporary)
        shutil.copy(Path(temporary) / ".metadata", tree / "step-10/.metadata")


def make_table(source: str, rows: tuple, loads: list) -> None:
    for name, title, damage in rows:
        damaged(name, title, damage, source, loads)


def make_producer_damages() -> None:
    damage_states()
    damage_distributed()
    damage_deepspeed()
    damage_lightning()
    damage_image_adapters()
    damage_mlx()


def damage_states() -> None:
    make_table("accelerate-state", (
        ("accelerate-model-missing", "accelerate's state without the model.", remove("state/model.safetensors")),
        ("accelerate-optimizer-missing", "accelerate's state without the optimizer.", remove("state/optimizer.bin")),
        ("accelerate-scheduler-missing", "accelerate's state without the scheduler it had.", remove("state/scheduler.bin")),
        ("accelerate-random-missing", "accelerate's state without the random states: tolerated.", remove("state/random_states_0.pkl")),
        ("accelerate-custom-missing", "accelerate's state without the registered object.", remove("state/custom_checkpoint_0.pkl")),
        ("accelerate-model-truncated", "accelerate's state with the model cut.", edit("state/model.safetensors", half)),
        ("accelerate-optimizer-truncated", "accelerate's state with the optimizer cut.", edit("state/optimizer.bin", half)),
    ), [("state", LOAD_STATE)])
    damaged(
        "accelerate-bin-missing", "accelerate's state in torch's format without the model.",
        remove("state/pytorch_model.bin"), "accelerate-state-bin", [("state", LOAD_STATE)],
    )
    damaged(
        "accelerate-first-model-missing", "accelerate's state with the second of two models alone.",
        remove("state/model.safetensors"), "accelerate-two-models", [("state", LOAD_STATE_BARE)],
    )

    def newest_empty(tree: Path, case: Case) -> None:
        case.empty_folders = ["checkpoints/checkpoint_3"]

    numbered = [(f"checkpoints/checkpoint_{at}", LOAD_STATE_BARE) for at in (2, 3)]
    damaged("accelerate-newest-empty", "accelerate's newest numbered folder is empty.", newest_empty, "accelerate-numbered", numbered)
    damaged(
        "accelerate-newest-optimizer-missing", "accelerate's newest numbered folder lacks what its sibling has.",
        remove("checkpoints/checkpoint_2/optimizer.bin"), "accelerate-numbered", numbered[:1],
    )

    def sharded(tree: Path, _case: Case) -> None:
        (tree / "state/model.safetensors").unlink()
        for path in (Case("accelerate-model-sharded", "").tree / "export").iterdir():
            shutil.copy(path, tree / "state" / path.name)

    damaged(
        "accelerate-state-sharded", "accelerate's state with a model in shards, which load_state never reads.",
        sharded, "accelerate-state", [("state", LOAD_STATE)],
    )


def damage_distributed() -> None:
    make_table("dcp-two-processes", (
        ("dcp-no-metadata", "A distributed checkpoint without .metadata.", remove("step-10/.metadata")),
        ("dcp-metadata-tmp", "A distributed checkpoint whose .metadata was not renamed.", rename("step-10/.metadata", "step-10/.metadata.tmp")),
        ("dcp-metadata-truncated", "A distributed checkpoint with .metadata cut.", edit("step-10/.metadata", half)),
        ("dcp-metadata-empty", "A distributed checkpoint with an empty .metadata.", write("step-10/.metadata", "")),
        ("dcp-distcp-missing", "A distributed checkpoint without the file of a process.", remove("step-10/__1_0.distcp")),
        ("dcp-distcp-truncated", "A distributed checkpoint with the file of a process cut.", edit("step-10/__0_0.distcp", lambda c: c[:-1])),
        ("dcp-distcp-half", "A distributed checkpoint with the file of a process cut in half.", edit("step-10/__1_0.distcp", half)),
        ("dcp-distcp-zero-tail", "A distributed checkpoint with the end of a file never written.", edit("step-10/__0_0.distcp", zero_tail)),
        ("dcp-metadata-other", "A distributed checkpoint whose .metadata is a pickle of something else.", write_pickle("step-10/.metadata", {"step": 10})),
        ("dcp-distcp-empty", "A distributed checkpoint with the file of a process empty.", write("step-10/__0_0.distcp", "")),
        ("dcp-distcp-trailing-bytes", "A distributed checkpoint with bytes after the end: tolerated.", edit("step-10/__0_0.distcp", lambda c: c + b"more")),
    ), [("step-10", LOAD_DCP)])
    damaged(
        "dcp-metadata-of-another", "A distributed checkpoint with .metadata of another save of fewer values.",
        metadata_of_another, "dcp-one-process", [("step-10", LOAD_DCP)],
    )
    folder = "checkpoint-4/pytorch_model_fsdp_0"
    make_table("fsdp-trainer-sharded", (
        ("fsdp-model-metadata-missing", "FSDP's model shards without .metadata.", remove(f"{folder}/.metadata")),
        ("fsdp-model-shard-missing", "FSDP's model without the shard of a process.", remove(f"{folder}/__1_0.distcp")),
    ), [(folder, LOAD_DCP)])
    make_table("fsdp-trainer-sharded", (
        ("fsdp-optimizer-missing", "FSDP's state without the optimizer: a Trainer resumes without it.", remove_folder("checkpoint-4/optimizer_0")),
        ("fsdp-model-missing", "FSDP's state without the model.", remove_folder(folder)),
        ("fsdp-state-missing", "FSDP's state without trainer_state.json.", remove("checkpoint-4/trainer_state.json")),
    ), [])
    name = "checkpoint-4/pytorch_model_fsdp.bin"
    make_table("fsdp-trainer-full", (
        ("fsdp-full-truncated", "FSDP's full state cut.", edit(name, half)),
        ("fsdp-full-missing", "FSDP's full state of the optimizer without that of the model.", remove(name)),
    ), [(name, "torch.load")])


def damage_deepspeed() -> None:
    tag = "checkpoint-4/global_step4"
    make_table("deepspeed-trainer-zero2", (
        ("deepspeed-latest-missing", "DeepSpeed's state without `latest`.", remove("checkpoint-4/latest")),
        ("deepspeed-latest-elsewhere", "DeepSpeed's `latest` names a folder that is not there.", write("checkpoint-4/latest", "global_step6")),
        ("deepspeed-latest-empty", "DeepSpeed's `latest` is empty.", write("checkpoint-4/latest", "")),
        ("deepspeed-tag-missing", "DeepSpeed's `latest` without its folder.", remove_folder(tag)),
        ("deepspeed-optimizer-missing", "DeepSpeed's state without the optimizer of a process.", remove(f"{tag}/zero_pp_rank_1_mp_rank_00_optim_states.pt")),
        ("deepspeed-model-states-missing", "DeepSpeed's state without the model's.", remove(f"{tag}/mp_rank_00_model_states.pt")),
        ("deepspeed-optimizer-truncated", "DeepSpeed's state with the optimizer of a process cut.", edit(f"{tag}/zero_pp_rank_0_mp_rank_00_optim_states.pt", half)),
        ("deepspeed-converter-missing", "DeepSpeed's state without zero_to_fp32.py: tolerated.", remove("checkpoint-4/zero_to_fp32.py")),
    ), [("checkpoint-4", ADAPTER)])
    make_table("quiet-zero3-no-gather", (
        ("deepspeed-zero3-model-states-missing", "ZeRO-3 without the model states of a process.", remove(f"{tag}/zero_pp_rank_1_mp_rank_00_model_states.pt")),
        ("deepspeed-zero3-optimizer-missing", "ZeRO-3 without the optimizer of a process.", remove(f"{tag}/zero_pp_rank_0_mp_rank_00_optim_states.pt")),
    ), [])

    from zero import write_tag

    case = Case("damaged-deepspeed-middle-rank-missing", "ZeRO-2 of four processes without the third's optimizer.")
    write_tag(case.start(), "global_step10", 2, ranks=4)
    (case.tree / "global_step10/zero_pp_rank_2_mp_rank_00_optim_states.pt").unlink()
    case.finish()

    case = Case("damaged-deepspeed-last-rank-missing", "ZeRO-2 of four processes without the last one's optimizer.")
    write_tag(case.start(), "global_step10", 2, ranks=4)
    (case.tree / "global_step10/zero_pp_rank_3_mp_rank_00_optim_states.pt").unlink()
    case.finish()

    case = Case("damaged-deepspeed-not-committed", "DeepSpeed's newest folder is not yet what `latest` names, and lacks a process.")
    tree = case.start()
    write_tag(tree, "global_step10", 2, ranks=2)
    write_tag(tree, "global_step20", 2, ranks=2, save_latest=False)
    (tree / "global_step20/zero_pp_rank_1_mp_rank_00_optim_states.pt").unlink()
    case.finish()


def damage_lightning() -> None:
    name = "model.ckpt"
    loads = [(name, LOAD), (name, RESUME)]
    make_table("lightning-weights-only", (
        ("lightning-truncated", "A Lightning file cut in half.", edit(name, half)),
        ("lightning-empty", "A Lightning file of no bytes.", write(name, "")),
        ("lightning-no-version", "A bare state dict named as a Lightning file.", bare_state(name)),
    ), loads)
    first = "checkpoints/epoch=0-step=2.ckpt"
    make_table("lightning-callback", (
        ("lightning-states-missing", "Lightning files of a run, the first saved without states.",
         without_entries(first, "callbacks", "optimizer_states", "lr_schedulers")),
        ("lightning-progress-missing", "Lightning files of a run, the first without the progress of the fit.",
         without_entries(first, "loops")),
    ), [(first, LOAD), (first, RESUME)])
    folder = "epoch=0-step=2.ckpt"
    make_table("lightning-fsdp-folder", (
        ("lightning-fsdp-meta-missing", "A Lightning folder of FSDP without meta.pt.", remove(f"{folder}/meta.pt")),
        ("lightning-fsdp-metadata-missing", "A Lightning folder of FSDP without .metadata.", remove(f"{folder}/.metadata")),
    ), [(folder, LOAD_DCP)])
    make_table("lightning-deepspeed-folder", (
        ("lightning-deepspeed-latest-missing", "A Lightning folder of DeepSpeed without `latest`.", remove(f"{folder}/latest")),
        ("lightning-deepspeed-states-missing", "A Lightning folder of DeepSpeed without checkpoint/.", remove_folder(f"{folder}/checkpoint")),
    ), [])


def without_entries(name: str, *entries: str) -> Damage:
    def damage(tree: Path, _case: Case) -> None:
        checkpoint = torch.load(tree / name, weights_only=True)
        torch.save({key: value for key, value in checkpoint.items() if key not in entries}, tree / name)

    return damage


def bare_state(name: str) -> Damage:
    def damage(tree: Path, _case: Case) -> None:
        import torch

        torch.save(torch.load(tree / name, weights_only=True)["state_dict"], tree / name)

    return damage


def damage_image_adapters() -> None:
    weights = "pytorch_lora_weights.safetensors"
    make_table("diffusers-training", (
        ("diffusers-truncated", "diffusers' newest checkpoint with its weights cut.", edit(f"checkpoint-1000/{weights}", half)),
        ("diffusers-root-truncated", "diffusers' weights at the root cut.", edit(weights, lambda c: c[:-1])),
    ), [(f"checkpoint-1000/{weights}", "safetensors.safe_open"), (weights, "safetensors.safe_open")])
    make_table("diffusers-training", (
        ("diffusers-weights-missing", "diffusers' newest checkpoint without weights.", remove(f"checkpoint-1000/{weights}")),
        ("diffusers-optimizer-missing", "diffusers' newest checkpoint without the optimizer.", remove("checkpoint-1000/optimizer.bin")),
    ), [])
    epochs = ("style-000001", "style-000002", "style")
    make_table("kohya-epochs", (
        ("kohya-truncated", "kohya's second epoch cut.", edit("style-000002.safetensors", half)),
        ("kohya-empty", "kohya's last file of no bytes.", write("style.safetensors", "")),
    ), [(f"{name}.safetensors", "safetensors.safe_open") for name in epochs])
    make_table("kohya-epochs", (
        ("kohya-state-model-missing", "kohya's state without the network.", remove("style-state/model.safetensors")),
        ("kohya-train-state-cut", "kohya's state with train_state.json cut.", edit("style-state/train_state.json", half)),
        ("kohya-train-state-no-step", "kohya's state whose train_state.json names no step.", write("style-state/train_state.json", '{"current_epoch": 3}')),
        ("kohya-state-optimizer-missing", "kohya's state without the optimizer.", remove("style-state/optimizer.bin")),
    ), [])


def damage_mlx() -> None:
    folder = "adapters"
    peft_config = (Case("peft-lora", "").tree / "adapter_config.json").read_text()

    def without_dropout(content: bytes) -> bytes:
        fields = json.loads(content)
        del fields["lora_parameters"]["dropout"]
        return json.dumps(fields, indent=4).encode()

    make_table("mlx-numbered", (
        ("mlx-config-missing", "An MLX adapter without its configuration.", remove(f"{folder}/adapter_config.json")),
        ("mlx-final-missing", "An MLX adapter with numbered files alone.", remove(f"{folder}/adapters.safetensors")),
        ("mlx-peft-config", "An MLX adapter with PEFT's configuration.", write(f"{folder}/adapter_config.json", peft_config)),
        ("mlx-no-dropout", "An MLX configuration without a field that its loader needs.", edit(f"{folder}/adapter_config.json", without_dropout)),
        ("mlx-truncated", "An MLX adapter cut.", edit(f"{folder}/adapters.safetensors", half)),
    ), [])

    def weightless(tree: Path, _case: Case) -> None:
        for path in (tree / folder).glob("*.safetensors"):
            path.unlink()

    damaged("mlx-weights-missing", "An MLX training that stopped before its first save.", weightless, "mlx-numbered", [])

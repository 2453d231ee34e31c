"""Runs of trainers that build on transformers: real small runs with the files that mark each.

The names come from axolotl src/axolotl/train.py `save_initial_configs`; LLaMA-Factory
src/llamafactory/train/callbacks.py and extras/constants.py; ms-swift swift/pipelines/train/sft.py,
swift/utils/utils.py `add_version_to_work_dir` and swift/tuners/base.py `save_pretrained`; unsloth
unsloth/save.py `unsloth_save_pretrained_merged`.
"""

import json
import shutil
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file

from adapters import LORA, trained_adapter
from common import BASE_NAME, Case, tiny_base, train
from runs import ADAPTER, MODEL, lora_model, run_trainer, slim

TWO_STEPS = {"max_steps": 2, "save_steps": 1, "save_only_model": True}


def write_lines(path: Path, *rows: dict) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def make_frameworks() -> None:
    make_axolotl()
    make_llama_factory()
    make_unsloth()
    make_swift()
    make_trl()


def make_axolotl() -> None:
    case = Case("axolotl-live", "An axolotl run that goes on: configurations at the root, checkpoints below.")
    case.false_alarm = "config without weights at root"
    case.loads = [(f"checkpoint-{step}", ADAPTER) for step in (1, 2)]
    tree = case.start()
    run_trainer(tree, lora_model(), save_root=False, **TWO_STEPS)
    save_axolotl_configs(tree)
    slim(tree)
    case.finish()

    case = Case("axolotl-done", "An axolotl run that ended, with its merged model.")
    case.false_alarm = "config without weights at root"
    case.loads = [(".", ADAPTER), ("checkpoint-2", ADAPTER), ("merged", MODEL)]
    tree = case.start()
    model = lora_model()
    run_trainer(tree, model, max_steps=2, save_steps=2, save_only_model=True)
    save_axolotl_configs(tree)
    slim(tree)
    model.merge_and_unload().save_pretrained(tree / "merged")
    case.finish()


def save_axolotl_configs(tree: Path) -> None:
    if not (tree / "adapter_config.json").exists():
        config = LoraConfig(base_model_name_or_path=BASE_NAME, **LORA)
        config.save_pretrained(tree)
    tiny_base().config.save_pretrained(tree)
    (tree / "debug.log").write_text("Pre-saving adapter config to out...\n")
    for folder in tree.glob("checkpoint-*"):
        (folder / "tokens_state.json").write_text('{"total": 16, "trainable": 16}')


def make_llama_factory() -> None:
    case = Case("llamafactory-pissa", "A LLaMA-Factory run with PiSSA: its start, backup and conversion beside it.")
    case.false_alarm = "adapter untrained; r is not the shape"
    folders = ("pissa_init", "pissa_backup", "pissa_converted")
    case.loads = [(name, ADAPTER) for name in (".", *folders)]
    tree = case.start()
    config = LoraConfig(init_lora_weights="pissa", **LORA)
    model = get_peft_model(tiny_base(), config)
    peft_config = model.peft_config["default"]
    peft_config.init_lora_weights = True
    model.save_pretrained(tree / "pissa_init")
    peft_config.init_lora_weights = "pissa"
    run_trainer(tree, model, max_steps=2, save_steps=2, save_only_model=True)
    peft_config.init_lora_weights = True
    model.save_pretrained(tree / "pissa_backup")
    peft_config.init_lora_weights = "pissa"
    model.save_pretrained(
        tree / "pissa_converted", path_initial_model_for_weight_conversion=str(tree / "pissa_init")
    )
    write_factory_logs(tree)
    slim(tree)
    case.finish()

    case = Case("llamafactory-reward", "A LLaMA-Factory reward model: the adapter and its value head.")
    case.false_alarm = "weights of the value head taken for a damaged adapter"
    case.loads = [("checkpoint-2", ADAPTER), ("checkpoint-2/value_head.safetensors", "safetensors.safe_open")]
    tree = case.start()
    run_trainer(tree, lora_model(), max_steps=2, save_steps=2, save_only_model=True)
    for folder in (tree, tree / "checkpoint-2"):
        save_value_head(folder / "value_head.safetensors")
    write_factory_logs(tree)
    slim(tree)
    case.finish()


def save_value_head(path: Path) -> None:
    torch.manual_seed(0)
    head = {"v_head.summary.weight": torch.randn(1, 16), "v_head.summary.bias": torch.randn(1)}
    save_file(head, path, metadata={"format": "pt"})


def write_factory_logs(tree: Path) -> None:
    write_lines(
        tree / "trainer_log.jsonl",
        {"current_steps": 1, "total_steps": 2, "loss": 4.1, "lr": 0.01, "epoch": 0.06, "percentage": 50.0},
        {"current_steps": 2, "total_steps": 2, "epoch": 0.12, "percentage": 100.0},
    )
    (tree / "running_log.txt").write_text("[INFO] Saving model checkpoint to out/checkpoint-2\n")
    (tree / "all_results.json").write_text('{"epoch": 0.12, "train_loss": 4.1}\n')


def make_unsloth() -> None:
    case = Case("unsloth-merged", "An unsloth run: a checkpoint, and a merged model in 16 bit beside it.")
    case.false_alarm = "checkpoint of another kind than its siblings"
    case.loads = [("checkpoint-2", ADAPTER), ("merged_16bit", MODEL)]
    tree = case.start()
    model = lora_model()
    run_trainer(tree, model, save_root=False, max_steps=2, save_steps=2, save_only_model=True)
    model.merge_and_unload().to(torch.bfloat16).save_pretrained(tree / "merged_16bit")
    path = tree / "checkpoint-2/adapter_config.json"
    fields = {**json.loads(path.read_text()), "unsloth_training_method": "lora"}
    path.write_text(json.dumps(fields, indent=2))
    case.finish()


def make_swift() -> None:
    version = "v0-20250101-120000"
    case = Case("swift-run", "An ms-swift run in its folder of version and date.")
    case.false_alarm = "files of the trainer taken for a foreign checkpoint"
    case.loads = [(f"{version}/checkpoint-2", ADAPTER)]
    tree = case.start() / version
    run_trainer(tree, lora_model(), save_root=False, max_steps=2, save_steps=2, save_only_model=True)
    mark_swift(tree)
    case.finish()

    case = Case("swift-tuner-folder", "An ms-swift run whose tuner saves in a folder of its name.")
    case.false_alarm = "weights missing, for the adapter lies in `default/`"
    case.loads = [(f"{version}/checkpoint-2/default", ADAPTER)]
    tree = case.start() / version
    run_trainer(tree, lora_model(), save_root=False, max_steps=2, save_steps=2, save_only_model=True)
    checkpoint = tree / "checkpoint-2"
    (checkpoint / "default").mkdir()
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        shutil.move(checkpoint / name, checkpoint / "default" / name)
    (checkpoint / "configuration.json").write_text("{}")
    mark_swift(tree)
    case.finish()


def mark_swift(tree: Path) -> None:
    args = json.dumps({"model": BASE_NAME, "tuner_type": "lora", "load_args": True})
    for folder in (tree, *tree.glob("checkpoint-*")):
        (folder / "args.json").write_text(args)
    write_lines(tree / "logging.jsonl", {"loss": 4.1, "global_step/max_steps": "2/2"})
    (tree / "runs").mkdir(exist_ok=True)
    (tree / "runs/events.out.tfevents.1").write_bytes(b"")


def make_trl() -> None:
    case = Case("trl-value-head", "A PPO model of TRL: keys of the value head in the model's file.")
    case.false_alarm = "keys that the model does not have"
    model = tiny_base()
    train(model)
    tree = case.start()
    model.config.save_pretrained(tree)
    state = {name: one.clone() for name, one in model.state_dict().items()}
    state |= {"v_head.summary.weight": torch.randn(1, 16), "v_head.summary.bias": torch.zeros(1)}
    save_file(state, tree / "model.safetensors", metadata={"format": "pt"})
    case.loads = [(".", MODEL)]
    case.finish()

    case = Case("trl-value-head-adapter", "A PPO adapter of TRL: the value head in a file of torch beside it.")
    case.false_alarm = "two weight files of one adapter"
    case.loads = [(".", ADAPTER)]
    tree = case.start()
    trained_adapter(LoraConfig(**LORA)).save_pretrained(tree)
    torch.save({"v_head.summary.weight": torch.randn(1, 16)}, tree / "pytorch_model.bin")
    case.finish()

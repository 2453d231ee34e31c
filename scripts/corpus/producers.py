"""Checkpoints of other trainers: real where the library is at hand, else by their names and keys."""

import json
import logging
import shutil
import tempfile
from pathlib import Path

import accelerate
import lightning
import torch
import torch.distributed.checkpoint as dcp
from gguf import GGUFWriter
from safetensors.torch import save_file

from common import Case, tiny_base


def weights(*names: str, seed: int = 0) -> dict[str, torch.Tensor]:
    """A small tensor of each name."""
    generator = torch.Generator().manual_seed(seed)
    return {name: torch.randn(2, 4, generator=generator) for name in names}


def make_producers() -> None:
    make_accelerate()
    make_dcp()
    make_deepspeed()
    make_lightning()
    make_image_adapters()
    make_others()


def make_accelerate() -> None:
    case = Case("other-accelerate", "accelerate's save_state of a small model.")
    tree = case.start()
    accelerator = accelerate.Accelerator(cpu=True)
    model = torch.nn.Linear(4, 2)
    optimizer = torch.optim.AdamW(model.parameters())
    model, optimizer = accelerator.prepare(model, optimizer)
    accelerator.save_state(str(tree / "checkpoints/checkpoint_0"))
    case.finish()


def make_dcp() -> None:
    case = Case("other-dcp", "A torch distributed checkpoint of one process.")
    dcp.save(weights("model.weight"), checkpoint_id=str(case.start() / "step-10"))
    case.finish()

    case = Case("other-fsdp-trainer", "A Trainer checkpoint with FSDP's sharded state.")
    tree = case.start() / "checkpoint-4"
    dcp.save(weights("model.weight"), checkpoint_id=str(tree / "pytorch_model_fsdp_0"))
    dcp.save(weights("state.weight"), checkpoint_id=str(tree / "optimizer_0"))
    copy_trainer_state(tree)
    case.finish()

    case = Case("other-nemo", "A NeMo 2 checkpoint: weights/ and context/.")
    tree = case.start() / "model--step=10"
    dcp.save(weights("module.weight"), checkpoint_id=str(tree / "weights"))
    (tree / "context").mkdir()
    (tree / "context/model.yaml").write_text("_target_: nemo.Model\n")
    case.finish()

    case = Case("other-megatron", "A Megatron-LM checkpoint of the legacy format.")
    tree = case.start()
    (tree / "iter_0000100/mp_rank_00").mkdir(parents=True)
    torch.save({"model": weights("weight")}, tree / "iter_0000100/mp_rank_00/model_optim_rng.pt")
    (tree / "latest_checkpointed_iteration.txt").write_text("100")
    case.finish()


def copy_trainer_state(tree: Path) -> None:
    source = Case("trainer-lora", "").tree / "checkpoint-4"
    for name in ("trainer_state.json", "training_args.bin", "rng_state.pth", "scheduler.pt"):
        shutil.copy(source / name, tree / name)


def make_deepspeed() -> None:
    for stage, model_states in (
        (2, ["mp_rank_00_model_states.pt"]),
        (3, [f"zero_pp_rank_{rank}_mp_rank_00_model_states.pt" for rank in range(2)]),
    ):
        case = Case(f"other-deepspeed-zero{stage}", f"A Trainer checkpoint with DeepSpeed ZeRO-{stage} state.")
        tree = case.start() / "checkpoint-4"
        (tree / "global_step4").mkdir(parents=True)
        optimizer = [f"bf16_zero_pp_rank_{rank}_mp_rank_00_optim_states.pt" for rank in range(2)]
        for name in (*model_states, *optimizer):
            torch.save({"module": weights("weight")}, tree / "global_step4" / name)
        (tree / "latest").write_text("global_step4")
        (tree / "zero_to_fp32.py").write_text("# DeepSpeed's converter\n")
        copy_trainer_state(tree)
        case.finish()


class LightningModel(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 2)

    def training_step(self, batch, _at):
        return self.layer(batch[0]).sum()

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters())


def make_lightning() -> None:
    case = Case("other-lightning", "A Lightning checkpoint file.")
    tree = case.start()
    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(4, 4)), batch_size=2)
    with tempfile.TemporaryDirectory() as temporary:
        trainer = lightning.Trainer(
            max_epochs=1, accelerator="cpu", logger=False, enable_checkpointing=False,
            enable_progress_bar=False, enable_model_summary=False, default_root_dir=temporary,
        )
        trainer.fit(LightningModel(), data)
        trainer.save_checkpoint(str(tree / "epoch=0-step=2.ckpt"))
    case.finish()


def make_image_adapters() -> None:
    case = Case("other-diffusers-lora", "A LoRA adapter in diffusers' format.")
    names = [f"unet.mid_block.attentions.0.to_q.lora_{side}.weight" for side in "AB"]
    save_file(weights(*names), case.start() / "pytorch_lora_weights.safetensors")
    case.finish()

    case = Case("other-kohya", "LoRA files of kohya's sd-scripts, two of them by epoch.")
    tree = case.start()
    module = "lora_unet_mid_block_attentions_0_to_q"
    for seed, name in enumerate(("style-000001", "style-000002", "style")):
        state = weights(f"{module}.lora_down.weight", f"{module}.lora_up.weight", seed=seed)
        state[f"{module}.alpha"] = torch.tensor(4.0)
        save_file(state, tree / f"{name}.safetensors", metadata={"ss_network_dim": "2"})
    case.finish()


def make_others() -> None:
    case = Case("other-mlx", "An adapter folder of MLX: its adapter_config.json is not PEFT's.")
    tree = case.start()
    config = {"fine_tune_type": "lora", "num_layers": 2, "lora_parameters": {"rank": 2, "scale": 2.0}}
    (tree / "adapter_config.json").write_text(json.dumps(config, indent=4))
    names = [f"model.layers.0.self_attn.q_proj.lora_{side}" for side in "ab"]
    for name in ("adapters", "0000100_adapters"):
        save_file(weights(*names), tree / f"{name}.safetensors")
    case.finish()

    case = Case(
        "other-torchtune",
        "A torchtune epoch folder, with the empty folder that it leaves.",
        empty_folders=["epoch_0/adapter_model"],
    )
    tree = case.start() / "epoch_0"
    tree.mkdir()
    torch.save(weights("layers.0.attn.q_proj.lora_a.weight"), tree / "adapter_model.pt")
    case.finish()

    case = Case("other-gguf-lora", "A LoRA adapter in GGUF, for llama.cpp.")
    writer = GGUFWriter(case.start() / "adapter.gguf", "llama")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", 4.0)
    for name, tensor in weights("blk.0.attn_q.weight.lora_a", "blk.0.attn_q.weight.lora_b").items():
        writer.add_tensor(name, tensor.numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    case.finish()

    case = Case("other-unknown-weights", "A checkpoint folder with weights under a name of its own.")
    tree = case.start() / "checkpoint-4"
    tree.mkdir()
    torch.save(tiny_base().state_dict(), tree / "my_model.pt")
    case.finish()

    case = Case("other-unrelated-files", "A folder with logs, a data set and a tokenizer, and no checkpoint.")
    tree = case.start()
    (tree / "train.log").write_text("step 1\n")
    (tree / "tokenizer.json").write_text("{}")
    save_file(weights("input_ids"), tree / "dataset.safetensors")
    case.finish()

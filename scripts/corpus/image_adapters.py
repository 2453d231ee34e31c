"""LoRA files of diffusers, kohya's sd-scripts and MLX, by the names and keys of their sources."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from accelerated import WEIGHTS_PRESENT, job
from common import Case

KOHYA_MODULE = "lora_unet_mid_block_attentions_0_to_q"


def tensors(seed: int, *names: str) -> dict[str, torch.Tensor]:
    """A small tensor of each name, other values for each seed."""
    generator = torch.Generator().manual_seed(seed)
    return {name: torch.randn(2, 4, generator=generator) for name in names}


def save_diffusers(folder: Path, seed: int) -> None:
    names = [f"unet.mid_block.attentions.0.to_q.lora.{side}.weight" for side in ("down", "up")]
    names += [f"text_encoder.text_model.encoder.layers.0.self_attn.q_proj.lora_{side}.weight" for side in "AB"]
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors(seed, *names), folder / "pytorch_lora_weights.safetensors", {"format": "pt"})


def make_diffusers() -> None:
    case = Case("diffusers-training", "A diffusers LoRA training: two checkpoints with states, and the root.")
    case.false_alarm = WEIGHTS_PRESENT
    tree = case.start()
    for at, step in enumerate((500, 1000)):
        folder = tree / f"checkpoint-{step}"
        state_of_network(folder)
        # The save hook pops the model, so that accelerate writes none (examples/dreambooth).
        (folder / "model.safetensors").unlink()
        save_diffusers(folder, at)
    save_diffusers(tree, 1)
    case.finish()

    case = Case("diffusers-bin", "A LoRA adapter of an old diffusers, in torch's format.")
    case.false_alarm = "weights missing"
    tree = case.start()
    names = [f"unet.mid_block.attentions.0.to_q.lora.{side}.weight" for side in ("down", "up")]
    torch.save(tensors(0, *names), tree / "pytorch_lora_weights.bin")
    case.finish()


def state_of_network(folder: Path) -> None:
    """A state with a scheduler, without a registered object."""
    job().save_state(str(folder))
    (folder / "custom_checkpoint_0.pkl").unlink()


def save_kohya(path: Path, seed: int) -> None:
    state = tensors(seed, f"{KOHYA_MODULE}.lora_down.weight", f"{KOHYA_MODULE}.lora_up.weight")
    state[f"{KOHYA_MODULE}.alpha"] = torch.tensor(4.0)
    save_file(state, path, {"ss_network_dim": "2", "ss_network_module": "networks.lora"})


def make_kohya() -> None:
    case = Case("kohya-epochs", "kohya's LoRA files of two epochs and the end, with the state of the end.")
    case.false_alarm = WEIGHTS_PRESENT
    tree = case.start()
    for at, name in enumerate(("style-000001", "style-000002", "style")):
        save_kohya(tree / f"{name}.safetensors", at)
    save_kohya_state(tree / "style-state", epoch=3, step=30)
    case.finish()

    case = Case("kohya-steps", "kohya's LoRA files by step, with the state of one, and default names.")
    case.false_alarm = WEIGHTS_PRESENT
    tree = case.start()
    for at, name in enumerate(("at-step00000010", "at-step00000020", "last")):
        save_kohya(tree / f"{name}.safetensors", at)
    save_kohya_state(tree / "at-step00000020-state", epoch=2, step=20)
    case.finish()


def save_kohya_state(folder: Path, epoch: int, step: int) -> None:
    state_of_network(folder)
    state = {"current_epoch": epoch, "current_step": step}
    (folder / "train_state.json").write_text(json.dumps(state))


MLX_CONFIG = {
    "fine_tune_type": "lora",
    "num_layers": 2,
    "lora_parameters": {"rank": 2, "scale": 20.0, "dropout": 0.0},
    "model": "tiny-org/tiny-llama",
    "adapter_path": "adapters",
    "iters": 200,
    "save_every": 100,
    "resume_adapter_file": None,
}


def save_mlx(folder: Path, names: dict[str, int], keys: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adapter_config.json").write_text(json.dumps(MLX_CONFIG, indent=4, sort_keys=True))
    for name, seed in names.items():
        save_file(tensors(seed, *keys), folder / f"{name}.safetensors")


def make_mlx() -> None:
    keys = [f"model.layers.{at}.self_attn.q_proj.lora_{side}" for at in (0, 1) for side in "ab"]
    case = Case("mlx-numbered", "An MLX adapter folder with the numbered files of two saves.")
    case.false_alarm = "adapter_config.json without peft_type"
    names = {"0000100_adapters": 1, "0000200_adapters": 2, "adapters": 2}
    save_mlx(case.start() / "adapters", names, keys)
    case.finish()

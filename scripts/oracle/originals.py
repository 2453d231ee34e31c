"""Adapters of every PEFT type, trained on a tiny base: what the damages are done to."""

from dataclasses import dataclass, field
from typing import Callable

import torch
from peft import (
    AdamssConfig,
    BOFTConfig,
    LoHaConfig,
    LoKrConfig,
    LoraConfig,
    MultitaskPromptTuningConfig,
    OFTConfig,
    PolyConfig,
    VeraConfig,
    get_peft_model,
)

from adapters import CONFIGS, LORA, Q_V, TASK
from bases import base, train


@dataclass(frozen=True)
class Original:
    """How one healthy adapter is made. `main`: the one that stands for its type."""

    id: str
    config: Callable[[], object]
    base: str = "llama"
    dtype: torch.dtype | None = None
    suffix: str = "safetensors"
    main: bool = False
    tasks: bool = False
    steps: int = 6
    learning_rate: float = 3e-2
    options: dict = field(default_factory=dict)

    @property
    def file(self) -> str:
        return f"adapter_model.{self.suffix}"


# Types of `CONFIGS` that the corpus names by their variants; LoRA's stand here one by one.
VARIANTS = {name for name in CONFIGS if name.startswith("lora-")}
CLS = {"task_type": "SEQ_CLS"}
CONV = {"r": 2, "lora_alpha": 4}

LORA_VARIANTS = [
    Original("lora", CONFIGS["lora"], main=True),
    Original("lora-dora", CONFIGS["lora-dora"], main=True),
    Original("lora-rslora", CONFIGS["lora-rslora"]),
    Original("lora-lora-bias", CONFIGS["lora-bias"]),
    Original("lora-bias-only", lambda: LoraConfig(bias="lora_only", **LORA), base="llama-bias"),
    Original("lora-bias-all", lambda: LoraConfig(bias="all", **LORA), base="llama-bias"),
    Original("lora-rank-pattern", CONFIGS["lora-rank-pattern"]),
    Original(
        "lora-alpha-pattern",
        lambda: LoraConfig(alpha_pattern={"layers.1.self_attn.v_proj": 16}, **LORA),
    ),
    Original("lora-embeddings", CONFIGS["lora-embeddings"], main=True),
    Original("lora-head", lambda: LoraConfig(r=2, target_modules=["q_proj", "lm_head"], **TASK)),
    Original("lora-modules-to-save", CONFIGS["lora-modules-to-save"], main=True),
    Original("lora-embeddings-saved", lambda: LoraConfig(modules_to_save=["embed_tokens"], **LORA)),
    Original("lora-all-linear", CONFIGS["lora-all-linear"]),
    Original("lora-regex", lambda: LoraConfig(**{**LORA, "target_modules": r".*\.layers\.\d+\.self_attn\.(q|v)_proj"})),
    Original("lora-trainable-tokens", CONFIGS["lora-trainable-tokens"], main=True),
    Original("lora-layers", lambda: LoraConfig(layers_to_transform=[1], layers_pattern="layers", **LORA)),
    Original("lora-exclude", lambda: LoraConfig(exclude_modules=["layers.0.self_attn.v_proj"], **LORA)),
    Original("lora-rank-one", lambda: LoraConfig(r=1, lora_alpha=2, **Q_V)),
    Original("lora-pissa", CONFIGS["lora-pissa"], main=True),
    Original("lora-olora", lambda: LoraConfig(init_lora_weights="olora", **LORA)),
    Original("lora-gaussian", lambda: LoraConfig(init_lora_weights="gaussian", **LORA)),
    Original("lora-orthogonal", lambda: LoraConfig(init_lora_weights="orthogonal", **LORA)),
    Original("lora-init-false", lambda: LoraConfig(init_lora_weights=False, **LORA)),
    Original("lora-mica", lambda: LoraConfig(init_lora_weights="mica", **LORA), main=True),
    Original("lora-f16", CONFIGS["lora"], dtype=torch.float16),
    Original("lora-bf16", CONFIGS["lora"], dtype=torch.bfloat16),
    Original("lora-f64", CONFIGS["lora"], dtype=torch.float64),
    Original("lora-bin", CONFIGS["lora"], suffix="bin", main=True),
    Original("lora-bin-bf16", CONFIGS["lora"], suffix="bin", dtype=torch.bfloat16),
    Original("lora-classifier", lambda: LoraConfig(r=2, target_modules=["q_proj", "v_proj"], **CLS), base="classifier", main=True),
    Original("lora-conv", lambda: LoraConfig(target_modules=["conv1", "conv2", "head"], **CONV), base="conv", main=True),
    Original("lora-conv-dora", lambda: LoraConfig(target_modules=["conv2", "head"], use_dora=True, **CONV), base="conv"),
    Original("lora-conv-embedding", lambda: LoraConfig(target_modules=["embed", "conv1"], **CONV), base="conv"),
    Original(
        "lora-experts",
        lambda: LoraConfig(r=2, target_modules=["q_proj"], target_parameters=["mlp.experts.down_proj"], **TASK),
        base="experts",
        main=True,
    ),
    Original(
        "lora-experts-both",
        lambda: LoraConfig(
            r=2, target_modules=[], target_parameters=["mlp.experts.gate_up_proj", "mlp.experts.down_proj"], **TASK
        ),
        base="experts",
    ),
]

OTHER_VARIANTS = [
    Original("adamss", lambda: AdamssConfig(r=4, num_subspaces=2, subspace_rank=1, **Q_V), main=True),
    Original("poly", lambda: PolyConfig(r=2, n_tasks=2, n_skills=2, n_splits=1, **Q_V), main=True, tasks=True),
    Original(
        "multitask-prompt-tuning",
        lambda: MultitaskPromptTuningConfig(num_virtual_tokens=4, num_tasks=2, num_ranks=2, **TASK),
        main=True,
        tasks=True,
    ),
    Original("loha-conv", lambda: LoHaConfig(r=2, target_modules=["conv2", "head"], use_effective_conv2d=True), base="conv"),
    Original("lokr-conv", lambda: LoKrConfig(r=2, target_modules=["conv2", "head"], use_effective_conv2d=True), base="conv"),
    Original("lokr-both", lambda: LoKrConfig(r=1, decompose_both=True, decompose_factor=4, **Q_V)),
    Original("boft-conv", lambda: BOFTConfig(boft_block_size=4, target_modules=["head"]), base="conv"),
    Original("vera-no-projection", lambda: VeraConfig(r=2, save_projection=False, **Q_V)),
    Original("ia3-classifier", lambda: ia3_classifier(), base="classifier"),
    Original("prompt-tuning-classifier", lambda: prompt_classifier(), base="classifier"),
    Original("loha-bin", CONFIGS["loha"], suffix="bin"),
    Original("prefix-tuning-bin", CONFIGS["prefix-tuning"], suffix="bin"),
    Original("ia3-bf16", CONFIGS["ia3"], dtype=torch.bfloat16),
]

# Neither can be made to stand alone: X-LoRA names adapters beside it.
CANNOT = {
    "XLORA": "its folder names LoRA adapters that are loaded beside it; alone it loads nothing",
}


def ia3_classifier():
    from peft import IA3Config

    return IA3Config(target_modules=["k_proj", "v_proj"], feedforward_modules=[], **CLS)


def prompt_classifier():
    from peft import PromptTuningConfig

    return PromptTuningConfig(num_virtual_tokens=4, **CLS)


# Their start is small or their gradient weak: more or larger steps until the output differs clearly.
LONGER = {
    "cartridge": (12, 0.3),
    "cpt": (12, 0.3),
    "p-tuning": (12, 0.1),
    "prefix-tuning": (12, 0.3),
    "fourierft": (12, 1.0),
    "waveft": (12, 1.0),
    "vblora": (12, 0.3),
    "unilora": (12, 0.3),
    "adaption-prompt": (12, 0.3),
    "pvera": (20, 0.1),
}


def all_originals() -> dict[str, Original]:
    """By id, LoRA and its variants first."""
    others = [
        Original(name, config, main=True, **longer(name))
        for name, config in CONFIGS.items()
        if name not in VARIANTS and name != "lora"
    ]
    return {one.id: one for one in [*LORA_VARIANTS, *others, *OTHER_VARIANTS]}


def longer(name: str) -> dict:
    steps, rate = LONGER.get(name, (6, 3e-2))
    return {"steps": steps, "learning_rate": rate}


def make(original: Original, folder, trained: bool) -> None:
    """Saves the adapter into the folder, after training or as it starts."""
    model_base = base(original.base)
    torch.manual_seed(1)
    model = get_peft_model(model_base, original.config())
    if trained:
        model.train()
        train(model, original.steps, original.learning_rate, original.tasks)
    if original.dtype is not None:
        model = model.to(original.dtype)
    model.save_pretrained(str(folder), safe_serialization=original.suffix == "safetensors")
    (folder / "README.md").unlink(missing_ok=True)

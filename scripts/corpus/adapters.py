"""Adapters of every PEFT type that can be trained on the tiny base, as PEFT writes them."""

import torch
from peft import (
    AdaLoraConfig,
    AdaptionPromptConfig,
    BeftConfig,
    BOFTConfig,
    C3AConfig,
    CartridgeConfig,
    CPTConfig,
    DeftConfig,
    DeloraConfig,
    FourierFTConfig,
    FrodConfig,
    GloraConfig,
    GraloraConfig,
    HRAConfig,
    HiraConfig,
    IA3Config,
    LilyConfig,
    LNTuningConfig,
    LoHaConfig,
    LoKrConfig,
    LoraConfig,
    MissConfig,
    OFTConfig,
    OSFConfig,
    PeanutConfig,
    PrefixTuningConfig,
    PromptEncoderConfig,
    PromptTuningConfig,
    PsoftConfig,
    PveraConfig,
    RandLoraConfig,
    RoadConfig,
    ShadowConfig,
    ShiraConfig,
    SupertuningConfig,
    TinyLoraConfig,
    TrainableTokensConfig,
    UniLoraConfig,
    VBLoRAConfig,
    VeraConfig,
    WaveFTConfig,
    get_peft_model,
)

from common import BASE_NAME, Case, tiny_base, train

TASK = {"task_type": "CAUSAL_LM"}
Q_V = {"target_modules": ["q_proj", "v_proj"], **TASK}
LORA = {"r": 2, "lora_alpha": 4, **Q_V}

CONFIGS = {
    "lora": lambda: LoraConfig(**LORA),
    "lora-dora": lambda: LoraConfig(use_dora=True, **LORA),
    "lora-rslora": lambda: LoraConfig(use_rslora=True, **LORA),
    "lora-bias": lambda: LoraConfig(lora_bias=True, **LORA),
    "lora-rank-pattern": lambda: LoraConfig(rank_pattern={"v_proj": 4}, **LORA),
    "lora-embeddings": lambda: LoraConfig(
        r=2, target_modules=["q_proj", "embed_tokens"], **TASK
    ),
    "lora-modules-to-save": lambda: LoraConfig(modules_to_save=["lm_head"], **LORA),
    "lora-all-linear": lambda: LoraConfig(r=2, target_modules="all-linear", **TASK),
    "lora-trainable-tokens": lambda: LoraConfig(trainable_token_indices=[1, 2], **LORA),
    "lora-pissa": lambda: LoraConfig(init_lora_weights="pissa", **LORA),
    "adalora": lambda: AdaLoraConfig(init_r=4, target_r=2, total_step=20, tinit=1, tfinal=1, **Q_V),
    "boft": lambda: BOFTConfig(boft_block_size=4, **Q_V),
    "c3a": lambda: C3AConfig(block_size=4, **Q_V),
    "cpt": lambda: CPTConfig(
        cpt_token_ids=[1, 2, 3], cpt_mask=[1, 1, 1], cpt_tokens_type_mask=[1, 2, 3], **TASK
    ),
    "delora": lambda: DeloraConfig(r=2, **Q_V),
    "fourierft": lambda: FourierFTConfig(n_frequency=8, **Q_V),
    "gralora": lambda: GraloraConfig(r=4, gralora_k=2, **Q_V),
    "hra": lambda: HRAConfig(r=2, **Q_V),
    "ia3": lambda: IA3Config(
        target_modules=["k_proj", "v_proj", "down_proj"], feedforward_modules=["down_proj"], **TASK
    ),
    "ln-tuning": lambda: LNTuningConfig(**TASK),
    "loha": lambda: LoHaConfig(r=2, **Q_V),
    "lokr": lambda: LoKrConfig(r=2, **Q_V),
    "miss": lambda: MissConfig(r=2, **Q_V),
    "oft": lambda: OFTConfig(oft_block_size=4, r=0, **Q_V),
    "p-tuning": lambda: PromptEncoderConfig(num_virtual_tokens=4, encoder_hidden_size=8, **TASK),
    "prefix-tuning": lambda: PrefixTuningConfig(num_virtual_tokens=4, **TASK),
    "prompt-tuning": lambda: PromptTuningConfig(num_virtual_tokens=4, **TASK),
    "randlora": lambda: RandLoraConfig(r=2, **Q_V),
    "road": lambda: RoadConfig(group_size=4, **Q_V),
    "shira": lambda: ShiraConfig(r=2, **Q_V),
    "trainable-tokens": lambda: TrainableTokensConfig(token_indices=[1, 2, 3], **TASK),
    "vblora": lambda: VBLoRAConfig(r=2, num_vectors=8, vector_length=4, **Q_V),
    "vera": lambda: VeraConfig(r=2, **Q_V),
    "waveft": lambda: WaveFTConfig(n_frequency=8, **Q_V),
    "adaption-prompt": lambda: AdaptionPromptConfig(adapter_len=4, adapter_layers=2, **TASK),
    "beft": lambda: BeftConfig(**Q_V),
    "cartridge": lambda: CartridgeConfig(num_virtual_tokens=4, **TASK),
    "deft": lambda: DeftConfig(r=2, **Q_V),
    "frod": lambda: FrodConfig(**Q_V),
    "glora": lambda: GloraConfig(r=2, **Q_V),
    "hira": lambda: HiraConfig(r=2, **Q_V),
    "lily": lambda: LilyConfig(r=2, **Q_V),
    "osf": lambda: OSFConfig(**Q_V),
    "peanut": lambda: PeanutConfig(r=2, **Q_V),
    "psoft": lambda: PsoftConfig(r=2, **Q_V),
    "pvera": lambda: PveraConfig(r=2, **Q_V),
    "shadow": lambda: ShadowConfig(r=2, **TASK),
    "supertuning": lambda: SupertuningConfig(r=2, **Q_V),
    "tinylora": lambda: TinyLoraConfig(r=2, **Q_V),
    "unilora": lambda: UniLoraConfig(r=2, theta_d_length=32, **Q_V),
}


def trained_adapter(config, **options):
    """A PEFT model on the tiny base after two optimizer steps."""
    model = get_peft_model(tiny_base(), config, **options)
    train(model)
    return model


def make_adapters() -> None:
    for name, config in CONFIGS.items():
        case = Case(f"peft-{name}", f"A trained adapter ({name}) as PEFT saves it.")
        case.loads = [(".", "PeftModel.from_pretrained")]
        trained_adapter(config()).save_pretrained(case.start())
        case.finish()
    for name, dtype in (("bf16", torch.bfloat16), ("f16", torch.float16)):
        case = Case(f"peft-lora-{name}", f"A LoRA adapter saved in {name}.")
        case.loads = [(".", "PeftModel.from_pretrained")]
        trained_adapter(LoraConfig(**LORA)).to(dtype).save_pretrained(case.start())
        case.finish()
    make_variants()


def make_variants() -> None:
    case = Case("peft-lora-bin", "A LoRA adapter saved in torch's format.")
    case.loads = [(".", "PeftModel.from_pretrained")]
    trained_adapter(LoraConfig(**LORA)).save_pretrained(case.start(), safe_serialization=False)
    case.finish()

    case = Case("peft-lora-named-subfolder", "A LoRA adapter named `mine`, in a subfolder of its name.")
    case.loads = [("mine", "PeftModel.from_pretrained")]
    trained_adapter(LoraConfig(**LORA), adapter_name="mine").save_pretrained(case.start())
    case.finish()

    case = Case("peft-lora-two-adapters", "Two adapters of one model, `default` and `other`.")
    case.loads = [(".", "PeftModel.from_pretrained"), ("other", "PeftModel.from_pretrained")]
    model = get_peft_model(tiny_base(), LoraConfig(**LORA))
    train(model)
    model.add_adapter("other", LoraConfig(**LORA))
    model.set_adapter("other")
    train(model)
    model.save_pretrained(case.start())
    case.finish()

    case = Case("transformers-native-adapter", "An adapter added and saved by transformers itself.")
    case.loads = [(".", "PeftModel.from_pretrained")]
    model = tiny_base()
    model.add_adapter(LoraConfig(**LORA))
    train(model)
    model.save_pretrained(case.start())
    case.finish()

    config = LoraConfig(**LORA)
    config.base_model_name_or_path = BASE_NAME
    case = Case("peft-lora-config-unset-rank", "A configuration without `r`: PEFT takes its default of 8.")
    case.loads = [(".", "PeftModel.from_pretrained")]
    trained_adapter(LoraConfig(r=8, **Q_V)).save_pretrained(case.start())
    remove_key(case.tree / "adapter_config.json", "r")
    case.finish()


def remove_key(path, key: str) -> None:
    import json

    fields = json.loads(path.read_text())
    del fields[key]
    path.write_text(json.dumps(fields, indent=2))

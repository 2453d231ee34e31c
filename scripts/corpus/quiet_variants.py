"""Healthy adapters of LoRA's variants and starts, and of chosen layers: false alarms that could be."""

from peft import BdLoraConfig, KasaConfig, LoraConfig, MontecloraConfig, VeloraConfig

from adapters import LORA, TASK, trained_adapter
from quiet import RANK, quiet_case

MISSING = "layers missing"
EXTRA = "keys without base_model prefix"


def make_quiet_variants() -> None:
    blocks = BdLoraConfig(target_modules_bd_a=["o_proj"], target_modules_bd_b=["q_proj"], nblocks=2)
    for name, title, check, config in (
        ("bdlora", "BdLoRA keeps blocks of a side", RANK, lambda: LoraConfig(
            r=4, target_modules=["q_proj", "o_proj"], use_bdlora=blocks, **TASK
        )),
        ("monteclora", "MonteCLoRA keeps a sampler", EXTRA, lambda: LoraConfig(
            monteclora_config=MontecloraConfig(num_samples=4, buffer_size=4), **LORA
        )),
        ("kasa", "KaSA keeps a diagonal", EXTRA, lambda: LoraConfig(kasa_config=KasaConfig(), **LORA)),
        ("velora", "VeLoRA keeps a projection", EXTRA, lambda: LoraConfig(velora_config=VeloraConfig(), **LORA)),
        ("olora", "OLoRA starts with no zeros", RANK, lambda: LoraConfig(init_lora_weights="olora", **LORA)),
        ("orthogonal", "a start of orthogonal matrices", RANK, lambda: LoraConfig(
            init_lora_weights="orthogonal", **LORA
        )),
        ("random-start", "a start of random numbers", RANK, lambda: LoraConfig(init_lora_weights=False, **LORA)),
        ("layer-by-pattern", "the pattern takes the second layer alone", MISSING, lambda: LoraConfig(
            r=2, target_modules=r"model\.layers\.1\.self_attn\.(q|v)_proj", **TASK
        )),
        ("layer-by-wide-pattern", "another pattern does", MISSING, lambda: LoraConfig(
            r=2, target_modules=r".*\.layers\.1\..*(q|v)_proj", **TASK
        )),
        ("layer-by-name", "a name takes the second layer alone", MISSING, lambda: LoraConfig(
            r=2, target_modules=["layers.1.self_attn.q_proj"], **TASK
        )),
    ):
        case = quiet_case(f"variant-{name}", check, f"{title}.", check)
        trained_adapter(config()).save_pretrained(case.start())
        case.finish()

"""Healthy adapters of LoRA's variants and starts, and of chosen layers: false alarms that could be."""

import tempfile
from pathlib import Path

import torch
from peft import (
    BdLoraConfig, KasaConfig, LoraConfig, LoraGAConfig, MontecloraConfig, PeftModel, VeloraConfig, get_peft_model,
)
from peft.tuners.lora.config import CordaConfig
from peft.tuners.lora.corda import preprocess_corda
from peft.tuners.lora.loraga import preprocess_loraga
from transformers import TrainerCallback

from adapters import LORA, TASK, trained_adapter
from common import tiny_base, train
from quiet import RANK, UNTRAINED, quiet_case
from runs import ADAPTER, lora_model, run_trainer, slim

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
    make_starts()
    make_callback()


def make_starts() -> None:
    row = "non-zero B = trained"
    for name, title, config, prepare in (
        ("corda", "CorDA, converted", LoraConfig(
            init_lora_weights="corda", corda_config=CordaConfig(corda_method="kpm", verbose=False), **LORA
        ), prepare_corda),
        ("lora-ga", "LoRA-GA, converted", LoraConfig(
            init_lora_weights="lora_ga", lora_ga_config=LoraGAConfig(), **LORA
        ), prepare_loraga),
    ):
        case = quiet_case(f"variant-{name}", row, f"{title} so that it loads on the base as it is.", UNTRAINED)
        tree = case.start()
        base = tiny_base()
        prepare(base, config)
        model = get_peft_model(base, config)
        with tempfile.TemporaryDirectory() as temporary:
            start = Path(temporary) / "start"
            # The conversion reads the start as any other adapter, with an initialisation that PEFT can load.
            model.peft_config["default"].init_lora_weights = True
            model.save_pretrained(start)
            train(model)
            model.peft_config["default"].init_lora_weights = name.replace("-", "_")
            model.save_pretrained(tree, path_initial_model_for_weight_conversion=str(start))
        case.finish()

    case = quiet_case("variant-resumed", row, "an adapter that starts from another one.", UNTRAINED, [
        ("first", ADAPTER), ("second", ADAPTER)
    ])
    tree = case.start()
    trained_adapter(LoraConfig(**LORA)).save_pretrained(tree / "first")
    model = PeftModel.from_pretrained(tiny_base(), tree / "first", is_trainable=True)
    train(model)
    model.save_pretrained(tree / "second")
    slim(tree)
    case.finish()


def prepare_corda(base, config) -> None:
    tokens = torch.arange(60).reshape(1, 60) + 1

    def run_model() -> None:
        with torch.no_grad():
            base(input_ids=tokens)

    preprocess_corda(base, config, run_model=run_model)


def prepare_loraga(base, config) -> None:
    tokens = torch.arange(8).reshape(1, 8) + 1
    preprocess_loraga(base, config, lambda: base(input_ids=tokens, labels=tokens).loss.backward())


class SavePeft(TrainerCallback):
    """Saves the adapter into a folder of its own, as many training scripts do since alpaca-lora."""

    def on_save(self, args, state, control, model=None, **_others):
        model.save_pretrained(Path(args.output_dir) / f"checkpoint-{state.global_step}" / "adapter_model")


def make_callback() -> None:
    row = "`adapter_model/` directory"
    steps = [(f"checkpoint-{step}/adapter_model", ADAPTER) for step in (1, 2)]
    case = quiet_case("adapter-model-folder", row, "a callback saves the adapter there as well.", "checkpoint folder empty", steps)
    run_trainer(
        case.start(), lora_model(), max_steps=2, save_steps=1, save_only_model=True, save_root=False,
        options={"callbacks": [SavePeft()]},
    )
    slim(case.tree)
    case.finish()

"""Healthy cases that a careless check reports: each stands for one way to raise a false alarm."""

import json
import shutil
from pathlib import Path

import torch
from peft import AdaLoraConfig, IA3Config, LoraConfig, PromptTuningConfig, get_peft_model
from transformers import MixtralConfig, MixtralForCausalLM

from accelerated import WEIGHTS_PRESENT
from adapters import CONFIGS, LORA, Q_V, TASK, trained_adapter
from common import Case, tiny_base, train
from runs import ADAPTER, Tokens, lora_model, run_trainer, slim

SMALL = {"save_only_model": True, "save_root": False}
UNTRAINED = "adapter untrained"
RANK = "r is not the shape"
HERE = [(".", ADAPTER)]


def quiet_case(name: str, row: str, title: str, check: str, loads=HERE) -> Case:
    case = Case(f"quiet-{name}", f"Row `{row}`: {title}")
    case.false_alarm = check
    case.loads = list(loads)
    return case


def make_quiet() -> None:
    make_untrained()
    make_initial()
    make_absent()
    make_shapes()
    make_configs()
    make_formats()


def make_untrained() -> None:
    warmup = {"max_steps": 1, "save_steps": 1, "warmup_steps": 5, **SMALL}
    newest = [("checkpoint-1", ADAPTER)]
    for name, title, config in (
        ("zero-b-after-warmup", "one step of warm-up has a learning rate of 0", LoraConfig(**LORA)),
        ("ones-after-warmup", "the same for IA3, whose start is 1", IA3Config(
            target_modules=["k_proj", "v_proj"], feedforward_modules=[], **TASK
        )),
        ("zero-e-after-warmup", "the same for AdaLoRA, whose E starts at 0", CONFIGS["adalora"]()),
        ("embedding-after-warmup", "the same for an embedding, whose A starts at 0", LoraConfig(
            r=2, target_modules=["embed_tokens"], **TASK
        )),
        ("prompt-after-warmup", "the same for a prompt, whose start has no mark", PromptTuningConfig(
            num_virtual_tokens=4, **TASK
        )),
    ):
        row = "zero lora_B" if name.startswith("zero-b") else "zero tensor = lora_B"
        case = quiet_case(name, row, f"{title}.", UNTRAINED, newest)
        run_trainer(case.start(), get_peft_model(tiny_base(), config), **warmup)
        case.finish()

    case = quiet_case("zero-b-some-modules", "zero lora_B, per module", "the second layer is frozen.", UNTRAINED)
    model = lora_model()
    for parameter_name, parameter in model.named_parameters():
        parameter.requires_grad &= ".layers.1." not in parameter_name
    train(model)
    model.save_pretrained(case.start())
    case.finish()

    case = quiet_case(
        "mica", "zero tensor = lora_B", "MiCA trains A alone, so that B stays the same.",
        UNTRAINED, [("checkpoint-1", ADAPTER), ("checkpoint-2", ADAPTER)],
    )
    model = get_peft_model(tiny_base(), LoraConfig(init_lora_weights="mica", **LORA))
    run_trainer(case.start(), model, max_steps=2, save_steps=1, **SMALL)
    slim(case.tree)
    case.finish()


def make_initial() -> None:
    case = quiet_case(
        "pissa-init-folder", "non-zero B = trained", "starts of PiSSA and LoftQ are not trained, as meant.",
        UNTRAINED, [("pissa_init", ADAPTER), ("loftq_init", ADAPTER), (".", ADAPTER)],
    )
    tree = case.start()
    model = get_peft_model(tiny_base(), LoraConfig(init_lora_weights="pissa", **LORA))
    model.save_pretrained(tree / "pissa_init")
    lora_model().save_pretrained(tree / "loftq_init")
    train(model)
    model.save_pretrained(tree)
    slim(tree)
    case.finish()


def make_absent() -> None:
    case = Case("quiet-fsdp-sharded-only", "Row `adapter file missing`: FSDP's sharded states are all there is.")
    case.false_alarm = WEIGHTS_PRESENT
    case.loads = [("checkpoint-4/pytorch_model_fsdp_0", "dcp.load")]
    case.copy_from("fsdp-trainer-sharded")
    case.finish()

    steps = [("checkpoint-1", ADAPTER), ("checkpoint-2", ADAPTER)]
    two = {"max_steps": 2, "save_steps": 1}
    case = quiet_case(
        "no-root-adapter", "adapter missing at output root", "only the checkpoints are kept.", WEIGHTS_PRESENT, steps
    )
    run_trainer(case.start(), lora_model(), **two, **SMALL)
    slim(case.tree)
    case.finish()

    case = quiet_case(
        "config-only-root-live-run", "config without weights at root", "axolotl's run goes on.", WEIGHTS_PRESENT, steps
    )
    tree = case.copy_from("quiet-no-root-adapter")
    shutil.copy(tree / "checkpoint-1/adapter_config.json", tree)
    case.finish()

    case = quiet_case("bin-only", "`.bin` expected", "an adapter in torch's format alone.", WEIGHTS_PRESENT)
    trained_adapter(LoraConfig(**LORA)).save_pretrained(case.start(), safe_serialization=False)
    case.finish()

    case = quiet_case("save-only-model", "no optimizer", "save_only_model keeps none.", "optimizer missing", steps)
    case.copy_from("quiet-no-root-adapter")
    case.finish()

    case = quiet_case(
        "root-without-trainer-state", "no trainer_state.json", "save_model() at the end writes none.",
        "save interrupted", [(".", ADAPTER), ("checkpoint-2", ADAPTER)],
    )
    run_trainer(case.start(), lora_model(), max_steps=2, save_steps=2)
    slim(case.tree)
    case.finish()


def make_shapes() -> None:
    for name, title, check, model in (
        ("rank-pattern", "rank_pattern gives v_proj another rank", RANK, lambda: trained_adapter(
            CONFIGS["lora-rank-pattern"]()
        )),
        ("adalora", "AdaLoRA has dropped ranks", RANK, allocated_adalora),
        ("embeddings-saved", "the embeddings are saved, too", "adapter larger than its rank", lambda: trained_adapter(
            LoraConfig(modules_to_save=["embed_tokens", "lm_head"], **LORA)
        )),
        ("tiny-rank-one", "rank 1 on one module", "file too small", lambda: trained_adapter(
            LoraConfig(r=1, target_modules=["q_proj"], layers_to_transform=[0], **TASK)
        )),
        ("kv-shared-layers", "the pattern meets v_proj in the first layer alone", "layers missing", lambda: trained_adapter(
            LoraConfig(r=2, target_modules=r".*\.q_proj|.*layers\.0\.self_attn\.v_proj", **TASK)
        )),
        ("keys-without-prefix", "a prompt has one key without prefix", "keys without base_model prefix", lambda: trained_adapter(
            CONFIGS["prompt-tuning"]()
        )),
        ("vera-shared-tables", "VeRA's tables are shared by all modules", "keys without base_model prefix", lambda: trained_adapter(
            CONFIGS["vera"]()
        )),
        ("shira-int32", "SHiRA holds indices", "values of integers", lambda: trained_adapter(CONFIGS["shira"]())),
    ):
        case = quiet_case(name, check, f"{title}.", check)
        model().save_pretrained(case.start())
        case.finish()

    case = quiet_case("pissa-converted", RANK, "a converted PiSSA adapter has twice its rank.", RANK)
    tree = case.start()
    shutil.copytree(Case("llamafactory-pissa", "").tree / "pissa_converted", tree, dirs_exist_ok=True)
    case.finish()

    case = quiet_case("target-parameters", RANK, "experts of one parameter have r times their number.", RANK, [])
    torch.manual_seed(0)
    mixtral = MixtralForCausalLM(MixtralConfig(
        hidden_size=16, intermediate_size=16, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=2, vocab_size=64, num_local_experts=2, num_experts_per_tok=2,
    ))
    config = LoraConfig(r=2, target_modules=["q_proj"], target_parameters=["mlp.experts.down_proj"], **TASK)
    model = get_peft_model(mixtral, config)
    train(model)
    model.save_pretrained(case.start())
    case.finish()


def allocated_adalora():
    """AdaLoRA after its budget is spent: ranks differ between modules."""
    model = get_peft_model(
        tiny_base(), AdaLoraConfig(init_r=4, target_r=2, total_step=6, tinit=1, tfinal=2, **Q_V)
    )
    parameters = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1e-2)
    tokens = torch.arange(16).reshape(2, 8) % 60 + 1
    for step in range(7):
        model(input_ids=tokens, labels=tokens).loss.backward()
        optimizer.step()
        model.base_model.update_and_allocate(step)
        optimizer.zero_grad()
    return model


def make_configs() -> None:
    for name, value in (("local", "./bases/tiny"), ("null", None)):
        case = quiet_case(f"base-path-{name}", "base path local/null", f"the base is {value}.", "base model unset or local")
        tree = case.copy_from("peft-lora")
        edit(tree / "adapter_config.json", base_model_name_or_path=value)
        case.finish()

    case = quiet_case(
        "absolute-best-checkpoint", "absolute best_model_checkpoint", "its path is the training machine's.",
        "best checkpoint not there", [("checkpoint-1", ADAPTER), ("checkpoint-2", ADAPTER)],
    )
    tree = case.copy_from("quiet-no-root-adapter")
    edit(
        tree / "checkpoint-2/trainer_state.json",
        best_model_checkpoint="/mnt/training/out/checkpoint-1", best_metric=4.1, best_global_step=1,
    )
    case.finish()

    case = quiet_case("mode-0600", "mtime order, file modes", "safetensors writes mode 0600.", "weights unreadable")
    case.copy_from("peft-lora")
    case.modes = {"adapter_model.safetensors": "0600"}
    case.finish()

    case = quiet_case(
        "nan-in-trainer-state", "JSON.parse error on trainer_state", "a metric of the user's is NaN, another Infinity.",
        "trainer_state.json invalid", [("checkpoint-2", ADAPTER)],
    )
    metrics = lambda _prediction: {"share": float("nan"), "limit": float("inf")}  # noqa: E731
    run_trainer(
        case.start(), lora_model(), max_steps=2, save_steps=2, eval_strategy="steps", eval_steps=1,
        options={"eval_dataset": Tokens(), "compute_metrics": metrics}, **SMALL,
    )
    case.finish()


def make_formats() -> None:
    case = quiet_case(
        "torchtune-empty-folder", "`adapter_model/` directory", "torchtune leaves it empty.", "checkpoint folder empty",
        [("epoch_0", ADAPTER)],
    )
    case.empty_folders = ["epoch_0/adapter_model"]
    tree = case.start() / "epoch_0"
    shutil.copytree(Case("peft-lora", "").tree, tree)
    (tree / "README.md").unlink()
    torch.save({"layers.0.attn.q_proj.lora.a.weight": torch.ones(2, 4)}, tree / "adapter_model.pt")
    case.finish()

    case = quiet_case("mlx-config", "MLX adapter_config.json without peft_type", "it is MLX's own.", "adapter config invalid", [])
    case.copy_from("mlx-numbered")
    case.finish()

    case = quiet_case("torch-zip-without-crc", "CRC in torch zips", "torch was told to compute none.", "checksum contradicts")
    torch.serialization.set_crc32_options(False)
    try:
        trained_adapter(LoraConfig(**LORA)).save_pretrained(case.start(), safe_serialization=False)
    finally:
        torch.serialization.set_crc32_options(True)
    case.finish()


def edit(path: Path, **fields) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}, indent=2))

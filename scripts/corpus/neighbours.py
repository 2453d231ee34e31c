"""Adapters that lack what the base, the tokenizer or the other checkpoints of the run show to be due."""

from pathlib import Path

import torch
from peft import LoraConfig, PromptTuningConfig, get_peft_model
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from adapters import LORA, trained_adapter
from common import Case, tiny_base, tiny_bart_classifier, tiny_classifier, train
from damages import ADAPTER, CONFIG, WEIGHTS, damaged, edit_json
from frameworks import save_value_head
from runs import lora_model, run_trainer, slim

OF_CLASSIFIER = "PeftModel.from_pretrained of a classifier"
OF_BART = "PeftModel.from_pretrained of a BART classifier"


def make_neighbours() -> None:
    make_heads()
    make_side_weights()
    make_slices()
    make_vocabularies()


def make_heads() -> None:
    case = Case("peft-lora-classifier", "A LoRA adapter of a classifier, with its head.")
    case.loads = [(".", OF_CLASSIFIER)]
    classifier_adapter(LoraConfig(task_type="SEQ_CLS", r=2, target_modules=["q_proj"])).save_pretrained(case.start())
    case.finish()

    damaged("head-not-saved", "A classifier without its head.", without("score"), "peft-lora-classifier", [(".", OF_CLASSIFIER)])

    def unlisted(tree: Path, case: Case) -> None:
        without("score")(tree, case)
        edit_json(CONFIG, lambda config: config.update(modules_to_save=None))(tree, case)

    damaged(
        "head-not-listed",
        "A classifier whose head is neither listed nor saved.",
        unlisted,
        "peft-lora-classifier",
        [(".", OF_CLASSIFIER), (".", ADAPTER)],
    )

    case = Case("damaged-head-of-bart", "A BART classifier, of which PEFT saves no head: it looks for other names.")
    case.loads = [(".", OF_BART)]
    config = LoraConfig(task_type="SEQ_CLS", r=2, target_modules=["q_proj"])
    model = get_peft_model(tiny_bart_classifier(), config)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.02)
    model.save_pretrained(case.start())
    case.finish()


def classifier_adapter(config):
    torch.manual_seed(1)
    model = get_peft_model(tiny_classifier(), config)
    tokens = torch.arange(16).reshape(2, 8) % 60 + 1
    optimizer = torch.optim.AdamW([one for one in model.parameters() if one.requires_grad], lr=1e-2)
    for _ in range(2):
        model(input_ids=tokens, labels=torch.tensor([0, 1])).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return model


def without(part: str):
    """Takes the tensors away whose name has the part."""

    def damage(tree: Path, _case: Case) -> None:
        state = {name: one for name, one in load_file(tree / WEIGHTS).items() if part not in name}
        save_file(state, tree / WEIGHTS, metadata={"format": "pt"})

    return damage


def make_side_weights() -> None:
    case = Case("damaged-side-weights-missing", "A reward model whose newest checkpoint lacks the value head.")
    case.loads = [(f"checkpoint-{step}", ADAPTER) for step in (2, 4)]
    tree = case.start()
    run_trainer(tree, lora_model(), max_steps=4, save_steps=2, save_only_model=True, save_root=False)
    save_value_head(tree / "checkpoint-2" / "value_head.safetensors")
    slim(tree)
    case.finish()

    case = Case("quiet-side-weights-at-root", "Row `no optimizer`: LLaVA saves what it trains besides LoRA at the end alone.")
    case.false_alarm = "weights beside the adapter missing in a checkpoint"
    case.loads = [("checkpoint-2", ADAPTER), (".", ADAPTER), ("non_lora_trainables.bin", "torch.load")]
    tree = case.start()
    run_trainer(tree, lora_model(), max_steps=2, save_steps=2, save_only_model=True)
    torch.manual_seed(0)
    torch.save({"model.mm_projector.weight": torch.randn(16, 16)}, tree / "non_lora_trainables.bin")
    slim(tree)
    case.finish()


def make_slices() -> None:
    def slices(tree: Path, _case: Case) -> None:
        path = tree / "checkpoint-4" / WEIGHTS
        state = {name: one.chunk(2)[0].clone() for name, one in load_file(path).items()}
        save_file(state, path, metadata={"format": "pt"})

    damaged(
        "rank-slice",
        "A checkpoint that holds the rows of the first of two processes.",
        slices,
        "trainer-lora-save-only-model",
        [(f"checkpoint-{step}", ADAPTER) for step in (2, 4, 6)],
    )

    case = Case("quiet-two-prompt-lengths", "Row `r ≠ shape`: checkpoints of two trainings with prompts of two lengths.")
    case.false_alarm = "slice of one process"
    case.loads = [(f"checkpoint-{step}", ADAPTER) for step in (2, 4)]
    tree = case.start()
    for step, length in ((2, 2), (4, 4)):
        config = PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=length)
        trained_adapter(config).save_pretrained(tree / f"checkpoint-{step}")
    slim(tree)
    case.finish()


def make_vocabularies() -> None:
    case = Case("damaged-vocabulary-unembedded", "Two tokens more than the base has rows, and no embeddings saved.")
    case.loads = [(".", ADAPTER)]
    tree = case.start()
    trained_adapter(LoraConfig(**LORA)).save_pretrained(tree)
    tiny_base().config.save_pretrained(tree)
    save_tokenizer(tree, added=2)
    case.finish()

    case = Case("quiet-vocabulary-embedded", "Row `huge adapter`: two tokens more, whose embeddings are saved.")
    case.false_alarm = "embeddings of added tokens missing"
    case.loads = [(".", ADAPTER)]
    tree = case.start()
    plain = tiny_base().config
    model = tiny_base()
    config = LoraConfig(modules_to_save=["embed_tokens", "lm_head"], **LORA)
    adapted = get_peft_model(model, config)
    train(adapted)
    adapted.save_pretrained(tree)
    plain.save_pretrained(tree)
    save_tokenizer(tree, added=2)
    case.finish()


def save_tokenizer(folder: Path, added: int) -> None:
    """A tokenizer of the base's 64 tokens, and some more."""
    words = {f"w{at}": at for at in range(63)}
    tokenizer = Tokenizer(models.WordLevel({**words, "[UNK]": 63}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]")
    fast.add_tokens([f"<added_{at}>" for at in range(added)])
    fast.save_pretrained(folder)

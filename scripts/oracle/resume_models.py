"""The models, data and Trainer of the trainings that are resumed: a few KB of weights."""

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from common import named

SIZES = {
    "hidden_size": 8,
    "intermediate_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 2,
    "vocab_size": 32,
    "max_position_embeddings": 16,
    # Random numbers in every step: what restores their generator shows in the loss.
    "attention_dropout": 0.1,
}
LORA = {"r": 2, "lora_alpha": 4, "lora_dropout": 0.1, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}
# Of a full model that is saved in several files.
SHARD_BYTES = 3000


def base() -> LlamaForCausalLM:
    torch.manual_seed(0)
    return named(LlamaForCausalLM(LlamaConfig(**SIZES)))


def lora(adapter: str = "default") -> PeftModel:
    torch.manual_seed(0)
    return get_peft_model(base(), LoraConfig(**LORA), adapter_name=adapter)


def lora_as_torch_file() -> PeftModel:
    return saving_with(lora(), safe_serialization=False)


def sharded() -> LlamaForCausalLM:
    return saving_with(base(), max_shard_size=SHARD_BYTES)


def saving_with(model, **options):
    """Trainer passes no such options on."""
    save = model.save_pretrained
    model.save_pretrained = lambda *arguments, **named: save(*arguments, **{**named, **options})
    return model


MODELS = {
    "lora": lora,
    "lora-named": lambda: lora("mine"),
    "lora-bin": lora_as_torch_file,
    "full": base,
    "full-sharded": sharded,
}


def tokenizer() -> PreTrainedTokenizerFast:
    words = {"<pad>": 0, **{f"w{at}": at for at in range(1, SIZES["vocab_size"])}}
    return PreTrainedTokenizerFast(tokenizer_object=Tokenizer(WordLevel(words, "<pad>")), pad_token="<pad>")


class Tokens(torch.utils.data.Dataset):
    def __init__(self, count: int) -> None:
        self.count = count

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, at: int) -> dict:
        tokens = (torch.arange(6) * (at % 5 + 1) + at) % (SIZES["vocab_size"] - 1) + 1
        return {"input_ids": tokens, "labels": tokens}

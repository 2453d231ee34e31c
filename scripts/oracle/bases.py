"""The tiny models that adapters are made for, what they are asked, and how a model is trained."""

import copy
from functools import cache

import torch
from torch import nn
from transformers import LlamaConfig, LlamaForCausalLM, LlamaForSequenceClassification, MixtralConfig, MixtralForCausalLM

from common import BASE_NAME, tiny_base

VOCABULARY = 64
LABELS = 3


class TinyConv(nn.Module):
    """An embedding, two convolutions and a linear layer: what LoRA treats by other rules than a linear layer."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(VOCABULARY, 16)
        self.conv1 = nn.Conv1d(16, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(1, 4, 3, padding=1)
        self.head = nn.Linear(64, VOCABULARY)

    def forward(self, input_ids):
        hidden = self.embed(input_ids).transpose(1, 2)
        hidden = torch.tanh(self.conv1(hidden)).transpose(1, 2)
        hidden = torch.tanh(self.conv2(hidden.unsqueeze(1))).transpose(1, 2).flatten(2)
        return self.head(hidden)


def small_llama(**options) -> LlamaConfig:
    return LlamaConfig(
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        vocab_size=VOCABULARY,
        max_position_embeddings=32,
        **options,
    )


def seeded(make):
    torch.manual_seed(0)
    model = make()
    if hasattr(model, "config"):
        model.config.name_or_path = BASE_NAME
        model.name_or_path = BASE_NAME
    return model


def with_biases() -> nn.Module:
    """Llama with biases in its attention, away from 0, so that training them shows."""
    model = LlamaForCausalLM(small_llama(attention_bias=True))
    for name, parameter in model.named_parameters():
        if name.endswith(".bias"):
            nn.init.normal_(parameter, std=0.1)
    return model


def mixtral() -> nn.Module:
    return MixtralForCausalLM(
        MixtralConfig(
            hidden_size=16,
            intermediate_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=2,
            vocab_size=VOCABULARY,
            num_local_experts=2,
            num_experts_per_tok=2,
        )
    )


MAKERS = {
    "llama": tiny_base,
    "llama-bias": lambda: seeded(with_biases),
    "classifier": lambda: seeded(
        lambda: LlamaForSequenceClassification(small_llama(num_labels=LABELS, pad_token_id=0))
    ),
    "experts": lambda: seeded(mixtral),
    "conv": lambda: seeded(TinyConv),
}


@cache
def pristine(name: str) -> nn.Module:
    """Weights are made ten times those of an initialised model, so that layers matter to the output."""
    model = MAKERS[name]().eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1 and name != "conv":
                parameter.mul_(8)
    return model


def base(name: str) -> nn.Module:
    """A copy of the base of that name, always the same."""
    return copy.deepcopy(pristine(name))


def probes() -> list[torch.Tensor]:
    """Every token of the vocabulary, in order and in another order: embeddings of all tokens matter."""
    tokens = torch.arange(VOCABULARY)
    return [tokens.reshape(4, 16), (tokens * 29 % VOCABULARY).reshape(4, 16)]


@torch.no_grad()
def ask(model: nn.Module, tasks: bool = False) -> torch.Tensor:
    """What the model says to every probe; of virtual tokens in front nothing is kept."""
    model.eval()
    said = []
    for tokens in probes():
        options = {"task_ids": torch.zeros(len(tokens), dtype=torch.long)} if tasks else {}
        out = model(input_ids=tokens, **options)
        logits = out if isinstance(out, torch.Tensor) else out.logits
        said.append((logits[:, -tokens.shape[1] :] if logits.dim() == 3 else logits).flatten())
    return torch.cat(said).double()


def train(model: nn.Module, steps: int, learning_rate: float, tasks: bool) -> None:
    """Real optimizer steps on what is trainable."""
    parameters = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=learning_rate)
    tokens = probes()[0]
    options = {"task_ids": torch.zeros(len(tokens), dtype=torch.long)} if tasks else {}
    torch.manual_seed(7)
    for _ in range(steps):
        out = model(input_ids=tokens, **options)
        logits = out if isinstance(out, torch.Tensor) else out.logits
        if logits.dim() == 2:
            targets = tokens[:, 0] % LABELS
        else:
            logits, targets = logits[:, -tokens.shape[1] :], (tokens * 5 + 3) % VOCABULARY
        loss = nn.functional.cross_entropy(logits.flatten(0, -2), targets.flatten())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()

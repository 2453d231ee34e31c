"""One adapter in the making of a case: its configuration, its tensors, its files."""

import io
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

import torch
from safetensors.torch import load, save

from originals import Original

CONFIG = "adapter_config.json"
SAFETENSORS = "adapter_model.safetensors"
BIN = "adapter_model.bin"
METADATA = {"format": "pt"}


class NotApplicable(Exception):
    """This damage cannot be done to this adapter."""


@dataclass
class Work:
    """What a damage changes. `files` are what is written; tensors and configuration stand in them at the end."""

    original: Original
    config: dict
    state: dict[str, torch.Tensor]
    rng: random.Random
    made: "Made"
    extra: dict[str, bytes] = field(default_factory=dict)
    metadata: dict | None = field(default_factory=lambda: dict(METADATA))
    suffix: str = "safetensors"
    # Which of several things a damage has hit, where its name does not say.
    note: str = ""

    @property
    def weights(self) -> str:
        return f"adapter_model.{self.suffix}"

    def need(self, condition) -> None:
        if not condition:
            raise NotApplicable

    def rename(self, change: Callable[[str], str]) -> None:
        """Renames every tensor; a change that changes nothing, or makes two one, does not apply."""
        renamed = {change(name): tensor for name, tensor in self.state.items()}
        self.need(len(renamed) == len(self.state) and list(renamed) != list(self.state))
        self.state = renamed

    def keep(self, wanted: Callable[[str], bool]) -> None:
        """Keeps some tensors: at least one goes and at least one stays."""
        kept = {name: tensor for name, tensor in self.state.items() if wanted(name)}
        self.need(0 < len(kept) < len(self.state))
        self.state = kept

    def floats(self) -> list[str]:
        names = [name for name, tensor in self.state.items() if tensor.is_floating_point()]
        self.need(names)
        return names

    def pick(self, names: list[str] | None = None) -> str:
        return self.rng.choice(names or sorted(self.state))

    def every(self, change: Callable[[torch.Tensor], torch.Tensor]) -> None:
        for name in self.floats():
            self.state[name] = change(self.state[name].clone()).contiguous()

    def files(self) -> dict[str, bytes]:
        state = {name: tensor.contiguous().clone() for name, tensor in self.state.items()}
        content = save(state, self.metadata) if self.suffix == "safetensors" else torch_bytes(state)
        return {CONFIG: json.dumps(self.config, indent=2).encode(), self.weights: content, **self.extra}


@dataclass
class Made:
    """The files of all originals, trained and as they start."""

    folder: Path
    originals: dict[str, Original]

    def start(self, id: str, rng: random.Random, trained: bool = True) -> Work:
        original = self.originals[id]
        place = self.folder / ("trained" if trained else "untrained") / id
        content = (place / original.file).read_bytes()
        if original.suffix == "safetensors":
            state = load(content)
        else:
            state = torch.load(io.BytesIO(content), weights_only=True)
        config = json.loads((place / CONFIG).read_text())
        # The reader gives tensors in an order of its own each time.
        state = {name: state[name] for name in sorted(state)}
        return Work(original, config, state, rng, self, suffix=original.suffix)


def torch_bytes(value, **options) -> bytes:
    buffer = io.BytesIO()
    torch.save(value, buffer, **options)
    return buffer.getvalue()


def layer_of(name: str) -> int | None:
    found = re.search(r"\.layers\.(\d+)\.", name)
    return int(found.group(1)) if found else None


def module_of(name: str) -> str:
    """The module that an adapter's tensor belongs to: all before the tuner's own part of the name."""
    parts = name.split(".")
    for at, part in enumerate(parts):
        if is_tuner_part(part):
            return ".".join(parts[:at])
    return ".".join(parts[:-1])


TUNER_PARTS = re.compile(
    r"^(lora_|hada_|lokr_|ia3_|boft_|oft_|vera_|randlora_|fourierft_|hra_|vblora_|unilora_|miss_|road_|shira_|c3a_|waveft_"
    r"|osf_|delora_|gralora_|tinylora_|psoft_|peanut_|supertuning_|deft_|glora_|hira_|lily_|frod_|pvera_|beft_|adamss_|poly_"
    r"|adaption_|shadow_|ln_tuning|trainable_tokens)"
)


def is_tuner_part(part: str) -> bool:
    return TUNER_PARTS.match(part) is not None


def kind_of(name: str) -> str:
    """What of the tuner a tensor is: the name behind its module, without numbers."""
    rest = name[len(module_of(name)) :].strip(".")
    return re.sub(r"\d+", "N", rest)

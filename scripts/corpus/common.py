"""What every part of the corpus shares: a tiny base model, and how a case is written."""

import json
import logging
import os
import re
import shutil
import struct
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import accelerate
import peft
import safetensors
import torch
import transformers
from transformers import (
    BartConfig,
    BartForSequenceClassification,
    LlamaConfig,
    LlamaForCausalLM,
    LlamaForSequenceClassification,
)

CORPUS = Path(__file__).resolve().parents[2] / "__tests__" / "corpus"
BASE_NAME = "tiny-org/tiny-llama"
SIZES = {
    "hidden_size": 16,
    "intermediate_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 2,
    "vocab_size": 64,
    "max_position_embeddings": 32,
}
VERSIONS = {
    "accelerate": accelerate.__version__,
    "peft": peft.__version__,
    "safetensors": safetensors.__version__,
    "torch": torch.__version__,
    "transformers": transformers.__version__,
}


def tiny_base(seed: int = 0) -> LlamaForCausalLM:
    """The base of every adapter: two layers, 64 tokens, the same for the same seed."""
    torch.manual_seed(seed)
    return named(LlamaForCausalLM(LlamaConfig(**SIZES)))


def tiny_classifier() -> LlamaForSequenceClassification:
    torch.manual_seed(0)
    return named(LlamaForSequenceClassification(LlamaConfig(pad_token_id=0, **SIZES)))


def tiny_bart_classifier() -> BartForSequenceClassification:
    torch.manual_seed(0)
    sides = {
        f"{side}_{field}": value
        for side in ("encoder", "decoder")
        for field, value in (("layers", 1), ("attention_heads", 2), ("ffn_dim", 32))
    }
    return named(BartForSequenceClassification(BartConfig(d_model=16, vocab_size=64, max_position_embeddings=32, **sides)))


def named(model):
    """As if it came from the Hub."""
    model.config.name_or_path = BASE_NAME
    model.name_or_path = BASE_NAME
    return model


def train(model, steps: int = 2, learning_rate: float = 1e-2) -> None:
    """A few real optimizer steps on what the model leaves trainable."""
    parameters = [one for one in model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=learning_rate)
    tokens = torch.arange(16).reshape(2, 8) % 60 + 1
    for _ in range(steps):
        loss = model(input_ids=tokens, labels=tokens).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()


@dataclass
class Case:
    """One case: what its tree holds, what git cannot keep of it, what a loader says."""

    id: str
    title: str
    empty_folders: list[str] = field(default_factory=list)
    modes: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    # A healthy case that this check, done carelessly, would report.
    false_alarm: str = ""
    # (path below the tree, name of a loader in loaders.py)
    loads: list[tuple[str, str]] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return CORPUS / self.id

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    def start(self) -> Path:
        """Gives the tree, empty; the expected report beside it stays."""
        shutil.rmtree(self.tree, ignore_errors=True)
        self.tree.mkdir(parents=True)
        return self.tree

    def copy_from(self, other: str) -> Path:
        """Starts with the tree of another case."""
        self.start()
        shutil.copytree(CORPUS / other / "tree", self.tree, dirs_exist_ok=True)
        return self.tree

    def finish(self) -> None:
        """Writes the manifest, with the answers of the real loaders."""
        from loaders import answers_for

        manifest = {"schema": 1, "id": self.id, "title": self.title, "madeWith": VERSIONS}
        for key, value in (
            ("emptyFolders", self.empty_folders),
            ("modes", self.modes),
            ("links", self.links),
            ("options", self.options),
            ("falseAlarm", self.false_alarm),
        ):
            if value:
                manifest[key] = value
        if self.loads:
            manifest["loaders"] = answers_for(self)
        if not any(self.tree.iterdir()):
            self.tree.rmdir()
        write_json(self.folder / "manifest.json", manifest)


def write_json(path: Path, value) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def safetensors_bytes(header: str | bytes, data: bytes = b"", length: int | None = None) -> bytes:
    """A safetensors file with exactly this header text, right or wrong."""
    text = header.encode() if isinstance(header, str) else header
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def split_safetensors(content: bytes) -> tuple[dict, bytes]:
    """The header as Python values, and the data."""
    (length,) = struct.unpack("<Q", content[:8])
    return json.loads(content[8 : 8 + length]), content[8 + length :]


def quiet() -> None:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ["HF_HUB_OFFLINE"] = "1"
    warnings.filterwarnings("ignore")
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(1)
    # It logs a whole traceback for what dcp.load raises anyway.
    logging.getLogger("torch.distributed.checkpoint").setLevel(logging.CRITICAL)


def scrub(text: str, *folders: Path) -> str:
    """Takes the paths of this machine out of a loader's words."""
    for folder in folders:
        text = text.replace(str(folder), "<dir>")
    return re.sub(r"(?:/[\w.+-]+){2,}/(?=[\w.-]+\.py)", "", text)

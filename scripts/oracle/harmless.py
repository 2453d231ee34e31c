"""What changes nothing that a loader reads: Checkpoint Gate has to stay silent on it."""

import json
import struct

from common import safetensors_bytes, split_safetensors
from damage_files import on_weights
from registry import Damage, add, damage, file_damage
from work import BIN, CONFIG, Work, torch_bytes

GROUP = "harmless"


@damage("untouched", GROUP)
def untouched(_work: Work) -> None:
    """The adapter as PEFT saved it, written again."""


@damage("order-reversed", GROUP)
def order_reversed(work: Work) -> None:
    work.need(len(work.state) > 1)
    work.state = dict(reversed(work.state.items()))


@damage("metadata-gone", GROUP)
def metadata_gone(work: Work) -> None:
    work.need(work.suffix == "safetensors")
    work.metadata = None


@damage("metadata-more", GROUP)
def metadata_more(work: Work) -> None:
    work.need(work.suffix == "safetensors")
    work.metadata = {"format": "pt", "step": "6", "note": "ü\n"}


@damage("format-bin", GROUP)
def format_bin(work: Work) -> None:
    work.need(work.suffix == "safetensors")
    work.suffix = "bin"


@damage("format-safetensors", GROUP)
def format_safetensors(work: Work) -> None:
    work.need(work.suffix == "bin")
    work.suffix = "safetensors"


@damage("files-more", GROUP)
def files_more(work: Work) -> None:
    work.extra = {"README.md": b"# Adapter\n", "notes.txt": b"good\n", "tokenizer.json": b"{}", "merges.txt": b""}


@damage("config-field-unknown", GROUP)
def field_unknown(work: Work) -> None:
    """A field of a later PEFT, which this one passes over."""
    work.config["future_field"] = 1


@damage("config-order", GROUP)
def config_order(work: Work) -> None:
    work.config = dict(reversed(work.config.items()))


@damage("config-base-null", GROUP)
def base_null(work: Work) -> None:
    work.config["base_model_name_or_path"] = None


@damage("config-base-other", GROUP)
def base_other(work: Work) -> None:
    work.config["base_model_name_or_path"] = "/scratch/models/tiny"


@damage("config-training", GROUP)
def config_training(work: Work) -> None:
    work.config["inference_mode"] = False


@damage("config-dropout", GROUP)
def config_dropout(work: Work) -> None:
    work.need("lora_dropout" in work.config)
    work.config["lora_dropout"] = 0.1


@damage("config-revision", GROUP)
def config_revision(work: Work) -> None:
    work.config["revision"] = "main"


@damage("config-version-gone", GROUP)
def version_gone(work: Work) -> None:
    work.need("peft_version" in work.config)
    del work.config["peft_version"]


@damage("config-target-as-regex", GROUP)
def target_as_regex(work: Work) -> None:
    target = work.config.get("target_modules")
    # PEFT refuses an expression beside a list of layers.
    work.need(isinstance(target, list) and target and not work.config.get("layers_to_transform"))
    work.config["target_modules"] = rf"(.*\.)?({'|'.join(sorted(target))})"


@damage("config-target-full-names", GROUP)
def target_full_names(work: Work) -> None:
    target = work.config.get("target_modules")
    work.need(isinstance(target, list) and set(target) == {"q_proj", "v_proj"} and work.original.id != "lora-exclude")
    work.config["target_modules"] = [f"model.layers.{at}.self_attn.{one}" for at in (0, 1) for one in sorted(target)]


def compact(_work: Work, files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, CONFIG: json.dumps(json.loads(files[CONFIG]), separators=(",", ":")).encode()}


add(Damage("config-compact", GROUP, on_files=compact))


@file_damage("config-key-repeated", GROUP)
def key_repeated(_work: Work, files: dict[str, bytes]) -> dict[str, bytes]:
    """The last one counts."""
    return {**files, CONFIG: files[CONFIG].replace(b"{", b'{\n  "peft_type": "SUPERLORA",', 1)}


@file_damage("bin-beside", GROUP)
def bin_beside(work: Work, files: dict[str, bytes]) -> dict[str, bytes]:
    work.need(work.suffix == "safetensors")
    return {**files, BIN: torch_bytes(work.state)}


@file_damage("bin-beside-broken", GROUP)
def bin_beside_broken(work: Work, files: dict[str, bytes]) -> dict[str, bytes]:
    """A .bin beside a safetensors file is never read."""
    work.need(work.suffix == "safetensors")
    return {**files, BIN: b"temp model data\n"}


on_weights("header-padded", lambda c: padded(c, 64), "safetensors", GROUP)
on_weights("header-rewritten", lambda c: safetensors_bytes(json.dumps(split_safetensors(c)[0]), split_safetensors(c)[1]), "safetensors", GROUP)
on_weights("header-space-in-front", lambda c: safetensors_bytes(" " + json.dumps(split_safetensors(c)[0]), split_safetensors(c)[1]), "safetensors", GROUP)


def padded(content: bytes, by: int) -> bytes:
    (length,) = struct.unpack("<Q", content[:8])
    return struct.pack("<Q", length + by) + content[8 : 8 + length] + b" " * by + content[8 + length :]



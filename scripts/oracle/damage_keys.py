"""Damages to the names of tensors: what wrappers, merges and conversions leave in them."""

import re

from registry import add, damage
from registry import Damage
from work import Work, kind_of, layer_of

PREFIX = "base_model.model."


def renaming(id: str, change) -> None:
    def act(work: Work) -> None:
        work.rename(change)

    add(Damage(id, "keys", change=act))


def inside(token: str):
    """Behind PEFT's prefix; in front where there is none."""
    return lambda name: (
        f"{PREFIX}{token}{name[len(PREFIX):]}" if name.startswith(PREFIX) else f"{token}{name}"
    )


RENAMINGS = {
    "prefix-missing": lambda name: name.removeprefix(PREFIX),
    "prefix-base-model-alone": lambda name: name.replace(PREFIX, "base_model.", 1),
    "prefix-model-alone": lambda name: name.removeprefix("base_model."),
    "prefix-doubled": lambda name: f"{PREFIX}{name}",
    "prefix-module": lambda name: f"module.{name}",
    "prefix-orig-mod": lambda name: f"_orig_mod.{name}",
    "prefix-fsdp": lambda name: f"_fsdp_wrapped_module.{name}",
    "prefix-foreign": lambda name: f"thinker.{name}",
    "prefix-family-inside": inside("language_model."),
    "prefix-model-doubled": inside("model."),
    "orig-mod-inside": inside("_orig_mod."),
    "module-inside": inside("module."),
    "fsdp-inside-layer": lambda name: re.sub(r"(\.layers\.\d+\.)", r"\1_fsdp_wrapped_module.", name),
    "checkpoint-wrapped": lambda name: re.sub(r"(\.layers\.\d+\.)", r"\1_checkpoint_wrapped_module.", name),
    "layers-renamed": lambda name: name.replace(".layers.", ".h."),
    "layers-shifted": lambda name: re.sub(r"\.layers\.(\d+)\.", lambda m: f".layers.{int(m[1]) + 1}.", name),
    "layers-far": lambda name: re.sub(r"\.layers\.(\d+)\.", lambda m: f".layers.{int(m[1]) + 7}.", name),
    "modules-renamed": lambda name: name.replace(".self_attn.", ".attention."),
    "separators-underscore": lambda name: name.replace(".", "_"),
    "separators-slash": lambda name: name.replace(".", "/"),
    "names-lower-case": lambda name: name.lower(),
    "names-upper-case": lambda name: name.upper(),
    "names-padded": lambda name: f" {name}",
    "suffix-weight-added": lambda name: f"{name}.weight",
    "suffix-weight-dropped": lambda name: name.removesuffix(".weight"),
    "suffix-plain-weight": lambda name: re.sub(r"\.[^.]+$", ".data", name),
    "lora-to-kohya": lambda name: name.replace("lora_A", "lora_down").replace("lora_B", "lora_up"),
    "lora-to-processor": lambda name: name.replace(".lora_A.", ".processor.lora_A.").replace(".lora_B.", ".processor.lora_B."),
    "tuner-case": lambda name: name.replace("lora_A", "lora_a").replace("lora_B", "lora_b"),
}

for id, change in RENAMINGS.items():
    renaming(id, change)


def with_adapter_name(name: str, adapter: str) -> str:
    """As `model.state_dict()` names it: the adapter's name behind the tuner's part, or at the end."""
    stem, dot, last = name.rpartition(".")
    if last in ("weight", "bias"):
        return f"{stem}.{adapter}{dot}{last}"
    return f"{name}.{adapter}"


@damage("adapter-name-default", "keys")
def adapter_name_default(work: Work) -> None:
    work.rename(lambda name: with_adapter_name(name, "default"))


@damage("adapter-name-other", "keys")
def adapter_name_other(work: Work) -> None:
    work.rename(lambda name: with_adapter_name(name, "mine"))


@damage("modules-to-save-name-left", "keys")
def modules_to_save_name(work: Work) -> None:
    saved = work.config.get("modules_to_save") or []
    work.need(saved)
    ends = tuple(f".{one}.weight" for one in saved)
    work.rename(
        lambda name: name.replace(".weight", ".modules_to_save.default.weight") if name.endswith(ends) else name
    )


@damage("sides-swapped", "keys")
def sides_swapped(work: Work) -> None:
    """A under B's name and B under A's."""
    swap = {"lora_A": "lora_B", "lora_B": "lora_A"}
    work.rename(lambda name: re.sub("lora_A|lora_B", lambda found: swap[found[0]], name))


@damage("one-key-typo", "keys", picks=True)
def one_key_typo(work: Work) -> None:
    chosen = work.pick()
    at = work.rng.randrange(len(chosen))
    work.rename(lambda name: f"{name[:at]}x{name[at:]}" if name == chosen else name)


@damage("half-with-module", "keys", picks=True)
def half_with_module(work: Work) -> None:
    """What one of two wrappers left."""
    names = sorted(work.state)
    work.need(len(names) > 1)
    chosen = set(work.rng.sample(names, len(names) // 2))
    work.rename(lambda name: f"module.{name}" if name in chosen else name)


@damage("one-layer-orig-mod", "keys", picks=True)
def one_layer_compiled(work: Work) -> None:
    """torch.compile of one block alone."""
    layers = sorted({layer for name in work.state if (layer := layer_of(name)) is not None})
    work.need(layers)
    layer = work.rng.choice(layers)
    work.rename(lambda name: name.replace(f".layers.{layer}.", f".layers.{layer}._orig_mod."))


@damage("one-kind-renamed", "keys", picks=True)
def one_kind_renamed(work: Work) -> None:
    """All tensors of one kind under a name of another version."""
    kind = work.pick(sorted({kind_of(name) for name in work.state}))
    work.rename(lambda name: f"{name}_v2" if kind_of(name) == kind else name)

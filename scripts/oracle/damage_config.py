"""Damages to adapter_config.json: fields that are wrong, absent, or promise what the weights do not hold."""

import math

from registry import Damage, add, damage, file_damage
from work import CONFIG, Work, layer_of, module_of

ABSENT = object()


def setting(id: str, group: str = "config", needs: str | None = None, **fields) -> None:
    """Sets fields; applies where `needs` (or each field) is a field of the type and something changes."""

    def act(work: Work) -> None:
        for name in [needs] if needs else fields:
            work.need(name in work.config)
        before = dict(work.config)
        for name, value in fields.items():
            if value is ABSENT:
                work.config.pop(name, None)
            else:
                work.config[name] = value(work.config.get(name)) if callable(value) else value
        work.need(repr(work.config) != repr(before))

    add(Damage(id, group, change=act))


def number(change):
    """Changes a number; NotApplicable comes from nothing having changed where it is none."""
    return lambda value: change(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


setting("r-plus-one", r=number(lambda r: r + 1))
setting("r-doubled", r=number(lambda r: r * 2))
setting("r-one", r=number(lambda _: 1))
setting("r-zero", r=0)
setting("r-negative", r=-2)
setting("r-null", r=None)
setting("r-absent", r=ABSENT)
setting("r-text", r=number(str))
setting("r-fraction", r=number(float))
setting("r-list", r=number(lambda r: [r]))
setting("r-true", r=True)

setting("alpha-zero", lora_alpha=0)
setting("alpha-negative", lora_alpha=number(lambda alpha: -alpha))
setting("alpha-nan", lora_alpha=math.nan)
setting("alpha-infinite", lora_alpha=math.inf)
setting("alpha-null", lora_alpha=None)
setting("alpha-text", lora_alpha=number(str))
setting("alpha-word", lora_alpha="high")
setting("alpha-absent", lora_alpha=ABSENT)
setting("alpha-doubled", lora_alpha=number(lambda alpha: alpha * 2))
setting("alpha-tiny", lora_alpha=1e-30)
setting("alpha-pattern-zero", alpha_pattern={"q_proj": 0, "v_proj": 0})
setting("alpha-pattern-some", alpha_pattern={"v_proj": 32})
setting("other-alpha-zero", needs="alpha", alpha=0)

setting("target-wrong", target_modules=["c_attn"])
setting("target-empty", target_modules=[])
setting("target-null", target_modules=None)
setting("target-absent", target_modules=ABSENT)
setting("target-more", target_modules=lambda old: [*old, "o_proj"] if isinstance(old, list) else old)
setting("target-more-unknown", target_modules=lambda old: [*old, "c_attn"] if isinstance(old, list) else old)
setting("target-fewer", target_modules=lambda old: sorted(old)[:-1] if isinstance(old, list) and len(old) > 1 else old)
setting("target-regex-none", target_modules=r".*\.c_attn")
setting("target-regex-part", target_modules=r".*\.layers\.0\.self_attn\.(q|v)_proj")
setting("target-regex-invalid", target_modules="(q_proj")
setting("target-all-linear", target_modules="all-linear")
setting("target-one-text", target_modules="q_proj")
setting("target-number", target_modules=7)
setting("target-case", target_modules=lambda old: [one.upper() for one in old] if isinstance(old, list) else old)

for other in ("LORA", "IA3", "LOHA", "ADALORA", "PROMPT_TUNING", "VERA", "OFT", "PREFIX_TUNING", "LN_TUNING", "MISS"):
    setting(f"type-{other.lower().replace('_', '-')}", peft_type=other)
setting("type-lower-case", peft_type=lambda old: old.lower())
setting("type-unknown", peft_type="SUPERLORA")
setting("type-null", peft_type=None)
setting("type-absent", peft_type=ABSENT)
setting("type-number", peft_type=1)
setting("type-list", peft_type=lambda old: [old])

setting("modules-to-save-promised", modules_to_save=["lm_head"])
setting("modules-to-save-unknown", modules_to_save=["classifier"])
setting("modules-to-save-text", modules_to_save="lm_head")
setting("modules-to-save-dropped", modules_to_save=lambda old: None if old else old)
setting("dora-promised", use_dora=True)
setting("dora-dropped", use_dora=lambda old: False if old else old)
setting("rslora-promised", use_rslora=True)
setting("rslora-dropped", use_rslora=lambda old: False if old else old)
setting("lora-bias-promised", lora_bias=True)
setting("lora-bias-dropped", lora_bias=lambda old: False if old else old)
setting("bias-all", bias="all")
setting("bias-invalid", bias="some")
setting("fan-in-fan-out", fan_in_fan_out=True)
setting("rank-pattern-wrong", rank_pattern={"v_proj": 3})
setting("rank-pattern-no-match", group="harmless", rank_pattern={"c_attn": 3})
setting("rank-pattern-dropped", rank_pattern=lambda old: {} if old else old)
setting("rank-pattern-text", rank_pattern="v_proj")
setting("layers-first", layers_to_transform=[0])
setting("layers-beyond", layers_to_transform=[7])
setting("layers-number", layers_to_transform=1)
setting("layers-text", layers_to_transform="0")
setting("layers-pattern-wrong", layers_to_transform=[0, 1], layers_pattern="blocks")
setting("exclude-q", exclude_modules=["q_proj"])
setting("exclude-all", exclude_modules=["q_proj", "v_proj", "k_proj", "down_proj"])
setting("trainable-tokens-promised", trainable_token_indices=[1, 2])
setting("trainable-tokens-dropped", trainable_token_indices=lambda old: None if old else old)
setting("trainable-tokens-more", trainable_token_indices=lambda old: [*old, 9] if isinstance(old, list) else old)
setting("tokens-more", token_indices=lambda old: [*old, 9] if isinstance(old, list) else old)
setting("tokens-others", token_indices=lambda old: [one + 10 for one in old] if isinstance(old, list) else old)
setting("tokens-beyond", token_indices=lambda old: [one + 1000 for one in old] if isinstance(old, list) else old)
setting("parameters-dropped", target_parameters=lambda old: None if old else old)
setting("parameters-promised", target_parameters=["mlp.experts.down_proj"])
setting("init-pissa", init_lora_weights="pissa")
setting("init-gaussian", init_lora_weights="gaussian")
setting("init-false", init_lora_weights=False)
setting("init-mica", init_lora_weights="mica")
setting("init-unknown", init_lora_weights="zeros")
setting("init-weights-false", init_weights=lambda old: False if old is True else old)

setting("task-wrong", task_type="CAUSAL")
setting("task-other", task_type=lambda old: "SEQ_CLS" if old == "CAUSAL_LM" else "CAUSAL_LM")
setting("task-null", task_type=None)
setting("task-absent", task_type=ABSENT)
setting("virtual-tokens-more", num_virtual_tokens=number(lambda old: old + 1))
setting("virtual-tokens-fewer", num_virtual_tokens=number(lambda old: old - 1))
setting("token-dim-halved", token_dim=number(lambda old: old // 2))
setting("num-layers-more", num_layers=number(lambda old: old + 1))
setting("num-attention-heads-other", num_attention_heads=number(lambda old: old + 1))
setting("dropout-text", lora_dropout="none")
setting("dropout-two", lora_dropout=2.0)
setting("feedforward-other", feedforward_modules=lambda old: ["q_proj"] if isinstance(old, list) else old)
setting("layer-replication", layer_replication=[[0, 2], [0, 2]])
setting("adapter-len-more", adapter_len=number(lambda old: old + 1))
setting("adapter-layers-fewer", adapter_layers=number(lambda old: old - 1))

# Fields of one tuner that say how large its tensors are, or how they are read.
COMMON_FIELDS = {
    "r", "lora_alpha", "num_virtual_tokens", "token_dim", "num_layers", "num_attention_heads",
    "num_transformer_submodules", "adapter_len", "adapter_layers", "lora_dropout", "layers_to_transform",
}  # fmt: skip


@damage("own-number-changed", "config", picks=True)
def own_number_changed(work: Work) -> None:
    """One more, for a whole number of this type's own fields."""
    names = [
        name
        for name, value in work.config.items()
        if isinstance(value, int) and not isinstance(value, bool) and name not in COMMON_FIELDS
    ]
    work.need(names)
    name = work.pick(sorted(names))
    work.config[name] += 1
    work.note = name


@damage("own-switch-changed", "config", picks=True)
def own_switch_changed(work: Work) -> None:
    """The other value of a switch of this type's own fields."""
    names = [name for name, value in work.config.items() if isinstance(value, bool) and name != "inference_mode"]
    work.need(names)
    name = work.pick(sorted(names))
    work.config[name] = not work.config[name]
    work.note = name


@damage("config-of-other-type", "config", picks=True)
def config_of_other(work: Work) -> None:
    work.need(work.original.main)
    mains = [one for one in work.made.originals.values() if one.main and one.base == work.original.base]
    others = {one.id: work.made.start(one.id, work.rng).config for one in mains}
    names = sorted(id for id, config in others.items() if config["peft_type"] != work.config["peft_type"])
    work.need(names)
    work.config = others[work.rng.choice(names)]


@damage("config-minimal", "config")
def config_minimal(work: Work) -> None:
    """Only the type and what is not the default."""
    wanted = ("peft_type", "task_type", "r", "target_modules", "base_model_name_or_path")
    work.config = {name: work.config[name] for name in wanted if name in work.config}


@damage("config-type-alone", "config")
def config_type_alone(work: Work) -> None:
    work.config = {"peft_type": work.config["peft_type"]}


@damage("shifted-layers-config", "config")
def layers_and_names(work: Work) -> None:
    """layers_to_transform names the layer whose tensors are gone."""
    work.need("layers_to_transform" in work.config and not work.config["layers_to_transform"])
    work.config["layers_to_transform"] = [0]
    work.keep(lambda name: layer_of(name) != 0)


@damage("head-never-saved", "config")
def head_never_saved(work: Work) -> None:
    """A classifier whose head is in no list: neither promised nor saved."""
    work.need(work.config.get("task_type") == "SEQ_CLS" and work.config.get("modules_to_save"))
    work.config["modules_to_save"] = None
    work.keep(lambda name: not module_of(name).endswith(".score"))


CONTENTS = {
    "config-empty-file": b"",
    "config-space": b" \n",
    "config-not-json": b"lora r=2\n",
    "config-list": b"[]",
    "config-empty-object": b"{}",
    "config-null": b"null",
    "config-text": b'"lora"',
    "config-lfs-pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d7a2146" * 8 + b"\nsize 700\n",
    "config-html": b"<!DOCTYPE html>\n<html><body>Sign in</body></html>\n",
}

for id, content in CONTENTS.items():
    add(Damage(id, "config", on_files=lambda _work, files, content=content: {**files, CONFIG: content}))


def on_config(id: str, change, group: str = "config") -> None:
    add(Damage(id, group, on_files=lambda _work, files: {**files, CONFIG: change(files[CONFIG])}))


on_config("config-truncated", lambda content: content[: len(content) // 2])
on_config("config-last-byte-gone", lambda content: content[:-1])
on_config("config-trailing-comma", lambda content: content[:-2] + b",\n}")
on_config("config-bom", lambda content: b"\xef\xbb\xbf" + content)
on_config("config-utf16", lambda content: content.decode().encode("utf-16"))
on_config("config-latin1", lambda content: content.replace(b"{", b'{\n  "note": "\xe9",', 1))
on_config("config-zeros", lambda content: bytes(len(content)))
on_config("config-twice", lambda content: content + content)
on_config("config-single-quotes", lambda content: content.replace(b'"', b"'"))


@file_damage("config-gone", "config")
def config_gone(_work: Work, files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name != CONFIG}

"""Damages to which tensors there are, and of which shape and type."""

import torch
from bases import base
from registry import Damage, add, damage
from work import Work, kind_of, layer_of, module_of


def kinds(work: Work) -> list[str]:
    return sorted({kind_of(name) for name in work.state})


@damage("no-tensors", "structure")
def no_tensors(work: Work) -> None:
    work.state = {}


@damage("first-kind-gone", "structure")
def first_kind_gone(work: Work) -> None:
    """B without A."""
    work.keep(lambda name: kind_of(name) != kinds(work)[0])


@damage("last-kind-gone", "structure")
def last_kind_gone(work: Work) -> None:
    """A without B."""
    work.keep(lambda name: kind_of(name) != kinds(work)[-1])


@damage("one-tensor-gone", "structure", picks=True)
def one_tensor_gone(work: Work) -> None:
    chosen = work.pick()
    work.keep(lambda name: name != chosen)


@damage("one-module-gone", "structure", picks=True)
def one_module_gone(work: Work) -> None:
    chosen = module_of(work.pick())
    work.keep(lambda name: module_of(name) != chosen)


@damage("last-layer-gone", "structure")
def last_layer_gone(work: Work) -> None:
    work.keep(lambda name: layer_of(name) != 1)


@damage("first-layer-gone", "structure")
def first_layer_gone(work: Work) -> None:
    work.keep(lambda name: layer_of(name) != 0)


@damage("one-module-kind-gone", "structure", picks=True)
def one_module_kind_gone(work: Work) -> None:
    """All v_proj."""
    chosen = module_of(work.pick()).rpartition(".")[2]
    work.keep(lambda name: module_of(name).rpartition(".")[2] != chosen)


@damage("outside-layers-gone", "structure")
def outside_layers_gone(work: Work) -> None:
    """Heads, embeddings and shared tables."""
    work.keep(lambda name: layer_of(name) is not None)


@damage("transposed-all", "structure")
def transposed_all(work: Work) -> None:
    names = [name for name, tensor in work.state.items() if tensor.dim() == 2 and tensor.shape[0] != tensor.shape[1]]
    work.need(names)
    for name in names:
        work.state[name] = work.state[name].t().contiguous()


@damage("transposed-one", "structure", picks=True)
def transposed_one(work: Work) -> None:
    names = [name for name, tensor in work.state.items() if tensor.dim() == 2 and tensor.shape[0] != tensor.shape[1]]
    work.need(names)
    name = work.pick(names)
    work.state[name] = work.state[name].t().contiguous()


def reshaping(id: str, one: bool, change) -> None:
    def act(work: Work) -> None:
        names = [name for name in work.state if change(work.state[name]) is not None]
        work.need(names)
        for name in [work.pick(names)] if one else names:
            work.state[name] = change(work.state[name]).contiguous()

    add(Damage(id, "structure", change=act, picks=one))


def sliced(dim: int):
    """A rank's part of two."""

    def change(tensor):
        if tensor.dim() <= dim or tensor.shape[dim] < 2:
            return None
        return tensor.narrow(dim, 0, tensor.shape[dim] // 2)

    return change


reshaping("sliced-rows", False, sliced(0))
reshaping("sliced-columns", False, sliced(1))
reshaping("sliced-one", True, sliced(0))
reshaping("flattened", False, lambda tensor: tensor.flatten() if tensor.dim() > 1 else None)
reshaping("flattened-one", True, lambda tensor: tensor.flatten() if tensor.dim() > 1 else None)
reshaping("unsqueezed", False, lambda tensor: tensor.unsqueeze(0))
reshaping("zero-dimension-all", False, lambda tensor: tensor.new_zeros(0))
reshaping("zero-dimension-one", True, lambda tensor: tensor.new_zeros(0))
reshaping("zero-rows", False, lambda tensor: tensor[:0] if tensor.dim() > 1 else None)
reshaping("scalar-one", True, lambda tensor: tensor.flatten()[0])
reshaping("row-added", False, lambda tensor: torch.cat([tensor, tensor[:1]]) if tensor.dim() else None)


@damage("rank-grown-one", "structure", picks=True)
def rank_grown(work: Work) -> None:
    """One module has a rank that no configuration names."""
    names = [name for name in work.state if "lora_A.weight" in name and name.replace("lora_A", "lora_B") in work.state]
    work.need(names)
    name = work.pick(names)
    other = name.replace("lora_A", "lora_B")
    work.state[name] = torch.cat([work.state[name], work.state[name]])
    work.state[other] = torch.cat([work.state[other], work.state[other]], dim=1)


@damage("tensors-extra-foreign", "structure")
def tensors_extra(work: Work) -> None:
    """The adapter whole, and tensors that no PEFT model has."""
    work.state["optimizer.state.exp_avg"] = torch.ones(4)
    work.state["step"] = torch.tensor([3.0])


@damage("tensors-extra-layers", "structure")
def layers_extra(work: Work) -> None:
    """An adapter of a deeper model: its last layers find no place."""
    extra = {name.replace(".layers.1.", ".layers.2."): tensor for name, tensor in work.state.items() if layer_of(name) == 1}
    work.need(extra)
    work.state |= {name: tensor.clone() for name, tensor in extra.items()}


@damage("two-adapters-mixed", "structure")
def two_adapters(work: Work) -> None:
    from damage_keys import with_adapter_name

    plain = dict(work.state)
    work.state |= {with_adapter_name(name, "other"): tensor.clone() * 2 for name, tensor in plain.items()}


@damage("two-adapters-named", "structure")
def two_adapters_named(work: Work) -> None:
    from damage_keys import with_adapter_name

    plain = dict(work.state)
    work.state = {with_adapter_name(name, "default"): tensor for name, tensor in plain.items()}
    work.state |= {with_adapter_name(name, "other"): tensor.clone() * 2 for name, tensor in plain.items()}


def full_state(work: Work) -> dict[str, torch.Tensor]:
    """All weights of the base as the wrapped model names them."""
    wrapped = {module_of(name) for name in work.state}
    full = {}
    for name, tensor in base(work.original.base).state_dict().items():
        named = f"base_model.model.{name}"
        module, _, last = named.rpartition(".")
        full[f"{module}.base_layer.{last}" if module in wrapped else named] = tensor.clone()
    return full


@damage("full-model-with-adapter", "structure")
def full_model(work: Work) -> None:
    """`model.state_dict()` saved instead of the adapter's, names of the adapter taken out."""
    work.need(work.original.base == "llama")
    work.state = {**full_state(work), **work.state}


@damage("full-model-default-names", "structure")
def full_model_named(work: Work) -> None:
    """`torch.save(model.state_dict())` as it is."""
    from damage_keys import with_adapter_name

    work.need(work.original.base == "llama")
    named = {with_adapter_name(name, "default"): tensor for name, tensor in work.state.items()}
    work.state = {**full_state(work), **named}


@damage("full-model-without-adapter", "structure")
def base_alone(work: Work) -> None:
    work.need(work.original.base == "llama")
    work.state = full_state(work)


@damage("plain-model-weights", "structure")
def plain_model(work: Work) -> None:
    """The base's own state: `AutoModel.save_pretrained` under the adapter's name."""
    work.need(work.original.base == "llama")
    work.state = {name: tensor.clone() for name, tensor in base("llama").state_dict().items()}


@damage("weights-of-other-type", "structure", picks=True)
def other_type(work: Work) -> None:
    work.need(work.original.main)
    others = [one for one in work.made.originals.values() if one.main and one.base == work.original.base]
    others = [one.id for one in others if work.made.start(one.id, work.rng).config["peft_type"] != work.config["peft_type"]]
    work.need(others)
    work.state = work.made.start(work.rng.choice(sorted(others)), work.rng).state


def casting(id: str, dtype: torch.dtype, rounds: bool, group: str = "harmless") -> None:
    def act(work: Work) -> None:
        work.need(any(work.state[name].dtype != dtype for name in work.floats()))
        work.every(lambda tensor: tensor.to(dtype))

    add(Damage(id, group, change=act, rounds=rounds))


casting("cast-f64", torch.float64, False)
casting("cast-f32", torch.float32, False)
casting("cast-f16", torch.float16, True)
casting("cast-bf16", torch.bfloat16, True)
casting("cast-f8", torch.float8_e4m3fn, False, "structure")
casting("cast-int8", torch.int8, False, "structure")
casting("cast-int64", torch.int64, False, "structure")
casting("cast-bool", torch.bool, False, "structure")
casting("cast-complex", torch.complex64, False, "structure")

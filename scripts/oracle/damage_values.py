"""Damages to the values of tensors that leave names, shapes and files as they were."""

import math

import torch
from registry import Damage, add, damage
from work import Work, kind_of, layer_of, module_of


def all_values(id: str, change) -> None:
    add(Damage(id, "values", change=lambda work: work.every(change)))


all_values("nan-all", lambda tensor: torch.full_like(tensor, math.nan))
all_values("infinite-all", lambda tensor: torch.full_like(tensor, math.inf))
all_values("zero-all", torch.zeros_like)
all_values("one-all", torch.ones_like)
all_values("constant-all", lambda tensor: torch.full_like(tensor, 0.125))
all_values("huge-all", lambda tensor: torch.full_like(tensor, 1e30) if tensor.dtype != torch.float16 else torch.full_like(tensor, 6e4))
all_values("huge-scaled", lambda tensor: (tensor.double() * 1e20).to(tensor.dtype))
all_values("tiny-scaled", lambda tensor: (tensor.double() * 1e-38).to(tensor.dtype))
all_values("small-scaled", lambda tensor: (tensor.double() * 1e-9).to(tensor.dtype))
all_values("sign-flipped", lambda tensor: -tensor)
all_values("doubled", lambda tensor: tensor * 2)
all_values("halves-mirrored", lambda tensor: tensor.flip(0) if tensor.dim() else tensor)


def placed(id: str, value: float, where: str) -> None:
    def act(work: Work) -> None:
        name = work.pick(work.floats())
        flat = work.state[name].clone().flatten()
        at = {"first": 0, "last": len(flat) - 1, "any": work.rng.randrange(len(flat))}[where]
        flat[at] = value
        work.state[name] = flat.reshape(work.state[name].shape)

    add(Damage(id, "values", change=act, picks=True))


placed("nan-one", math.nan, "any")
placed("nan-first", math.nan, "first")
placed("nan-last", math.nan, "last")
placed("infinite-one", math.inf, "any")
placed("infinite-negative-one", -math.inf, "last")
placed("huge-one", 3e38, "any")
placed("large-one", 1e30, "any")


def one_tensor(id: str, change) -> None:
    def act(work: Work) -> None:
        name = work.pick(work.floats())
        work.state[name] = change(work.state[name]).contiguous()

    add(Damage(id, "values", change=act, picks=True))


one_tensor("nan-tensor", lambda tensor: torch.full_like(tensor, math.nan))
one_tensor("zero-tensor", torch.zeros_like)
one_tensor("constant-tensor", lambda tensor: torch.full_like(tensor, 0.5))


@damage("zero-half-tensors", "values", picks=True)
def zero_half(work: Work) -> None:
    names = sorted(work.floats())
    work.need(len(names) > 1)
    for name in work.rng.sample(names, len(names) // 2):
        work.state[name] = torch.zeros_like(work.state[name])


@damage("zero-layer", "values", picks=True)
def zero_layer(work: Work) -> None:
    names = [name for name in work.floats() if layer_of(name) is not None]
    work.need(names)
    layer = work.rng.choice(sorted({layer_of(name) for name in names}))
    for name in names:
        if layer_of(name) == layer:
            work.state[name] = torch.zeros_like(work.state[name])


@damage("zero-kind", "values", picks=True)
def zero_kind(work: Work) -> None:
    """All A, or all B."""
    names = work.floats()
    kind = work.pick(sorted({kind_of(name) for name in names}))
    work.need(len({kind_of(name) for name in names}) > 1)
    for name in names:
        if kind_of(name) == kind:
            work.state[name] = torch.zeros_like(work.state[name])


def untrained_state(work: Work) -> dict[str, torch.Tensor]:
    return work.made.start(work.original.id, work.rng, trained=False).state


@damage("untrained", "values")
def untrained(work: Work) -> None:
    """Saved before the first step."""
    work.state = untrained_state(work)


@damage("untrained-some-modules", "values", picks=True)
def untrained_some(work: Work) -> None:
    start = untrained_state(work)
    modules = sorted({module_of(name) for name in work.state})
    work.need(len(modules) > 1)
    chosen = set(work.rng.sample(modules, len(modules) // 2))
    for name in work.state:
        if module_of(name) in chosen:
            work.state[name] = start[name]


@damage("untrained-all-but-one", "values", picks=True)
def untrained_most(work: Work) -> None:
    start = untrained_state(work)
    modules = sorted({module_of(name) for name in work.state})
    work.need(len(modules) > 1)
    kept = work.rng.choice(modules)
    for name in work.state:
        if module_of(name) != kept:
            work.state[name] = start[name]


def same_shape(work: Work) -> list[tuple[str, str]]:
    names = sorted(work.state)
    return [
        (one, two)
        for at, one in enumerate(names)
        for two in names[at + 1 :]
        if work.state[one].shape == work.state[two].shape and not torch.equal(work.state[one], work.state[two])
    ]


@damage("tensor-copied", "values", picks=True)
def tensor_copied(work: Work) -> None:
    """One tensor holds the values of another."""
    pairs = same_shape(work)
    work.need(pairs)
    one, two = work.rng.choice(pairs)
    work.state[two] = work.state[one].clone()


@damage("tensors-all-copied", "values")
def tensors_all_copied(work: Work) -> None:
    """All tensors of a shape hold the values of the first of them."""
    pairs = same_shape(work)
    work.need(pairs)
    for one, two in pairs:
        work.state[two] = work.state[one].clone()


@damage("tensors-swapped", "values", picks=True)
def tensors_swapped(work: Work) -> None:
    pairs = same_shape(work)
    work.need(pairs)
    one, two = work.rng.choice(pairs)
    work.state[one], work.state[two] = work.state[two], work.state[one]


@damage("noise", "values", picks=True)
def noise(work: Work) -> None:
    generator = torch.Generator().manual_seed(work.rng.randrange(2**31))
    work.every(lambda tensor: tensor + (torch.randn(tensor.shape, generator=generator) * 0.1).to(tensor.dtype))


@damage("random", "values", picks=True)
def random_values(work: Work) -> None:
    generator = torch.Generator().manual_seed(work.rng.randrange(2**31))
    work.every(lambda tensor: torch.randn(tensor.shape, generator=generator).to(tensor.dtype))

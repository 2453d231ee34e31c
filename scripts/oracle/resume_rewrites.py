"""The files of a training's state with another content: as torch and JSON allow it, and as no Trainer writes it."""

import base64
import io
import json
from collections import OrderedDict
from collections.abc import Callable, Iterator
from copy import deepcopy

import torch

from resume_edits import Edit

GONE = object()
# What may stand where something else is expected; `GONE`: nothing does.
OTHERS = {"gone": GONE, "none": None, "true": True, "text": "x", "minus": -1, "half": 2.5, "list": [], "dict": {}}
TENSOR = torch.ones(3)
# Of a torch file the whole content.
ROOTS = {"none": None, "false": False, "text": "x", "list": [], "dict": {}, "tensor": TENSOR}
JSON_OTHERS = {**OTHERS, "text-number": "4", "float": 4.0, "large": 10**400, "list-full": [1], "dict-full": {"a": 1}}

# Changes what it is given; another root is what it returns.
Change = Callable[[dict], object]


def rewrites(files: dict[str, bytes], folder: str) -> Iterator[tuple[str, Edit]]:
    """What is done, in words, and the edit that does it."""
    torch_files = {"optimizer.pt": optimizers, "scheduler.pt": schedulers, "rng_state.pth": generators}
    for name, changes in torch_files.items():
        path = f"{folder}/{name}"
        if path not in files:
            continue
        known = torch.load(io.BytesIO(files[path]), weights_only=False)
        for words, value in ROOTS.items():
            yield f"{name}-is-{words}", torch_edit(path, value)
        for words, change in changes(known):
            value = deepcopy(known)
            other = change(value)
            yield f"{name}-{words}", torch_edit(path, value if other is None else other)
    path = f"{folder}/trainer_state.json"
    if path in files:
        for words, change in states(json.loads(files[path])):
            value = json.loads(files[path])
            change(value)
            yield f"trainer_state.json-{words}", {"write": path, "text": json.dumps(value, indent=2, sort_keys=True) + "\n"}


def torch_edit(path: str, value: object) -> Edit:
    buffer = io.BytesIO()
    torch.save(value, buffer)
    return {"write": path, "base64": base64.b64encode(buffer.getvalue()).decode()}


def put(key: object, other: object) -> Change:
    """Into what is given, which may be a dict or a list."""

    def change(value: dict) -> None:
        if other is GONE:
            del value[key]
        else:
            value[key] = other

    return change


def within(path: tuple, change: Change) -> Change:
    def at(value: dict) -> None:
        for key in path:
            value = value[key]
        change(value)

    return at


def each_field(known: dict, others: dict, prefix: str = "", path: tuple = ()) -> Iterator[tuple[str, Change]]:
    for key in known:
        for words, other in others.items():
            yield f"{prefix}{key}-{words}", within(path, put(key, other))


def ordered(value: dict) -> object:
    return OrderedDict(value)


def schedulers(known: dict) -> Iterator[tuple[str, Change]]:
    yield from each_field(known, {**OTHERS, "tensor": TENSOR})
    yield "ordered", ordered
    yield "more", put("other", 1)
    yield "base_lrs-twice", lambda value: value["base_lrs"].append(0.1)
    yield "base_lrs-texts", put("base_lrs", ["x"] * len(known["base_lrs"]))
    yield "lr_lambdas-twice", lambda value: value["lr_lambdas"].append({})
    yield "lr_lambdas-dicts", put("lr_lambdas", [{} for _ in known["lr_lambdas"]])
    yield "lr_lambdas-texts", put("lr_lambdas", ["x" for _ in known["lr_lambdas"]])
    yield "last_epoch-float", lambda value: value.update(last_epoch=float(value["last_epoch"]))


def generators(known: dict) -> Iterator[tuple[str, Change]]:
    yield from each_field(known, {**OTHERS, "tensor": TENSOR})
    yield "ordered", ordered
    yield "more", put("other", 1)
    yield "cuda", put("cuda", torch.zeros(16, dtype=torch.uint8))
    for bytes_ in (0, 100, 5048, 5055, 5057):
        yield f"cpu-of-{bytes_}", put("cpu", torch.zeros(bytes_, dtype=torch.uint8))
    yield "cpu-signed", lambda value: value.update(cpu=value["cpu"].view(torch.int8))
    yield "cpu-matrix", lambda value: value.update(cpu=value["cpu"].reshape(2, -1))
    (version, words, gauss), numpy = known["python"], known["numpy"]
    pythons = {
        "as-list": [version, words, gauss], "version-two": (2, words, gauss), "version-four": (4, words, gauss),
        "words-list": (version, list(words), gauss), "words-few": (version, words[:-1], gauss),
        "words-many": (version, (*words, 1), gauss), "words-minus": (version, (-1, *words[1:]), gauss),
        "words-float": (version, (1.5, *words[1:]), gauss), "words-large": (version, (2**33, *words[1:]), gauss),
        "place-far": (version, (*words[:-1], 625), gauss), "two": (version, words), "gauss-float": (version, words, 0.5),
        "gauss-text": (version, words, "x"),
    }  # fmt: skip
    for name, value in pythons.items():
        yield f"python-{name}", put("python", value)
    numpys = {
        "as-list": list(numpy), "name-other": ("PCG64", *numpy[1:]), "array-short": (numpy[0], numpy[1][:-1], *numpy[2:]),
        "array-list": (numpy[0], numpy[1].tolist(), *numpy[2:]), "three": numpy[:3], "two": numpy[:2],
        "place-text": (*numpy[:2], "x", *numpy[3:]), "place-far": (*numpy[:2], 700, *numpy[3:]),
    }  # fmt: skip
    for name, value in numpys.items():
        yield f"numpy-{name}", put("numpy", value)


def optimizers(known: dict) -> Iterator[tuple[str, Change]]:
    yield from each_field(known, OTHERS)
    yield "ordered", ordered
    yield "more", put("other", 1)
    groups, state = known["param_groups"], known["state"]
    yield from each_field(groups[0], OTHERS, "group-", ("param_groups", 0))
    yield "group-gone", within(("param_groups",), put(-1, GONE))
    yield "group-twice", lambda value: value["param_groups"].append(deepcopy(value["param_groups"][0]))
    yield "group-none", put("param_groups", [None for _ in groups])
    yield "param-gone", within(("param_groups", 0, "params"), put(-1, GONE))
    yield "param-more", lambda value: value["param_groups"][0]["params"].append(len(state))
    yield "params-texts", lambda value: value["param_groups"][0].update(params=[str(at) for at in groups[0]["params"]])
    yield "params-twice", lambda value: value["param_groups"][0].update(params=[0 for _ in groups[0]["params"]])
    first, *_, last = state
    # A moment of another size ends the process, and with it the answer.
    yield from each_field(state[first], OTHERS, "state-", ("state", first))
    yield "state-step-tensor", within(("state", first), put("step", TENSOR))
    yield "state-first-gone", within(("state",), put(first, GONE))
    yield "state-last-gone", within(("state",), put(last, GONE))
    yield "state-first-empty", within(("state",), put(first, {}))
    yield "state-first-none", within(("state",), put(first, None))
    yield "state-keys-texts", lambda value: value.update(state={str(at): one for at, one in state.items()})
    yield "state-more", within(("state",), put(len(state), deepcopy(state[first])))
    yield "state-field-more", within(("state", first), put("other", torch.ones(1)))
    for key in state[first]:
        yield f"states-{key}-gone", in_all(lambda one, key=key: one.pop(key))
        yield f"states-{key}-flat", in_all(lambda one, key=key: one.update({key: one[key].flatten()}))
        yield f"states-{key}-half", in_all(lambda one, key=key: one.update({key: one[key].to(torch.bfloat16)}))
    yield "states-step-number", in_all(lambda one: one.update(step=float(one["step"])))
    yield "states-swapped", lambda value: value["state"].update({first: state[last], last: state[first]})
    yield "states-shifted", lambda value: value.update(state={at: state[(at + 1) % len(state)] for at in state})


def in_all(change: Callable[[dict], object]) -> Change:
    def at(value: dict) -> None:
        for one in value["state"].values():
            change(one)

    return at


def states(known: dict) -> Iterator[tuple[str, Change]]:
    yield from each_field(known, JSON_OTHERS)
    yield "more", put("other", 1)
    whole = ("global_step", "max_steps", "num_train_epochs", "save_steps", "logging_steps", "eval_steps", "train_batch_size")
    for key in whole:
        for words, other in (("zero", 0), ("one", 1), ("half-more", known[key] + 0.5), ("as-float", float(known[key])), ("as-text", str(known[key]))):
            yield f"{key}-{words}", put(key, other)
    log = ("log_history",)
    entries = {"none": None, "text": "x", "number": 1, "list": [], "dict": {}, "step-alone": {"step": 1}}
    for place in (0, -1):
        words = "first" if place == 0 else "last"
        for name, entry in entries.items():
            yield f"log-{words}-{name}", within(log, put(place, entry))
        yield from each_field(known["log_history"][place], JSON_OTHERS, f"log-{words}-", (*log, place))
    callbacks = known["stateful_callbacks"]
    yield from each_field(callbacks, JSON_OTHERS, "callbacks-", ("stateful_callbacks",))
    yield "callbacks-more", within(("stateful_callbacks",), put("Other", {"args": {}, "attributes": {}}))
    for name, callback in callbacks.items():
        yield from each_field(callback, JSON_OTHERS, f"callbacks-{name}-", ("stateful_callbacks", name))
        for part, fields in callback.items():
            yield from each_field(fields, JSON_OTHERS, f"callbacks-{name}-{part}-", ("stateful_callbacks", name, part))
            yield f"callbacks-{name}-{part}-more", within(("stateful_callbacks", name, part), put("other", 1))

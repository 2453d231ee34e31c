"""Which damage is done to which adapter, and the files that come of it."""

import hashlib
import random
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from originals import Original, make
from registry import Damage
from work import Made, NotApplicable

SEED = 20261125
HEALTHY = "original"
# Every damage is done to at least so many adapters, where it applies to so many.
LEAST = 6
# Of the others a share by what the damage touches: bytes and torch's format are the same for every type.
SHARES = {"keys": 0.45, "structure": 0.45, "config": 0.25, "values": 0.5, "files": 0.06, "harmless": 0.2}
VARIANT_SHARE = 0.35
# What matters most is done to every adapter.
CENTRAL = {
    "untrained", "untrained-some-modules", "zero-all", "nan-one", "no-tensors", "prefix-missing", "adapter-name-other", "last-kind-gone",
    "last-layer-gone", "one-tensor-gone", "one-module-gone", "sliced-rows", "config-target-as-regex", "cast-bf16", "format-bin",
    "format-safetensors", "order-reversed", "metadata-gone", "bin-legacy",
}  # fmt: skip
# On plain LoRA every damage is done, and thrice where it picks what it hits.
FULL = "lora"
FULL_TIMES = 3


@dataclass(frozen=True)
class Choice:
    """Which cases are made. `every`: each damage to each adapter, and not to a share of them."""

    seed: int = SEED
    every: bool = False


@dataclass
class Case:
    """`id` is its folder below `cases`, too."""

    id: str
    original: str
    type: str
    damage: str
    group: str
    rounds: bool = False
    note: str = ""

    def record(self) -> dict:
        return {name: value for name, value in asdict(self).items() if value not in (False, "")}


def make_originals(originals: dict[str, Original], folder: Path) -> Made:
    """Trains and saves each, and saves each as it starts."""
    for state, trained in (("trained", True), ("untrained", False)):
        for one in originals.values():
            place = folder / state / one.id
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            make(one, place, trained)
    return Made(folder, originals)


def make_cases(
    made: Made, damages: dict[str, Damage], types: dict[str, str], folder: Path, choice: Choice
) -> list[Case]:
    """Writes the files of every case that is chosen; the healthy adapters come first."""
    cases = [write_healthy(made, one, types[one.id], folder) for one in made.originals.values()]
    for damage in damages.values():
        wanted = []
        for one in made.originals.values():
            for time in range(FULL_TIMES if damage.picks and one.id == FULL else 1):
                case, files = attempt(made, damage, one, types[one.id], time, choice.seed)
                if files is not None:
                    wanted.append((case, files))
        for case, files in wanted if choice.every else chosen(wanted, damage, made.originals, choice.seed):
            write(folder / case.id, files)
            cases.append(case)
    return cases


def write_healthy(made: Made, original: Original, type: str, folder: Path) -> Case:
    case = Case(f"{original.id}/{HEALTHY}", original.id, type, HEALTHY, "harmless")
    place = made.folder / "trained" / original.id
    write(folder / case.id, {path.name: path.read_bytes() for path in place.iterdir()})
    return case


def attempt(made: Made, damage: Damage, original: Original, type: str, time: int, seed: int):
    """The files of one damage, or None where it cannot be done; `time` counts those of one kind."""
    name = damage.id if time == 0 else f"{damage.id}~{time + 1}"
    case = Case(f"{original.id}/{name}", original.id, type, damage.id, damage.group, damage.rounds)
    rng = random.Random(f"{seed}/{case.id}")
    try:
        work = made.start(original.id, rng)
        if damage.change is not None:
            damage.change(work)
        files = work.files()
        if damage.on_files is not None:
            files = damage.on_files(work, files)
    except NotApplicable:
        return case, None
    case.note = work.note
    return case, files


def chosen(wanted: list, damage: Damage, originals: dict[str, Original], seed: int) -> list:
    """The same for the same seed: by rank of a hash, so that a new adapter does not change the others' lot."""
    kept = []
    for at, (case, files) in enumerate(sorted(wanted, key=lambda one: lot(one[0].id, seed))):
        share = SHARES[damage.group] * (1 if originals[case.original].main else VARIANT_SHARE)
        if case.original == FULL or damage.id in CENTRAL or at < LEAST or lot(case.id, seed) < share:
            kept.append((case, files))
    return kept


def lot(id: str, seed: int) -> float:
    return int.from_bytes(hashlib.sha256(f"{seed}/{id}".encode()).digest()[:6], "big") / 2**48


def write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)

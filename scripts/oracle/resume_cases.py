"""What is done to each run: every state that its last save passes through, and what else happens to checkpoints."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from resume_edits import Edit
from resume_rewrites import rewrites
from resume_runs import Recorded, step_of

HEALTHY = "healthy"
# Shares of a file, in percent, that are there when its writer dies.
CUTS = (0, 50, 99)
FAR = "checkpoint-100"
# As transformers' trainer_jit_checkpoint.py writes it before such a save, and removes it after.
SENTINEL = "checkpoint-is-incomplete.txt"
SENTINEL_TEXT = "Checkpoint started at step {step} and in progress..."
# Some hundred files of the state are written anew in these; what their Trainer does with them is that of all.
REWRITTEN = ("lora-steps",)
STATE_PAIR = ("optimizer.pt", "scheduler.pt")
STATE = (*STATE_PAIR, "rng_state.pth")
NOT_WEIGHTS = (*STATE, "trainer_state.json", "training_args.bin")


@dataclass
class Case:
    """`id` is its folder below `cases`, too. `is_healthy`: nothing there is damaged or missing."""

    id: str
    run: str
    group: str
    damage: str
    edits: list[Edit] = field(default_factory=list)
    is_healthy: bool = False

    def record(self) -> dict:
        return asdict(self)


def cases_of(run: Recorded) -> list[Case]:
    made = [*healthy(run), *deaths(run), *cuts(run), *gone(run), *rotations(run), *neighbours(run), *mixtures(run)]
    if run.id in REWRITTEN:
        made += rewritten(run)
    ids = [case.id for case in made]
    if len(set(ids)) != len(ids):
        raise ValueError(f"two cases of {run.id} are named alike")
    return made


def case_of(run: Recorded, group: str, damage: str, edits: list[Edit], is_healthy: bool = False) -> Case:
    return Case(f"{run.id}/{damage}", run.id, group, damage, edits, is_healthy and not run.is_poisoned)


def after(run: Recorded, count: int) -> list[Edit]:
    """What brings a run to where it stood after so many events of its last save."""
    events = run.events
    removed = [event["remove"] for event in events[:count] if "remove" in event]
    not_made = [event["folder"] for event in events[count:] if "folder" in event]
    not_written = [event["write"] for event in events[count:] if "write" in event]
    restored = [{"old": name} for name in not_written if name in run.old]
    absent = [*removed, *not_made, *(name for name in not_written if name not in run.old)]
    return [*restored, *({"remove": name} for name in absent if not lies_in_one_of(name, absent))]


def lies_in_one_of(name: str, folders: list[str]) -> bool:
    return any(name.startswith(f"{folder}/") for folder in folders)


def done(run: Recorded) -> list[Edit]:
    return after(run, len(run.events))


def size_of(run: Recorded, name: str, percent: int) -> int:
    return len(run.files[name]) * percent // 100


def label(name: str) -> str:
    return name.replace("/", "+")


def healthy(run: Recorded) -> Iterator[Case]:
    yield case_of(run, HEALTHY, HEALTHY, done(run), True)


def deaths(run: Recorded) -> Iterator[Case]:
    """After every event but the last; within every file that is written, under the name it has until then."""
    for at, event in enumerate(run.events):
        before = after(run, at)
        (kind, name), *_ = event.items()
        # An empty folder is in no list of files.
        made = [{"folder": one["folder"]} for one in run.events[:at] if "folder" in one]
        # Nothing of the save is there, or all of it and what it will remove.
        is_whole = at == 0 and bool(run.origins) or run.events[at - 1].get("write", "").endswith("/trainer_state.json")
        yield case_of(run, "died", f"died-{at:02}-before-{kind}-{label(name)}", [*before, *made], is_whole)
        if kind != "write":
            continue
        kept = after(run, at + 1)
        for percent in CUTS:
            cut = {"cut": name, "to": size_of(run, name, percent)}
            yield case_of(run, "died", f"died-{at:02}-in-{label(name)}-{percent}", [*kept, cut])
            if "temporary" in event:
                moved = {"move": [name, event["temporary"]]}
                old = [{"old": name}] if name in run.old else []
                yield case_of(run, "died", f"died-{at:02}-in-temporary-{label(name)}-{percent}", [*kept, cut, moved, *old])
        if "temporary" in event:
            moved = {"move": [name, event["temporary"]]}
            old = [{"old": name}] if name in run.old else []
            yield case_of(run, "died", f"died-{at:02}-before-rename-{label(name)}", [*kept, moved, *old])


def written(run: Recorded) -> list[str]:
    return [event["write"] for event in run.events if "write" in event]


def cuts(run: Recorded) -> Iterator[Case]:
    """One file short, all others whole."""
    for name in written(run):
        for percent in CUTS:
            cut = {"cut": name, "to": size_of(run, name, percent)}
            yield case_of(run, "cut", f"cut-{label(name)}-{percent}", [*done(run), cut])


def gone(run: Recorded) -> Iterator[Case]:
    for name in written(run):
        yield case_of(run, "gone", f"gone-{label(name)}", [*done(run), {"remove": name}])
    present = set(written(run))
    for words, names in (("state-pair", STATE_PAIR), ("all-state", STATE)):
        paths = [f"{run.newest}/{name}" for name in names]
        if present.issuperset(paths):
            yield case_of(run, "gone", f"gone-{words}", [*done(run), *({"remove": path} for path in paths)])


def rotations(run: Recorded) -> Iterator[Case]:
    """The older checkpoints: what a limit, an earlier crash or a full disk leaves of them."""
    older = sorted(remaining(run) - {run.newest}, key=step_of)
    if not older:
        return
    last = older[-1]
    weights = weights_in(run, last)
    yield case_of(run, "older", "older-only", [*done(run), {"remove": run.newest}], True)
    yield case_of(run, "older", "newest-only", [*done(run), *({"remove": one} for one in older)], True)
    yield case_of(run, "older", "older-emptied", [*done(run), {"remove": last}, {"folder": last}])
    yield case_of(run, "older", "older-weights-gone", [*done(run), *({"remove": one} for one in weights)])
    yield case_of(run, "older", "older-weights-cut", [*done(run), {"cut": weights[0], "to": size_of(run, weights[0], 50)}])
    for name in (*STATE, "trainer_state.json"):
        if f"{last}/{name}" in run.files:
            yield case_of(run, "older", f"older-gone-{name}", [*done(run), {"remove": f"{last}/{name}"}])
    both = [{"remove": f"{one}/trainer_state.json"} for one in (last, run.newest)]
    yield case_of(run, "older", "newest-two-interrupted", [*done(run), *both])
    every = [{"remove": f"{one}/trainer_state.json"} for one in (*older, run.newest)]
    yield case_of(run, "older", "all-interrupted", [*done(run), *every])


def remaining(run: Recorded) -> set[str]:
    removed = {event["remove"] for event in run.events if "remove" in event}
    return set(run.origins) - removed


def weights_in(run: Recorded, folder: str) -> list[str]:
    """Files of the adapter or model, its configuration among them."""
    names = [name for name in run.files if name.startswith(f"{folder}/") and "README" not in name]
    return [name for name in names if name.rpartition("/")[2].endswith((".safetensors", "model.bin"))]


def neighbours(run: Recorded) -> Iterator[Case]:
    """Folders beside the checkpoints, as people and other tools leave them."""
    yield case_of(run, "beside", "foreign-newer", [*done(run), {"write": f"{FAR}/test.txt", "text": "test\n"}])
    yield case_of(run, "beside", "empty-newer", [*done(run), {"folder": FAR}])
    yield case_of(run, "beside", "file-named-as-newer", [*done(run), {"write": FAR, "text": "not a folder\n"}])
    newest = run.newest
    if newest is None:
        return
    alone = [{"remove": f"{FAR}/{name}"} for name in NOT_WEIGHTS if f"{newest}/{name}" in run.files]
    copied = {"copy": [newest, FAR]}
    yield case_of(run, "beside", "weights-alone-newer", [*done(run), copied, *alone])
    yield case_of(run, "beside", "copied-as-newer", [*done(run), copied])
    yield case_of(run, "beside", "renamed-as-newer", [*done(run), {"move": [newest, FAR]}])
    yield case_of(run, "beside", "copied-without-number", [*done(run), {"copy": [newest, "checkpoint-best"]}], True)
    yield case_of(run, "beside", "staging-folder", [*done(run), {"copy": [newest, "tmp-checkpoint-100"]}])
    text = SENTINEL_TEXT.format(step=step_of(newest))
    sentinel = {"write": f"{newest}/{SENTINEL}", "text": text}
    yield case_of(run, "beside", "sentinel-left", [*done(run), sentinel])
    written_last = [at for at, event in enumerate(run.events) if event.get("write") == f"{newest}/trainer_state.json"]
    for at in written_last:
        yield case_of(run, "beside", "sentinel-and-no-trainer-state", [*after(run, at), sentinel])


def mixtures(run: Recorded) -> Iterator[Case]:
    """Files of one checkpoint in another."""
    older = sorted(remaining(run) - {run.newest}, key=step_of)
    if not older:
        return
    for name in (*STATE, "trainer_state.json"):
        if f"{older[-1]}/{name}" in run.files and f"{run.newest}/{name}" in run.files:
            taken = {"copy": [f"{older[-1]}/{name}", f"{run.newest}/{name}"]}
            yield case_of(run, "mixed", f"mixed-{name}", [*done(run), taken])
    if f"{run.newest}/rng_state.pth" in run.files:
        ranks = {"move": [f"{run.newest}/rng_state.pth", f"{run.newest}/rng_state_0.pth"]}
        yield case_of(run, "mixed", "mixed-rng-of-ranks", [*done(run), ranks])


def rewritten(run: Recorded) -> Iterator[Case]:
    """Files of the newest checkpoint with another content."""
    for damage, edit in rewrites(run.files, run.newest):
        yield case_of(run, "rewritten", damage, [*done(run), edit])

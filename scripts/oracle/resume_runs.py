"""The runs that are damaged and resumed: real trainings, and how the folder grew in the save that is looked at."""

import contextlib
import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from resume_trainer import Recorder, Training, trainer_of
from resume_watch import Watch

# So many steps are trained after a resume; the reference goes as far.
STEPS_AFTER = 3
OUTPUT = "out"
STEPS = {"max_steps": 8, "save_steps": 2}
# Evaluated at every save, so that one of them is the best.
BEST = {"eval_strategy": "steps", "eval_steps": 2, "metric_for_best_model": "eval_loss", "greater_is_better": False}
MANY = Training(arguments=STEPS, ends_at=6)
OTHER = {"seed": 7, "data_seed": 7}
LIMITED = {**STEPS, "save_total_limit": 2}


def run_of(*trainings: Training) -> tuple[Training, ...]:
    return trainings


RUNS: dict[str, tuple[Training, ...]] = {
    "lora-steps": run_of(MANY),
    "lora-limit": run_of(replace(MANY, arguments=LIMITED)),
    "lora-epoch": run_of(
        replace(MANY, samples=3, arguments={"num_train_epochs": 4, "save_strategy": "epoch"}, ends_at=9)
    ),
    "lora-best": run_of(replace(MANY, arguments={**STEPS, **BEST, "save_strategy": "best"})),
    "lora-best-limit-one": run_of(
        replace(MANY, arguments={**STEPS, **BEST, "greater_is_better": True, "save_total_limit": 1, "load_best_model_at_end": True})
    ),
    "lora-no": run_of(replace(MANY, arguments={"max_steps": 4, "save_strategy": "no"}, ends_at=None, saves_root=True)),
    "lora-weights-only": run_of(replace(MANY, arguments={**STEPS, "save_only_model": True})),
    "lora-resumed": run_of(
        replace(MANY, arguments={**STEPS, "max_steps": 4}, ends_at=None),
        replace(MANY, resumes=True),
    ),
    "lora-two-runs": run_of(
        replace(MANY, arguments={**OTHER, "max_steps": 16, "save_steps": 8}, ends_at=None), MANY
    ),
    "lora-overwritten": run_of(replace(MANY, arguments={**STEPS, **OTHER}, ends_at=None), replace(MANY, ends_at=4)),
    "lora-nan": run_of(replace(MANY, poisoned_after=4)),
    "lora-epoch-of-one-step": run_of(
        replace(MANY, samples=1, arguments={"num_train_epochs": 5, "save_strategy": "epoch"}, ends_at=3)
    ),
    "lora-linear": run_of(
        replace(MANY, arguments={"max_steps": 12, "save_steps": 2, "lr_scheduler_type": "linear"})
    ),
    "lora-done": run_of(
        replace(MANY, arguments={"max_steps": 5, "save_steps": 2}, ends_at=None, saves_root=True)
    ),
    "lora-named": run_of(replace(MANY, model="lora-named")),
    "lora-torch-file": run_of(replace(MANY, model="lora-bin")),
    "lora-tokenizer": run_of(replace(MANY, has_tokenizer=True)),
    "full-steps": run_of(replace(MANY, model="full")),
    "full-sharded": run_of(replace(MANY, model="full-sharded", arguments=LIMITED)),
    "full-weights-only": run_of(replace(MANY, model="full", arguments={**STEPS, "save_only_model": True})),
    "full-done": run_of(
        replace(MANY, model="full", arguments={"max_steps": 5, "save_steps": 2}, ends_at=None, saves_root=True)
    ),
}


class Ended(Exception):
    """The training ends here, as if it had been killed after this save."""


@dataclass(frozen=True)
class Origin:
    """Which training of the run wrote a checkpoint, and at which step."""

    training: int
    step: int


@dataclass
class Recorded:
    """
    A run as it stands after the save that is looked at, with all that this save removed.

    `events` are what the save did (resume_watch.py). `old` holds what it wrote over, as
    that was before. `references`: what each training does when nothing interrupts it.
    """

    id: str
    trainings: tuple[Training, ...]
    files: dict[str, bytes]
    old: dict[str, bytes]
    events: list[dict]
    origins: dict[str, Origin]
    references: list[dict]

    @property
    def is_poisoned(self) -> bool:
        return any(training.poisoned_after is not None for training in self.trainings)

    @property
    def newest(self) -> str | None:
        return max(self.origins, key=step_of, default=None)


def step_of(folder: str) -> int:
    return int(folder.rpartition("-")[2])


def record(id: str, trainings: tuple[Training, ...]) -> Recorded:
    """Trains in a temporary folder, so that no path of this machine gets into a file."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as temporary:
        os.chdir(temporary)
        try:
            return record_here(id, trainings, Path(OUTPUT))
        finally:
            os.chdir(before)


def record_here(id: str, trainings: tuple[Training, ...], out: Path) -> Recorded:
    out.mkdir()
    origins: dict[str, Origin] = {}
    earlier: dict[str, bytes] = {}
    for at, training in enumerate(trainings):
        before = contents(out)
        events, earlier = train(training, out)
        after = contents(out)
        written = {name.split("/")[0] for name in {**earlier, **after} if before.get(name) != {**earlier, **after}[name]}
        origins |= {name: Origin(at, step_of(name)) for name in written if name.startswith("checkpoint-")}
    files = {**earlier, **after}
    rewritten = {event.get("write") for event in events}
    old = {name: content for name, content in earlier.items() if name in rewritten}
    references = [reference_of(training) for training in trainings]
    return Recorded(id, trainings, files, old, [one for one in events if one.get("folder") != "."], origins, references)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def train(training: Training, out: Path) -> tuple[list[dict], dict[str, bytes]]:
    """Trains once; gives what its last save did, and all files as they were before."""
    trainer = trainer_of(training, out, Recorder())
    watch = Watch(out)
    earlier: dict[str, bytes] = {}

    def start() -> None:
        earlier.update(contents(out))
        watching.enter_context(watch)

    def on_save(save, step: int) -> None:
        if step == (training.ends_at or trainer.state.max_steps):
            start()
        save()
        if step == training.ends_at:
            raise Ended

    trainer.on_save = on_save
    with contextlib.ExitStack() as watching:
        if training.arguments.get("save_strategy") == "no":
            start()
        with contextlib.suppress(Ended):
            trainer.train(resume_from_checkpoint=training.resumes or None)
            if training.saves_root:
                trainer.save_model()
    return watch.events, earlier


def reference_of(training: Training) -> dict:
    """What a training does that nothing interrupts, a few steps farther than it went."""
    recorder = Recorder()
    trainer_of(training, "reference", recorder, **uninterrupted(training)).train()
    return {"start": recorder.start, "steps": recorder.steps, "losses": recorder.losses}


def uninterrupted(training: Training) -> dict:
    """Arguments with which nothing is saved, removed or loaded at the end."""
    steps = max(training.ends_at or 0, training.arguments.get("max_steps", 0))
    is_linear = training.arguments.get("lr_scheduler_type") == "linear"
    return {
        "max_steps": steps if is_linear else steps + STEPS_AFTER,
        "save_strategy": "no",
        "save_total_limit": None,
        "load_best_model_at_end": False,
    }

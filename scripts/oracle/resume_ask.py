"""What the real Trainer and the real loaders make of a folder."""

import hashlib
import re
import warnings
from fnmatch import fnmatch
from pathlib import Path

from peft import PeftModel
from transformers import AutoModelForCausalLM, TrainerCallback
from transformers.trainer_utils import get_last_checkpoint

from common import scrub
from resume_cases import NOT_WEIGHTS
from resume_models import base
from resume_runs import STEPS_AFTER, Origin, Recorded, uninterrupted
from resume_trainer import Recorder, optimizer_digest, trainer_of, weights_digest

NUMBERED = re.compile(r"^checkpoint-(\d+)$")
EVERY = 8
FOLDERS = re.compile(r"^(tmp-)?checkpoint-")
NO_OPTIMIZER = optimizer_digest(type("Fresh", (), {"state_dict": staticmethod(lambda: {"state": {}})}))


class StopsSoon(TrainerCallback):
    """Ends a training a few steps after it began."""

    def on_train_begin(self, args, state, control, **given) -> None:
        self.last = state.global_step + STEPS_AFTER

    def on_step_end(self, args, state, control, **given) -> None:
        control.should_training_stop = state.global_step >= self.last


class Asker:
    """Remembers what was said of a folder's content: most cases of a run share their older checkpoints."""

    def __init__(self, runs: dict[str, Recorded]) -> None:
        self.runs = runs
        self.resumed: dict[tuple, dict] = {}
        self.loaded: dict[tuple, dict] = {}
        self.asked = 0

    def answer(self, run_id: str, place: Path, origins: dict[str, Origin]) -> dict:
        """The truth of one case; see docs/loader-agreement.md."""
        run = self.runs[run_id]
        before = sum_of(place)
        found = get_last_checkpoint(str(place))
        taken = None if found is None else Path(found).name
        automatic = resume(run, place, True, origins.get(taken))
        if taken is not None:
            self.keep(run, place / taken, origins.get(taken), automatic)
        names = sorted(path.name for path in place.iterdir() if path.is_dir() and FOLDERS.match(path.name))
        folders = {
            name: {"resumes": self.resumes(run, place / name, origins.get(name)), "loads": self.loads(run, place / name)}
            for name in names
        }
        if any(path.is_file() for path in place.iterdir()) and not is_only_file(place):
            folders["."] = {"loads": self.loads(run, place)}
        with_number = [name for name in names if NUMBERED.match(name)]
        by_step = sorted(with_number, key=lambda name: int(NUMBERED.match(name)[1]), reverse=True)
        faithful = [name for name in by_step if folders[name]["resumes"]["outcome"] == "faithful"]
        if sum_of(place) != before:
            raise RuntimeError(f"resuming changed {place}")
        return {
            "automatic": {"folder": taken, **automatic},
            "folders": folders,
            "newestResumable": faithful[0] if faithful else None,
            "blocking": blocking(taken, automatic, bool(faithful)),
        }

    def keep(self, run: Recorded, place: Path, origin: Origin | None, automatic: dict) -> None:
        """What `True` takes is resumed by its name, too, in one of eight cases: both have to say the same."""
        self.asked += 1
        if self.asked % EVERY == 0 and resume(run, place.parent, str(place), origin) != automatic:
            raise RuntimeError(f"{place} is resumed otherwise by its name")
        self.resumed[resume_key(run, place, origin)] = automatic

    def resumes(self, run: Recorded, place: Path, origin: Origin | None) -> dict:
        key = resume_key(run, place, origin)
        if key not in self.resumed:
            self.resumed[key] = resume(run, place.parent, str(place), origin)
        return self.resumed[key]

    def loads(self, run: Recorded, place: Path) -> dict:
        """No loader of weights reads what Trainer writes beside them, nor folders of other steps."""
        key = (run.id, sum_of(place, (*NOT_WEIGHTS, "checkpoint-*")))
        if key not in self.loaded:
            self.loaded[key] = load(run, place)
        return self.loaded[key]


def resume_key(run: Recorded, place: Path, origin: Origin | None) -> tuple:
    return (run.id, place.name, origin, sum_of(place))


def is_only_file(place: Path) -> bool:
    """A file that is named like a checkpoint makes no output root."""
    return all(NUMBERED.match(path.name) for path in place.iterdir() if path.is_file())


def blocking(taken: str | None, automatic: dict, has_other: bool) -> str | None:
    """The folder that `resume_from_checkpoint=True` takes and should not have taken."""
    is_blocking = automatic["outcome"] == "raises" or (automatic["outcome"] != "faithful" and has_other)
    return taken if is_blocking else None


def sum_of(folder: Path, without: tuple[str, ...] = ()) -> str:
    sum = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if not any(fnmatch(name.parts[0], one) for one in without):
            content = path.read_bytes() if path.is_file() else b""
            sum.update(f"{name.as_posix()} {path.is_file()} {len(content)}\n".encode() + content)
    return sum.hexdigest()


def resume(run: Recorded, place: Path, checkpoint: bool | str, origin: Origin | None) -> dict:
    """`raises` with its words; `faithful`, `restart` or `altered` of what training went on with."""
    training = run.trainings[origin.training if origin else -1]
    recorder = Recorder()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # It saves nothing, but looks at the steps at which it would.
            asked = {**uninterrupted(training), "save_strategy": training.arguments.get("save_strategy", "steps")}
            trainer = trainer_of(training, place, recorder, **asked)
            trainer.add_callback(StopsSoon())
            trainer.train(resume_from_checkpoint=checkpoint)
    except Exception as error:  # noqa: BLE001: whatever it raises is its answer
        return {"outcome": "raises", "error": words(error, place)}
    return judge(run, recorder, origin)


def judge(run: Recorded, recorder: Recorder, origin: Origin | None) -> dict:
    start = recorder.start
    said = {"step": start["step"]}
    for reference in run.references:
        if reference["steps"].get(start["step"]) == start and goes_on(recorder, reference):
            is_same = all(reference["losses"].get(at) == loss for at, loss in recorder.losses.items())
            return {"outcome": "faithful", **said, **({} if is_same else {"random": "other"})}
    fresh = run.references[origin.training if origin else -1]["start"]
    restarts = start["optimizer"] == NO_OPTIMIZER or start["rate"] == fresh["rate"] or start["step"] == 0
    expected = run.references[origin.training]["steps"].get(origin.step, {}) if origin else {}
    differs = [name for name in ("step", "rate", "weights", "optimizer") if start[name] != expected.get(name)]
    return {"outcome": "restart" if restarts else "altered", **said, "differs": differs}


def goes_on(recorder: Recorder, reference: dict) -> bool:
    """Every later step is there, with the learning rate that belongs to it."""
    if not recorder.steps:
        return False
    return all(reference["steps"].get(at, {}).get("rate") == one["rate"] for at, one in recorder.steps.items())


def load(run: Recorded, place: Path) -> dict:
    """`loads` where the weights are those of some step of the run, else `altered`, or `raises`."""
    is_adapter = run.trainings[-1].model.startswith("lora")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = load_adapter(place) if is_adapter else AutoModelForCausalLM.from_pretrained(place)
    except Exception as error:  # noqa: BLE001: whatever it raises is its answer
        return {"outcome": "raises", "error": words(error, place)}
    known = {step["weights"] for reference in run.references for step in reference["steps"].values()}
    return {"outcome": "loads" if weights_digest(model) in known else "altered"}


def load_adapter(place: Path) -> PeftModel:
    """An adapter of another name than `default` lies in a folder of that name, which is loaded then."""
    named = place / "mine"
    return PeftModel.from_pretrained(base(), str(named if named.is_dir() else place))


def words(error: Exception, place: Path) -> str:
    """Its kind and first line, without places of this machine."""
    lines = str(error).strip().splitlines() or [""]
    return scrub(f"{type(error).__name__}: {lines[0][:240]}", place, place.parent)

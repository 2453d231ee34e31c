"""What the real Trainer and the real loaders make of a folder."""

import hashlib
import re
import warnings
from pathlib import Path

from peft import PeftModel
from transformers import AutoModelForCausalLM, TrainerCallback
from transformers.trainer_utils import get_last_checkpoint

from common import scrub
from resume_models import base
from resume_runs import STEPS_AFTER, Origin, Recorded, uninterrupted
from resume_trainer import Recorder, optimizer_digest, trainer_of, weights_digest

NUMBERED = re.compile(r"^checkpoint-(\d+)$")
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
        self.known: dict[tuple, dict] = {}

    def answer(self, run_id: str, place: Path, origins: dict[str, Origin]) -> dict:
        """The truth of one case; see docs/loader-agreement.md."""
        run = self.runs[run_id]
        before = sum_of(place)
        names = sorted(path.name for path in place.iterdir() if path.is_dir() and FOLDERS.match(path.name))
        folders = {name: self.folder(run, place / name, origins.get(name)) for name in names}
        if any(path.is_file() for path in place.iterdir()) and not is_only_file(place):
            folders["."] = {"loads": load(run, place)}
        with_number = [name for name in names if NUMBERED.match(name)]
        by_step = sorted(with_number, key=lambda name: int(NUMBERED.match(name)[1]), reverse=True)
        found = get_last_checkpoint(str(place))
        taken = None if found is None else Path(found).name
        automatic = resume(run, place, True, origins.get(taken))
        faithful = [name for name in by_step if folders[name]["resumes"]["outcome"] == "faithful"]
        if sum_of(place) != before:
            raise RuntimeError(f"resuming changed {place}")
        return {
            "automatic": {"folder": taken, **automatic},
            "folders": folders,
            "newestResumable": faithful[0] if faithful else None,
            "blocking": blocking(taken, automatic, bool(faithful)),
        }

    def folder(self, run: Recorded, place: Path, origin: Origin | None) -> dict:
        key = (run.id, place.name, origin, sum_of(place))
        if key not in self.known:
            self.known[key] = {"resumes": resume(run, place.parent, str(place), origin), "loads": load(run, place)}
        return self.known[key]


def is_only_file(place: Path) -> bool:
    """A file that is named like a checkpoint makes no output root."""
    return all(NUMBERED.match(path.name) for path in place.iterdir() if path.is_file())


def blocking(taken: str | None, automatic: dict, has_other: bool) -> str | None:
    """The folder that `resume_from_checkpoint=True` takes and should not have taken."""
    is_blocking = automatic["outcome"] == "raises" or (automatic["outcome"] != "faithful" and has_other)
    return taken if is_blocking else None


def sum_of(folder: Path) -> str:
    sum = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        sum.update(f"{path.relative_to(folder).as_posix()} {path.is_file()} {len(content)}\n".encode() + content)
    return sum.hexdigest()


def resume(run: Recorded, place: Path, checkpoint: bool | str, origin: Origin | None) -> dict:
    """`raises` with its words; `faithful`, `restart` or `altered` of what training went on with."""
    training = run.trainings[origin.training if origin else -1]
    recorder = Recorder()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            trainer = trainer_of(training, place, recorder, **uninterrupted(training))
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

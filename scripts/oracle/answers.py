"""What the real loader does with a case, and what the model then says."""

import re
import warnings
from functools import cache
from pathlib import Path

import torch
from peft import PeftModel

from bases import ask, base
from common import scrub
from originals import Original

# Of the original's effect: below it two outputs differ by the order of sums in float32 alone.
EQUAL_SHARE = 1e-4
# Values rounded to 16 bits (bfloat16 keeps 8 bits of each) move the output by up to this share.
ROUNDED_SHARE = 3e-2
# An effect below it is the noise of float32 at logits of this size.
NOISE = 2e-5


@cache
def base_says(name: str) -> torch.Tensor:
    return ask(base(name))


def load_and_ask(original: Original, folder: Path):
    """Loads into a fresh base with the same seed; gives what the model says."""
    model = base(original.base)
    torch.manual_seed(0)
    loaded = PeftModel.from_pretrained(model, str(folder))
    return loaded


class Loader:
    """Remembers what each original says, so that each is loaded once."""

    def __init__(self, originals: dict[str, Original], trained: Path) -> None:
        self.originals = originals
        self.trained = trained

    @cache  # noqa: B019: one loader lives as long as the program
    def original_says(self, id: str) -> torch.Tensor:
        original = self.originals[id]
        return ask(load_and_ask(original, self.trained / id), original.tasks)

    def answer(self, id: str, folder: Path, rounds: bool = False) -> dict:
        """`raises` with its words, or `base`, `nan`, `original` or `altered`."""
        original = self.originals[id]
        healthy = self.original_says(id)
        stage = "load"
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                loaded = load_and_ask(original, folder)
                stage = "forward"
                said = ask(loaded, original.tasks)
            except Exception as error:  # noqa: BLE001: whatever it raises is its answer
                words = first_line(error, folder)
                return {"outcome": "raises", **({"at": stage} if stage == "forward" else {}), "error": words}
        found = {"outcome": judge(said, healthy, base_says(original.base), rounds)}
        if any("missing adapter keys" in str(one.message) for one in caught):
            found["missingKeys"] = True
        return found


def judge(said, healthy, plain, rounds: bool) -> str:
    if not torch.isfinite(said).all():
        return "nan"
    if said.shape != healthy.shape:
        return "altered"
    effect = (healthy - plain).abs().max().item()
    equal = max(NOISE, EQUAL_SHARE * effect)
    if (said - plain).abs().max().item() <= equal:
        return "base"
    limit = max(equal, ROUNDED_SHARE * effect) if rounds else equal
    return "original" if (said - healthy).abs().max().item() <= limit else "altered"


def first_line(error: Exception, folder: Path) -> str:
    """Its kind and first line, without places in memory and of this machine."""
    lines = str(error).strip().splitlines() or [""]
    words = scrub(f"{type(error).__name__}: {lines[0][:200]}", folder, folder.parent)
    return re.sub(r"0x[0-9a-f]+", "0x…", words)

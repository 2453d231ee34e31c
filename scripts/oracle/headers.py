"""Mutated safetensors headers: what the real reader takes and refuses, and whether Checkpoint Gate agrees.

A third of the mutations change bytes, the others the grammar: numbers, strings, white
space, fields, offsets, lengths. Each starts from a small healthy file.
"""

import json
import random
from pathlib import Path

from header_mutations import BYTE_MUTATIONS, GRAMMAR_MUTATIONS
from header_starts import STARTS
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file

from gate import Said, ask_gate

COUNT = 3000
CONFIG = {"model_type": "llama", "architectures": ["LlamaForCausalLM"]}
# What says that the reader refuses the file, and not that its content is of no use.
REFUSING = {
    "safetensors-header-invalid",
    "safetensors-offsets-invalid",
    "safetensors-size-mismatch",
    "safetensors-trailing-bytes",
    "safetensors-truncated",
    "weights-format-mismatch",
    "weights-placeholder",
}


def mutated(at: int, seed: int) -> tuple[str, bytes]:
    """The name of a mutation and the file that comes of it, the same for the same number."""
    rng = random.Random(f"{seed}/header/{at}")
    mutations = BYTE_MUTATIONS if at % 3 == 0 else GRAMMAR_MUTATIONS
    header, data = rng.choice(STARTS)()
    change = mutations[at // 3 % len(mutations)]
    return change.__name__, change(rng, header, data)


def make_headers(folder: Path, seed: int) -> list[dict]:
    """Writes the files and records whether the real reader takes them, with every tensor."""
    records = []
    for at in range(COUNT):
        mutation, content = mutated(at, seed)
        id = f"{mutation}/{at:04}"
        place = folder / id
        place.mkdir(parents=True, exist_ok=True)
        (place / "config.json").write_text(json.dumps(CONFIG))
        (place / "model.safetensors").write_bytes(content)
        records.append({"id": id, **reader_says(place / "model.safetensors")})
    return records


def reader_says(path: Path) -> dict:
    """Whether the reader takes the header; `torch`: what torch then refuses of its tensors."""
    try:
        with safe_open(path, framework="pt"):
            pass
    except (SafetensorError, OSError) as error:
        return {"accepts": False, "error": words_of(error, path)}
    try:
        load_file(path)
    except (SafetensorError, TypeError, RuntimeError) as error:
        return {"accepts": True, "torch": words_of(error, path)}
    return {"accepts": True}


def words_of(error: Exception, path: Path) -> str:
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:160]}".replace(str(path), "<file>")


def refuses(said: Said) -> bool:
    return bool(REFUSING & set(said.found["error"]))


def compare_headers(records: list[dict], folder: Path) -> int:
    """Prints every disagreement; gives their number."""
    said = ask_gate([one["id"] for one in records], folder)
    wrong = []
    for one in records:
        if refuses(said[one["id"]]) == one["accepts"]:
            wrong.append((one, said[one["id"]]))
    accepted = sum(one["accepts"] for one in records)
    print(f"{len(records)} safetensors headers: the reader accepts {accepted}, refuses {len(records) - accepted}; "
          f"{len(wrong)} disagreements")
    print(f"  of those that it accepts torch takes {sum('torch' in one for one in records)} not, by dtype or size")
    for one, ours in wrong:
        reader = "accepts" if one["accepts"] else f"refuses ({one['error']})"
        print(f"header: {one['id']}: reader {reader}; gate: {ours.found}")
    return len(wrong)

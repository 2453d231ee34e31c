"""Whether Checkpoint Gate says of damaged adapters what the real loader does.

    npm run oracle                                makes, loads and compares everything (minutes)
    npm run oracle -- --keep DIR                  keeps cases and answers in DIR; where they are there, compares alone
    npm run oracle -- --keep DIR --make           makes and loads alone
    npm run oracle -- --types LORA,IA3            only these PEFT types
    npm run oracle -- --damages nan-all,untrained only these damages (a trailing * stands for any end)
    npm run oracle -- --seed 2                    the same with other damages done to other adapters, at other places
    npm run oracle -- --every                     every damage to every adapter, not to a share of them (twice as long)
    npm run oracle -- --headers                   the reader of safetensors headers alone (seconds); --adapters the rest

Exit code 0: agreement outside the closed list; 1: disagreement; 2: something that it needs is absent.
"""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "corpus")]

import peft.tuners.frod.model as frod_model  # noqa: E402
from tqdm import tqdm  # noqa: E402

from cases import SEED, Choice  # noqa: E402
from common import VERSIONS, quiet, write_json  # noqa: E402
from headers import compare_headers, make_headers  # noqa: E402
from sample import write_headers, write_sample  # noqa: E402


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="npm run oracle --")
    parser.add_argument("--keep", type=Path, help="folder for cases and answers, reused when there")
    parser.add_argument("--make", action="store_true", help="make and load alone, compare nothing")
    parser.add_argument("--types", default="", help="PEFT types, separated by commas")
    parser.add_argument("--damages", default="*", help="damages, separated by commas")
    parser.add_argument("--list", type=Path, help="file for the disagreements, instead of printing them")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of which cases are made ({SEED})")
    parser.add_argument("--every", action="store_true", help="every damage to every adapter")
    parser.add_argument("--headers", action="store_true", help="safetensors headers alone")
    parser.add_argument("--sample", action="store_true", help="write the sample of __tests__/oracle, too")
    parser.add_argument("--adapters", action="store_true", help="adapters alone")
    return parser.parse_args()


def main() -> int:
    chosen = options()
    quiet()
    # FRoD shows its progress whenever it loads.
    frod_model.tqdm = lambda categories, **_options: tqdm(categories, disable=True)
    if chosen.keep is not None:
        chosen.keep.mkdir(parents=True, exist_ok=True)
        return run(chosen, chosen.keep.resolve())
    with tempfile.TemporaryDirectory() as temporary:
        return run(chosen, Path(temporary))


def run(chosen: argparse.Namespace, folder: Path) -> int:
    """Makes what is not there yet, then compares; with neither choice adapters and headers."""
    both = chosen.adapters == chosen.headers
    disagreeing = 0
    if both or chosen.adapters:
        if not (folder / "answers.json").exists():
            make_and_load(folder, Choice(chosen.seed, chosen.every))
        if chosen.sample:
            recorded = json.loads((folder / "answers.json").read_text())
            print(f"{write_sample(recorded, folder)} cases written to __tests__/oracle/cases")
        if not chosen.make:
            disagreeing += compare(chosen, folder)
    if both or chosen.headers:
        if not (folder / "headers.json").exists():
            write_json(folder / "headers.json", make_headers(folder / "headers", chosen.seed))
        headers = json.loads((folder / "headers.json").read_text())
        if chosen.sample:
            print(f"{write_headers(headers, folder / 'headers')} headers written to __tests__/oracle")
        if not chosen.make:
            disagreeing += compare_headers(headers, folder / "headers")
    return 1 if disagreeing else 0


def make_and_load(folder: Path, choice: Choice) -> None:
    """Originals, cases and the library's answer to each."""
    from answers import Loader
    from cases import make_cases, make_originals
    from isolated import answers_of
    from originals import CANNOT, all_originals
    from registry import load_all

    originals = all_originals()
    print(f"training {len(originals)} adapters", file=sys.stderr)
    made = make_originals(originals, folder)
    types = {one: type_of(folder / "trained" / one) for one in originals}
    cases = make_cases(made, load_all(), types, folder / "cases", choice)
    print(f"loading {len(cases)} cases", file=sys.stderr)
    loader = Loader(originals, folder / "trained")

    def answer(at: int) -> dict:
        case = cases[at]
        return loader.answer(case.original, folder / "cases" / case.id, case.rounds)

    answers = answers_of(len(cases), answer, folder / "journal")
    records = [{**case.record(), **said} for case, said in zip(cases, answers, strict=True)]
    write_json(folder / "answers.json", {"madeWith": VERSIONS, "choice": asdict(choice), "cannotBeMade": CANNOT, "cases": records})


def type_of(folder: Path) -> str:
    return json.loads((folder / "adapter_config.json").read_text())["peft_type"]


def compare(chosen: argparse.Namespace, folder: Path) -> int:
    from agreement import agree

    recorded = json.loads((folder / "answers.json").read_text())
    print(f"seed {recorded['choice']['seed']}" + (", every damage to every adapter" * recorded["choice"]["every"]))
    types = [one for one in chosen.types.split(",") if one]
    damages = chosen.damages.split(",")
    cases = [
        case
        for case in recorded["cases"]
        if (not types or case["type"] in types) and any(fnmatch(case["damage"], one) for one in damages)
    ]
    choice = Choice(**recorded["choice"])
    # Whether each entry of the closed list is needed only the seed tells that it was made for.
    whole = choice.seed if choice.every and len(cases) == len(recorded["cases"]) else None
    return agree(cases, folder / "cases", whole, chosen.list)


if __name__ == "__main__":
    # PEFT keeps names in sets, whose order is in its words and files.
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    sys.exit(main())

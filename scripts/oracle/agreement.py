"""Holds what Checkpoint Gate says against what the library did, and prints where they disagree."""

import collections
import json
from pathlib import Path

from cases import SEED
from gate import Said, ask_gate

FALSE_GREEN = "false green"
HALF_GREEN = "half green"
FALSE_RED = "false red"
NOISE = "finding on a healthy adapter"
KINDS = (FALSE_GREEN, HALF_GREEN, FALSE_RED, NOISE)
CLOSED_LIST = Path(__file__).with_name("undecidable.json")


def disagreement(case: dict, said: Said) -> str | None:
    """The rules, in the words of docs/loader-agreement.md."""
    outcome = case["outcome"]
    if outcome in ("raises", "base", "nan") and not said.refuses:
        return FALSE_GREEN
    if outcome == "altered" and not said.warns:
        return HALF_GREEN
    if outcome == "original" and said.errs:
        return FALSE_RED
    if case["damage"] == "original" and (said.warns or said.found["notice"]):
        return NOISE
    return None


def closed_list() -> list[dict]:
    return json.loads(CLOSED_LIST.read_text(encoding="utf-8"))["entries"]


def entry_for(case: dict, kind: str, entries: list[dict]) -> int | None:
    """The place of the first entry that excuses this; `*` in its types stands for all."""
    for at, entry in enumerate(entries):
        if (
            kind == entry["kind"]
            and case["damage"] in entry["damages"]
            and (entry["types"] == "*" or case["type"] in entry["types"])
            and ("originals" not in entry or case["original"] in entry["originals"])
            and ("notes" not in entry or case.get("note") in entry["notes"])
            and ("outcome" not in entry or case["outcome"] == entry["outcome"])
        ):
            return at
    return None


def agree(cases: list[dict], folder: Path, whole: int | None, listing: Path | None = None) -> int:
    """
    Prints the tables; gives the number of disagreements outside the closed list, and of
    entries that nothing needs where the run is whole: `whole` is the seed then.
    """
    said = ask_gate([case["id"] for case in cases], folder)
    entries = closed_list()
    used: collections.Counter[int] = collections.Counter()
    outside, kinds = [], collections.Counter()
    for case in cases:
        kind = disagreement(case, said[case["id"]])
        if kind is None:
            continue
        at = entry_for(case, kind, entries)
        if at is None:
            outside.append((kind, case, said[case["id"]]))
            kinds[kind] += 1
        else:
            used[at] += 1
    print_tables(cases, outside, used, entries)
    lines = [line_of(*one) for one in sorted(outside, key=lambda one: (KINDS.index(one[0]), one[1]["id"]))]
    if listing is not None:
        listing.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    else:
        print("\n".join(lines))
    unused = [
        entry for at, entry in enumerate(entries) if used[at] == 0 and entry.get("seed", SEED) == whole
    ]
    for entry in unused:
        print(f"entry of the closed list that nothing needs: {entry['kind']}: {', '.join(entry['damages'])}")
    return len(outside) + len(unused)


def line_of(kind: str, case: dict, said: Said) -> str:
    library = case["outcome"] + (f" ({case['error']})" if "error" in case else "")
    note = f" [{case['note']}]" if "note" in case else ""
    keys = ", missing keys" if case.get("missingKeys") else ""
    answers = ", ".join(f"{question} {said.answers[question]}" for question in ("loads", "trained") if said.answers)
    checks = " ".join(sorted({*said.found["error"], *said.found["warning"], *said.found["notice"]})) or "nothing"
    return f"{kind}: {case['id']}{note} ({case['type']}): library {library}{keys}; gate {answers or 'no checkpoint'}: {checks}"


def print_tables(cases: list[dict], outside: list, used, entries: list[dict]) -> None:
    outcomes = collections.Counter(case["outcome"] for case in cases)
    print(f"{len(cases)} cases: {count_words(cases, 'original')} adapters, {count_words(cases, 'type')} types, "
          f"{count_words(cases, 'damage')} damages")
    print("the library: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())))
    for by in ("group", "type", "damage"):
        print_table(by, cases, outside)
    print(f"in the closed list: {sum(used.values())} cases")
    for at, entry in enumerate(entries):
        if used[at]:
            print(f"  {used[at]:5} {entry['kind']}: {', '.join(entry['damages'])}: {entry['reason']}")
    counts = collections.Counter(kind for kind, _, _ in outside)
    print("outside of it: " + ", ".join(f"{counts[kind]} {kind}" for kind in KINDS))


def count_words(cases: list[dict], field: str) -> int:
    return len({case[field] for case in cases})


def print_table(by: str, cases: list[dict], outside: list) -> None:
    """A row for each value of a field; of damages only those with a disagreement."""
    totals = collections.Counter(case[by] for case in cases)
    rows: dict[str, collections.Counter] = {value: collections.Counter() for value in totals}
    for kind, case, _ in outside:
        rows[case[by]][kind] += 1
    print(f"\n{by:32} cases  agree" + "".join(f"  {kind}" for kind in KINDS))
    for value, counts in sorted(rows.items()):
        disagreeing = sum(counts.values())
        if by == "damage" and disagreeing == 0:
            continue
        cells = "".join(f"  {counts[kind]:{len(kind)}}" for kind in KINDS)
        print(f"{value:32} {totals[value]:5}  {totals[value] - disagreeing:5}{cells}")
    print()

"""Sets each field of an adapter of each PEFT type to odd values, and asks PEFT.

    venv/bin/pip install scikit-learn        # AdaMSS asks for it
    venv/bin/python scripts/corpus/config_values.py     # 20 minutes

Writes `__tests__/core/layout/config-values.json` (`npm run format` brings it into shape): of each field the values with which the
adapter cannot be loaded or run, whatever the weights; src/core/layout/config-table.ts is
held against it.
"""

import copy
import json
import math
import os
import shutil
import signal
import sys
import tempfile
import warnings
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
os.environ["TQDM_DISABLE"] = "1"

import torch  # noqa: E402
from peft import (  # noqa: E402
    AdamssConfig,
    BOFTConfig,
    LoKrConfig,
    LoraConfig,
    MultitaskPromptTuningConfig,
    OFTConfig,
    PeftModel,
    PolyConfig,
    VeraConfig,
    get_peft_model,
)

from adapters import CONFIGS, Q_V, TASK  # noqa: E402
from common import CORPUS, VERSIONS, quiet, tiny_base, write_json  # noqa: E402

OUT = CORPUS.parent / "core" / "layout" / "config-values.json"
# Some values keep PEFT busy without an end.
SECONDS = 8
ABSENT = object()
VALUES = (
    ABSENT, None, 0, -1, 1, 2.5, 2.0, 0.0, True, False, "text", "2", [], ["text"], [1], {}, {"text": 1},
    math.nan, math.inf, -math.inf, 10**30, 1e30,
)  # fmt: skip
TOKENS = torch.arange(16).reshape(2, 8) % 60 + 1
ROUTED = ("POLY", "MULTITASK_PROMPT_TUNING")
# Beside those of the corpus: other ways to say the size, and types that ask for tasks.
MORE = {
    "adamss": lambda: AdamssConfig(r=4, num_subspaces=2, **Q_V),
    "boft-number": lambda: BOFTConfig(boft_block_size=0, boft_block_num=4, **Q_V),
    "lokr-both": lambda: LoKrConfig(r=2, decompose_both=True, **Q_V),
    "lora-many": lambda: LoraConfig(
        r=2, lora_alpha=4, alpha_pattern={"q_proj": 8}, rank_pattern={"v_proj": 4}, exclude_modules=["lm_head"],
        layers_to_transform=[0, 1], layers_pattern="layers", **Q_V,
    ),
    "multitask": lambda: MultitaskPromptTuningConfig(num_virtual_tokens=4, num_tasks=2, num_ranks=1, **TASK),
    "oft-rank": lambda: OFTConfig(r=4, oft_block_size=0, **Q_V),
    "poly": lambda: PolyConfig(r=2, n_tasks=2, n_skills=2, n_splits=1, **Q_V),
    "vera-no-projection": lambda: VeraConfig(r=2, save_projection=False, **Q_V),
}  # fmt: skip
# Words of an error about the weights or the base, not about the value.
OF_OTHERS = (
    "Error(s) in loading",
    "NoMatchingPeftModuleError: Target modules",
    "NoMatchingPeftModuleError: No modules were targeted",
    "ValueError: Target modules",
    "KeyError: 'base_model",
)


def main() -> None:
    quiet()
    signal.signal(signal.SIGALRM, ring)
    raised: dict = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for name, config in {**CONFIGS, **MORE}.items():
        with tempfile.TemporaryDirectory() as folder:
            get_peft_model(tiny_base(), config()).save_pretrained(folder)
            for field, value, said in outcomes(Path(folder)):
                raised[config().peft_type.value][field][value].add(said)
        print(name, file=sys.stderr)
    write_json(OUT, {"madeWith": {"peft": VERSIONS["peft"]}, "values": [shown(one) for one in VALUES], "groups": grouped(raised)})


def outcomes(source: Path):
    """Yields field, value and `takes`, `refuses` or `others` for each value of each field."""
    plain = json.loads((source / "adapter_config.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "adapter"
        shutil.copytree(source, work)
        for field in sorted(set(plain) - {"peft_type"}):
            for value in VALUES:
                changed = {**plain, field: value}
                if value is ABSENT:
                    del changed[field]
                (work / "adapter_config.json").write_text(json.dumps(changed))
                yield field, shown(value), outcome(work, plain["peft_type"])


def outcome(folder: Path, peft_type: str) -> str:
    signal.alarm(SECONDS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.manual_seed(1)
            model = PeftModel.from_pretrained(copy.deepcopy(tiny_base()), str(folder)).eval()
            tasks = {"task_ids": torch.tensor([0, 1])} if peft_type in ROUTED else {}
            with torch.no_grad():
                model(input_ids=TOKENS, **tasks)
        return "takes"
    except BaseException as error:  # noqa: BLE001: whatever it raises is its answer
        if isinstance(error, KeyboardInterrupt):
            raise
        words = f"{type(error).__name__}: {error}"
        return "others" if any(one in words for one in OF_OTHERS) else "refuses"
    finally:
        signal.alarm(0)


def ring(*_args) -> None:
    raise TimeoutError("no end")


def shown(value) -> str:
    return "absent" if value is ABSENT else json.dumps(value)


def grouped(raised: dict) -> list[dict]:
    """Fields that refuse the same values, together: refused is what no adapter of the type takes."""
    groups: dict = defaultdict(lambda: defaultdict(list))
    for peft_type in sorted(raised):
        for field, values in sorted(raised[peft_type].items()):
            refused = [value for value, said in values.items() if "takes" not in said and "refuses" in said]
            groups[json.dumps(refused)][field].append(peft_type)
    return [
        {"refused": json.loads(refused), "fields": {field: " ".join(types) for field, types in sorted(fields.items())}}
        for refused, fields in sorted(groups.items())
    ]


if __name__ == "__main__":
    main()

"""Makes the corpus in __tests__/corpus: real checkpoints, and damaged copies of them.

    python -m venv venv
    venv/bin/pip install -r scripts/corpus/requirements.txt
    venv/bin/python scripts/corpus/make.py            # make all cases anew
    venv/bin/python scripts/corpus/make.py damaged    # only the parts whose name begins so
    venv/bin/python scripts/corpus/make.py --check    # ask the loaders again, change nothing

Each case is a folder: `tree/` holds the files as the library wrote them (or as
they were damaged), `manifest.json` what git does not keep (empty folders, modes,
links), the versions of the libraries, and what the real loaders said. A healthy
case names in `falseAlarm` the check that must stay silent on it. The expected report beside it comes from `UPDATE_CORPUS=1 npm test -- corpus`, and is
reviewed.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from common import CORPUS, Case, quiet  # noqa: E402


def main() -> int:
    quiet()
    if "--check" in sys.argv:
        return check()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    from accelerated import make_accelerate, make_dcp, make_fsdp
    from adapters import make_adapters
    from config_damages import make_config_damages
    from damages import make_damages, make_founding
    from frameworks import make_frameworks
    from image_adapters import make_diffusers, make_kohya, make_mlx
    from lit import make_lightning
    from models import make_models, make_stale_shards
    from meanings import make_meaning_damages
    from neighbours import make_neighbours
    from producer_damages import make_producer_damages
    from producers import make_producers
    from quiet import make_quiet
    from quiet_steps import make_quiet_steps
    from quiet_variants import make_quiet_variants
    from resume_damages import make_resume_damages
    from resumed_adapters import make_resumed_adapters
    from rewards import make_rewards
    from runs import make_runs
    from state_damages import make_state_damages
    from trainer_state_damages import make_trainer_state_damages
    from training_logs import make_training_logs
    from steps import make_steps
    from values import make_value_damages
    from zero import make_deepspeed

    # Later parts copy cases of earlier ones.
    parts = (
        ("peft", make_adapters),
        ("trainer", make_runs),
        ("model", make_models),
        ("other", make_producers),
        ("accelerate", make_accelerate),
        ("dcp", make_dcp),
        ("fsdp", make_fsdp),
        ("deepspeed", make_deepspeed),
        ("lightning", make_lightning),
        ("diffusers", make_diffusers),
        ("kohya", make_kohya),
        ("mlx", make_mlx),
        ("framework", make_frameworks),
        ("quiet", make_quiet),
        ("quiet-steps", make_quiet_steps),
        ("quiet-variants", make_quiet_variants),
        ("training-logs", make_training_logs),
        ("steps", make_steps),
        ("rewards", make_rewards),
        ("founding", make_founding),
        ("damaged", make_damages),
        ("damaged-config", make_config_damages),
        ("damaged-stale", make_stale_shards),
        ("neighbours", make_neighbours),
        ("damaged-producer", make_producer_damages),
        ("damaged-values", make_value_damages),
        ("damaged-meanings", make_meaning_damages),
        ("resume", make_resume_damages),
        ("resumed-adapters", make_resumed_adapters),
        ("damaged-trainer-state", make_trainer_state_damages),
        ("damaged-state", make_state_damages),
    )
    for name, make in parts:
        if name.startswith(wanted):
            make()
    return 0


def check() -> int:
    """Compares the recorded answers with those of the installed loaders."""
    from loaders import answers_for

    differing = []
    for path in sorted(CORPUS.glob("*/manifest.json")):
        manifest = json.loads(path.read_text())
        case = Case(
            manifest["id"],
            manifest["title"],
            empty_folders=manifest.get("emptyFolders", []),
            links=manifest.get("links", {}),
            loads=[(one["path"], one["call"]) for one in manifest.get("loaders", [])],
        )
        if case.loads and answers_for(case) != manifest["loaders"]:
            differing.append(case.id)
    print(f"{len(differing)} cases differ {' '.join(differing)}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

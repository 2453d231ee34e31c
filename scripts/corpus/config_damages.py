"""Healthy adapters with a configuration that PEFT refuses, or takes and is made useless by."""

import math

from damages import CONFIG, damaged, edit_json

DAMAGES = (
    # name, what it is, fields, the adapter
    ("task-unknown", "A task_type that PEFT does not have.", {"task_type": "CAUSAL"}, "peft-lora"),
    ("bias-unknown", "A bias that PEFT does not have.", {"bias": "some"}, "peft-lora"),
    ("init-unknown", "An init_lora_weights that PEFT does not have.", {"init_lora_weights": "zeros"}, "peft-lora"),
    ("init-corda", "init_lora_weights corda, which asks for a prepared base.", {"init_lora_weights": "corda"}, "peft-lora"),
    ("dropout-two", "A lora_dropout above 1.", {"lora_dropout": 2.0}, "peft-lora"),
    ("alpha-text", "A lora_alpha that is a text.", {"lora_alpha": "4"}, "peft-lora"),
    ("targets-number", "target_modules that is a number.", {"target_modules": 7}, "peft-lora"),
    ("modules-to-save-text", "modules_to_save that is a text.", {"modules_to_save": "lm_head"}, "peft-lora"),
    ("rank-pattern-text", "rank_pattern that is a text.", {"rank_pattern": "v_proj"}, "peft-lora"),
    ("rank-pattern-zero", "A rank of 0 for a target.", {"rank_pattern": {"v_proj": 0}}, "peft-lora"),
    ("layers-with-pattern", "layers_to_transform beside a pattern of targets.", {"target_modules": ".*_proj", "layers_to_transform": [0]}, "peft-lora"),
    ("virtual-tokens-null", "Prompt tuning without a number of tokens.", {"num_virtual_tokens": None}, "peft-prompt-tuning"),
    ("block-sizes-both", "OFT with a rank and a block size.", {"r": 4}, "peft-oft"),
    ("scaling-null", "FourierFT without a scale, which loads and does not run.", {"scaling": None}, "peft-fourierft"),
    ("type-lower-case", "A peft_type in small letters.", {"peft_type": "lora"}, "peft-lora"),
    ("alpha-zero", "lora_alpha 0: the base's output, without a word.", {"lora_alpha": 0}, "peft-lora"),
    ("alpha-nan", "lora_alpha NaN: no number in the output, without a word.", {"lora_alpha": math.nan}, "peft-lora"),
    ("alpha-negative", "lora_alpha below 0: the opposite of what was trained.", {"lora_alpha": -4}, "peft-lora"),
    ("alpha-pattern-zero", "alpha_pattern 0 for every target.", {"alpha_pattern": {"q_proj": 0, "v_proj": 0}}, "peft-lora"),
    ("alpha-pattern-some", "alpha_pattern 0 for one of two targets.", {"alpha_pattern": {"q_proj": 0}}, "peft-lora"),
    ("scale-zero", "alpha 0 of a LoHa adapter.", {"alpha": 0}, "peft-loha"),
    ("switch-text", "use_rslora false in quotes, which Python takes for true.", {"use_rslora": "false"}, "peft-lora"),
    ("task-null", "Prompt tuning without a task: PEFT does not use the prompts.", {"task_type": None}, "peft-prompt-tuning"),
)  # fmt: skip


def make_config_damages() -> None:
    for name, title, fields, source in DAMAGES:
        damaged(f"config-{name}", title, edit_json(CONFIG, lambda config, fields=fields: config.update(fields)), source)
    damaged("config-alpha-unset", "Without lora_alpha: PEFT takes 8.", edit_json(CONFIG, lambda config: config.pop("lora_alpha")))
    damaged("config-task-unset", "CPT without a task.", edit_json(CONFIG, lambda config: config.pop("task_type")), "peft-cpt")

"""Full models as transformers saves them, whole and in shards, in both formats."""

import json

import torch
from safetensors.torch import load_file

from common import Case, tiny_base

MODEL = "AutoModelForCausalLM.from_pretrained"


def make_models() -> None:
    case = Case("model-single", "A full model in one safetensors file.")
    case.loads = [(".", MODEL)]
    tiny_base().save_pretrained(case.start())
    case.finish()

    case = Case("model-sharded", "A full model in several safetensors shards with their index.")
    case.loads = [(".", MODEL)]
    tiny_base().save_pretrained(case.start(), max_shard_size="12KB")
    case.finish()

    case = Case("model-bin", "A full model in one torch file, as transformers 4 wrote it.")
    case.loads = [(".", MODEL)]
    tree = case.copy_from("model-single")
    state = load_file(tree / "model.safetensors")
    torch.save(state, tree / "pytorch_model.bin")
    (tree / "model.safetensors").unlink()
    case.finish()

    case = Case("model-bin-sharded", "A full model in two torch shards, as transformers 4 wrote it.")
    case.loads = [(".", MODEL)]
    tree = case.copy_from("model-single")
    (tree / "model.safetensors").unlink()
    names = sorted(state)
    shards = {
        f"pytorch_model-0000{at + 1}-of-00002.bin": names[at::2] for at in range(2)
    }
    for file, keys in shards.items():
        torch.save({key: state[key].clone() for key in keys}, tree / file)
    index = {
        "metadata": {"total_size": sum(t.numel() * t.element_size() for t in state.values())},
        "weight_map": {key: file for file, keys in shards.items() for key in keys},
    }
    (tree / "pytorch_model.bin.index.json").write_text(json.dumps(index, indent=2) + "\n")
    case.finish()

"""Full models as transformers saves them, whole and in shards, in both formats."""

import json
import shutil

import torch
from huggingface_hub import split_torch_state_dict_into_shards
from safetensors.torch import load_file
from transformers import LlamaConfig, LlamaForCausalLM

from common import SIZES, Case, named, tiny_base

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

    make_tied_models()


def make_tied_models() -> None:
    torch.manual_seed(0)
    model = named(LlamaForCausalLM(LlamaConfig(tie_word_embeddings=True, **SIZES)))

    case = Case("model-sharded-tied", "A full model in shards whose lm_head is its embeddings.")
    case.false_alarm = "tensors missing in the shards; total_size is not the sum"
    case.loads = [(".", MODEL)]
    model.save_pretrained(case.start(), max_shard_size="12KB")
    case.finish()

    case = Case("model-bin-sharded-tied", "The same in torch shards, as transformers 4 split them: both names, one storage.")
    case.false_alarm = "tensors missing in the shards; total_size is not the sum"
    case.loads = [(".", MODEL)]
    tree = case.start()
    for config in (model.config, model.generation_config):
        config.save_pretrained(tree)
    state = model.state_dict()
    split = split_torch_state_dict_into_shards(
        state, filename_pattern="pytorch_model{suffix}.bin", max_shard_size="12KB"
    )
    for file, keys in split.filename_to_tensors.items():
        torch.save({key: state[key] for key in keys}, tree / file)
    index = {"metadata": split.metadata, "weight_map": split.tensor_to_filename}
    (tree / "pytorch_model.bin.index.json").write_text(json.dumps(index, indent=2) + "\n")
    case.finish()


def make_stale_shards() -> None:
    case = Case("damaged-shards-stale", "A model in shards beside one shard of an older save.")
    case.loads = [(".", MODEL)]
    tree = case.copy_from("model-sharded")
    shutil.copy(tree / "model-00001-of-00003.safetensors", tree / "model-00001-of-00009.safetensors")
    case.finish()

    case = Case("damaged-shards-beside-single", "A model saved whole, then again in shards: transformers keeps and reads the older file.")
    case.loads = [(".", MODEL)]
    tree = case.start()
    model = tiny_base()
    model.save_pretrained(tree)
    model.save_pretrained(tree, max_shard_size="12KB")
    case.finish()

    case = Case("damaged-index-shard-left-out", "An index that lacks the last shard, which is not there either.")
    case.loads = [(".", MODEL)]
    tree = case.copy_from("model-sharded")
    path = tree / "model.safetensors.index.json"
    index = json.loads(path.read_text())
    last = max(index["weight_map"].values())
    index["weight_map"] = {key: file for key, file in index["weight_map"].items() if file != last}
    path.write_text(json.dumps(index, indent=2) + "\n")
    (tree / last).unlink()
    case.finish()

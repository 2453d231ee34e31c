"""Trainings of TRL's GRPO, whose loss may be 0 all along."""

from datasets import Dataset
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast
from trl import GRPOConfig, GRPOTrainer

from common import Case
from quiet import quiet_case
from runs import ADAPTER, COMMON, in_temporary, lora_model, slim

NEWEST = [("checkpoint-6", ADAPTER)]


def make_rewards() -> None:
    case = quiet_case(
        "log-rewards", "loss without signal", "GRPO, whose loss is 0 at most steps.", "loss without signal", NEWEST
    )
    train_by(different, case)
    case = Case("damaged-log-rewards-alike", "GRPO with the same reward for every completion.")
    case.loads = NEWEST
    train_by(alike, case)


def different(completions, **_kwargs):
    return [float(len(set(text.split()))) for text in completions]


def alike(completions, **_kwargs):
    return [0.0 for _ in completions]


def tokenizer() -> PreTrainedTokenizerFast:
    words = [*(f"t{at}" for at in range(60)), "<pad>", "<eos>", "<unk>"]
    model = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="<unk>"))
    model.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return PreTrainedTokenizerFast(tokenizer_object=model, pad_token="<pad>", eos_token="<eos>", unk_token="<unk>")


def train_by(reward, case: Case) -> None:
    prompts = Dataset.from_dict({"prompt": [f"t{at} t{at + 1} t{at + 2}" for at in range(16)]})
    sizes = {"per_device_train_batch_size": 4, "num_generations": 4, "max_completion_length": 8}
    steps = {"max_steps": 6, "save_steps": 6, "logging_steps": 1, "learning_rate": 1e-2, "save_only_model": True}
    with in_temporary(case.start()):
        args = GRPOConfig(output_dir="out", **{**COMMON, **sizes, **steps})
        trainer = GRPOTrainer(
            model=lora_model(), reward_funcs=reward, args=args, train_dataset=prompts, processing_class=tokenizer()
        )
        trainer.train()
    slim(case.tree)
    case.finish()

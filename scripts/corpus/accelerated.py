"""What accelerate, its FSDP functions and torch's distributed checkpoints leave."""

import os
import random
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import accelerate
import numpy
import torch
import torch.distributed.checkpoint as dcp
from accelerate.utils import FullyShardedDataParallelPlugin, ProjectConfiguration
from accelerate.utils.fsdp_utils import save_fsdp_model, save_fsdp_optimizer

from common import Case

LOAD_STATE = "Accelerator.load_state"
LOAD_STATE_BARE = "Accelerator.load_state of a model and an optimizer"
LOAD_DCP = "dcp.load"
WEIGHTS_PRESENT = "adapter or model files missing"


class Counter:
    """An object of the user's own that is registered for checkpointing."""

    def __init__(self):
        self.seen = 1

    def state_dict(self):
        return {"seen": self.seen}

    def load_state_dict(self, state):
        self.seen = state["seen"]


def job(extras: bool = True, **options) -> accelerate.Accelerator:
    """A prepared model and optimizer; with `extras`, a scheduler, a loader and a registered object."""
    accelerate.state.AcceleratorState._reset_state(True)
    torch.manual_seed(0)
    random.seed(0)
    numpy.random.seed(0)
    accelerator = accelerate.Accelerator(cpu=True, **options)
    model = torch.nn.Linear(4, 2)
    optimizer = torch.optim.AdamW(model.parameters())
    if not extras:
        model, optimizer = accelerator.prepare(model, optimizer)
        step(model, optimizer)
        return accelerator
    scheduler = torch.optim.lr_scheduler.LinearLR(optimizer)
    data = torch.utils.data.TensorDataset(torch.ones(4, 4))
    loader = torch.utils.data.DataLoader(data, batch_size=2, shuffle=True)
    model, optimizer, scheduler, loader = accelerator.prepare(model, optimizer, scheduler, loader)
    accelerator.register_for_checkpointing(Counter())
    step(model, optimizer)
    scheduler.step()
    return accelerator


def step(model, optimizer) -> None:
    model(torch.ones(2, 4)).sum().backward()
    optimizer.step()
    optimizer.zero_grad()


def make_accelerate() -> None:
    case = Case("accelerate-state", "accelerate's state of a job with a scheduler and a registered object.")
    case.false_alarm = WEIGHTS_PRESENT
    case.loads = [("state", LOAD_STATE)]
    job().save_state(str(case.start() / "state"))
    case.finish()

    case = Case("accelerate-state-bin", "accelerate's state in torch's format.")
    case.false_alarm = WEIGHTS_PRESENT
    case.loads = [("state", LOAD_STATE)]
    job().save_state(str(case.start() / "state"), safe_serialization=False)
    case.finish()

    case = Case("accelerate-numbered", "accelerate's automatic naming, of which two of three are kept.")
    case.false_alarm = "step gaps"
    case.loads = [(f"checkpoints/checkpoint_{at}", LOAD_STATE_BARE) for at in (1, 2)]
    tree = case.start()
    with tempfile.TemporaryDirectory() as temporary:
        project = ProjectConfiguration(
            project_dir=temporary, automatic_checkpoint_naming=True, total_limit=2
        )
        accelerator = job(extras=False, project_config=project)
        for _ in range(3):
            accelerator.save_state()
        shutil.copytree(Path(temporary) / "checkpoints", tree / "checkpoints")
    case.finish()

    case = Case("accelerate-model-sharded", "accelerate's save_model in two shards: weights, not a state.")
    case.false_alarm = WEIGHTS_PRESENT
    accelerator = job(extras=False)
    model = torch.nn.Sequential(torch.nn.Linear(20, 20), torch.nn.Linear(20, 20))
    accelerator.save_model(model, str(case.start() / "export"), max_shard_size="2KB")
    case.finish()

    case = Case("accelerate-two-models", "accelerate's state of two models and two optimizers.")
    case.false_alarm = WEIGHTS_PRESENT
    accelerator = job(extras=False)
    second = torch.nn.Linear(4, 1)
    accelerator.prepare(second, torch.optim.SGD(second.parameters(), lr=0.1))
    accelerator.save_state(str(case.start() / "state"))
    case.finish()

    case = Case("accelerate-deepspeed", "accelerate's state with DeepSpeed: its tag is `pytorch_model`.")
    case.false_alarm = WEIGHTS_PRESENT
    tree = case.start() / "state"
    job(extras=False).save_state(str(tree))
    for name in ("model.safetensors", "optimizer.bin"):
        (tree / name).unlink()
    # accelerator.py `save_state`: model.save_checkpoint(output_dir, "pytorch_model").
    from zero import write_tag

    write_tag(tree, "pytorch_model", stage=2, ranks=1)
    case.finish()


def make_dcp() -> None:
    case = Case("dcp-one-process", "A torch distributed checkpoint with tensors and a plain value.")
    case.false_alarm = WEIGHTS_PRESENT
    case.loads = [("step-10", LOAD_DCP)]
    state = {"model": {"weight": torch.ones(4, 4), "bias": torch.ones(4)}, "step": 10}
    dcp.save(state, checkpoint_id=str(case.start() / "step-10"))
    case.finish()

    case = Case("dcp-two-processes", "A torch distributed checkpoint of two processes.")
    case.false_alarm = WEIGHTS_PRESENT
    case.loads = [("step-10", LOAD_DCP)]
    in_two_processes(save_sharded, str(case.start() / "step-10"))
    case.finish()


def make_fsdp() -> None:
    for kind, title in (
        ("SHARDED", "An FSDP checkpoint of a Trainer with sharded states of two processes."),
        ("FULL", "An FSDP checkpoint of a Trainer with full states."),
    ):
        case = Case(f"fsdp-trainer-{kind.lower()}", title)
        case.false_alarm = WEIGHTS_PRESENT
        tree = case.start() / "checkpoint-4"
        in_two_processes(save_fsdp, str(tree), f"{kind}_STATE_DICT")
        if kind == "SHARDED":
            case.loads = [
                (f"checkpoint-4/{name}", LOAD_DCP) for name in ("pytorch_model_fsdp_0", "optimizer_0")
            ]
        else:
            case.loads = [
                ("checkpoint-4/pytorch_model_fsdp.bin", "torch.load"),
                ("checkpoint-4", "PeftModel.from_pretrained"),
            ]
            # trainer.py `save_model` gathers the weights with full states only.
            add_adapter(tree)
        add_trainer_files(tree)
        case.finish()


def add_trainer_files(tree: Path) -> None:
    """What a Trainer of two processes writes around the states, from a real run."""
    source = Case("trainer-lora", "").tree / "checkpoint-4"
    for name in ("trainer_state.json", "training_args.bin", "scheduler.pt"):
        shutil.copy(source / name, tree / name)
    for rank in range(2):
        torch.save(random_states(rank), tree / f"rng_state_{rank}.pth")


def random_states(rank: int) -> dict:
    """As Trainer._save_rng_state has them on a CPU."""
    random.seed(rank)
    numpy.random.seed(rank)
    torch.manual_seed(rank)
    return {
        "python": random.getstate(),
        "numpy": numpy.random.get_state(),
        "cpu": torch.random.get_rng_state(),
    }


def add_adapter(tree: Path) -> None:
    source = Case("trainer-lora", "").tree / "checkpoint-4"
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        shutil.copy(source / name, tree / name)


def in_two_processes(work, *arguments) -> None:
    torch.multiprocessing.spawn(joined, args=(work, arguments), nprocs=2)


def joined(rank: int, work, arguments) -> None:
    os.environ.update(
        MASTER_ADDR="127.0.0.1", MASTER_PORT="29541",
        RANK=str(rank), LOCAL_RANK=str(rank), WORLD_SIZE="2",
    )
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", rank=rank, world_size=2)
    work(*arguments)
    torch.distributed.destroy_process_group()


def sharded_model():
    from torch.distributed.device_mesh import init_device_mesh
    from torch.distributed.fsdp import fully_shard

    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.Linear(4, 2))
    fully_shard(model, mesh=init_device_mesh("cpu", (2,)))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    step(model, optimizer)
    return model, optimizer


def save_sharded(target: str) -> None:
    model, _optimizer = sharded_model()
    dcp.save({"model": model.state_dict()}, checkpoint_id=target)


def save_fsdp(target: str, kind: str) -> None:
    """accelerate's own functions; an Accelerator itself refuses FSDP without a GPU."""
    accelerate.PartialState(cpu=True)  # for its logger
    model, optimizer = sharded_model()
    plugin = FullyShardedDataParallelPlugin(fsdp_version=2, state_dict_type=kind)
    accelerator = SimpleNamespace(
        num_processes=2, process_index=torch.distributed.get_rank(), is_fsdp2=True
    )
    save_fsdp_model(plugin, accelerator, model, target)
    save_fsdp_optimizer(plugin, accelerator, optimizer, model, target)
    torch.distributed.barrier()

"""Lightning's checkpoints: files, and the folders that its sharded strategies write."""

import logging
import shutil
import tempfile
import warnings
from pathlib import Path

import lightning
import torch
import torch.distributed.checkpoint as dcp
from lightning.pytorch.callbacks import ModelCheckpoint

from accelerated import LOAD_DCP, WEIGHTS_PRESENT
from common import Case
from zero import write_tag

LOAD = "LightningModule.load_from_checkpoint"
RESUME = "lightning.Trainer.fit"


class TinyModule(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 2)

    def training_step(self, batch, _at):
        return self.layer(batch[0]).sum()

    def configure_optimizers(self):
        optimizer = torch.optim.AdamW(self.parameters())
        return [optimizer], [torch.optim.lr_scheduler.LinearLR(optimizer)]


def fit(epochs: int, ckpt_path: str | None = None, **options) -> lightning.Trainer:
    """A training of two steps an epoch; nothing is written but by the given callbacks."""
    for name in ("lightning.pytorch", "lightning.fabric"):
        logging.getLogger(name).setLevel(logging.ERROR)
    torch.manual_seed(0)
    data = torch.utils.data.TensorDataset(torch.ones(4, 4))
    with tempfile.TemporaryDirectory() as temporary, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trainer = lightning.Trainer(
            max_epochs=epochs, accelerator="cpu", logger=False, enable_progress_bar=False,
            enable_model_summary=False, default_root_dir=temporary,
            **{"enable_checkpointing": False, **options},
        )
        loader = torch.utils.data.DataLoader(data, batch_size=2)
        trainer.fit(TinyModule(), loader, ckpt_path=ckpt_path)
        return trainer


def make_lightning() -> None:
    case = Case("lightning-callback", "Lightning files of two epochs, and `last.ckpt`.")
    case.false_alarm = WEIGHTS_PRESENT
    names = ("epoch=0-step=2.ckpt", "epoch=1-step=4.ckpt", "last.ckpt")
    case.loads = [(f"checkpoints/{name}", call) for name in names[:2] for call in (LOAD, RESUME)]
    case.loads[-1] = ("checkpoints/last.ckpt", LOAD)
    tree = case.start() / "checkpoints"
    with tempfile.TemporaryDirectory() as temporary:
        # The callback keeps the folder's name in its state.
        callback = ModelCheckpoint(dirpath=temporary, save_last=True, save_top_k=-1)
        fit(2, callbacks=[callback], enable_checkpointing=True)
        shutil.copytree(temporary, tree)
    forget_paths(tree)
    case.finish()

    case = Case("lightning-weights-only", "A Lightning file without states: loads, does not resume.")
    case.false_alarm = "no optimizer"
    case.loads = [("model.ckpt", LOAD), ("model.ckpt", RESUME)]
    fit(1).save_checkpoint(str(case.start() / "model.ckpt"), weights_only=True)
    case.finish()
    make_folders()


def forget_paths(tree: Path) -> None:
    """Rewrites the files without the temporary folder that ModelCheckpoint keeps in its state."""
    for path in sorted(tree.glob("*.ckpt")):
        checkpoint = torch.load(path, weights_only=True)
        for state in checkpoint["callbacks"].values():
            for key, value in state.items():
                if isinstance(value, str):
                    state[key] = value and f"checkpoints/{Path(value).name}"
            state["dirpath"] = "checkpoints"
        torch.save(checkpoint, path)


def make_folders() -> None:
    """Names and order: lightning/pytorch/strategies/fsdp.py and deepspeed.py `save_checkpoint`."""
    case = Case("lightning-fsdp-folder", "A Lightning checkpoint of the FSDP strategy: a folder.")
    case.false_alarm = WEIGHTS_PRESENT
    tree = case.start() / "epoch=0-step=2.ckpt"
    case.loads = [(tree.name, LOAD_DCP)]
    trainer = fit(1)
    checkpoint = trainer._checkpoint_connector.dump_checkpoint()
    model, states = checkpoint.pop("state_dict"), checkpoint.pop("optimizer_states")
    dcp.save({"model": model, "optimizer_0": states[0]}, checkpoint_id=str(tree))
    torch.save(checkpoint, tree / "meta.pt")
    case.finish()

    case = Case("lightning-deepspeed-folder", "A Lightning checkpoint of the DeepSpeed strategy: a folder.")
    case.false_alarm = WEIGHTS_PRESENT
    write_tag(case.start() / "epoch=0-step=2.ckpt", "checkpoint", 2, ranks=2)
    case.finish()

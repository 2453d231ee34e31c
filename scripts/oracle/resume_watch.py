"""In which order a program writes: every file boundary of a folder, as the kernel reports it (inotify, Linux)."""

import ctypes
import hashlib
import os
import struct
from pathlib import Path

CLOSE_WRITE, MOVED_FROM, MOVED_TO, CREATE, DELETE = 0x8, 0x40, 0x80, 0x100, 0x200
IS_DIR, ONLY_DIR = 0x40000000, 0x01000000
WANTED = CLOSE_WRITE | MOVED_FROM | MOVED_TO | CREATE | DELETE | ONLY_DIR
# As safetensors 0.8 names what it has not finished: six letters or digits follow.
PREFIX = ".tmp"
HEAD = struct.Struct("iIII")
LIBC = ctypes.CDLL(None, use_errno=True)


class Watch:
    """
    Watches a folder and all below it, from `with` on.

    `events` are, in order: `{"folder": path}`, `{"write": path}` once a file is written
    and closed (with `"temporary"`, its name until then, where it is renamed), and
    `{"remove": path}` of a file or folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.events: list[dict] = []
        self.folders: dict[int, Path] = {}
        self.moving: dict[int, str] = {}

    def __enter__(self) -> "Watch":
        self.descriptor = LIBC.inotify_init1(os.O_NONBLOCK)
        for folder in [self.root, *(path for path in self.root.rglob("*") if path.is_dir())]:
            self.add(folder)
        self.mkdir = os.mkdir
        # A folder is watched before anything can be written into it.
        os.mkdir = self.make_folder
        return self

    def __exit__(self, *_raised) -> None:
        os.mkdir = self.mkdir
        self.drain()
        os.close(self.descriptor)

    def make_folder(self, path, *arguments, **named) -> None:
        self.mkdir(path, *arguments, **named)
        made = Path(path).resolve()
        if made.is_relative_to(self.root.resolve()):
            self.drain()
            self.add(self.root / made.relative_to(self.root.resolve()))

    def add(self, folder: Path) -> None:
        number = LIBC.inotify_add_watch(self.descriptor, os.fsencode(folder), WANTED)
        if number < 0:
            raise OSError(ctypes.get_errno(), "inotify_add_watch", str(folder))
        self.folders[number] = folder

    def drain(self) -> None:
        while True:
            try:
                read = os.read(self.descriptor, 1 << 20)
            except BlockingIOError:
                return
            at = 0
            while at < len(read):
                number, mask, cookie, length = HEAD.unpack_from(read, at)
                name = read[at + HEAD.size : at + HEAD.size + length].rstrip(b"\0")
                at += HEAD.size + length
                if number in self.folders and name:
                    self.note(self.folders[number] / os.fsdecode(name), mask, cookie)

    def note(self, place: Path, mask: int, cookie: int) -> None:
        path = place.relative_to(self.root).as_posix()
        if mask & CREATE and mask & IS_DIR:
            self.events.append({"folder": path})
        elif mask & CLOSE_WRITE:
            if not self.events or self.events[-1].get("write") != path:
                self.events.append({"write": path})
        elif mask & DELETE:
            self.events.append({"remove": path})
        elif mask & MOVED_FROM:
            self.moving[cookie] = path
        elif mask & MOVED_TO:
            self.rename(self.moving.pop(cookie), path)

    def rename(self, before: str, after: str) -> None:
        """safetensors writes under another name, and closes its file only after it was renamed."""
        if self.events[-1] == {"write": before}:
            self.events.pop()
        self.events.append({"write": after, "temporary": same_each_time(before, after)})


def same_each_time(before: str, after: str) -> str:
    """Of a name that ends by chance the same in every run of this program."""
    name = before.rpartition("/")[2]
    letters = hashlib.sha256(after.encode()).hexdigest()[: len(name) - len(PREFIX)]
    if not name.startswith(PREFIX):
        raise RuntimeError(f"{before} is no temporary name of safetensors")
    return before.removesuffix(name) + PREFIX + letters

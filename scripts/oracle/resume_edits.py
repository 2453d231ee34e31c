"""A case as edits of its run's files, and the folder that they give; __tests__/oracle/resume-sample.ts does the same."""

import shutil
from base64 import b64decode
from pathlib import Path

from resume_runs import Origin, Recorded

# Edits, one each: {"remove": path of a file or folder} {"cut": path, "to": bytes} {"old": path, as before the last save}
# {"move": [from, to]} {"copy": [from, to]} {"write": path, "text": text} {"write": path, "base64": bytes}
# {"folder": path of an empty folder}
Edit = dict


def edited(run: Recorded, edits: list[Edit]) -> tuple[dict[str, bytes], list[str], dict[str, Origin]]:
    """The files, the empty folders, and where each checkpoint came from."""
    files, folders, origins = dict(run.files), [], dict(run.origins)
    for edit in edits:
        if "remove" in edit:
            for name in below(files, edit["remove"]):
                del files[name]
        elif "cut" in edit:
            files[edit["cut"]] = files[edit["cut"]][: edit["to"]]
        elif "old" in edit:
            files[edit["old"]] = run.old[edit["old"]]
        elif "write" in edit:
            files[edit["write"]] = b64decode(edit["base64"]) if "base64" in edit else edit["text"].encode()
        elif "folder" in edit:
            folders.append(edit["folder"])
        else:
            (before, after) = edit.get("move") or edit["copy"]
            for name in below(files, before):
                files[after + name.removeprefix(before)] = files[name]
                if "move" in edit:
                    del files[name]
            if before in origins:
                origins[after] = origins[before]
    return files, folders, origins


def below(files: dict[str, bytes], path: str) -> list[str]:
    """The file of that name, or all files in the folder."""
    return [name for name in files if name == path or name.startswith(f"{path}/")]


def lay_out(files: dict[str, bytes], folders: list[str], target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for folder in folders:
        (target / folder).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)

"""The list of damages, filled by the modules beside this one."""

from dataclasses import dataclass
from typing import Callable

from work import Work

GROUPS = ("keys", "structure", "config", "values", "files", "harmless")


@dataclass(frozen=True)
class Damage:
    """`change` alters a work; `on_files` the bytes made of it. `picks`: what it hits depends on the seed."""

    id: str
    group: str
    change: Callable[[Work], None] | None = None
    on_files: Callable[[Work, dict[str, bytes]], dict[str, bytes]] | None = None
    picks: bool = False
    # The values are rounded to a shorter type: equal means equal but for that.
    rounds: bool = False


DAMAGES: dict[str, Damage] = {}


def add(damage: Damage) -> None:
    if damage.id in DAMAGES:
        raise ValueError(f"two damages are named {damage.id}")
    DAMAGES[damage.id] = damage


def damage(id: str, group: str, picks: bool = False, rounds: bool = False):
    """Registers a function that alters a work."""

    def register(change: Callable[[Work], None]):
        add(Damage(id, group, change=change, picks=picks, rounds=rounds))
        return change

    return register


def file_damage(id: str, group: str = "files", picks: bool = False):
    """Registers a function that alters the files made of a work."""

    def register(change: Callable[[Work, dict[str, bytes]], dict[str, bytes]]):
        add(Damage(id, group, on_files=change, picks=picks))
        return change

    return register


def load_all() -> dict[str, Damage]:
    import damage_config  # noqa: F401
    import damage_files  # noqa: F401
    import damage_keys  # noqa: F401
    import damage_structure  # noqa: F401
    import damage_torch  # noqa: F401
    import damage_values  # noqa: F401
    import harmless  # noqa: F401

    return DAMAGES

"""How whoever asked is shown to those in charge: parents stay anonymous."""

from __future__ import annotations

from storage.people import Person
from storage.states import Role


def shown_as(asker: Person | None) -> dict[str, object]:
    """Their name and school, for an alert; of a parent only that it is one."""
    parent = is_parent(asker)
    school = asker.school.school if asker and asker.school else None
    return {"name": shown_name(asker), "school": None if parent else school, "parent": parent}


def shown_name(asker: Person | None) -> str | None:
    """Their name, unless they are a parent and nothing else."""
    return None if asker is None or is_parent(asker) else asker.name


def is_parent(asker: Person | None) -> bool:
    """Whether being a parent is all that we know them as."""
    return asker is not None and asker.roles == {Role.PARENT}

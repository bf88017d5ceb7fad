"""Whether a campaign's numbers are for whoever asks: where a report keeps its figures back, they stay too."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.reports.kept_back import kept_back
from handlers.reports.masking import LEAST
from handlers.reports.views import Reach, View, by_key
from storage.audiences import OF_STAFF
from storage.campaigns import Aim
from storage.database import Transaction


def known_to(tx: Transaction, followed: Sequence[View], asked: Sequence[tuple[Aim, int]]) -> list[bool]:
    """For each aim, and how many people it has, whether who follows these places is told its numbers."""
    at = by_key(tx, followed)
    views = [at.get(_key(aim)) for aim, _ in asked]
    back = kept_back(tx, {view for view in views if view})
    return [
        view is not None and view not in back and not _is_few(aim, people, view)
        for (aim, people), view in zip(asked, views, strict=True)
    ]


def _is_few(aim: Aim, people: int, view: View) -> bool:
    """Whether so few of a place's staff are told of that it could be told who they are."""
    is_one_place = not view.inside and view.reach is not Reach.ALL
    return is_one_place and aim.audience in OF_STAFF and people < LEAST


def _key(aim: Aim) -> str:
    """What the report to go by is about."""
    if aim.school_id is not None:
        return f"{Reach.SCHOOL}-{aim.school_id}"
    return Reach.ALL if aim.centre_id is None else f"{Reach.CENTRE}-{aim.centre_id}"

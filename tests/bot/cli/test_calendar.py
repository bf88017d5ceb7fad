"""`declic calendar`: the dates of a role, as a feed."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from tests.bot.cli.declic import Declic

NEEDED = {"organisation": "Équipe fictive", "contact": "au 514 555-0199", "destination": "collector"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("teacher",), "Créer votre compte de la collecte, si ce n’est pas déjà fait"),
        (("css-admin", "--lang", "en"), "Give Copibec the contacts of the principals"),
        (("school-admin", "--private"), "Copibec vous dit si votre établissement est sélectionné"),
    ],
)
async def test_the_feed_of_a_role(declic: Declic, words: tuple[str, ...], told: str) -> None:
    done = await declic.having(**NEEDED)("calendar", *words)
    assert (done.code, done.err) == (0, "")
    assert told in {str(event["summary"]) for event in Calendar.from_ical(done.out).events}


async def test_a_role_that_has_no_dates_is_none(declic: Declic) -> None:
    done = await declic.having(**NEEDED)("calendar", "parent")
    assert done.code == 2
    assert "parent" in done.err

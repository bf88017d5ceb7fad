"""Puts the rooms together: settings in, a furnished house out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.errands import Errands
from bot.naming import index_words
from bot.render import LANGUAGES, TEMPLATES, Wording
from bot.settings import Settings
from bot.turn import Ability, House
from faq.library import Library
from faq.meaning import PACKAGE, load_encoder
from storage.database import Database

log = structlog.get_logger()

Menu = dict[str, list[tuple[str, str]]]


def furnish(settings: Settings, abilities: Sequence[Ability], templates: Path = TEMPLATES) -> House:
    """Everything that stays the same between turns; raises the faults of templates at once."""
    wording = Wording(_facts(settings), settings.zone, templates)
    return House(
        settings,
        wording,
        {ability.name: ability for ability in abilities},
        index_words(wording, abilities),
    )


def library_in(cache: Path) -> Library:
    """The knowledge base, with the sentence encoder if it is installed; `cache` makes the next start quicker."""
    encode = load_encoder()
    if encode is None:
        log.warning("encoder-missing", package=PACKAGE)
    return Library(encode, cache)


def errands_for(settings: Settings, database: Database, clock: Clock) -> Errands | None:
    """What is fetched from outside; None where the operator wants nothing to leave."""
    if settings.lookup_url is None:
        return None
    from bot.lookup import OpenLibrary  # noqa: PLC0415 - so that a start without it loads no HTTP

    library = OpenLibrary(str(settings.lookup_url), timedelta(seconds=settings.lookup_seconds))
    return Errands(database, library, clock)


def warm_up() -> None:
    """Loads what would else be loaded inside the first transaction that wants it, a fifth of a second."""
    import icalendar  # noqa: F401, PLC0415 - only a service


def menu_of(house: House) -> Menu:
    """By language, the commands of Telegram's menu with what they do."""
    listed = [ability for ability in house.abilities.values() if ability.listed]
    return {
        language: [
            (
                house.wording.labels(f"{ability.name}/command", language)[0].text,
                house.wording.text(f"{ability.name}/command", language, {}),
            )
            for ability in listed
        ]
        for language in LANGUAGES
    }


def _facts(settings: Settings) -> dict[str, object]:
    """What any template may say."""
    return {
        "organisation": settings.organisation,
        "contact": settings.contact,
        "destination": settings.destination.value,
        "copibec": settings.copibec_contact,
        "platform": str(settings.platform_url) if settings.platform_url else None,
    }

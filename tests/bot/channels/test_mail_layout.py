"""How letters look in a real browser: whatever they say, nothing is wider than the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.channels.mail.write.compose import Written
from bot.messages import Lane, Reply, Thread
from tests.conftest import missing_service
from tests.fakes.chromium import ChromiumMissingError, find_chromium, measured
from tests.mailed import UNTAGGED, parsed, text_of, to_mail, wording, written
from tests.samples import EVERYTHING

LONG = "https://exemple.test/" + "a" * 200
WORD = "anticonstitutionnellement" * 8
FULL = to_mail(
    f'<b>{WORD}</b> <code>{WORD}</code>\n<a href="{LONG}">{LONG}</a>\n' + "Titre\u00a0:\u00a0" * 40,
    WORD,
    "Oui",
    lane=Lane.CAMPAIGN,
    thread=Thread(WORD),
)
RECEIPT = replace(to_mail(""), page=wording().page([Reply("declare/receipt", EVERYTHING)], "fr"))


@pytest.fixture(scope="module", autouse=True)
def _chromium() -> None:
    try:
        find_chromium()
    except ChromiumMissingError as error:
        missing_service(str(error))


@pytest.mark.parametrize(
    ("width", "mails"),
    [(320, (written(FULL), written(FULL, UNTAGGED), written(RECEIPT))), (800, (written(FULL),))],
)
def test_nothing_is_wider_than_the_screen(width: int, mails: Sequence[Written]) -> None:
    frames = [measured(text_of(parsed(mail), "html"), width) for mail in mails]
    assert {wide for wide, _ in frames} == {width}
    assert all(high > 300 for _, high in frames)


def test_what_is_too_wide_is_seen_to_be() -> None:
    assert measured("<div style='width: 400px'>.</div>", 320)[0] > 320

"""`declic tickets` and `declic ticket`: what humans have to take up, for the operator."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

from storage import care, tickets
from storage.database import Transaction
from storage.states import TicketStep
from storage.tickets import NewTicket
from tests.bot.cli.conftest import Organisation

ASKED = "Mon compte est bloqué."


def lived(tx: Transaction) -> None:
    """Two requests, one of which was answered, and words that an operator keeps to send."""
    now = datetime.now(UTC)
    for kind, text in (("human", ASKED), ("fees", "Un avis de frais."), ("words-held", "Attends.")):
        new = NewTicket(1, kind, text, "telegram", "101", tried="le lien de connexion")
        number = tickets.open_one(tx, new, now - timedelta(hours=30))
        care.happened(tx, number, TicketStep.OPENED, now - timedelta(hours=30), 1)
    tickets.answered(tx, 1, "C’est fait.")
    care.happened(tx, 1, TicketStep.ANSWERED, now, 7, "C’est fait.")


async def test_requests_are_listed_without_a_word_of_anybodys(organisation: Organisation) -> None:
    await organisation.write(lived)
    everything, still_open, as_json = await asyncio.gather(
        organisation("tickets"), organisation("tickets", "--open"), organisation("tickets", "--json")
    )
    assert [line.split()[:2] for line in everything.out.splitlines()] == [["n°", "1"], ["n°", "2"]]
    assert "répondue" in everything.out
    assert [" ".join(line.split()[2:5]) for line in still_open.out.splitlines()] == ["avis de frais,"]
    listed = json.loads(as_json.out)
    assert [(one["number"], one["status"], one["hours"]) for one in listed] == [
        (1, "answered", 30),
        (2, "open", 30),
    ]
    assert ASKED not in everything.out + still_open.out + as_json.out


async def test_one_request_is_shown_with_all_that_happened_to_it(organisation: Organisation) -> None:
    await organisation.write(lived)
    shown, none = await asyncio.gather(organisation("ticket", "1"), organisation("ticket", "99"))
    assert ASKED in shown.out
    assert "Déjà essayé" in shown.out
    assert "répondue par Sophie Lavoie" in shown.out
    assert (none.code, "99" in none.out + none.err) == (1, True)


async def test_where_nobody_asked_anything_that_is_said(organisation: Organisation) -> None:
    told, in_english = await asyncio.gather(
        organisation("tickets", "--open"), organisation.having(language="en")("tickets")
    )
    assert told.out.strip() == "Aucune demande n’attend de réponse."
    assert in_english.out.strip() == "No request has been made."

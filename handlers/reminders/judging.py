"""Judging: what is true of somebody when a reminder is to leave decides whether it does, and what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

import structlog

from bot.messages import Letter
from bot.turn import House
from handlers.reminders.about import kind_of
from handlers.reminders.matter import Matter
from handlers.reminders.pages import Pages
from storage import audiences, campaigns, reminders
from storage.audiences import Facts
from storage.campaign_letters import NEVER, is_asked
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.people import Address
from storage.reminders import Entry
from storage.returned import AGAIN, RETURNED
from storage.states import CampaignState, ReminderOutcome, Standing
from storage.verdicts import Elsewhere, Judge, Later, Skip, Verdict

log = structlog.get_logger()

LATELY: Final = timedelta(days=6)
"""Before today: what was sent unasked since then counts."""
DONE: Final = {Standing.DECLARED: "declared", Standing.SAID_NOTHING: "said-nothing"}
"""Why somebody who has taken part is not reminded; of others, nothing is left to do: `complete`."""


@dataclass(frozen=True, slots=True)
class Case:
    """A letter, and all that is true of whom it reminds."""

    letter: Letter
    campaign: Campaign
    facts: Facts | None
    """None: they are not known any more."""
    unwanted: bool
    """Whether they have switched off its kind."""
    enough: bool
    """Whether they have had as many unasked messages lately as anybody may."""


class PageFaulty(Exception):
    """A reminder cannot be written: mend what is logged with it, and resume its campaign."""

    def __init__(self, campaign_id: int) -> None:
        self.campaign_id = campaign_id


def judge_for(house: House) -> Judge:
    """The judge of the letters of campaigns."""
    pages = Pages()

    def judge(tx: Transaction, letters: Sequence[Letter]) -> Sequence[Verdict]:
        now = letters[0].at.astimezone(house.settings.zone)
        cases = tuple(_cases(tx, house, letters, now))
        try:
            with tx.begin_nested():
                verdicts = [_with_page(pages, tx, house, case, now) for case in cases]
        except PageFaulty as fault:
            return _pause(tx, fault, letters)
        reminders.note(tx, _entries(cases, verdicts, now))
        return verdicts

    return judge


def _with_page(pages: Pages, tx: Transaction, house: House, case: Case, now: datetime) -> Verdict:
    verdict = _verdict(case)
    if not isinstance(verdict, Letter) or case.facts is None:
        return verdict
    try:
        page = pages.page_for(Matter(tx, house, case.campaign, case.facts, now.date()))
    except Exception as fault:
        raise PageFaulty(case.campaign.id) from fault
    return replace(verdict, page=page)


def _pause(tx: Transaction, fault: PageFaulty, letters: Sequence[Letter]) -> Sequence[Verdict]:
    """One campaign that fails keeps neither answers nor other campaigns waiting: all are judged again without it."""
    log.error("campaign-paused", campaign=fault.campaign_id, exc_info=fault.__cause__)
    campaigns.pause(tx, fault.campaign_id)
    return [Later(one.at) for one in letters]


def _cases(tx: Transaction, house: House, letters: Sequence[Letter], now: datetime) -> Iterator[Case]:
    """In the order of the letters, of which at most one leaves to each person: the oldest to their address."""
    found = campaigns.by_ids(tx, {_reminds(one)[0] for one in letters})
    people = {_reminds(one)[1] for one in letters}
    facts = _facts(tx, found, letters)
    unwanted = reminders.who_does_not_want(tx, people)
    since = datetime.combine(now.date() - LATELY, time(), now.tzinfo)
    reached = reminders.unasked_since(tx, people, since)
    for one in letters:
        campaign, person_id = found[_reminds(one)[0]], _reminds(one)[1]
        # The campaign itself does not count: a letter may be tried again.
        others = reached.get(person_id, frozenset()) - {campaign.id}
        yield Case(
            one,
            campaign,
            facts.get((campaign.id, person_id)),
            (person_id, kind_of(campaign)) in unwanted,
            not is_asked(one) and len(others) >= house.settings.unasked_a_week,
        )


def _facts(
    tx: Transaction, found: Mapping[int, Campaign], letters: Sequence[Letter]
) -> dict[tuple[int, int], Facts]:
    """By campaign and person: a statement a campaign."""
    people: dict[int, list[int]] = defaultdict(list)
    for campaign_id, person_id in map(_reminds, letters):
        people[campaign_id].append(person_id)
    return {
        (campaign_id, person_id): facts
        for campaign_id, ids in people.items()
        for person_id, facts in audiences.facts(tx, found[campaign_id].aim, ids).items()
    }


def _verdict(case: Case) -> Verdict:
    """The letter itself: it leaves."""
    if case.campaign.state is CampaignState.CANCELLED:
        return Skip("cancelled")
    if case.campaign.state is CampaignState.PAUSED:
        return Later(NEVER)
    if reason := _why_not(case):
        return Skip(reason)
    at = case.facts.at if case.facts else None
    here = Address(case.letter.channel, case.letter.address)
    return case.letter if at is None or at == here else Elsewhere(at)


def _why_not(case: Case) -> str | None:
    """Why it does not leave; the first reason counts."""
    facts = case.facts
    if facts is None or not facts.belongs:
        return "left"
    done = DONE.get(facts.standing, "complete") if facts.standing else "complete"
    reasons = (
        ("stopped", not facts.reminders),
        ("unwanted", case.unwanted),
        (done, not facts.open),
        ("unreachable", facts.at is None),
        ("enough", case.enough),
    )
    return next((reason for reason, holds in reasons if holds), None)


def _entries(cases: Sequence[Case], verdicts: Sequence[Verdict], now: datetime) -> Iterator[Entry]:
    for case, verdict in zip(cases, verdicts, strict=True):
        # Who asked for it once more has been reached, whatever becomes of that.
        if isinstance(verdict, Letter) or (isinstance(verdict, Skip) and not is_asked(case.letter)):
            yield _entry(case, verdict, now)


def _entry(case: Case, verdict: Letter | Skip, now: datetime) -> Entry:
    campaign_id, person_id = _reminds(case.letter)
    skipped = isinstance(verdict, Skip)
    return Entry(
        campaign_id,
        person_id,
        ReminderOutcome.SKIPPED if skipped else ReminderOutcome.LEFT,
        now,
        case.facts.standing if case.facts else None,
        verdict.reason if isinstance(verdict, Skip) else _remark(case.letter),
        None if skipped else case.letter.channel,
        case.letter.id,
    )


def _remark(letter: Letter) -> str | None:
    """What the ledger adds of a letter that leaves: an earlier one had come back."""
    return RETURNED if (letter.key or "").endswith(AGAIN) else None


def _reminds(letter: Letter) -> tuple[int, int]:
    """Its campaign and its person; only such letters are judged."""
    assert letter.campaign_id is not None  # noqa: S101
    assert letter.person_id is not None  # noqa: S101
    return letter.campaign_id, letter.person_id

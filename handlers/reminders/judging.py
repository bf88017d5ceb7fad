"""Judging: what is true of somebody when a reminder is to leave decides whether it does, and what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from bot.alerts import to_operators
from bot.messages import Letter, Reply
from bot.turn import House
from handlers.reminders.about import kind_of
from handlers.reminders.matter import Matter, Overtaken
from handlers.reminders.pages import Pages
from storage import audiences, campaign_merged, campaigns, invitations, outbox, reminders
from storage.audiences import Facts
from storage.campaign_letters import is_asked
from storage.campaign_waiting import NEVER
from storage.campaigns import Campaign
from storage.database import Transaction, is_down
from storage.people import Address
from storage.reasons import first
from storage.reminders import CAP_WINDOW, Entry
from storage.returned import AGAIN, RETURNED
from storage.states import CampaignState, ReminderOutcome, Standing
from storage.verdicts import Elsewhere, Faulty, Judge, Later, Skip, Verdict

A_MOMENT: Final = timedelta(seconds=5)
"""After which somebody is looked at again on whom somebody else was just deciding."""
DONE: Final = {Standing.DECLARED: "declared", Standing.SAID_NOTHING: "said-nothing"}
"""Why somebody who has taken part is not reminded; of others, nothing is left to do: `complete`."""

STAND_FOR_ALL: Final = ("stopped", "unreachable", "enough")
"""Reasons that hold for any other reminder of that day as well."""


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
    free: bool = True
    """Whether nobody else decides on them at this moment, such as another process on another channel."""


def judge_for(house: House) -> Judge:
    """The judge of the letters of campaigns."""
    pages = Pages()

    def judge(tx: Transaction, letters: Sequence[Letter]) -> Sequence[Verdict]:
        now = letters[0].at.astimezone(house.settings.zone)
        cases = tuple(_cases(tx, house, letters, now))
        verdicts = [_with_page(pages, tx, house, case, now) for case in cases]
        reminders.note(tx, _entries(cases, verdicts, now))
        _let_go(tx, zip(cases, verdicts, strict=True), now)
        return verdicts

    return judge


def _with_page(pages: Pages, tx: Transaction, house: House, case: Case, now: datetime) -> Verdict:
    verdict = _verdict(case)
    if not isinstance(verdict, Letter) or case.facts is None:
        return verdict
    try:
        page = pages.page_for(Matter(tx, house, case.campaign, case.facts, now.date()))
    except Overtaken:
        return Later(verdict.at + A_MOMENT)
    except Exception as fault:
        if is_down(fault):
            raise
        raise Faulty(case.campaign.id, partial(_pause, house, case.campaign.id, now)) from fault
    return replace(verdict, page=page)


def _let_go(tx: Transaction, judged: Iterable[tuple[Case, Verdict]], now: datetime) -> None:
    """What was merged into a letter of which nothing is left to say goes in its place."""
    over: dict[int, list[int]] = defaultdict(list)
    for case, verdict in judged:
        if isinstance(verdict, Skip) and verdict.reason not in STAND_FOR_ALL and not is_asked(case.letter):
            over[case.campaign.id].append(_reminds(case.letter)[1])
    for campaign_id, people in over.items():
        campaign_merged.let_go(tx, campaign_id, people, now)


def _pause(house: House, campaign_id: int, now: datetime, tx: Transaction) -> bool:
    """One campaign that fails keeps neither answers nor other campaigns waiting; the operators are written to."""
    paused = campaigns.pause_faulty(tx, campaign_id)
    if paused:
        alert = Reply("campaigns/alert-paused", {"number": campaign_id})
        outbox.put(tx, to_operators(tx, house.wording, alert), now)
    return paused


def _cases(tx: Transaction, house: House, letters: Sequence[Letter], now: datetime) -> Iterator[Case]:
    """In the order of the letters, of which at most one leaves to each person: the oldest to their address."""
    found = campaigns.by_ids(tx, {_reminds(one)[0] for one in letters})
    people = {_reminds(one)[1] for one in letters}
    free = reminders.decide_on(tx, people)
    facts = _facts(tx, found, letters)
    unwanted = reminders.who_does_not_want(tx, people)
    since = datetime.combine(now.date() - CAP_WINDOW, time(), now.tzinfo)
    reached, invited = (
        reminders.unasked_since(tx, people, since),
        invitations.how_many_since(tx, people, since),
    )
    for one in letters:
        campaign, person_id = found[_reminds(one)[0]], _reminds(one)[1]
        # The campaign itself does not count: a letter may be tried again.
        others = reached.get(person_id, frozenset()) - {campaign.id}
        yield Case(
            one,
            campaign,
            facts.get((campaign.id, person_id)),
            (person_id, kind_of(campaign)) in unwanted,
            not is_asked(one) and len(others) + invited.get(person_id, 0) >= house.settings.unasked_a_week,
            person_id in free,
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
    if case.facts and not case.free:
        return Later(case.letter.at + A_MOMENT)
    if reason := _why_not(case):
        return Skip(reason)
    at = case.facts.at if case.facts else None
    here = Address(case.letter.channel, case.letter.address)
    return case.letter if at is None or at == here else Elsewhere(at)


def _why_not(case: Case) -> str | None:
    """Why it does not leave."""
    facts = case.facts
    if facts is None or not facts.belongs:
        return "left"
    done = DONE.get(facts.standing, "complete") if facts.standing else "complete"
    chosen = case.campaign.aim.standing is not None and done == "complete"
    return first(
        {
            "other-standing" if chosen else done: not facts.open,
            "stopped": not facts.reminders,
            "unwanted": case.unwanted,
            "unreachable": facts.at is None,
            "enough": case.enough,
        }
    )


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
        is_asked(case.letter),
    )


def _remark(letter: Letter) -> str | None:
    """What the ledger adds of a letter that leaves: an earlier one had come back."""
    return RETURNED if (letter.key or "").endswith(AGAIN) else None


def _reminds(letter: Letter) -> tuple[int, int]:
    """Its campaign and its person; only such letters are judged."""
    assert letter.campaign_id is not None  # noqa: S101
    assert letter.person_id is not None  # noqa: S101
    return letter.campaign_id, letter.person_id

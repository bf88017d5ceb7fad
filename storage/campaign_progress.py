"""How far campaigns are: their letters by state, and whom the ledger says they reached or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, case, func, literal, or_, select

from storage.campaign_letters import ASKED
from storage.campaigns import Campaign, read_campaign
from storage.database import Transaction
from storage.order import is_state
from storage.returned import AGAIN, UNREACHABLE
from storage.states import UNSENT, LetterState, ReminderOutcome
from storage.tables import campaign, letter, reminder, school


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is."""

    campaign: Campaign
    letters: Mapping[LetterState, int] = field(default_factory=dict)
    """How many people the letter stands where that is theirs.

    What somebody asked for once more is not counted, they have been reached; of what came back, the last one, and none
    where nothing reaches them any more.
    """
    outcomes: Mapping[ReminderOutcome, int] = field(default_factory=dict)
    """How many people the ledger says this of."""
    reasons: Mapping[str, int] = field(default_factory=dict)
    """Why people were skipped, and how many."""

    @property
    def total(self) -> int:
        """To how many people it has had letters."""
        return sum(self.letters.values())

    @property
    def to_go(self) -> int:
        """How many have still to leave."""
        return sum(self.letters.get(state, 0) for state in UNSENT)


def listed(
    tx: Transaction,
    limit: int = 20,
    *,
    school_ids: Collection[int] | None = None,
    centre_ids: Collection[int] | None = None,
    made_by: int | None = None,
) -> tuple[Progress, ...]:
    """Campaigns with their counts, the newest first.

    `school_ids`, `centre_ids`: only those for one of these schools, or for one of these service centres or a school
    of one; both None: all. `made_by`: only what this person made.
    """
    found = select(campaign).order_by(campaign.c.id.desc()).limit(limit)
    if school_ids is not None or centre_ids is not None:
        found = _within(found, school_ids or (), centre_ids or ())
    if made_by is not None:
        found = found.where(campaign.c.made_by == made_by)
    return of_all(tx, tuple(map(read_campaign, tx.execute(found))))


def of_one(tx: Transaction, one: Campaign) -> Progress:
    """How far it is."""
    return of_all(tx, [one])[0]


def of_all(tx: Transaction, campaigns: Sequence[Campaign]) -> tuple[Progress, ...]:
    """How far each of them is, in their order."""
    ids = {"ids": [one.id for one in campaigns]}
    letters: dict[int, dict[LetterState, int]] = {one.id: {} for one in campaigns}
    outcomes: dict[int, dict[ReminderOutcome, int]] = {one.id: {} for one in campaigns}
    reasons: dict[int, dict[str, int]] = {one.id: {} for one in campaigns}
    counted = tx.execute(_LETTERS, ids).all()
    came_back = tx.execute(_CAME_BACK, ids).all() if any(row.again for row in counted) else []
    lost = tx.execute(_LOST, ids).all()
    for row, sign in (*((row, 1) for row in counted), *((row, -1) for row in (*came_back, *lost))):
        of_state = letters[row.campaign_id]
        of_state[LetterState(row.state)] = of_state.get(LetterState(row.state), 0) + sign * row.number
    for row in tx.execute(_OUTCOMES, ids):
        outcome = ReminderOutcome(row.outcome)
        outcomes[row.campaign_id][outcome] = outcomes[row.campaign_id].get(outcome, 0) + row.number
        if row.reason and outcome is ReminderOutcome.SKIPPED:
            reasons[row.campaign_id][row.reason] = row.number
    return tuple(Progress(one, letters[one.id], outcomes[one.id], reasons[one.id]) for one in campaigns)


def _within(found: Select[Any], school_ids: Collection[int], centre_ids: Collection[int]) -> Select[Any]:
    of_centres = select(school.c.id).where(school.c.centre_id.in_(list(centre_ids)))
    return found.where(
        or_(
            campaign.c.school_id.in_(list(school_ids)),
            campaign.c.school_id.in_(of_centres),
            campaign.c.centre_id.in_(list(centre_ids)),
        )
    )


_ids: BindParameter[int] = bindparam("ids", expanding=True)
_again = letter.alias("again")
_IS_THEIRS = and_(letter.c.campaign_id.in_(_ids), letter.c.key.not_like(f"%{ASKED}%"))
_LETTERS = (
    select(
        letter.c.campaign_id,
        letter.c.state,
        func.count().label("number"),
        func.max(case((letter.c.key.like(f"%{AGAIN}"), 1), else_=0)).label("again"),
    )
    .where(_IS_THEIRS)
    .group_by(letter.c.campaign_id, letter.c.state)
)
_CAME_BACK = (
    select(letter.c.campaign_id, letter.c.state, func.count().label("number"))
    .join(_again, _again.c.key == letter.c.key + literal(AGAIN))
    .where(_IS_THEIRS)
    .group_by(letter.c.campaign_id, letter.c.state)
)
_LOST = (
    select(letter.c.campaign_id, letter.c.state, func.count().label("number"))
    .join(reminder, and_(reminder.c.campaign_id == letter.c.campaign_id, reminder.c.letter_id == letter.c.id))
    .where(
        reminder.c.campaign_id.in_(_ids),
        reminder.c.outcome == ReminderOutcome.SKIPPED,
        reminder.c.reason == UNREACHABLE,
        _IS_THEIRS,
        is_state(letter, LetterState.SENT),
    )
    .group_by(letter.c.campaign_id, letter.c.state)
)
"""What left, and came back from the last way that there was."""
_OUTCOMES = (
    select(reminder.c.campaign_id, reminder.c.outcome, reminder.c.reason, func.count().label("number"))
    .where(reminder.c.campaign_id.in_(_ids))
    .group_by(reminder.c.campaign_id, reminder.c.outcome, reminder.c.reason)
)

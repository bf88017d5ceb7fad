"""Reminders go where somebody is served now; who got none can be told why, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.post import Post
from bot.render import LANGUAGES
from handlers.reminders.beginning import begin_and_fill
from handlers.reminders.judging import judge_for
from handlers.reminders.progress import told
from storage import addresses, audiences, campaign_progress, campaigns, channels_off, holds, people
from storage.campaigns import Aim, NewCampaign
from storage.database import Transaction
from storage.people import Address
from storage.states import Audience, CampaignState, HoldReason
from tests.campaigning import MONTREAL, PERIOD, act, at, by_hand, id_of, ledger, local, states
from tests.stage import TUESDAY, Deliverer, Stage, furnished

CHANNELS = ("mail", "telegram", "terminal")
REASONS = {
    *("declared", "said-nothing", "complete", "stopped", "unwanted", "enough", "left", "unreachable"),
    *("cancelled", "too-late", "not-released"),
}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("off", "reached"),
    [
        pytest.param((), "mail", id="all are served"),
        pytest.param(("mail",), "telegram", id="no mail any more"),
        pytest.param(("mail", "telegram"), "terminal", id="the terminal where there is nothing else"),
        pytest.param(CHANNELS, None, id="nothing at all"),
    ],
)
async def test_a_reminder_goes_where_somebody_is_served(
    database_url: str, off: tuple[str, ...], reached: str | None, when: str
) -> None:
    """Whether the channel was taken out before the letter was put in, or while it waited for it."""
    async with Stage(database_url) as stage:
        if when == "after":
            await by_hand(stage)
        await act(stage, lambda tx: channels_off.keep_only(tx, off))
        if when == "before":
            await by_hand(stage)
        await begin_and_fill(stage.house, stage.database, stage.clock.now().astimezone(MONTREAL))
        senders = [Deliverer(name, stage.mailboxes) for name in CHANNELS if name not in off]
        await Post(stage.database, senders, stage.clock, "served", judge=judge_for(stage.house)).drain()
        read = [channel for channel in CHANNELS if stage.person("camille", channel).reads()]
        assert read == ([reached] if reached else [])
        entry = ("left", None) if reached else ("skipped", "unreachable")
        assert await ledger(stage, "camille") == [("hand:one", "camille", *entry)]


async def test_who_is_served_nowhere_is_on_the_list_of_people_to_reach(sqlite_url: str) -> None:
    def unreached(tx: Transaction) -> set[str | None]:
        return {one.name for one in audiences.who_without_address(tx, [1])}

    async with Stage(sqlite_url) as stage:
        before = await stage.database.read(unreached)
        await act(stage, lambda tx: channels_off.keep_only(tx, CHANNELS))
        after = await stage.database.read(unreached)
        await act(stage, lambda tx: channels_off.keep_only(tx, ()))
        assert (before, "Camille Essai" in after) == (set(), True)
        assert await stage.database.read(unreached) == set()


@pytest.mark.parametrize(
    ("off", "other"),
    [((), "telegram"), (("telegram",), "terminal"), (("telegram", "terminal"), None)],
)
async def test_the_other_way_is_one_that_is_served_and_a_terminal_last(
    sqlite_url: str, off: tuple[str, ...], other: str | None
) -> None:
    def work(tx: Transaction) -> Address | None:
        people.link(tx, id_of(tx, "camille"), "terminal", "camille", TUESDAY + timedelta(days=1))
        channels_off.keep_only(tx, off)
        return addresses.other_way(tx, "mail", "camille@tilleuls.invalid")

    async with Stage(sqlite_url) as stage:
        found = await stage.database.write(work)
        assert (found and found.channel) == other


async def test_what_is_skipped_at_a_release_is_in_the_ledger_and_told(database_url: str) -> None:
    async with Stage(database_url) as stage:
        await act(stage, lambda tx: holds.put(tx, HoldReason.BY_HAND, TUESDAY))
        number = await by_hand(stage)
        skipped = await stage.database.write(
            lambda tx: holds.release(tx, TUESDAY, TUESDAY - timedelta(hours=24))
        )
        entries = await ledger(stage)
        assert {entry[2:] for entry in entries} == {("skipped", "not-released")}
        assert len(entries) == skipped == 3
        [one] = await stage.database.read(
            lambda tx: [told(tx, found) for found in campaign_progress.listed(tx)]
        )
        assert (one.number, one.sent, one.percent) == (number, 0, 0)
        said = await stage.person("camille").says("pourquoi ai-je reçu ceci?")
        assert "Il ne vous est pas parvenu : les envois étaient suspendus" in said
        assert "sending was on hold" in await stage.person("morgan").says("why did I get this?")


@pytest.mark.parametrize(("day", "moved"), [(23, False), (27, True)])
async def test_why_says_that_a_day_off_has_moved_it(sqlite_url: str, day: int, moved: bool) -> None:
    """Two days before the deadline of the 30th there is a Saturday."""
    async with Stage(sqlite_url, at=local(2)) as stage:
        await at(stage, local(day))
        await stage.post.drain()
        said = await stage.person("camille", "mail").presses("Pourquoi ce message?")
        assert ("2026 ou le jour ouvrable le plus proche." in said) is moved


async def test_who_was_not_decided_on_in_time_is_in_the_ledger(sqlite_url: str) -> None:
    """The machine went down while the campaign was being filled, and came back when it was over."""
    aim = Aim(Audience.STAFF, PERIOD)
    new = NewCampaign("hand:one", "hand", aim, TUESDAY.date(), TUESDAY + timedelta(days=2))
    async with Stage(sqlite_url) as stage:
        await act(stage, lambda tx: campaigns.begin(tx, new, TUESDAY))
        for minutes in (0, 1, 2):
            await at(stage, local(25) + timedelta(minutes=minutes))
        entries = [entry[2:] for entry in await ledger(stage) if entry[0] == new.key]
        assert entries == [("skipped", "too-late")] * 3
        assert (await states(stage))[new.key] is CampaignState.DONE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["campaign/why", "cli/why-words", "why/not-sent"])
def test_every_reason_has_its_words(template: str, language: str) -> None:
    assert {label.key for label in furnished().wording.labels(template, language)} >= REASONS

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import pytest

from bot.messages import Button, Lane, Letter, Page
from storage import claims, sent_letters
from storage.database import Transaction
from storage.people import Address
from storage.states import LetterState
from storage.verdicts import Elsewhere, Later, Skip, Verdict
from tests.storage.box import LEASE, SECOND, Box, of_campaign, text_of, to

Act = Callable[[Box, Letter], Awaitable[object]]


async def nothing(box: Box, one: Letter) -> None:
    """The letter stays as it was claimed."""


async def test_letters_to_one_address_leave_in_order(box: Box) -> None:
    await box.put(to("ana", "un"), to("bo", "deux"), to("ana", "trois"), to("ana", "quatre"))
    seen = []
    while letters := (await box.claim()).letters:
        seen.append([text_of(one) for one in letters])
        for one in letters:
            await box.sent(one)
    assert seen == [["un", "deux"], ["trois"], ["quatre"]]


@pytest.mark.parametrize(
    ("act", "free"),
    [
        pytest.param(nothing, False, id="being sent"),
        pytest.param(lambda box, one: box.retry(one, SECOND), False, id="to be tried again"),
        pytest.param(lambda box, one: box.sent(one), True, id="sent"),
        pytest.param(lambda box, one: box.end(one), True, id="dead"),
        pytest.param(lambda box, one: box.end(one, LetterState.UNKNOWN), True, id="in doubt"),
    ],
)
async def test_the_next_letter_to_an_address_waits_for_the_one_before(box: Box, act: Act, free: bool) -> None:
    await box.put(to("ana", "un"))
    await act(box, await box.the_one())
    await box.put(to("ana", "deux"))
    assert await box.claimed() == (["ana: deux"] if free else [])


async def test_a_letter_given_back_leaves_before_the_later_ones(box: Box) -> None:
    await box.put(to("ana", "un"), to("ana", "deux"))
    await box.release(await box.the_one())
    assert await box.claimed("two") == ["ana: un"]


async def test_a_letter_for_tomorrow_holds_nothing_back(box: Box) -> None:
    await box.put(to("ana", "tomorrow", due=box.now + LEASE), to("ana", "now"))
    assert await box.claimed() == ["ana: now"]
    box.now += LEASE
    assert await box.claimed() == ["ana: tomorrow"]


async def test_letters_leave_by_the_time_they_are_due(box: Box) -> None:
    await box.put(to("ana", due=box.now), to("bo", due=box.now - SECOND), to("cy", due=box.now + SECOND))
    assert await box.claimed() == ["bo: bonjour", "ana: bonjour"]


async def test_an_answer_overtakes_the_campaign_but_not_a_letter_on_its_way(box: Box) -> None:
    await box.put(to("ana", "rappel", lane=Lane.CAMPAIGN, strict=True), to("ana", "réponse"))
    answer = await box.the_one()
    assert (text_of(answer), await box.claimed(lane=Lane.CAMPAIGN)) == ("réponse", [])
    await box.sent(answer)
    assert await box.claimed(lane=Lane.CAMPAIGN) == ["ana: rappel"]
    await box.put(to("ana", "autre réponse"))
    assert await box.claimed() == []


async def test_a_reply_whose_worker_died_is_sent_again_when_its_lease_has_run_out(box: Box) -> None:
    await box.put(to("ana", "un"), to("ana", "deux"))
    lost = await box.the_one("one")
    box.now += LEASE - SECOND
    assert await box.claimed("two") == []
    box.now += SECOND
    again = await box.the_one("two")
    assert (again.id, again.worker, again.attempt) == (lost.id, "two", 2)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda box, one: box.sent(one), id="sent"),
        pytest.param(lambda box, one: box.retry(one, SECOND), id="retry"),
        pytest.param(lambda box, one: box.release(one), id="release"),
        pytest.param(lambda box, one: box.end(one), id="end"),
    ],
)
@pytest.mark.parametrize("other", ["two", "one"], ids=["another worker", "the same worker, later"])
async def test_who_lost_a_claim_cannot_say_what_became_of_it(box: Box, act: Act, other: str) -> None:
    await box.put(to("ana"))
    lost = await box.the_one("one")
    box.now += LEASE
    again = await box.the_one(other)
    assert await act(box, lost) is False
    assert await box.states() == ["started"]
    assert await box.sent(again) is True


async def test_a_slow_worker_whose_claim_nobody_took_is_believed(box: Box) -> None:
    await box.put(to("ana"))
    slow = await box.the_one()
    box.now += 2 * LEASE
    assert await box.sent(slow) is True
    assert await box.sent(slow) is False


async def test_a_strict_letter_whose_lease_ran_out_is_in_doubt_and_never_sent_again(box: Box) -> None:
    await box.put(to("ana", "rappel", lane=Lane.CAMPAIGN, strict=True))
    lost = await box.the_one(lane=Lane.CAMPAIGN)
    for _ in range(3):
        box.now += LEASE
        assert await box.claimed("two", lane=Lane.CAMPAIGN) == []
    assert (await box.states(), await box.reasons()) == (["unknown"], ["lease-ran-out"])
    assert await box.sent(lost) is True
    assert await box.states() == ["sent"]


async def test_a_reply_that_kills_its_worker_each_time_is_dead_in_the_end(box: Box) -> None:
    await box.put(to("ana", "poison"), to("ana", "suite"))
    for _ in range(claims.TRIES):
        assert text_of(await box.the_one()) == "poison"
        box.now += LEASE
    found = await box.claim()
    assert [(one.state, one.reason) for one in found.ended] == [(LetterState.DEAD, "lease-ran-out")]
    assert [text_of(one) for one in found.letters] == ["suite"]


async def test_only_tries_count_not_letters_given_back(box: Box) -> None:
    await box.put(to("ana"))
    for _ in range(2 * claims.TRIES):
        one = await box.the_one()
        assert one.attempt == 1
        await box.release(one)


async def test_a_letter_that_came_too_late_is_skipped_and_says_so(box: Box) -> None:
    await box.put(to("ana", "rappel", useful_until=box.now + SECOND), to("ana", "suite"))
    box.now += SECOND
    found = await box.claim()
    assert [(text_of(one.letter), one.state) for one in found.ended] == [("rappel", LetterState.SKIPPED)]
    assert [text_of(one) for one in found.letters] == ["suite"]
    assert (await box.states(), await box.reasons()) == (["skipped", "started"], ["too-late", None])


async def test_the_audience_is_asked_again_when_a_letter_is_claimed(box: Box) -> None:
    declared = {"a1", "a2", "a4"}

    def judge(_: Transaction, letters: Sequence[Letter]) -> list[Verdict]:
        return [Skip("declared") if one.address in declared else one for one in letters]

    await box.put(*(of_campaign(f"a{number}") for number in range(6)))
    found = await box.claim(limit=2, judge=judge)
    assert [one.address for one in found.letters] == ["a0", "a3"]
    assert [(one.letter.address, one.reason) for one in found.ended] == [
        ("a1", "declared"),
        ("a2", "declared"),
    ]
    assert (await box.states())[:4] == ["started", "skipped", "skipped", "started"]


async def test_a_claim_that_ends_many_letters_says_that_there_may_be_more(box: Box) -> None:
    await box.put(*(of_campaign(f"a{number}") for number in range(2 * claims.ROUNDS)))
    found = await box.claim(limit=1, judge=lambda _, letters: [Skip("unwanted") for _ in letters])
    assert (len(found.ended), found.full) == (claims.ROUNDS, True)


async def test_the_letters_of_campaigns_are_judged_together_and_others_are_not(box: Box) -> None:
    asked: list[list[str]] = []

    def judge(_: Transaction, letters: Sequence[Letter]) -> list[Verdict]:
        asked.append([one.address for one in letters])
        return list(letters)

    await box.put(of_campaign("ana"), to("bo"), of_campaign("cy"))
    await box.claim(judge=judge)
    assert asked == [["ana", "cy"]]


async def test_a_letter_leaves_as_it_is_judged_and_is_kept_so(box: Box) -> None:
    said = Page("Votre <b>rappel</b>", (Button("Oui", "t:q:yes", ("ok",)),), True, "Rappel", "en")
    await box.put(of_campaign("ana", ""))
    [one] = (await box.claim(judge=lambda _, letters: [replace(one, page=said) for one in letters])).letters
    await box.sent(one, "m1")
    kept = await box.do(lambda tx: sent_letters.sent_as(tx, "chat", "ana", "m1"))
    assert (one.page, kept and kept.page) == (said, said)


async def test_a_letter_put_off_waits_and_holds_back_no_other(box: Box) -> None:
    await box.put(of_campaign("ana", "un"), of_campaign("ana", "deux"))
    await box.retry(await box.the_one(), SECOND)
    box.now += SECOND
    until = box.now + 60 * SECOND

    def judge(_: Transaction, letters: Sequence[Letter]) -> list[Verdict]:
        return [Later(until) if text_of(one) == "un" else one for one in letters]

    assert [text_of(one) for one in (await box.claim(judge=judge)).letters] == ["deux"]
    box.now = until
    assert await box.states() == ["waiting", "started"]


async def test_a_letter_that_takes_another_way_is_judged_there(box: Box) -> None:
    box.rates = {"chat": None, "mail": None}
    there = Address("mail", "ana@exemple.invalid")
    await box.put(of_campaign("ana"))
    found = await box.claim(judge=lambda _, letters: [Elsewhere(there) for _ in letters])
    assert (found.letters, found.ended) == ((), ())
    [one] = (await box.claim(channel="mail", judge=lambda _, letters: list(letters))).letters
    assert (one.channel, one.address, one.attempt) == ("mail", "ana@exemple.invalid", 1)


@pytest.mark.parametrize(("limit", "full"), [(2, True), (3, True), (4, False)])
async def test_a_claim_says_whether_there_may_be_more(box: Box, limit: int, full: bool) -> None:
    await box.put(to("ana"), to("bo"), to("cy"))
    found = await box.claim(limit=limit)
    assert (len(found.letters), found.full) == (min(limit, 3), full)


async def test_a_terminal_is_given_only_the_letters_of_who_sits_at_it(box: Box) -> None:
    box.only = {"chat": "bo"}
    await box.put(to("ana"), to("bo"))
    assert await box.claimed() == ["bo: bonjour"]


async def test_a_channel_is_given_only_its_own_letters(box: Box) -> None:
    box.rates = {"chat": None, "mail": None}
    await box.put(to("ana", channel="mail"), to("bo"))
    assert [one.address for one in (await box.claim(channel="mail")).letters] == ["ana"]


async def test_a_worker_that_starts_again_takes_back_what_it_had_started(box: Box) -> None:
    await box.put(to("ana"), to("bo", lane=Lane.CAMPAIGN, strict=True), to("cy"))
    ana, cy = (await box.claim("one")).letters
    await box.the_one("one", lane=Lane.CAMPAIGN)
    await box.sent(cy)
    assert await box.do(lambda tx: claims.take_back(tx, "two", box.now)) == 0
    assert await box.do(lambda tx: claims.take_back(tx, "one", box.now)) == 2
    assert await box.states() == ["waiting", "unknown", "sent"]
    again = await box.the_one("two")
    assert (again.id, again.attempt) == (ana.id, 2)

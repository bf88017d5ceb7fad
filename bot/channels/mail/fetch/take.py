"""What becomes of each mail that is found: heard, passed by, marked as a bounce, or put aside for a human."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Final

import structlog

from bot.channels.doors import Fate, Hears
from bot.channels.mail.fetch.bounces import take_bounce
from bot.channels.mail.fetch.caps import Echoes, window_over
from bot.channels.mail.fetch.found import Found
from bot.channels.mail.fetch.heard import LONGEST_SENDER, heard_in, key_of, thread_of
from bot.channels.mail.fetch.parking import keep_aside, put_aside
from bot.channels.mail.fetch.proof import Proof, proof_of
from bot.channels.mail.read import Mail, Verdict, read_mail
from bot.clock import Clock
from bot.mailing import CHANNEL, Mailing
from bot.messages import Heard, Page, Reply
from bot.render import LANGUAGES, Wording
from storage import addresses, inbox, mailboxes, outbox, people, volumes
from storage.database import Database, DatabaseDown, Transaction
from storage.outbox import NewLetter
from storage.states import Role

log = structlog.get_logger()

AT_ONCE: Final = 8
"""Senders whose mails are taken side by side."""


@dataclass(frozen=True, slots=True)
class Case:
    """A mail, and where it was found."""

    mailbox: str
    found: Found
    mail: Mail

    @property
    def key(self) -> str:
        return key_of(self.mail, self.found.raw)


@dataclass(frozen=True, slots=True)
class Look:
    """What is known before a mail is heard."""

    done: bool
    proof: Proof
    uncounted: bool = False
    """An operator answers an alert: that is work, however much there is of it."""
    over: str | None = None
    """The hour or day in which its sender has had all the answers they get."""
    again: bool = False
    """It was heard, and answered, before the database went back."""


class Taker:
    """Takes mail in, of any number of mailboxes. One that cannot be taken never keeps the next from being taken."""

    def __init__(
        self, mailing: Mailing, assistant: Hears, database: Database, wording: Wording, clock: Clock
    ) -> None:
        self._mailing = mailing
        self._assistant = assistant
        self._database = database
        self._wording = wording
        self._clock = clock
        self._echoes = Echoes()
        self._acts: Mapping[Verdict, Callable[[Case], Awaitable[None]]] = {
            Verdict.HEARD: self._hear,
            Verdict.AUTOMATIC: self._pass_by,
            Verdict.BOUNCE: self._take_bounce,
            Verdict.OWN: self._pass_by,
            Verdict.PARKED: self._put_aside,
        }

    async def take_all(self, mailbox: str, batch: Sequence[Found]) -> None:
        """Senders side by side, each one's mails in order. DatabaseDown means: not yet; what was done stays done."""
        by_sender: dict[str, list[Case]] = {}
        for found in batch:
            # On a thread: a mail that was made to do harm takes seconds, and everybody else would wait.
            mail = await asyncio.to_thread(read_mail, found.raw, (self._mailing.address,))
            by_sender.setdefault(mail.sender, []).append(Case(mailbox, found, mail))
        room = asyncio.Semaphore(AT_ONCE)
        taken = (self._take_in_order(cases, room) for cases in by_sender.values())
        ends = await asyncio.gather(*taken, return_exceptions=True)
        for end in filter(None, ends):
            raise end

    async def give_up(self, mailbox: str, one: Found) -> None:
        """Puts a mail aside that cannot be taken, tried often enough or fetched only in part."""
        await self._put_aside(Case(mailbox, one, Mail(Verdict.PARKED, "not-taken")))

    async def _take_in_order(self, cases: Sequence[Case], room: asyncio.Semaphore) -> None:
        async with room:
            for case in cases:
                await self._take(case)

    async def _take(self, case: Case) -> None:
        try:
            await self._acts[case.mail.verdict](case)
        except DatabaseDown:
            raise
        except Exception:
            log.exception("mail-not-taken", mailbox=case.mailbox, uid=case.found.uid)
            await self._give_up_for_good(case)

    async def _give_up_for_good(self, case: Case) -> None:
        try:
            await self._put_aside(replace(case, mail=replace(case.mail, reason="failed")))
        except DatabaseDown:
            raise
        except Exception:
            log.exception("mail-lost", mailbox=case.mailbox, uid=case.found.uid)

    async def _pass_by(self, case: Case) -> None:
        mail = case.mail
        log.info("mail-passed-by", mailbox=case.mailbox, uid=case.found.uid, why=mail.reason or mail.verdict)

    async def _put_aside(self, case: Case) -> None:
        reason, now = case.mail.reason, self._clock.now()
        await self._database.write(
            lambda tx: put_aside(tx, self._wording, case.mailbox, case.found.raw, reason, now)
        )

    async def _take_bounce(self, case: Case) -> None:
        await self._database.write(partial(self._bounced, case=case))

    def _bounced(self, tx: Transaction, case: Case) -> None:
        now = self._clock.now()
        if not take_bounce(tx, self._mailing, self._wording, case.mail, now):
            once = f"bounce:{now:%Y-%m-%d}"
            put_aside(tx, self._wording, case.mailbox, case.found.raw, "bounce-unknown", now, once)

    async def _hear(self, case: Case) -> None:
        mail = case.mail
        if len(mail.sender) > LONGEST_SENDER:
            return await self._put_aside(replace(case, mail=replace(mail, reason="sender-too-long")))
        look = await self._database.read(partial(self._look, case=case))
        if look.done:
            return None
        if look.again:
            return await self._stop(case, "heard-before", "")
        if look.over:
            return await self._stop(case, "too-many", look.over)
        heard = await asyncio.to_thread(heard_in, mail, case.found, look.proof)
        if self._echoes.is_loop(heard.sender, heard.text, self._clock.now()):
            return await self._stop(case, "loop", f"{self._clock.now():%Y-%m-%d}")
        return await self._say(case, heard, look)

    def _look(self, tx: Transaction, case: Case) -> Look:
        mail, now = case.mail, self._clock.now()
        proof = proof_of(tx, self._mailing, mail, now)
        done = inbox.is_done(tx, CHANNEL, mail.sender, case.key)
        if mailboxes.was_heard(tx, case.mailbox, case.found.uid):
            return Look(done, proof, again=True)
        if done or _is_work(tx, mail.sender, proof):
            return Look(done, proof, uncounted=True)
        known = proof.proven and _is_linked(tx, mail.sender)
        return Look(done, proof, over=window_over(tx, self._mailing, mail.sender, now, known=known))

    async def _say(self, case: Case, heard: Heard, look: Look) -> None:
        heeded = await self._assistant.hear(heard)
        if heeded.fate is Fate.PARKED:
            return await self._keep(case)
        if heeded.fate is Fate.REPEATED:
            return None
        now, took = self._clock.now(), heeded.took_answer
        self._echoes.note(heard.sender, heard.text, now, taken=took or look.uncounted)
        counts = not took and not look.uncounted
        if counts or heard.proven:
            await self._database.write(lambda tx: _note(tx, heard, now, counts=counts))
        return None

    async def _keep(self, case: Case) -> None:
        """Whoever heard it has told the operators and the sender; its bytes tell why it could not be heard."""
        raw, now = case.found.raw, self._clock.now()
        await self._database.write(lambda tx: keep_aside(tx, case.mailbox, raw, "failed", now))

    async def _stop(self, case: Case, reason: str, window: str) -> None:
        """A human reads this one; the operators learn of it once, and with too many the sender too."""
        await self._database.write(partial(self._stopped, case=case, reason=reason, window=window))

    def _stopped(self, tx: Transaction, case: Case, reason: str, window: str) -> None:
        sender, now = case.mail.sender, self._clock.now()
        inbox.attempt(tx, CHANNEL, sender, case.key, now)
        if not inbox.park(tx, CHANNEL, sender, case.key, "", now):
            return
        once = f"{reason}:{sha256(sender.encode()).hexdigest()}:{window}"
        put_aside(tx, self._wording, case.mailbox, case.found.raw, reason, now, once)
        if reason == "too-many":
            page = self._human_will_read(tx, sender)
            told = NewLetter(CHANNEL, sender, page, key=f"mail-{once}", thread=thread_of(case.mail))
            outbox.put(tx, [told], now)

    def _human_will_read(self, tx: Transaction, sender: str) -> Page:
        """In the sender's language; in both where it is not known."""
        person = people.by_address(tx, CHANNEL, sender)
        languages = (person.language,) if person and person.language else LANGUAGES
        first, *others = (
            self._wording.page([Reply("mail/human-will-read")], language) for language in languages
        )
        return replace(first, html="\n\n".join(page.html for page in (first, *others)))


def _is_work(tx: Transaction, sender: str, proof: Proof) -> bool:
    """Whether an operator answers an alert about a ticket."""
    if not proof.proven or proof.answers is None or proof.answers.letter.ticket_id is None:
        return False
    person = people.by_address(tx, CHANNEL, sender)
    return person is not None and person.linked and Role.OPERATOR in person.roles


def _is_linked(tx: Transaction, sender: str) -> bool:
    person = people.by_address(tx, CHANNEL, sender)
    return person is not None and person.linked


def _note(tx: Transaction, heard: Heard, now: datetime, *, counts: bool) -> None:
    """A machine has answered; and whoever is proven to write can be reached again."""
    if counts:
        volumes.add(tx, heard.sender, now)
    if heard.proven:
        addresses.revive(tx, CHANNEL, heard.sender)

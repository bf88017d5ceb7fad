"""What each refusal of a mail server means: for the letter, the address, the whole channel."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.mail.write import MailSender
from bot.channels.mail.write.faults import MEANINGS, Refusal, Step, meaning_of
from bot.sending import AddressDead, LetterRefused, TryLater
from tests.bot.channels.conftest import PatientClock
from tests.fakes.mail import MailServer
from tests.fakes.mail.smtp import Step as At
from tests.mailed import mailing_for, trouble, wording

ADDRESS, MINUTE, SERVER, DAY = (timedelta(seconds=seconds) for seconds in (300, 60, 30, 900))


@pytest.mark.parametrize(
    ("step", "answer", "kind", "after", "whole"),
    [
        ("RCPT", "550 5.1.1 User unknown", AddressDead, None, False),
        ("RCPT", "550 5.1.10 Recipient not found", AddressDead, None, False),
        ("RCPT", "550 No such user", AddressDead, None, False),
        ("RCPT", "551 User not local", AddressDead, None, False),
        ("RCPT", "553 Mailbox name not allowed", AddressDead, None, False),
        ("RCPT", "550 5.2.1 Mailbox disabled", AddressDead, None, False),
        ("RCPT", "550 5.4.1 Recipient address rejected: Access denied", AddressDead, None, False),
        ("DATA", "550 5.1.1 User unknown", AddressDead, None, False),
        ("DATA", "550 Content rejected", LetterRefused, None, False),
        ("RCPT", "550 5.7.1 Relaying denied", LetterRefused, None, False),
        ("RCPT", "550 5.1.8 Sender domain not found", LetterRefused, None, False),
        ("RCPT", "552 5.2.2 Mailbox full", LetterRefused, None, False),
        ("RCPT", "554 Refused", LetterRefused, None, False),
        ("DATA", "552 5.3.4 Too large", LetterRefused, None, False),
        ("DATA", "554 5.7.1 Spam", LetterRefused, None, False),
        ("MAIL", "552 5.3.4 Too large", LetterRefused, None, False),
        ("RCPT", "450 4.2.0 Greylisted", TryLater, ADDRESS, False),
        ("RCPT", "451 4.7.1 Greylisting in action", TryLater, ADDRESS, False),
        ("RCPT", "452 4.2.2 Mailbox full", TryLater, ADDRESS, False),
        ("RCPT", "450 Busy", TryLater, ADDRESS, False),
        ("DATA", "451 4.3.0 Try later", TryLater, ADDRESS, False),
        ("RCPT", "452 4.5.3 Too many recipients", TryLater, MINUTE, True),
        ("RCPT", "451 4.7.500 Server busy", TryLater, MINUTE, True),
        ("DATA", "421 4.7.0 Try again later", TryLater, MINUTE, True),
        ("RCPT", "421 4.7.0 Try again later", TryLater, MINUTE, True),
        ("MAIL", "450 4.7.1 Rate limit", TryLater, MINUTE, True),
        ("MAIL", "451 Slow down", TryLater, MINUTE, True),
        ("DATA", "550 5.4.5 Daily sending limit exceeded", TryLater, DAY, True),
        ("MAIL", "530 5.7.0 Authentication required", TryLater, SERVER, True),
        ("MAIL", "550 5.7.60 Not allowed to send as this sender", TryLater, SERVER, True),
        ("RCPT", "530 5.7.0 Authentication required", TryLater, SERVER, True),
    ],
)
async def test_what_a_refusal_means(
    mail_server: MailServer,
    step: At,
    answer: str,
    kind: type[Exception],
    after: timedelta | None,
    whole: bool,
) -> None:
    sender = MailSender(mailing_for(mail_server), wording(), PatientClock())
    mail_server.smtp.answer_next(answer, at=step, times=2)
    error = await trouble(sender, mail_server.person())
    await sender.close()
    assert isinstance(error, kind)
    if isinstance(error, TryLater):
        assert (error.after, error.whole_channel) == (after, whole)
    assert str(error) == answer
    assert mail_server.smtp.envelopes == []


@pytest.mark.parametrize("step", Step)
def test_every_refusal_means_something(step: Step) -> None:
    for code in range(400, 600):
        for status in (
            "",
            *(f"{code // 100}.{subject}.{detail} " for subject in range(8) for detail in range(12)),
        ):
            meaning = meaning_of(Refusal(step, code, f"{status}no"))
            assert isinstance(meaning, TryLater) or code >= 500
    assert len(MEANINGS) == len({fits for fits, _ in MEANINGS})

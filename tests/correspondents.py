"""People with a real mailbox, who write to the assistant as mail programs do and read what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses, make_msgid

from bot.messages import File
from tests.fakes.mail import MailServer


@dataclass(frozen=True, slots=True)
class Received:
    """A letter as it lies in somebody's mailbox."""

    message: EmailMessage

    @property
    def text(self) -> str:
        """What a program that shows no HTML shows."""
        part = self.message.get_body(("plain",))
        assert part
        text: str = part.get_content()
        return text.replace("\r\n", "\n")

    @property
    def subject(self) -> str:
        return str(self.message["subject"])

    @property
    def id(self) -> str:
        return str(self.message["message-id"])

    @property
    def answer_to(self) -> str:
        """Where a reply goes."""
        return getaddresses([str(self.message["reply-to"] or self.message["from"])])[0][1]


@dataclass(slots=True)
class Correspondent:
    """Somebody who writes from `address`, read from there too."""

    mail: MailServer
    address: str
    read: int = 0
    """How many letters were read."""
    received: list[Received] = field(default_factory=list)

    async def writes(
        self, text: str, subject: str = "Question", *, headers: Iterable[tuple[str, str]] = ()
    ) -> EmailMessage:
        """Begins a thread."""
        message = self.message(text, subject, self.mail.address, headers)
        await self.mail.write(message.as_bytes(), sender=self.address)
        return message

    async def replies(
        self,
        text: str,
        to: Received | None = None,
        *,
        quoting: bool = True,
        headers: Iterable[tuple[str, str]] = (),
        files: Iterable[File] = (),
    ) -> EmailMessage:
        """Answers a letter, the last one unless another is named, above what it says."""
        letter = to or self.received[-1]
        references = f"{letter.message['references'] or ''} {letter.id}".strip()
        threaded = [("In-Reply-To", letter.id), ("References", references), *headers]
        whole = f"{text}\n\n{quoted(letter)}" if quoting else text
        message = self.message(
            whole, f"Re: {letter.subject.removeprefix('Re: ')}", letter.answer_to, threaded
        )
        for file in files:
            sort, _, kind = file.media_type.partition("/")
            message.add_attachment(file.content, maintype=sort, subtype=kind, filename=file.name)
        await self.mail.write(message.as_bytes(), to=letter.answer_to, sender=self.address)
        return message

    async def reads(self) -> Received:
        """Waits for the next letter."""
        raw = await self.mail.arrived(self.address, self.read + 1)
        message = message_from_bytes(raw[self.read], policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.read += 1
        self.received.append(Received(message))
        return self.received[-1]

    def message(
        self, text: str, subject: str, to: str, headers: Iterable[tuple[str, str]] = ()
    ) -> EmailMessage:
        """A mail of theirs, not sent yet."""
        message = EmailMessage(policy=policy.SMTP)
        message["From"] = self.address
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = make_msgid(domain=self.address.rpartition("@")[2])
        for name, value in headers:
            message[name] = value
        message.set_content(text)
        return message


def quoted(letter: Received) -> str:
    """A letter below an answer to it, as most programs put it there in French."""
    lines = "\n".join(f"> {line}".rstrip() for line in letter.text.splitlines())
    return f"Le mar. 17 nov. 2026 à 09:30, Déclic <{letter.answer_to}> a écrit :\n{lines}\n"

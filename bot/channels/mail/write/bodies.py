"""What a letter says, twice: as plain text, and laid out for mail programs that show HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot import markup
from bot.channels.mail.write.headings import ANSWERS
from bot.messages import Button, Lane, Letter
from bot.render import TEMPLATES, Wording

LAYOUTS = TEMPLATES / "layouts"
SIGNATURE = "-- "
"""What stands below it is left out by mail programs that quote."""
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
STYLED = {
    "<a ": '<a style="color:#1a56a8;text-decoration:underline" class="link" ',
    "<code>": '<code style="font-family:Consolas,Menlo,monospace;font-size:15px" class="code">',
    "\n": "<br>\n",
}
"""Programs read styles at the element alone. What somebody wrote is escaped, so that no tag is theirs."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, as a letter shows it."""

    shown: str
    """Its number and its words."""
    href: str = ""
    """Opens an answer that is ready to be sent; empty where it would lose its thread."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """One letter's words in both forms."""

    plain: str
    html: str


def bodies_of(letter: Letter, wording: Wording, subject: str, sender: str, reply_to: str | None) -> Bodies:
    """`reply_to` is the address that ties an answer to this very letter, where there is one."""
    page = letter.page
    choices = _choices(page.buttons, page.numbered, subject, reply_to)
    footer = wording.text("mail/footer", page.language, {"reminder": letter.lane is Lane.CAMPAIGN})
    how = {
        taps: wording.text("mail/how-to-answer", page.language, {"numbered": page.numbered, "taps": taps})
        for taps in (False, reply_to is not None)
    }
    plain = _plain(page.html, choices, how[False] if choices else "", footer)
    html = _layout().render(
        language=page.language,
        subject=subject,
        sender=sender,
        first_line=_first_line(page.html),
        body=_laid(page.html),
        choices=choices,
        how=_laid(how[reply_to is not None]),
        footer=_laid(footer),
    )
    return Bodies(plain, html)


def _choices(
    buttons: Sequence[Button], numbered: bool, subject: str, reply_to: str | None
) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"{at}. {label}" if numbered else label, _ready(label, subject, reply_to))
        for at, label in enumerate((_seen(button.label).replace("\n", " ") for button in buttons), 1)
    )


def _ready(label: str, subject: str, reply_to: str | None) -> str:
    """A link that opens an answer (RFC 6068)."""
    if reply_to is None:
        return ""
    about = subject if ANSWERS.match(subject) else f"Re: {subject}"
    return f"mailto:{quote(reply_to, safe='@')}?subject={quote(about, safe='')}&body={quote(label, safe='')}"


def _plain(html: str, choices: Sequence[Choice], how: str, footer: str) -> str:
    listed = "\n".join(one.shown for one in choices)
    signed = f"{SIGNATURE}\n{markup.to_plain(footer)}"
    blocks = (_seen(markup.to_plain(html)).strip("\n"), listed, markup.to_plain(how), signed)
    return "\n\n".join(filter(None, blocks)) + "\n"


def _laid(html: str) -> Markup:
    """Mini-HTML as HTML: well-formed, styled, newlines shown."""
    written = _seen(markup.write(markup.read(html)))
    for plain, styled in STYLED.items():
        written = written.replace(plain, styled)
    return Markup(written)  # noqa: S704 - markup.write escapes what is no tag of the house


def _first_line(html: str) -> str:
    """What a list of mails shows of it: a line as it stands in the letter, so that a quote holds nothing else."""
    return next(filter(None, (line.strip() for line in _seen(markup.visible(html)).split("\n"))), "")


def _seen(text: str) -> str:
    return UNSEEN.sub(" ", text)


@cache
def _layout() -> Template:
    environment = Environment(
        loader=FileSystemLoader(LAYOUTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template("mail.html")

"""What a letter says, twice: as plain text, and laid out for mail programs that show HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from urllib.parse import quote

from markupsafe import Markup

from bot import markup
from bot.channels.layouts import layout
from bot.channels.mail.write.headings import ANSWERS
from bot.messages import Button, Lane, Letter, Pick, read_press
from bot.render import Wording
from bot.sending import ALERT, ANSWER, PASSED_ON

LAYOUT = "mail.html"
SIGNATURE = "-- "
"""What stands below it is left out by mail programs that quote."""
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
STYLED = {
    "<a ": '<a style="color:#1a56a8;text-decoration:underline" class="link" ',
    "<code>": '<code style="font-family:Consolas,Menlo,monospace;font-size:15px" class="code">',
}
"""Programs read styles at the element alone. What somebody wrote is escaped, so that no tag is theirs."""
PREVIEWED = 4
"""Lines of a summary: what it is, and which work it is about."""
FEWEST_TO_FILL_IN = 2
TO_FILL_IN = re.compile(r"(?P<label>[^:<>()]{1,60}?)(?P<example> \([^()]{1,120}\))?[ \u00a0]?:")
BLOCK = re.compile(r"\n*<pre>(.*?)</pre>\n*", re.DOTALL)
"""What is for the reader to copy."""
COPIED = "margin:14px 0;padding:12px 14px;border:1px dashed #5b6675;line-height:24px"
FORM_LINE = "padding:5px 0;border-bottom:1px solid #d9dee5;line-height:26px"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, as a letter shows it."""

    shown: str
    """Its number and its words."""
    href: str = ""
    """Opens an answer that is ready to be sent; empty where it would lose its thread."""
    main: bool = False
    """Whether it is what all of the letter is for: to confirm what was summed up."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """One letter's words in both forms."""

    plain: str
    html: str


def bodies_of(letter: Letter, wording: Wording, subject: str, sender: str, reply_to: str | None) -> Bodies:
    """`reply_to` is the address that ties an answer to this very letter, where there is one."""
    page = letter.page
    choices = _choices(page.buttons, page.numbered, subject, reply_to)
    footer = wording.text("mail/footer", page.language, _footed(letter))
    how = {
        taps: wording.text("mail/how-to-answer", page.language, {"numbered": page.numbered, "taps": taps})
        for taps in (False, reply_to is not None)
    }
    plain = _plain(page.html, choices, how[False] if choices else "", footer)
    html = layout(LAYOUT).render(
        language=page.language,
        subject=subject,
        sender=sender,
        first_lines=_first_lines(page.html, PREVIEWED if any(one.main for one in choices) else 1),
        body=_laid(page.html),
        choices=choices,
        how=_laid(how[reply_to is not None]),
        footer=_laid(footer),
    )
    return Bodies(plain, html)


def _footed(letter: Letter) -> dict[str, bool]:
    """Who stands behind a letter: under what a human wrote, or what is for the team, nobody is offered a human."""
    key = letter.key or ""
    return {
        "reminder": letter.lane is Lane.CAMPAIGN,
        "by_human": key.startswith(ANSWER),
        "to_team": key.startswith((ALERT, PASSED_ON)),
    }


def _choices(
    buttons: Sequence[Button], numbered: bool, subject: str, reply_to: str | None
) -> tuple[Choice, ...]:
    return tuple(
        _choice(button, f"{at}. " if numbered else "", subject, reply_to)
        for at, button in enumerate(buttons, 1)
    )


def _choice(button: Button, number: str, subject: str, reply_to: str | None) -> Choice:
    label = _seen(button.label).replace("\n", " ")
    press = read_press(button.press)
    return Choice(
        f"{number}{label}", _ready(label, subject, reply_to), isinstance(press, Pick) and bool(press.asked)
    )


def _ready(label: str, subject: str, reply_to: str | None) -> str:
    """A link that opens an answer (RFC 6068)."""
    if reply_to is None:
        return ""
    about = subject if ANSWERS.match(subject) else f"Re: {subject}"
    return f"mailto:{quote(reply_to, safe='@')}?subject={quote(about, safe='')}&body={quote(label, safe='')}"


def _plain(html: str, choices: Sequence[Choice], how: str, footer: str) -> str:
    listed = "\n".join(one.shown for one in choices)
    signed = f"{SIGNATURE}\n{markup.to_plain(footer)}" if footer else ""
    blocks = (_seen(markup.to_plain(html)).strip("\n"), listed, markup.to_plain(how), signed)
    return "\n\n".join(filter(None, blocks)) + "\n"


def _laid(html: str) -> Markup:
    """Mini-HTML as HTML: well-formed, styled, newlines shown; what is to be copied stands in a frame of its own."""
    parts = BLOCK.split(_seen(markup.write(markup.read(html))))
    written = (_copied(part) if at % 2 else _flowing(part) for at, part in enumerate(parts) if part)
    return Markup("".join(written))  # noqa: S704 - markup.write escapes what is no tag of ours


def _copied(text: str) -> str:
    lines = _paragraph(text.split("\n"))
    return f'<div class="rule" style="{COPIED}">{lines}</div>\n'


def _flowing(text: str) -> str:
    """Lines to fill in stand apart, like those of a form."""
    lines = text.split("\n")
    runs = [(fills, list(run)) for fills, run in groupby(lines, key=_is_to_fill_in)]
    in_form = any(fills and len(run) >= FEWEST_TO_FILL_IN for fills, run in runs)
    written = "".join(_form(run) if fills else _paragraph(run) for fills, run in runs)
    return written if in_form else _paragraph(lines)


def _is_to_fill_in(line: str) -> bool:
    return bool(TO_FILL_IN.fullmatch(line))


def _paragraph(lines: Sequence[str]) -> str:
    written = "<br>\n".join(lines)
    for plain, styled in STYLED.items():
        written = written.replace(plain, styled)
    return written


def _form(lines: Sequence[str]) -> str:
    """Each on a line of its own, also where a mail program quotes it as text; a single one announces what follows."""
    if len(lines) < FEWEST_TO_FILL_IN:
        return f"<div>{_paragraph(lines)}</div>\n"
    return "\n".join(('<div style="margin:14px 0 16px">', *map(_line_to_fill_in, lines), "</div>"))


def _line_to_fill_in(line: str) -> str:
    found = TO_FILL_IN.fullmatch(line)
    label, example = (found["label"], found["example"] or "") if found else (line, "")
    shown = f'<span class="quiet" style="font-size:14px;color:#5b6675">{example}</span>' if example else ""
    return f'<div class="rule" style="{FORM_LINE}">{label}{shown}{line[len(label) + len(example) :]}</div>'


def _first_lines(html: str, count: int) -> list[str]:
    """What a list of mails shows of it: lines as they stand in the letter, so that a quote holds nothing else."""
    said = filter(None, (line.strip() for line in _seen(markup.visible(html)).split("\n")))
    return list(islice(said, count))


def _seen(text: str) -> str:
    return UNSEEN.sub(" ", text)

"""What programs and firms put below a reply: « -- » and all after it, the telephone's name, the small print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.channels.mail.read.lines import Line

MOST_LINES = 20
"""A signature that is longer is text below a line of dashes."""

MOST_NOTICES = 3

DEVICE = (
    r"iphone|ipad|ipod|android|samsung|galaxy|blackberry|huawei|pixel|xperia|motorola|nokia|htc"
    r"|mobile|téléphone|telephone"
    r"|cellulaire|tablette|appareil|smartphone|phone|cell|device|tablet|outlook|gmail|yahoo|windows"
    r"|mail|mailbox|courrier"
    r"|courriel|messagerie|proton|thunderbird|airmail|spark|bell|rogers|telus|vidéotron|videotron|ordinateur"
)
SENT = re.compile(
    r"[\W_]{0,4}(?:(?:envoyée?|expédiée?|transmise?) (?:de|du|depuis|à partir d[eu']|avec|via|par|grâce à|sur)\b"
    r"|sent (?:from|via|with|by|using)\b|provenance ?:|get (?=.{0,3}outlook)|"
    rf"(?:obtenir|obtenez|téléchargez|télécharger) (?=.{{0,3}}outlook))[^?!]{{0,40}}\b(?:{DEVICE})"
    rf"|[\W_]{{0,4}}(?:sent from|from) my \w"
)
LONGEST_SENT = 160
RULE = re.compile(r"(?:[-_=*~#+\u1427] ?){2,}$|\u1427$")
SMALL_PRINT = re.compile(
    r"[\W_]{0,6}(?:avis (?:de confidentialité|important|juridique)|mise en garde ?:?$|confidentiality (?:notice|note)|"
    r"ce (?:courriel|message)[^.]{0,120}\bconfidentiel|"
    r"this (?:e-?mail|message|communication)\b[^.]{0,120}\b(?:confidential|privileged)|"
    r"pensez à l'environnement|avant d'imprimer|please consider the environment)"
)


def signature_begins(lines: Sequence[Line], *, below_something: bool) -> int:
    """Where what stands below the reply begins, in a run of lines that nobody quoted; their number if nowhere.

    `below_something`: whether the mail begins above these lines, so that a signature may be all of them.
    """
    end = _before_dashes(lines, below_something=below_something)
    for _ in range(MOST_NOTICES):
        while end and _is_added(lines[end - 1]):
            end -= 1
        end = _small_print(lines, end)
    return end


def _before_dashes(lines: Sequence[Line], *, below_something: bool) -> int:
    """Where the line « -- » stands, with what is no longer than a signature below it and something above."""
    first = max(0, len(lines) - 1 - MOST_LINES)
    begins = next(
        (at for at in range(first, len(lines)) if lines[at].raw.rstrip() in ("--", "—")), len(lines)
    )
    return begins if below_something or any(not line.blank for line in lines[:begins]) else len(lines)


def _is_added(line: Line) -> bool:
    """Whether a program added this last line."""
    is_sent = len(line.raw) <= LONGEST_SENT and SENT.match(line.plain)
    return line.blank or bool(is_sent or RULE.match(line.plain))


def _small_print(lines: Sequence[Line], end: int) -> int:
    """Where the last paragraph begins, if it is a notice that nobody wrote for this mail; else `end`."""
    begins = next((at + 1 for at in range(end - 1, -1, -1) if lines[at].blank), 0)
    said = " ".join(line.plain for line in lines[begins : min(end, begins + 3)])
    return begins if begins and SMALL_PRINT.match(said) else end

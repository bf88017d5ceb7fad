"""What people write around what they have to say: a greeting above, thanks and their name below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.channels.mail.read.lines import Line, lines_of

LONGEST = 90
"""Characters of a line of courtesy."""
MOST_GREETINGS = 3
MOST_WORDS = 6
"""Of those that are greeted."""
MOST_CLOSINGS = 4
MOST_NAMES = 3
MOST_SIGNED = 6

SOMEBODY = (
    r"madame|monsieur|mesdames|messieurs|mme|m\.|mr\.?|mrs\.?|ms\.?|sir|madam|dr\.?|cher|chère|chers|chères"
    r"|à|a|et|and|ou|or|tous|toutes|tout|toute|le monde|la|l'équipe|équipe|all|everyone|everybody|team|there"
    r"|folks|again|encore|vous|amie?s?|collègues?|friends?|colleagues?|the|support"
)
GREETING = re.compile(
    r"(?:re-?)?(?:bonjour|bonsoir|bon matin|bon après-midi|bonne journée|allô|allo|salut|salutations|coucou|hello|hi"
    r"|hey|greetings|good (?:morning|afternoon|evening|day)|dear|cher|chère|chers|chères|madame|monsieur|mesdames"
    r"|messieurs|à qui de droit|to whom it may concern)\b"
)
HOPE = re.compile(
    r"(?:j'espère que (?:vous allez|tu vas|tout va)|(?:i )?hope (?:you are|you're|all is|this (?:e-?mail|message)"
    r" finds))[^?:;\d]{0,60}[.!]?$"
)
KIND_WORDS = (
    r"merci(?: (?:beaucoup|bien|infiniment|encore|d'avance|à l'avance|à vous|à toute l'équipe|pour tout|mille fois"
    r"|(?:de|pour) (?:votre|ton|l')? ?(?:aide|temps|réponse|attention|collaboration|soutien|patience)))*"
    r"|mille mercis|un gros merci|grand merci"
    r"|(?:passez une |bonne |très bonne |belle )(?:bonne |belle )?(?:fin de )?(?:journée|soirée|semaine|fin de semaine"
    r"|après-midi|week-end|weekend|matinée|année)(?: à vous)?"
    r"|(?:bien |très )?(?:cordialement|amicalement|respectueusement|sincèrement)"
    r"|(?:sincères |cordiales |mes |meilleures |mes meilleures )?salutations(?: distinguées| cordiales| sincères)?"
    r"|bien à vous|à bientôt|au plaisir(?: de vous lire)?|au revoir|à \+|a\+"
    r"|(?:many )?thanks(?: (?:so much|very much|a lot|a million|again|in advance|a bunch"
    r"|for (?:your|the|all your|all the) (?:help|time|reply|answer|support|patience)))*"
    r"|thank you(?: (?:so much|very much|again|in advance|kindly|for (?:your|the|all your) "
    r"(?:help|time|reply|answer|support|patience)))*"
    r"|(?:best |kind |warm |kindest |warmest )?regards|best(?: wishes)?|cheers|sincerely(?: yours)?|yours(?: truly"
    r"| sincerely| faithfully)?|respectfully|have a (?:nice|good|great|lovely) (?:day|evening|week|weekend|one)"
    r"|talk soon|take care"
)
CLOSING = re.compile(rf"(?:{KIND_WORDS})(?:(?:,|!|\.| -| et| and|)? (?:{KIND_WORDS}))*\W*$")

NAME = re.compile(r"(?:(?:[^\W\d_]|['.-])+ ?){1,5},?$")
SMALL_WORDS = frozenset({"de", "du", "des", "la", "le", "van", "von", "et", "and"})
ANSWERS = re.compile(
    r"(?:oui|non|yes|no|ok|okay|envoye[rz]|send|annuler|cancel|reprendre|resume|aide|help|suite|stop)$"
)
"""Capitalised or not, a line of one such word says something."""

WORD = re.compile(r"[^\W\d_]+")
SHORT_ANSWER = re.compile(
    rf"(?:(?:la |le |no\.? ?|#)?\d{{1,4}}|{ANSWERS.pattern.removesuffix('$')})"
    r"[ ,.!]*(?:(?:svp|stp|s'il (?:vous|te) pla[iî]t|please|pls|merci|thanks|thank you)[ ,.!]*)*$"
)

SIGNED = re.compile(
    r".{0,60}(?:\benseignant|\bprofesseur|\bdirect(?:ion|eur|rice)\b|\bsecrétaire|\borthopédagogue|\bbibliothécaire"
    r"|\btechnicien|\bconseill|\bécole\b|\bcollège\b|\bcentre de services\b|\bteacher|\bprincipal\b|\bschool\b"
    r"|\blibrarian|\bsecretary|^t[ée]l(?:éphone)?\b|^(?:tel|phone|cell|poste|ext)\b|\d{3}[ .-]\d{4}\b|\bwww\.|@)"
)
"""What stands below a name: what they do, where, and how they are reached."""


def without_courtesy(text: str, name: str = "") -> str:
    """The text without greeting lines above, closing lines below and the name under these; all of it if that is all.

    A line that says anything else besides stays whole. `name` is the writer's own, as their mail program gives it.
    """
    lines = _above_own_name(lines_of(text), name)
    end = _before_closing(lines)
    begin = _after_greeting(lines, end)
    said = [at for at in range(begin, end) if not lines[at].blank]
    return "\n".join(line.raw for line in lines[said[0] : said[-1] + 1]) if said else text


def _above_own_name(lines: list[Line], name: str) -> list[Line]:
    """Without a last line that is nothing but the writer's name, below a blank line or a short answer."""
    said = [at for at, line in enumerate(lines) if not line.blank]
    if len(said) < 2:
        return lines
    *_, above, last = said
    own = {word for word in WORD.findall(_plain(name)) if not ANSWERS.match(word)}
    words = WORD.findall(lines[last].plain)
    is_own = 0 < len(words) <= len(own) and own.issuperset(words) and NAME.match(lines[last].raw.strip())
    apart = last - above > 1 or SHORT_ANSWER.match(lines[above].plain)
    return lines[: above + 1] if is_own and apart else lines


def _plain(name: str) -> str:
    return lines_of(name)[0].plain


def _after_greeting(lines: Sequence[Line], end: int) -> int:
    """Where what is to be said begins; 0 when there would be nothing left."""
    begin = at = 0
    greetings = 0
    while at < end and greetings < MOST_GREETINGS:
        if not lines[at].blank:
            if not _greets(lines[at]):
                break
            greetings, begin = greetings + 1, at + 1
        at += 1
    return begin if any(not line.blank for line in lines[begin:end]) else 0


def _greets(line: Line) -> bool:
    if len(line.raw) > LONGEST or line.depth or "?" in line.plain:
        return False
    found = GREETING.match(line.plain)
    if not found:
        return bool(HOPE.match(line.plain))
    rest = line.plain[found.end() :].strip(" ,.!:-…")
    is_addressed = line.plain.endswith((",", "!"))
    return len(rest.split()) <= MOST_WORDS and _names_somebody(line, rest, alone=is_addressed)


def _names_somebody(line: Line, rest: str, *, alone: bool) -> bool:
    """Whether the words after a greeting are whom it greets: titles and names; `alone`, one word is a name."""
    words = [word for word in re.sub(rf"\b(?:{SOMEBODY})(?=\s|$|,)", " ", rest).split() if word.strip(",.!")]
    if alone and len(words) <= 1:
        return all(word.replace("-", "").isalpha() for word in words)
    as_written = set(re.findall(r"[\w'’-]+", line.raw))
    return all(word.strip(",.!").capitalize() in as_written or _is_name(word, as_written) for word in words)


def _is_name(word: str, as_written: set[str]) -> bool:
    """Whether a word was written with a capital, such as « Jean-Marc » or « McKay »."""
    return any(one.casefold() == word.strip(",.!") and one[:1].isupper() for one in as_written)


def _before_closing(lines: Sequence[Line]) -> int:
    """Where the thanks at the end begin, with the name below them; the number of lines when there are none."""
    first = next((at for at, line in enumerate(lines) if not line.blank), len(lines))
    end = len(lines)
    for _ in range(MOST_CLOSINGS):
        above = _one_closing_up(lines, end)
        if above is None or above <= first:
            break
        end = above
    return end


def _one_closing_up(lines: Sequence[Line], end: int) -> int | None:
    """Where the last closing above `end` stands, if only a name and what goes with it is below it."""
    below: list[Line] = []
    for at in range(end - 1, max(-1, end - 1 - 4 * MOST_SIGNED), -1):
        line = lines[at]
        if line.blank:
            continue
        if _closes(line):
            return at if _signs(below[::-1]) else None
        below.append(line)
        if len(below) > MOST_SIGNED or len(line.raw) > LONGEST or line.depth:
            return None
    return None


def _closes(line: Line) -> bool:
    return len(line.raw) <= LONGEST and not line.depth and bool(CLOSING.match(line.plain))


def _signs(lines: Sequence[Line]) -> bool:
    """Whether these lines are a name, and then perhaps what its bearer does, where, and how they are reached."""
    names = 0
    while names < min(len(lines), MOST_NAMES) and _names(lines[names]):
        names += 1
    return all(SIGNED.match(line.plain) for line in lines[names:]) if names else not lines


def _names(line: Line) -> bool:
    words = line.raw.strip().split()
    if not NAME.match(line.raw.strip()) or ANSWERS.match(line.plain.strip(" ,.")):
        return False
    return all(word[0].isupper() or word in SMALL_WORDS or "'" in word[:2] for word in words)

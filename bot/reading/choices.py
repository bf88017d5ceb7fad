"""Answers taken from a short list: one of the choices, yes or no, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import TypeVar

from bot.question import Answer, Question, Reader, Unreadable
from bot.reading.sentences import is_doubtful
from bot.reading.words import LONGEST_NAMING, WORD, choose_within, fold

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

SKIP = "skip"
FEWEST_LISTED = 3
"""Choices: with these they are a list of what there is, and no yes or no."""


def one_of(kinds: type[E]) -> Reader[E]:
    """The member chosen; the text is not read: matching words to choices comes before."""
    chosen = one_of_values(*(kind.value for kind in kinds))
    return Reader(lambda answer: kinds(chosen.read(answer)), chosen.choices)


def one_of_values(*values: str) -> Reader[str]:
    """The value chosen, one of these."""

    def read(answer: Answer) -> str:
        if answer.value not in values:
            raise Unreadable("read/choose-one")
        return answer.value

    return Reader(read, values)


def named_among(
    question: Question[object], options: Sequence[tuple[str, Sequence[str]]], text: str
) -> str | None:
    """The one choice of a list that a text names among other words, where nothing but a choice answers."""
    reader = question.reader
    listed = len(reader.choices) >= FEWEST_LISTED and reader.numbered
    free = question.confirms or reader.reads_anything or is_doubtful(text)
    return choose_within(text, options) if listed and not free else None


def confirmed_by(
    question: Question[object], options: Sequence[tuple[str, Sequence[str]]], text: str
) -> str | None:
    """The choice of a confirmation that a yes takes, or that follows one: « envoie ça, plutôt demain »."""
    choices = question.reader.choices if question.confirms else ()
    labels = {value: {fold(word) for word in words} for value, words in options if value in choices}
    said = labels.get(choices[0], set()) if choices else set()
    if not said or (len(choices) > 1 and not any(map(says_yes, said))):
        return None
    if says_yes(text, said):
        return choices[0]
    words = WORD.findall(POLITE.sub("", fold(text)))
    rests = {" ".join(words[n:]) for n in range(1, len(words)) if _is_made_of_yes(words[:n], said)}
    return next((value for value in choices[1:] if rests & labels.get(value, set())), None)


YES = (
    "oui|ouais|ouin|ouep|o|y|yes|yep|yup|yeah|ya|yea|sure|of course|right|that's right|true|indeed|ok|okay"
    "|oke|k|dac|d'accord|d'acc|correct|c'est correct|exact|c'est exact|exactement|exactly|c'est ça"
    "|c'est bien ça|c'est beau|beau|c'est bon|bon|c'est bien|c'est parfait|parfait|perfect|good|all good"
    "|looks good|it's good|ça marche|ça me va|certain|certainement|certainly|bien sûr|évidemment|absolument"
    "|absolutely|définitivement|definitely|tout à fait|en effet|effectivement|mets-en|mais oui|bien oui"
    "|ben oui|je confirme|confirmé|confirmed|vrai|c'est vrai|go|go ahead|vas-y|allez-y|do it|please do"
    "|affirmatif|si|send it|envoie|envoyez|envoie-le|envoyez-le|envoie ça|envoyez ça|👍|👌|✅|✔|💯|🆗"
)
NO = (
    "non|nan|n|no|nope|nah|nay|pas du tout|pantoute|aucunement|absolument pas|sûrement pas|certainement pas"
    "|pas vraiment|pas question|jamais|never|not at all|not really|absolutely not|of course not|incorrect"
    "|pas correct|pas exact|inexact|faux|c'est faux|wrong|that's wrong|not right|false|ce n'est pas ça"
    "|c'est pas ça|je ne pense pas|je pense pas|jpense pas|j'pense pas|je ne crois pas|je crois pas|jcrois pas"
    "|j'crois pas|i don't think so|i dont think so|négatif|negative|mais non|bien non|ben non|no way|👎|❌|🚫"
)
POLITE = re.compile(
    r"\b(?:merci|s'il vous plait|s'il te plait|svp|stp|please|pls|thanks|thank you|beaucoup)\b"
)
PHRASE_END = re.compile(r"[,;.!\n]+|(?<=\boui)\s|(?<=\bnon)\s|(?<=\byes)\s|(?<=\bok)\s|(?<=\bno)\s")


def yes_or_no() -> Reader[bool]:
    """True for yes; choices `yes` and `no`, typed in many ways."""
    return Reader(_yes_or_no, ("yes", "no"))


def takes_yes(question: Question[object]) -> bool:
    """Whether a yes or a no answers it."""
    return question.confirms or {"yes", "no"} <= set(question.reader.choices)


def says_yes(text: str, also: Collection[str] = ()) -> bool:
    """Whether the text says yes, or one of these folded phrases for it, and nothing else."""
    phrases = list(filter(None, map(fold, PHRASE_END.split(POLITE.sub("", fold(text))))))
    said = bool(phrases) and all(_is_made_of_yes(phrase.split(), also) for phrase in phrases)
    return said or _side(text) is True


def _is_made_of_yes(words: Sequence[str], also: Collection[str]) -> bool:
    """Whether it is one yes after the other: « parfait envoie »."""
    if not words or len(words) > LONGEST_NAMING:
        return not words
    heads = ((" ".join(words[:n]), words[n:]) for n in range(len(words), 0, -1))
    return any((head in also or _side(head)) and _is_made_of_yes(rest, also) for head, rest in heads)


def says_no(text: str) -> bool:
    """Whether the text is a mere no, in whatever words."""
    return _side(text) is False


def is_bare(text: str) -> bool:
    """Whether the text is a mere yes or no."""
    return _side(text) is not None


def _yes_or_no(answer: Answer) -> bool:
    said = _side(answer.value or answer.text)
    if said is None:
        raise Unreadable("read/yes-or-no")
    return said


def _side(text: str) -> bool | None:
    whole = SIDES.get(_squeezed(text))
    if whole is not None:
        return whole
    phrases = [_squeezed(phrase) for phrase in PHRASE_END.split(POLITE.sub("", fold(text)))]
    sides = {SIDES.get(phrase) for phrase in phrases if phrase}
    return sides.pop() if len(sides) == 1 else None


def _squeezed(text: str) -> str:
    """Folded, and "ouiii" like "oui"; a lone emoji stands for itself."""
    return re.sub(r"(.)\1+", r"\1", fold(text)) or text.strip()[:1]


SIDES = {_squeezed(word): side for words, side in ((YES, True), (NO, False)) for word in words.split("|")}


NOTHING_TYPED = (
    "passer|je passe|passe|saute|sauter|skip|skip it|pass|next|suivant|suivante|rien|rien du tout|aucun"
    "|aucune|none|nothing|n/a|na|s/o|sans objet|non applicable|not applicable|vide|blank|empty"
    "|je ne sais pas|je sais pas|j'sais pas|jsais pas|chais pas|ch'ais pas|sais pas|ne sais pas"
    "|je ne sais plus|je sais plus|je sais pu|jsais pu|jen ai pas|jai pas|jai pas ça|jai pas sous la main"
    "|je l'ignore|jsp|aucune idée|pas d'idée|don't know|i don't know|dont know|i dont know"
    "|dunno|idk|no idea|not sure|pas sûr|pas sûre|je ne suis pas sûr|je ne suis pas sûre|inconnu|inconnue"
    "|unknown|je n'en ai pas|j'en ai pas|il n'y en a pas|y en a pas|je ne l'ai pas|je l'ai pas"
    "|j'ai pas ça|je n'ai pas ça|j'ai pas|pas sous la main|je ne l'ai pas sous la main"
    "|je l'ai pas sous la main|j'ai pas ça sous la main|i don't have it|i don't have one|don't have it"
    "|don't have one|i don't have that|don't have that|i don't have it on hand|no|non|nope|non merci|pas besoin"
)
NOTHING = {fold(phrase) for phrase in NOTHING_TYPED.split("|")}
DASHES = {"-", "--", "---", "–", "—", "/", "∅"}
NOUN = (
    "isbn|issn|numero|titre|auteur|autrice|auteure|editeur|maison d'edition|annee|date|page|niveau|groupe"
    "|classe|note|notes|remarque|commentaire|precision|detail|details|number|title|author|publisher|year"
    "|level|group|class|grade|comment|comments|remark"
)
THE = r"(?:de |d'|d |l'|l |le |la |son |the |an? |any |its )?"
WITHOUT = re.compile(
    rf"(?:(?:je )?(?:n'ai|l'ai|ai|j'ai|jai|connais|ne connais|trouve|ne trouve|sais|ne sais) )?pas {THE}(?:{NOUN})s?"
    rf"|(?:(?:il )?(?:n'y|y) a |il a |(?:i|it) (?:have|has) |there's |there is )?"
    rf"(?:pas {THE}|aucune? |sans |no |without {THE}|not any )(?:{NOUN})s?"
    rf"|(?:(?:i|it) )?(?:don't|dont|do not|doesn't|can't|cannot) (?:have|know|find) {THE}(?:{NOUN})s?"
)


def optional(reader: Reader[T]) -> Reader[T | None]:
    """What `reader` reads, or None where the person skips, has none or does not know; choice `skip`."""

    def read(answer: Answer) -> T | None:
        nothing = answer.value is None and is_nothing(answer.text)
        if answer.value == SKIP or (nothing and reader.reads_anything):
            return None
        try:
            return reader.read(answer)
        except Unreadable:
            # Last, because "non" skips a number but answers a yes or no.
            if nothing:
                return None
            raise

    return Reader(
        read,
        (*reader.choices, SKIP),
        reader.reads_anything,
        reader.numbered,
        reader.prose,
        reader.numeric,
        reader.find,
        reader.loose,
    )


UNSURE = re.compile(
    r"(?:(?:je |j'|j|ch'|chu? )?(?:ne )?(?:sais|connais|me souviens|m'en souviens|me rappelle|m'en rappelle)"
    r" (?:pas|pus?|plus|point)(?: (?:trop|vraiment|du tout))?"
    r"|(?:j'ai |jai |i )?(?:oublie|forget|forgot)|(?:j'ai |jai |i have |i've )?(?:aucune idee|pas d'idee|no idea)"
    r"|(?:i'm |i am )?not (?:really )?sure|(?:i )?(?:do not|don't|dont) (?:know|remember|recall))"
    rf"(?: (?:(?:de |d'|d |du |of )?{THE}(?:{NOUN})|(?:about )?(?:it|that|ca|cela)"
    r"|qui (?:l'a|l'avait|a) \w+(?: ca)?|(?:c'est )?(?:qui|quand|lequel|laquelle)|who(?: it is)?|when|which(?: one)?"
    r"|(?:who|what|when) (?:it was )?(?:wrote|published|made|printed|edited|written)(?: it| this| that)?))?"
)
"""Somebody who does not know the very thing that is asked; folded text."""
FILLED = re.compile(r"(?:(?:euh+|heu+|ben|bin|bah|bof|hmm+|um+|uh+|well|non|no|nope|sorry|desolee?)[ ,.]+)+")
"""What may come before that."""


def is_nothing(text: str) -> bool:
    """Whether the text says that there is nothing to answer, or that the person does not know."""
    folded = fold(text)
    said = FILLED.sub("", folded, count=1) if FILLED.match(folded) else folded
    known = any(one in NOTHING or WITHOUT.fullmatch(one) for one in (folded, said))
    return text.strip() in DASHES or known or bool(UNSURE.fullmatch(said))

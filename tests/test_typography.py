"""Everything shown obeys the typography of its language: templates and answers of the knowledge base."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from jinja2 import Environment

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fr", "en")
LONGEST = 2000
"""Characters of a text's source: with its data it must still fit one Telegram message (4096), and be read."""
A_LINE_EACH = ("cli/settings-faulty", "privacy/held")
"""They hold a line for each setting, and for each column about people; only some of them are ever shown together."""

DATA = "\ufffc"
"""Stands for what a template fills in, so that « {{ share }} % » is checked as « 12 % » is."""

MARKED = re.compile(r"\{# (fr|en) #\}")
LABEL = re.compile(r"\S+: .*\S")
GONE = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
INCLUDED = re.compile(r"\{% include.*?%\}")
FILLED = re.compile(r"\{\{.*?\}\}|<code>.*?</code>|https?://[^\s<>\"]+", re.DOTALL)
TAG = re.compile(r"</?[a-z][^>]*>")

RULES = {
    "both": {
        "a tab": r"\t",
        "a doubled space": r"(?<=\S)[ \u00a0]{2,}(?=\S)",
        "three dots for …": r"\.\.\.",
        "a straight double quote": r'"',
        "a straight apostrophe": r"'",
        "a space other than U+0020 and U+00A0": r"[\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]",
        "a middle dot": r"[·‧∙⋅]",
    },
    "fr": {
        "no no-break space before a colon": r"(?<!\u00a0):(?=\s|$)",
        "no no-break space after «": r"«(?!\u00a0)",
        "no no-break space before »": r"(?<!\u00a0)»",
        "no no-break space before %": r"(?<!\u00a0)%",
        "no no-break space before $": r"(?<!\u00a0)\$",
        "no no-break space before h": r"[\d\ufffc] ?h(?=\b|\d)",
        "no no-break space after h": r"\d\u00a0h (?=\d)",
        "a space before ; ! or ?": r"(?<!«)[ \u00a0][;!?]",
        "an English quotation mark": r"[“”]",
        "a shortened feminine form": r"\w\((?:e|ne|le|se|fe|rice|trice|euse)s?\)|\wé[.-]e[.-]?s?\b",
    },
    "en": {
        "a French quotation mark": r"[«»]",
        "a space before : ; ! or ?": r"\s[:;!?](?=\s|$)",
        "a space before %": r"[\d\ufffc]\s%",
    },
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is shown, as it stands in its file."""

    place: str
    language: str
    source: str
    labels: tuple[str, ...] = ()
    """Official labels, quoted as they are and so exempt."""


def faults(text: Text) -> list[str]:
    """Everything wrong with a text, each with what stands around it."""
    found = [
        f"{text.place}: a space at a line's end" for line in text.source.split("\n") if line != line.rstrip()
    ]
    prose = _prose(text)
    rules = RULES["both"] | RULES[text.language]
    for fault, pattern in rules.items():
        for hit in re.finditer(pattern, prose, re.MULTILINE):
            around = prose[max(0, hit.start() - 20) : hit.end() + 10]
            found.append(f"{text.place}: {fault} in {around!r}")
    if len(text.source) > LONGEST and not any(one in text.place for one in A_LINE_EACH):
        found.append(f"{text.place}: {len(text.source)} characters, more than {LONGEST}")
    return found


def _prose(text: Text) -> str:
    source = text.source
    for label in sorted(text.labels, key=len, reverse=True):
        source = source.replace(label, DATA)
    return html.unescape(TAG.sub("", FILLED.sub(DATA, GONE.sub("", INCLUDED.sub(DATA, source)))))


def split_template(source: str) -> tuple[str, list[tuple[str, str]]]:
    """A template's body, and the (key, label) pairs below its `---`: `key: label | words only read`."""
    body, _, below = source.partition("\n---\n")
    lines = [line for line in GONE.sub("", below).splitlines() if line.strip()]
    pairs = (line.partition(": ") for line in lines)
    return body.removesuffix("\n"), [(key, rest.partition("|")[0].rstrip()) for key, _, rest in pairs]


def templates(language: str) -> Iterator[Path]:
    """The template files of a language."""
    folder = ROOT / "templates" / language
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith("."))


def shown() -> Iterator[Text]:
    """Every text that the assistant may show."""
    for language in LANGUAGES:
        for file in templates(language):
            body, labels = split_template(file.read_text())
            source = "\n".join([body, *(label for _, label in labels)])
            yield from by_language(Text(str(file.relative_to(ROOT)), language, source))
    for file in sorted((ROOT / "faq/entries").glob("*.toml")):
        entry = tomllib.loads(file.read_text())
        for language in LANGUAGES:
            for part in ("title", "answer", "next"):
                source = entry.get(language, {}).get(part, "").strip("\n")
                yield Text(
                    f"{file.name} [{language}] {part}", language, source, tuple(entry.get("labels", ()))
                )


def by_language(text: Text) -> Iterator[Text]:
    """A template's own lines, and those that begin with `{# en #}` or `{# fr #}`: for the others."""
    lines = [(MARKED.match(line), line) for line in text.source.split("\n")]
    for language in LANGUAGES:
        spoken = [line for mark, line in lines if (mark[1] if mark else text.language) == language]
        yield replace(text, language=language, source="\n".join(spoken))


def test_what_is_shown_obeys_the_typography_of_its_language() -> None:
    assert [fault for text in shown() for fault in faults(text)] == []


def test_each_template_exists_in_both_languages_with_the_same_keys() -> None:
    french, english = (
        {
            file.relative_to(ROOT / "templates" / language).as_posix(): keys(file)
            for file in templates(language)
        }
        for language in LANGUAGES
    )
    assert french == english


def keys(file: Path) -> list[str]:
    """The keys of a template's labels, in order."""
    return [key for key, _ in split_template(file.read_text())[1]]


def test_each_template_reads_as_jinja_and_its_labels_as_labels() -> None:
    environment = Environment(autoescape=True)
    for language in LANGUAGES:
        for file in templates(language):
            body, below = file.read_text().partition("\n---\n")[::2]
            environment.parse(body, filename=str(file))
            environment.parse(below, filename=str(file))
            lines = [line for line in FILLED.sub(DATA, GONE.sub("", below)).splitlines() if line.strip()]
            assert [line for line in lines if not LABEL.fullmatch(line)] == [], file


def test_a_line_to_those_who_read_the_other_language_is_held_to_its_rules() -> None:
    french, english = by_language(Text("here", "fr", "Bonjour\u00a0:\n{# en #}In English: write “English”."))
    assert faults(french) == faults(english) == []


@pytest.mark.parametrize(
    ("language", "source", "fault"),
    [
        ("fr", "Titre : …", "no no-break space before a colon"),
        ("fr", "Titre: …", "no no-break space before a colon"),
        ("fr", "Voici ce que j’ai :", "no no-break space before a colon"),
        ("fr", "le <b>titre</b> :", "no no-break space before a colon"),
        ("fr", "« Retour\u00a0»", "no no-break space after «"),
        ("fr", "«\u00a0Retour »", "no no-break space before »"),
        ("fr", "soit {{ share }} % du livre", "no no-break space before %"),
        ("fr", "12%", "no no-break space before %"),
        ("fr", "25 $", "no no-break space before $"),
        ("fr", "à 13 h\u00a030", "no no-break space before h"),
        ("fr", "à 13h30", "no no-break space before h"),
        ("fr", "à 13\u00a0h 30", "no no-break space after h"),
        ("fr", "Vraiment ?", "a space before ; ! or ?"),
        ("fr", "Bravo\u00a0!", "a space before ; ! or ?"),
        ("fr", "élu·e", "a middle dot"),
        ("fr", "les enseignant(e)s", "a shortened feminine form"),
        ("fr", "les employé.e.s", "a shortened feminine form"),
        ("fr", "l'école", "a straight apostrophe"),
        ("fr", 'le "titre"', "a straight double quote"),
        ("fr", "le “titre”", "an English quotation mark"),
        ("fr", "le  titre", "a doubled space"),
        ("fr", "le titre ", "a space at a line's end"),
        ("fr", "bientôt...", "three dots for …"),
        ("fr", "bientôt\u202f!", "a space other than U+0020 and U+00A0"),
        ("fr", "x" * (LONGEST + 1), "characters, more than"),
        ("en", "the «\u00a0title\u00a0»", "a French quotation mark"),
        ("en", "Title : x", "a space before : ; ! or ?"),
        ("en", "Really ?", "a space before : ; ! or ?"),
        ("en", "12 %", "a space before %"),
        ("en", "the school's list", "a straight apostrophe"),
        ("en", 'the "title"', "a straight double quote"),
        ("en", "a\ttab", "a tab"),
    ],
)
def test_a_fault_is_found(language: str, source: str, fault: str) -> None:
    found = faults(Text("here", language, source))
    assert found
    assert all(fault in line for line in found)


@pytest.mark.parametrize(
    ("language", "source"),
    [
        (
            "fr",
            "Titre\u00a0: {{ title }}; {{ share }}\u00a0%, à 13\u00a0h\u00a030, pour 25\u00a0$. D’accord?",
        ),
        ("fr", '<a href="https://exemple.test/a?b=c">l’adresse</a>, ou https://exemple.test:80/a'),
        (
            "fr",
            "{% if title == 'x' %}Écrivez <code>12-30, 45</code>{% endif %}, à 13:30, ou «\u00a0?\u00a0».",
        ),
        ("fr", "Le plan d'intervention des Collaborateur·rices"),
        ("en", "Title: {{ title }}; 12%. “It’s done!”"),
    ],
)
def test_good_texts_and_official_labels_pass(language: str, source: str) -> None:
    assert (
        faults(Text("here", language, source, labels=("plan d'intervention des Collaborateur·rices",))) == []
    )

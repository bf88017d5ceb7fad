"""Templates into pages: labels and buttons, includes, values as people read them, and everybody's text escaped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateNotFound, UndefinedError

from bot import markup
from bot.messages import Button, Page, Reply
from bot.reading import Pages, Range
from bot.render import Label, Wording

MONTREAL = ZoneInfo("America/Toronto")
Write = Callable[..., Wording]


class Medium(StrEnum):
    PAPER = "paper"
    WAX = "wax"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes templates by name: `room/name` in both languages, `fr/room/name` in one; the wording of all of them."""

    def written(facts: dict[str, object] | None = None, **templates: str) -> Wording:
        for name, source in templates.items():
            *language, room, file = name.split("__")
            for folder in language or ("fr", "en"):
                path = tmp_path / folder / room / f"{file}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(source, encoding="utf-8")
        return Wording(facts or {}, MONTREAL, tmp_path)

    return written


def test_the_text_stands_above_the_line_and_the_labels_below(write: Write) -> None:
    wording = write(t__ask="Quoi?\n---\n#: Titre | nom, livre\n\nskip: Passer\n?: Une aide : la voici\n")
    assert wording.text("t/ask", "fr", {}) == "Quoi?"
    assert wording.labels("t/ask", "fr") == (
        Label("#", "Titre", ("nom", "livre")),
        Label("skip", "Passer"),
        Label("?", "Une aide : la voici"),
    )
    assert wording.label("t/ask", "skip", "fr") == Label("skip", "Passer")
    assert wording.label("t/ask", "other", "fr") is None


def test_a_template_without_the_line_has_no_labels(write: Write) -> None:
    wording = write(t__say="Bonjour!")
    assert (wording.text("t/say", "en", {}), wording.labels("t/say", "en")) == ("Bonjour!", ())


def test_what_may_be_typed_for_a_label_is_that_of_both_languages(write: Write) -> None:
    wording = write(fr__t__ask="\n---\n#: Titre | nom", en__t__ask="\n---\n#: Title | name")
    assert wording.words("t/ask", "#") == ("Titre", "nom", "Title", "name")
    assert wording.words("t/ask", "none") == ()


def test_labels_may_depend_on_the_answers_and_are_readable_before_there_are_any(write: Write) -> None:
    source = "\n---\n#: Pages\n{% if values.kind is not defined or values.kind == 'song' %}\nwhole: Tout\n{% endif %}"
    wording = write(t__ask=source)
    assert [label.key for label in wording.labels("t/ask", "fr", {"values": {"kind": "book"}})] == ["#"]
    assert wording.label("t/ask", "#", "fr") == Label("#", "Pages")
    assert wording.words("t/ask", "whole") == ("Tout", "Tout")


HOSTILE = '<b>gras</b> & "l\'autre" {{ 7 * 7 }} {% if %}\n---\nsend: Envoyer'


def test_the_line_counts_in_the_template_alone_and_never_in_what_somebody_wrote(write: Write) -> None:
    wording = write(t__ask="« {{ title }} »\n---\nyes: Oui")
    page = wording.page([Reply("t/ask", {"title": HOSTILE}, talk="t1", question="sure")], "fr")
    assert markup.to_plain(page.html) == f"« {HOSTILE} »"
    assert page.buttons == (Button("Oui", "t1:sure:yes"),)


@given(st.text())
def test_whatever_somebody_wrote_is_shown_as_text(text: str) -> None:
    wording = Wording({}, MONTREAL)
    html = wording.text("support/answered", "fr", {"number": 1, "text": f"x{text}x", "by": None})
    assert set(markup_in(html)) <= {"<b>", "</b>", "<i>", "</i>"}
    assert html.count("<b>") == 1


def markup_in(html: str) -> list[str]:
    """The tags of a page."""
    return [f"<{part.split('>')[0]}>" for part in html.split("<")[1:]]


def test_names_in_settings_are_escaped_once_wherever_they_stand(write: Write) -> None:
    source = (
        "Ici {{ organisation }}\n---\n?: Demandez à {{ organisation }}\n!help: Écrire à {{ organisation }}"
    )
    wording = write(
        {"organisation": "L'Érable & <fils>"}, t__ask=source, t__help="{{ text }}: {{ field('t/ask') }}"
    )
    page = wording.page([Reply("t/ask")], "fr")
    assert markup.to_plain(page.html) == "Ici L'Érable & <fils>"
    assert page.buttons[0].label == "Écrire à L'Érable & <fils>"
    explained = wording.label("t/ask", "?", "fr")
    assert explained
    html = wording.text("t/help", "fr", {"text": explained.text})
    assert markup.to_plain(html) == "Demandez à L'Érable & <fils>: t/ask"


def test_a_page_is_all_replies_with_all_their_buttons_those_of_its_question_first(write: Write) -> None:
    wording = write(
        t__answer="Voici.\n---\n!human: Parler | humain",
        t__ask="Laquelle?\n---\n#: Œuvre\nanother: Une autre | non\n!edit:title: Le titre\n?: Aide",
        t__none="{% if false %}rien{% endif %}",
    )
    ask = Reply("t/ask", {}, (Button("Dune", "t1:same:d1:abc"),), "t1", "same", "abc")
    page = wording.page([Reply("t/answer"), Reply("t/none"), ask], "fr")
    assert page.html == "Voici.\n\nLaquelle?"
    assert page.buttons == (
        Button("Dune", "t1:same:d1:abc"),
        Button("Une autre", "t1:same:another:abc", ("non",)),
        Button("Le titre", "!edit:title:t1:same"),
        Button("Parler", "!human:", ("humain",)),
    )


def test_choices_are_buttons_only_where_a_question_is_put(write: Write) -> None:
    wording = write(t__ask="Quoi?\n---\nyes: Oui\n!help: Aide")
    assert wording.page([Reply("t/ask")], "fr") == Page("Quoi?", (Button("Aide", "!help:"),))


def test_an_included_template_brings_its_text_and_not_its_labels(write: Write) -> None:
    wording = write(
        t__step="<i>Étape {{ step }}</i>\n---\nyes: Oui", t__ask="{% include 't/step' %}\n\nQuoi?"
    )
    assert wording.text("t/ask", "fr", {"step": 2}) == "<i>Étape 2</i>\nQuoi?"
    assert wording.labels("t/ask", "fr") == ()


def test_parts_left_out_leave_no_gap(write: Write) -> None:
    wording = write(t__say="Un\n\n{% if false %}\nDeux\n{% endif %}\n\n\nTrois\n")
    assert wording.text("t/say", "fr", {}) == "Un\n\nTrois"


def test_wording_that_stands_elsewhere_reads_alike(write: Write) -> None:
    wording = write({"organisation": "Nous"})
    text = "{{ organisation }} : {{ text }} {{ language }}\n"
    assert wording.source(text, "en", {"text": "<i>"}) == "Nous : &lt;i&gt; en"


def test_a_name_that_the_data_lacks_is_an_error(write: Write) -> None:
    with pytest.raises(UndefinedError):
        write(t__say="{{ missing }}").text("t/say", "fr", {})
    with pytest.raises(TemplateNotFound, match="nowhere"):
        write().text("t/nowhere", "fr", {})


@pytest.mark.parametrize(
    ("source", "french", "english"),
    [
        ("{{ day|day }}", "lundi 30 novembre 2026", "Monday, November 30, 2026"),
        ("{{ first|day }}", "vendredi 1er janvier 2027", "Friday, January 1, 2027"),
        ("{{ day|short_day }}", "30 novembre 2026", "November 30, 2026"),
        ("{{ first|short_day }}", "1er janvier 2027", "January 1, 2027"),
        ("{{ 1200|number }}", "1\u00a0200", "1,200"),
        ("{{ 12.5|number }}", "12,5", "12.5"),
        ("{{ 12.0|percent }}", "12\u00a0%", "12%"),
        ("{{ 2.6|percent }}", "2,6\u00a0%", "2.6%"),
        ("{{ 1234.5|percent }}", "1\u00a0234,5\u00a0%", "1,234.5%"),
        ("{{ moment|local|short_day }}", "29 novembre 2026", "November 29, 2026"),
    ],
)
def test_days_and_numbers_are_written_as_in_the_language(
    write: Write, source: str, french: str, english: str
) -> None:
    data = {
        "day": date(2026, 11, 30),
        "first": date(2027, 1, 1),
        "moment": datetime(2026, 11, 30, 3, 0, tzinfo=UTC),
    }
    wording = write(t__say=source)
    assert [wording.text("t/say", language, data) for language in ("fr", "en")] == [french, english]


@pytest.mark.parametrize(
    ("value", "french"),
    [
        (Medium.PAPER, "Sur papier"),
        (Medium.WAX, "wax"),
        ("paper", "paper"),
        (28, "28"),
        (date(2026, 11, 30), "lundi 30 novembre 2026"),
        (Pages(whole=True), "Au complet"),
        (Pages((Range(12, 30), Range(45, 45))), "12-30, 45"),
    ],
)
def test_a_value_of_the_recap_is_said_as_the_person_reads_it(
    write: Write, value: object, french: str
) -> None:
    wording = write(
        t__ask="\n---\n#: Support\npaper: Sur papier\nwhole: Au complet",
        t__recap="{{ field('t/ask') }}: {{ value|said('t/ask') }}",
    )
    assert wording.text("t/recap", "fr", {"value": value}) == f"Support: {french}"


def test_a_key_kept_in_the_database_is_said_by_its_label(write: Write) -> None:
    wording = write(
        t__ask="\n---\npaper: Sur papier", t__one="{{ 'paper'|label('t/ask') }}, {{ 'x'|label('t/ask') }}"
    )
    assert wording.text("t/one", "fr", {}) == "Sur papier, x"

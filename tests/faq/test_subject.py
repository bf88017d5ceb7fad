"""What else people say, apart from what the entries answer: each line is in one place only."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from faq.entry import Language
from faq.loader import EntriesFaulty
from faq.subject import ELSEWHERE, SMALL_TALK, WISHES, Kind, load_topics, subject_of
from faq.text import normalise
from tests.faq.answers import entries

GOOD = {
    SMALL_TALK: "[greeting]\nfr = '''\nBonjour\n\n  Allô  \n'''\nen = '''\nHello\n'''\n",
    WISHES: "[stop]\nfr = 'Arrêtez'\nen = 'Stop it'\n",
    ELSEWHERE: "[bus]\nfr = 'Où est le bus?'\nen = 'Where is the bus?'\n[food]\nfr = 'Quoi?'\nen = 'What?'\n",
}


def said(kind: Kind) -> list[str]:
    """Every line of a kind, as it is matched."""
    lines = [line.text for topic in load_topics() if topic.kind is kind for line in topic.wordings]
    return [normalise(line) or line for line in lines]


def wordings() -> set[str]:
    """Every wording of every entry, as it is matched."""
    return {normalise(line.text) for entry in entries().values() for line in subject_of(entry).wordings}


@pytest.mark.parametrize("kind", [Kind.SMALL_TALK, Kind.WISH, Kind.ELSEWHERE])
def test_no_line_says_what_another_says(kind: Kind) -> None:
    assert [line for line, count in Counter(said(kind)).items() if count > 1] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [(Kind.SMALL_TALK, Kind.ELSEWHERE), (Kind.SMALL_TALK, Kind.WISH), (Kind.WISH, Kind.ELSEWHERE)],
)
def test_no_line_is_of_two_kinds(one: Kind, other: Kind) -> None:
    assert set(said(one)) & set(said(other)) == set()


def test_a_wish_is_named_like_no_entry() -> None:
    assert {topic.id for topic in load_topics() if topic.kind is Kind.WISH} & set(entries()) == set()


@pytest.mark.parametrize("kind", [Kind.SMALL_TALK, Kind.WISH, Kind.ELSEWHERE])
def test_no_line_is_a_wording_of_an_entry(kind: Kind) -> None:
    assert set(said(kind)) & wordings() == set()


def test_no_wording_leads_to_two_entries() -> None:
    leading = Counter(
        wording
        for entry in entries().values()
        for wording in {normalise(line.text) for line in subject_of(entry).wordings}
    )
    assert [wording for wording, count in leading.items() if count > 1] == []


@pytest.mark.parametrize("topic", load_topics(), ids=lambda topic: topic.id)
@pytest.mark.parametrize("language", Language)
def test_every_kind_is_said_in_both_languages(topic: object, language: Language) -> None:
    [found] = [one for one in load_topics() if one == topic]
    assert sum(line.language is language for line in found.wordings) >= 10


def test_the_title_of_an_entry_is_one_of_its_wordings() -> None:
    entry = entries()["declare-how"]
    lines = subject_of(entry).wordings
    assert lines[2:] == entry.wordings
    assert [line.text for line in lines[:2]] == [answer.title for answer in entry.answers]


def written(folder: Path, **files: str) -> Path:
    for name, content in {**GOOD, **files}.items():
        (folder / name).write_text(content)
    return folder


def test_topics_are_read_from_their_files(tmp_path: Path) -> None:
    greeting, stop, elsewhere = load_topics(written(tmp_path))
    assert (greeting.id, [line.text for line in greeting.wordings]) == (
        "greeting",
        ["Bonjour", "Allô", "Hello"],
    )
    assert (stop.id, [line.text for line in stop.wordings]) == ("stop", ["Arrêtez", "Stop it"])
    assert (greeting.kind, stop.kind, elsewhere.kind) == (Kind.SMALL_TALK, Kind.WISH, Kind.ELSEWHERE)
    assert {line.text for line in elsewhere.wordings} == {
        "Où est le bus?",
        "Where is the bus?",
        "Quoi?",
        "What?",
    }


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        (SMALL_TALK, "[greeting", "small_talk.toml:1: does not read as TOML"),
        (SMALL_TALK, "[greeting]\nfr = 'Allô'", "small_talk.toml:1: en: is missing under [greeting]"),
        (SMALL_TALK, "[greeting]\nfr = 'a'\nen = ''", "small_talk.toml:3: en: is empty"),
        (SMALL_TALK, "[greeting]\nfr = 'a'\nen = 'b'\nes = 'c'", "small_talk.toml:4: es: is not known here"),
        (WISHES, "[stop]\nfr = 'a'", "wishes.toml:1: en: is missing under [stop]"),
        (ELSEWHERE, "bus = 'x'", "elsewhere.toml:1: bus: is not known here"),
        (ELSEWHERE, "[bus]\nfr = 1\nen = 'b'", "elsewhere.toml:2: fr: must be a text"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(tmp_path: Path, file: str, content: str, told: str) -> None:
    with pytest.raises(EntriesFaulty) as raised:
        load_topics(written(tmp_path, **{file: content}))
    assert str(raised.value).startswith(told)

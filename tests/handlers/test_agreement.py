"""The rules of the agreement: which one holds for what, the worked examples, and where each was read."""

from __future__ import annotations

import pytest

from bot.render import LANGUAGES
from handlers.declarations.agreement import ALL_KINDS, RULES, rule_for
from handlers.declarations.kinds import SHORT, Kind, PlaySource
from tests.stage import furnished


@pytest.mark.parametrize(
    ("kind", "total", "limit"),
    [
        (Kind.BOOK, 40, 6),
        (Kind.BOOK, 20, 3),
        (Kind.BOOK, 300, 45),
        (Kind.BOOK, 41, 6),
        (Kind.TEXTBOOK, 300, 25),
        (Kind.TEXTBOOK, 200, 20),
        (Kind.TEXTBOOK, 249, 24),
        (Kind.ARTICLE, 40, 6),
        (Kind.SCORE, 40, 6),
        (Kind.IMAGE, 40, 6),
        (Kind.PLAY, 80, 12),
        (Kind.OTHER, 41, 6),
    ],
)
def test_the_worked_examples_and_nothing_rounds_up(kind: Kind, total: int, limit: int) -> None:
    assert rule_for(kind).limit(total) == limit


@pytest.mark.parametrize(
    ("kind", "play", "whole_text", "name"),
    [
        (Kind.BOOK, None, False, "general"),
        (Kind.OTHER, None, False, "general"),
        (Kind.ARTICLE, None, False, "general"),
        (Kind.TEXTBOOK, None, False, "school"),
        (Kind.SCORE, None, False, "score"),
        (Kind.IMAGE, None, False, "image"),
        (Kind.PLAY, PlaySource.UNPUBLISHED, False, "play"),
        (Kind.PLAY, PlaySource.ADEL, True, "play"),
        (Kind.PLAY, PlaySource.PUBLISHED, False, "general"),
        (Kind.PLAY, None, False, "general"),
        (Kind.LYRICS, None, True, "lyrics"),
        (Kind.LYRICS, None, False, "general"),
        (Kind.BOOK, None, True, "short"),
        (Kind.ARTICLE, None, True, "short"),
        (Kind.TEXTBOOK, None, True, "short"),
        (Kind.BOOK, PlaySource.ADEL, False, "general"),
    ],
)
def test_one_rule_holds_for_each_copy(
    kind: Kind, play: PlaySource | None, whole_text: bool, name: str
) -> None:
    assert rule_for(kind, play, whole_text=whole_text).name == name


@pytest.mark.parametrize("play", [PlaySource.UNPUBLISHED, PlaySource.ADEL])
def test_all_of_such_a_play_may_be_copied(play: PlaySource) -> None:
    assert rule_for(Kind.PLAY, play).limit(83) == 83


def test_every_rule_says_where_and_when_it_was_read() -> None:
    assert {(rule.source.name, rule.source.read) for rule in RULES} == {("copibec", 2026)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_every_rule_is_told_in_words_of_its_own(rule: object, language: str) -> None:
    wording = furnished().wording
    told = [wording.text("limits/rule", language, {"rule": one}) for one in RULES]
    assert len(set(told)) == len(RULES)
    assert "2026" in wording.text("limits/source", language, {"rule": rule})
    assert "Copibec" in wording.text("limits/source", language, {"rule": rule})


def test_every_kind_has_a_rule_and_only_some_have_short_texts() -> None:
    assert all(rule_for(kind) for kind in ALL_KINDS)
    assert {kind for kind in Kind if rule_for(kind, whole_text=True).whole_text} == SHORT

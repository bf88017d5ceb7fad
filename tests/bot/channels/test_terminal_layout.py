"""A page on a terminal, line by line."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.terminal.layout import lines
from bot.channels.terminal.screen import Screen
from bot.messages import Button, Page


def page(html: str, *labels: str, numbered: bool = True) -> Page:
    return Page(html, tuple(Button(label, "t:q:v") for label in labels), numbered)


def shown(of: Page, *further: str, width: int = 40) -> list[str]:
    return [line.plain for line in lines(of, width, *further)]


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param(page("Bonjour\n\n<b>à</b> vous"), ["Bonjour", "", "à vous"], id="text"),
        pytest.param(
            page("Une phrase assez longue pour passer à la ligne."),
            ["Une phrase assez longue pour passer à la", "ligne."],
            id="wrapped",
        ),
        pytest.param(
            page("Des copies d’une valeur d’environ 25\u00a0000\u00a0$"),
            ["Des copies d’une valeur d’environ", "25\u00a0000\u00a0$"],
            id="no-break spaces hold",
        ),
        pytest.param(
            page("• un livre que toute la classe a lu ensemble\n• deux"),
            ["• un livre que toute la classe a lu", "  ensemble", "• deux"],
            id="list",
        ),
        pytest.param(
            page('Voir <a href="https://exemple.test/a">le guide</a>.'),
            ["Voir le guide (https://exemple.test/a)."],
            id="link",
        ),
        pytest.param(page("Titre\x1b[31m\a?\tOui"), ["Titre [31m ? Oui"], id="no steering of the terminal"),
        pytest.param(
            page("Quoi?", "Un livre", "Autre"), ["Quoi?", "", "  1. Un livre", "  2. Autre"], id="choices"
        ),
        pytest.param(
            page("Quoi?", "Un livre", "Un manuel ou un cahier fait pour l’école"),
            ["Quoi?", "", "  1. Un livre", "  2. Un manuel ou un cahier fait pour", "     l’école"],
            id="long choice",
        ),
        pytest.param(
            page("", *"abcdefghij"),
            [
                "   1. a",
                "   2. b",
                "   3. c",
                "   4. d",
                "   5. e",
                "   6. f",
                "   7. g",
                "   8. h",
                "   9. i",
                "  10. j",
            ],
            id="ten choices",
        ),
        pytest.param(
            page("Pages?", "Passer", "Tout le texte", "Je ne sais pas", numbered=False),
            ["Pages?", "", "[Passer]  [Tout le texte]", "[Je ne sais pas]"],
            id="choices in words",
        ),
        pytest.param(page("  \n"), [], id="nothing"),
    ],
)
def test_a_page(of: Page, expected: list[str]) -> None:
    assert shown(of) == expected


def test_further_text_stands_before_the_choices() -> None:
    assert shown(page("Un", "Oui"), "<i>Deux</i>") == ["Un", "", "Deux", "", "  1. Oui"]


@given(st.text(st.sampled_from("ab é😀\u00a0 \n•-<>&"), max_size=200), st.integers(min_value=8, max_value=40))
def test_nothing_is_lost_in_wrapping(text: str, width: int) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    assert "".join("".join(shown(page(escaped), width=width)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("styled", "expected"),
    [
        (False, "Titre ou 12-30\n\n  1. Oui\n\n"),
        (
            True,
            "\x1b[1mTitre\x1b[0m ou \x1b[35m12-30\x1b[0m\n\n\x1b[1;35m  1. \x1b[0mOui\n\n",
        ),
    ],
)
def test_colours_and_bold_only_where_they_can_be_seen(
    monkeypatch: pytest.MonkeyPatch, expected: str, *, styled: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = io.StringIO()
    Screen(out, styled=styled).show(page("<b>Titre</b> ou <code>12-30</code>", "Oui"))
    assert out.getvalue() == expected

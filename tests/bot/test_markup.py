"""Mini-HTML: what is read out of it, and how a long text is cut."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import read, split, to_plain, units, visible, write

RULE = "─" * 20
LETTER = '<a href="mailto:aide@exemple.test?subject=Un%20mot&amp;body=Bonjour%2C">courriel tout prêt</a>'
LINK = '<a href="https://exemple.test/a?b=c&amp;d=e">le guide</a>'


@pytest.mark.parametrize(
    ("source", "seen", "alone"),
    [
        ("", "", ""),
        ("Bonjour", "Bonjour", "Bonjour"),
        ("<b>Titre</b>\nune ligne", "Titre\nune ligne", "Titre\nune ligne"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3", "1 < 2 & 3"),
        ("R&D, 1 < 2", "R&D, 1 < 2", "R&D, 1 < 2"),
        ("<u>x</u> <b class='y'>", "<u>x</u> <b class='y'>", "<u>x</u> <b class='y'>"),
        (f"Voir {LINK}.", "Voir le guide.", "Voir le guide (https://exemple.test/a?b=c&d=e)."),
        (
            '<a href="https://exemple.test">https://exemple.test</a>',
            "https://exemple.test",
            "https://exemple.test",
        ),
        ('<a href="mailto:a@exemple.test">a@exemple.test</a>', "a@exemple.test", "a@exemple.test"),
        ('<a href="https://exemple.test">le <b>guide</b></a>', "le guide", "le guide (https://exemple.test)"),
        (LETTER, "courriel tout prêt", "courriel tout prêt (aide@exemple.test)"),
        (
            "Copiez :\n<pre>Bonjour,\n1 &lt; 2</pre>\nMerci",
            "Copiez :\nBonjour,\n1 < 2\nMerci",
            f"Copiez :\n{RULE}\nBonjour,\n1 < 2\n{RULE}\nMerci",
        ),
    ],
)
def test_reads_as_a_person_sees_it(source: str, seen: str, alone: str) -> None:
    assert visible(source) == seen
    assert to_plain(source) == alone


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("<b>a <i>b</i></b> c", "<b>a <i>b</i></b> c"),
        (f"Voir {LINK}.", f"Voir {LINK}."),
        ("R&D, 1 < 2", "R&amp;D, 1 &lt; 2"),
        ("<b>a", "<b>a</b>"),
        ("<b>a <i>b</b> c</i> d", "<b>a <i>b</i></b> c d"),
        ("a</b> <u>b</u>", "a &lt;u&gt;b&lt;/u&gt;"),
        ("<b></b>", ""),
    ],
)
def test_what_is_written_again_is_well_formed(source: str, written: str) -> None:
    assert write(read(source)) == written


ONE = "Une première phrase assez longue."
TWO = "Une deuxième phrase, plus longue."


@pytest.mark.parametrize(
    ("source", "most", "parts"),
    [
        ("court", 10, ["court"]),
        (f"{ONE}\n\n{TWO}", 60, [f"{ONE}\n\n", TWO]),
        (f"{ONE}\n{TWO}", 60, [f"{ONE}\n", TWO]),
        (f"{ONE} {TWO}", 60, [f"{ONE} ", TWO]),
        (f"<b>{ONE} {TWO}</b>", 60, [f"<b>{ONE} </b>", f"<b>{TWO}</b>"]),
        (f"Ah.\n\n{ONE} {TWO}", 50, [f"Ah.\n\n{ONE} ", TWO]),
        ("Voir les pages de M. Tremblay", 25, ["Voir les pages de M. ", "Tremblay"]),
        ("Voici M. Tremblay, ici", 14, ["Voici M. ", "Tremblay, ici"]),
        ("un coût de 25\u00a0$ net", 15, ["un coût de ", "25\u00a0$ net"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("😀😀😀", 5, ["😀😀", "😀"]),
    ],
)
def test_a_long_text_is_cut_where_a_reader_would_pause(source: str, most: int, parts: list[str]) -> None:
    assert list(split(source, most)) == parts


def test_an_abbreviation_is_no_end_of_a_sentence() -> None:
    source = "Ce livre est de Mme A. Roy. Il a été lu à la p. 12 par toute la classe."
    assert split(source, 50)[0] == "Ce livre est de Mme A. Roy. "


WORDS = st.text(st.sampled_from("ab é😀.!?…«»\u00a0 \n&<>\"'"), max_size=40)


def _tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.sampled_from(
        [
            ("<b>", "</b>"),
            ("<i>", "</i>"),
            ("<code>", "</code>"),
            ("<pre>", "</pre>"),
            (LINK[: LINK.index(">") + 1], "</a>"),
        ]
    )
    around = st.tuples(pairs, inner).map(lambda drawn: drawn[0][0] + drawn[1] + drawn[0][1])
    return st.lists(inner | around, max_size=4).map("".join)


MINI_HTML = st.recursive(WORDS.map(escape), _tagged, max_leaves=8)
TAGS = re.compile(r"<(/?)(\w+)")


@given(MINI_HTML, st.integers(min_value=2, max_value=60))
def test_parts_show_the_whole_text_and_each_stands_alone(source: str, most: int) -> None:
    parts = split(source, most)
    assert "".join(map(visible, parts)) == visible(source)
    for part in parts:
        assert units(visible(part)) <= most
        assert _is_balanced(part)


@given(MINI_HTML)
def test_a_text_of_the_house_is_written_as_it_was_read(source: str) -> None:
    written = write(read(source))
    assert visible(written) == visible(source)
    assert write(read(written)) == written


@given(st.text(max_size=80))
def test_whatever_a_person_wrote_is_shown_as_written(text: str) -> None:
    assert visible(escape(text)) == text


def _is_balanced(part: str) -> bool:
    standing: list[str] = []
    for end, name in TAGS.findall(part):
        if not end:
            standing.append(name)
        elif not standing or standing.pop() != name:
            return False
    return not standing

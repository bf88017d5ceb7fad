"""Files of labelled questions: each fault is told with its line, all of them at once."""

from __future__ import annotations

import pytest

from faq.entry import Language, Wording
from faq.labelled import Labelled, LabelsFaulty, read_labelled, subjects_of
from faq.subject import Kind, Subject

KNOWN = {"lost-key", "lost-cat"}
GOOD = """\
lost-key\tfr\tplain\tOù est ma clé?

lost-key|lost-cat\ten\toral\tWhere is it?\r
none\tfr\tsms\tslt cv
"""


def read(text: str) -> tuple[Labelled, ...]:
    return read_labelled("asked.tsv", text.encode(), KNOWN)


def faults(content: str | bytes) -> list[str]:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(LabelsFaulty) as raised:
        read_labelled("asked.tsv", raw, KNOWN)
    assert str(raised.value).splitlines() == [str(fault) for fault in raised.value.faults]
    return str(raised.value).splitlines()


def test_a_good_file_is_read_whole() -> None:
    assert read(GOOD) == (
        Labelled(1, ("lost-key",), Language.FR, "plain", "Où est ma clé?"),
        Labelled(3, ("lost-key", "lost-cat"), Language.EN, "oral", "Where is it?"),
        Labelled(4, (), Language.FR, "sms", "slt cv"),
    )
    assert [one.label for one in read(GOOD)] == ["lost-key", "lost-key|lost-cat", "none"]


@pytest.mark.parametrize("before", ["\ufeff", "expected\tlang\tstyle\tquestion\n"])
def test_a_byte_order_mark_or_the_names_of_the_columns_may_stand_first(before: str) -> None:
    assert [one.question for one in read(before + GOOD)] == [one.question for one in read(GOOD)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("lost-key\tfr\tplain", "1: has 3 columns instead of 4: expected, lang, style, question"),
        ("\nlost-key\tfr\tplain\ta\tb", "2: has 5 columns instead of 4: expected, lang, style, question"),
        ("lost-dog\tfr\tplain\ta", "1: expected: 'lost-dog' is not the id of an entry"),
        ("lost-key|lost-dog\tfr\tplain\ta", "1: expected: 'lost-dog' is not the id of an entry"),
        ("\tfr\tplain\ta", "1: expected: '' is not the id of an entry"),
        ("lost-key|\tfr\tplain\ta", "1: expected: '' is not the id of an entry"),
        ("lost-key|none\tfr\tplain\ta", "1: expected: 'none' stands alone, not in 'lost-key|none'"),
        ("lost-key|lost-key\tfr\tplain\ta", "1: expected: 'lost-key|lost-key' names one entry twice"),
        ("lost-key\tes\tplain\ta", "1: lang: 'es' is not one of fr, en"),
        ("lost-key\tfr\t\ta", "1: style: is empty"),
        ("lost-key\tfr\tplain\t ", "1: question: is empty"),
        (b"lost-key\tfr\tplain\t\xe9t\xe9", "1: is not UTF-8 text"),
        ("", "1: holds no question"),
        ("expected\tlang\tstyle\tquestion\n", "1: holds no question"),
    ],
)
def test_a_fault_is_told_with_its_line(content: str | bytes, told: str) -> None:
    assert faults(content) == [f"asked.tsv:{told}"]


def test_all_faults_are_told_at_once() -> None:
    assert faults(f"lost-dog\tes\tplain\ta\n{GOOD}none\tfr\n") == [
        "asked.tsv:1: expected: 'lost-dog' is not the id of an entry",
        "asked.tsv:1: lang: 'es' is not one of fr, en",
        "asked.tsv:6: has 2 columns instead of 4: expected, lang, style, question",
    ]


def test_any_label_will_do_where_none_is_known() -> None:
    [one] = read_labelled("asked.tsv", b"greeting\tfr\tplain\tSalut")
    assert one.label == "greeting"


def test_a_matcher_learns_a_subject_a_label_and_nothing_from_two_labels() -> None:
    assert subjects_of(read(GOOD)) == (
        Subject("lost-key", Kind.ENTRY, (Wording(Language.FR, "Où est ma clé?"),)),
        Subject("none", Kind.ELSEWHERE, (Wording(Language.FR, "slt cv"),)),
    )

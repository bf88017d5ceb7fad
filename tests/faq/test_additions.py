"""What was taught, written into entry files: they read as before, and one wording more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment

from bot.markup import to_plain
from faq.additions import draft, with_wording
from faq.entry import Entry, Language, Wording
from faq.lesson import Lesson, entry_of
from faq.loader import EntriesFaulty, load_entries
from tests.faq.test_loader import GOOD, load

IN_BASIC_QUOTES = "wordings = '''\nJ'ai perdu ma clé\n\noù est ma clé\n'''"
FORMS = {
    "as ours are": GOOD,
    "with Windows line ends": GOOD.replace("\n", "\r\n"),
    "without a last line end": GOOD.replace("clé\n'''\nunlike", "clé'''\nunlike").replace(
        "key\n'''", "key'''"
    ),
    "on one line": GOOD.replace("'''\nI lost my key\n'''", "'''I lost my key'''"),
    "with escapes": GOOD.replace(IN_BASIC_QUOTES, IN_BASIC_QUOTES.replace("'''", '"""')),
    "with a section in a text": GOOD.replace("Look again.", "[en]\nwordings = 'x'"),
}
WORDINGS = [
    "ma clé est où?",
    'C\'est où "la clé"?',
    "'''clé'''",
    '"""clé"""',
    r"C:\clé\n",
    "# clé",
    "[fr]",
    "wordings = clé",
    "{{ clé }}",
    "<b>clé & co</b>",
    "🔑 = 🤷",
]


def added(folder: Path, content: str, language: Language, wording: str) -> tuple[Entry, Entry]:
    """The entry before and after, once it is sure that nothing else in the file has changed."""
    written = with_wording(content.encode(), language, wording)
    assert written is not None
    ours = [line for line in written.splitlines() if line not in content.encode().splitlines()]
    assert len(written.splitlines()) - len(content.encode().splitlines()) in (1, 2)
    assert len(ours) <= 2
    [before] = load(folder, content)
    (folder / "lost-key.toml").write_bytes(written)
    [after] = load_entries(folder)
    return before, after


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", FORMS)
def test_a_wording_goes_to_the_end_of_those_of_its_language(
    tmp_path: Path, form: str, language: Language
) -> None:
    before, after = added(tmp_path, FORMS[form], language, "by the river")
    of_others = [wording for wording in before.wordings if wording.language != language]
    own = [wording for wording in before.wordings if wording.language == language]
    assert [w for w in after.wordings if w.language != language] == of_others
    assert [w for w in after.wordings if w.language == language] == [*own, Wording(language, "by the river")]
    assert (before.answers, before.unlike) == (after.answers, after.unlike)


@pytest.mark.parametrize("form", ["as ours are", "with escapes"])
@pytest.mark.parametrize("wording", WORDINGS)
def test_any_wording_can_be_written(tmp_path: Path, form: str, wording: str) -> None:
    _, after = added(tmp_path, FORMS[form], Language.FR, wording)
    written = [one.text for one in after.wordings if one.language == Language.FR][-1]
    assert written.replace("’", "'") == wording


def test_a_wording_takes_one_line(tmp_path: Path) -> None:
    _, after = added(tmp_path, GOOD, Language.EN, "  a key,\nor\x00 two\t? \x1b[1m")
    assert after.wordings[-1].text == "a key, or two ? [1m"


def test_all_bytes_but_the_new_line_stay_as_they_were() -> None:
    at = GOOD.index("où est ma clé\n") + len("où est ma clé\n")
    assert with_wording(GOOD.encode(), Language.FR, "clé?") == f"{GOOD[:at]}clé?\n{GOOD[at:]}".encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[en]\nwordings = '''\na\n'''",
        b"[fr]\nwordings = 'a'",
        b"[fr]\nwordings = '''\na",
        b"\xff\xfe",
    ],
)
def test_where_there_is_no_place_for_it_nothing_is_written(content: bytes) -> None:
    assert with_wording(content, Language.FR, "clé?") is None


ANSWERS = [
    "Votre clé est ici.",
    "D'abord l'une,\r\npuis l'autre.\n\n'''Voilà''' \"\"\"voilà\"\"\".",
    "{{ school }} {% if %} {# rien #} { }}",
    "<u>a</u> & b < c, &amp; \\n \\",
    "[en]\ntitle = 'x'\n# non",
    "\x00rien\x1b[0m 🔑",
]


def taught(answer: str, question: str = "Où est ma clé?") -> Entry:
    """The entry of a lesson, under a name that the loader is asked for."""
    entry = entry_of(Lesson(12, Language.FR, question, None, answer))
    return replace(entry, id="lost-key", wordings=(Wording(Language.FR, question),))


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_draft_loads_once_it_is_translated_and_says_what_was_written(tmp_path: Path, answer: str) -> None:
    question = "Où est 'ma' \"clé\" \\ \x00perdue?"
    source = draft(taught(answer, question), ["À traduire."])
    [entry] = load(tmp_path, source.replace("wordings = '''\n'''", "wordings = '''\nWhere is it?\n'''"))
    assert source.startswith("# À traduire.\nid = ")
    said = answer.replace("\r\n", "\n").translate({0: None, 0x1B: None}).strip()
    for one in entry.answers:
        assert to_plain(Environment(autoescape=True).from_string(one.text).render()) == said
        assert one.title == question.replace("\x00", "")
    assert [one.text for one in entry.wordings] == [question.replace("\x00", ""), "Where is it?"]


def test_a_draft_that_is_not_translated_is_at_fault(tmp_path: Path) -> None:
    with pytest.raises(EntriesFaulty) as raised:
        load(tmp_path, draft(taught("Ici."), []))
    assert {fault.what for fault in raised.value.faults} == {"wordings: is empty"}

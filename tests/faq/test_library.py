"""Editions follow the files and what operators taught: nothing is stale, and nothing taught stays in the files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from faq.edition import Edition
from faq.entry import Language
from faq.lesson import Lesson
from faq.library import INDEX, Library
from faq.loader import EntriesFaulty
from tests.faq.answers import read
from tests.faq.encoders import Counting

PACKAGE = Path(__file__).parents[2] / "faq"
ENTRIES = ("account-locked", "declare-deadlines", "password-forgotten")
FILE = "entries/account-locked.toml"
NEW = "Mon hamster a grugé la clé du cadenas"
UNHEARD = "Quand les bulletins sont-ils remis?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small knowledge base: three entries, and the beginning of what else people say."""
    copy = tmp_path / "faq"
    (copy / "entries").mkdir(parents=True)
    for entry in ENTRIES:
        shutil.copyfile(PACKAGE / f"entries/{entry}.toml", copy / f"entries/{entry}.toml")
    for file in ("small_talk.toml", "wishes.toml", "elsewhere.toml"):
        first, *sections = (PACKAGE / file).read_text("utf-8").split("\n[")
        (copy / file).write_text("\n[".join([first, *sections[:3]]), "utf-8")
    return copy


def edit(file: Path, old: str, new: str) -> None:
    content = file.read_text("utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), "utf-8")


def found(edition: Edition, question: str) -> tuple[str, str]:
    """The outcome, and the first candidate."""
    match = edition.matcher.match(question)
    return match.outcome, match.candidates[0].id if match.candidates else ""


def test_nothing_is_built_anew_while_nothing_changes(folder: Path) -> None:
    library = Library(folder=folder)
    first = library.edition()
    assert library.edition() is first
    assert set(first.entries) == set(ENTRIES)


def test_an_edited_entry_is_followed(folder: Path) -> None:
    library = Library(folder=folder)
    before, stamp = library.edition(), library.stamp()
    assert found(before, NEW)[0] != "answer"
    edit(folder / FILE, "wordings = '''\n", f"wordings = '''\n{NEW}\n")
    edit(folder / FILE, "answer = '''\n", "answer = '''\nVoici du neuf.\n")
    assert library.stamp() != stamp
    after = library.edition()
    assert found(after, NEW) == ("answer", "account-locked")
    assert read(after.entries["account-locked"].answer(Language.FR).text).startswith("Voici du neuf.")
    assert found(before, NEW)[0] != "answer"


def test_entries_come_and_go(folder: Path) -> None:
    library, question = Library(folder=folder), "Combien de pages d'un livre puis-je copier?"
    assert found(library.edition(), question)[0] != "answer"
    shutil.copyfile(PACKAGE / "entries/copy-limits.toml", folder / "entries/copy-limits.toml")
    assert found(library.edition(), question) == ("answer", "copy-limits")
    (folder / "entries/copy-limits.toml").unlink()
    assert found(library.edition(), question)[0] != "answer"


@pytest.mark.parametrize(
    ("file", "line", "outcome"),
    [
        ("small_talk.toml", "[thanks]\nfr = '''\n", "small_talk"),
        ("wishes.toml", "[later]\nfr = '''\n", "wish"),
        ("elsewhere.toml", "fr = '''\n", "unknown"),
    ],
)
def test_what_else_people_say_is_followed(folder: Path, file: str, line: str, outcome: str) -> None:
    library = Library(folder=folder)
    library.edition()
    edit(folder / file, line, f"{line}{NEW}\n")
    assert found(library.edition(), NEW)[0] == outcome


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (FILE, '[fr]\ntitle = "', '[fr]\ntitle = "' + "x" * 50, "account-locked.toml:"),
        (FILE, "answer = '''", "answer = '''{{", "account-locked.toml:"),
        (FILE, "[en]", "[en", "account-locked.toml:"),
        ("small_talk.toml", "[thanks]", "[thanks", "small_talk.toml:"),
        ("elsewhere.toml", "en = '''", "english = '''", "elsewhere.toml:"),
    ],
)
def test_a_faulty_edit_is_told_until_it_is_mended(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    library = Library(folder=folder)
    library.edition()
    edit(folder / file, old, new)
    for _ in range(2):
        with pytest.raises(EntriesFaulty) as raised:
            library.edition()
        assert str(raised.value).startswith(told)
    with pytest.raises(EntriesFaulty):
        library.check()
    edit(folder / file, new, old)
    assert found(library.edition(), "J'ai oublié mon mot de passe") == ("answer", "password-forgotten")


def test_after_an_edit_only_the_new_lines_are_encoded_and_so_at_the_next_start(
    folder: Path, tmp_path: Path
) -> None:
    cache, encode = tmp_path / "cache", Counting()
    library = Library(encode, cache, folder)
    library.edition()
    everything = len(encode.asked)
    edit(folder / FILE, "wordings = '''\n", f"wordings = '''\n{NEW}\n")
    library.edition()
    assert encode.asked[everything:] == [NEW]
    again = Counting()
    Library(again, cache, folder).edition()
    assert again.asked == []
    assert [file.name for file in cache.iterdir()] == [INDEX]


def lesson(entry: str | None = None, answer: str | None = None, text: str = UNHEARD, id_: int = 7) -> Lesson:
    return Lesson(id_, Language.FR, text, entry, answer)


def test_a_lesson_leads_to_an_entry(folder: Path) -> None:
    edition = Library(folder=folder).edition([lesson(entry="declare-deadlines")])
    assert found(edition, UNHEARD) == ("answer", "declare-deadlines")
    assert found(edition, "quand est-ce que les bulletins sont remis") == ("answer", "declare-deadlines")
    assert set(edition.entries) == set(ENTRIES)


def test_a_lesson_brings_an_answer_of_its_own(folder: Path) -> None:
    edition = Library(folder=folder).edition([lesson(answer="En novembre.")])
    outcome, id_ = found(edition, UNHEARD)
    assert outcome == "answer"
    assert {read(edition.entries[id_].answer(language).text) for language in Language} == {"En novembre."}
    assert edition.entries[id_].answer(Language.FR).title == UNHEARD


@pytest.mark.parametrize(
    "answer",
    [
        "En novembre,\npuis en mars.\n\nBonne année!",
        "{{ school }} {% if x %} {# rien #} { } }}",
        "<b>gras</b> & <script>alert(1)</script> a < b &amp; &#123;",
        "« Voilà », dit-elle; 'une' \"deux\" \\n %s {0}",
        "https://exemple.invalid/?a=1&b={2}",
    ],
)
def test_what_an_operator_wrote_comes_out_as_written(folder: Path, answer: str) -> None:
    edition = Library(folder=folder).edition([lesson(answer=answer)])
    entry = edition.entries[found(edition, UNHEARD)[1]]
    assert {read(entry.answer(language).text) for language in Language} == {answer}


def test_a_lesson_for_an_entry_that_is_gone_is_left_out(folder: Path) -> None:
    library = Library(folder=folder)
    taught = library.edition([lesson(entry="no-such-entry")])
    assert found(taught, UNHEARD) == found(library.edition(), UNHEARD)


def test_a_lesson_counts_only_for_the_edition_that_it_was_given_to(folder: Path) -> None:
    library = Library(folder=folder)
    before = found(library.edition(), UNHEARD)
    taught = library.edition([lesson(answer="En novembre."), lesson("account-locked", text=NEW, id_=8)])
    assert (found(taught, UNHEARD)[0], found(taught, NEW)) == ("answer", ("answer", "account-locked"))
    plain = library.edition()
    assert found(plain, UNHEARD) == before
    assert found(plain, NEW)[0] != "answer"
    assert set(plain.entries) == set(ENTRIES)


def test_a_lesson_says_no_more_than_its_title_on_a_button(folder: Path) -> None:
    long = "Quand est-ce que les bulletins de la deuxième étape sont remis aux parents des élèves?"
    edition = Library(folder=folder).edition([lesson(answer="En mars.", text=long)])
    title = edition.entries[found(edition, long)[1]].answer(Language.FR).title
    assert len(title) <= 40
    assert title.endswith("…")


def test_of_what_is_taught_only_the_new_texts_are_encoded(folder: Path) -> None:
    encode = Counting()
    library = Library(encode, folder=folder)
    taught = [lesson("account-locked"), lesson("account-locked", text=NEW, id_=8)]
    library.edition(taught[:1])
    before = len(encode.asked)
    library.edition(taught)
    edit(folder / FILE, "wordings = '''\n", "wordings = '''\nUne clé grugée\n")
    library.edition(taught)
    assert encode.asked[before:] == [NEW, "Une clé grugée"]


@pytest.mark.parametrize("said", [UNHEARD, UNHEARD.upper().removesuffix("?")])
def test_once_a_lesson_stands_in_a_file_the_file_decides(folder: Path, said: str) -> None:
    library, taught = Library(folder=folder), [lesson("password-forgotten")]
    assert found(library.edition(taught), UNHEARD) == ("answer", "password-forgotten")
    edit(folder / FILE, "wordings = '''\n", f"wordings = '''\n{said}\n")
    assert found(library.edition(taught), UNHEARD) == ("answer", "account-locked")


def test_once_an_answer_has_become_an_entry_the_file_decides(folder: Path) -> None:
    library, taught = Library(folder=folder), [lesson(answer="En novembre.")]
    edition = library.edition(taught)
    assert read(edition.entries["lesson-7"].answer(Language.FR).text) == "En novembre."
    content = (folder / FILE).read_text("utf-8").replace('id = "account-locked"', 'id = "lesson-7"')
    (folder / "entries/lesson-7.toml").write_text(content, "utf-8")
    reviewed = library.edition(taught)
    assert reviewed.entries["lesson-7"] != edition.entries["lesson-7"]
    assert found(reviewed, UNHEARD) == ("answer", "lesson-7")


def test_while_a_file_is_faulty_what_is_taught_counts_all_the_same(folder: Path) -> None:
    library = Library(folder=folder)
    assert library.last_good([lesson("account-locked")]) is None
    before = found(library.edition(), UNHEARD)
    edit(folder / FILE, "[en]", "[en")
    taught, withdrawn = library.last_good([lesson("account-locked")]), library.last_good()
    assert taught
    assert withdrawn
    assert found(taught, UNHEARD) == ("answer", "account-locked")
    assert found(withdrawn, UNHEARD) == before

"""What an entry file must be: each fault is told with its file and line, all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq.entry import Audience, Entry, Language, Wording
from faq.loader import EntriesFaulty, load_entries

GOOD = """\
id = "lost-key"
audience = ["staff", "parent"]
source = "handbook, page 3"
flow = "find-key"
labels = ["Clé perdue"]
guides = ["Retrouver sa clé"]

[fr]
title = "Clé perdue"
answer = '''
Choisissez <b>« Clé perdue »</b>.

{% if school %}À {{ school }}{% endif %}, voyez « {{ guide("Retrouver sa clé") }} ».
'''
wordings = '''
J'ai perdu ma clé

où est ma clé
'''
unlike = '''
J'ai perdu mon chat
'''

[en]
title = "Lost key"
answer = '''
Choose “Clé perdue”{% if "Retrouver sa clé" not in guide %} (French){% endif %}.
'''
next = '''
Look again.
'''
wordings = '''
I lost my key
'''
"""


def load(folder: Path, *contents: str, name: str = "lost-key.toml") -> tuple[Entry, ...]:
    for number, content in enumerate(contents):
        (folder / (name if number == 0 else f"other-{number}.toml")).write_text(content, encoding="utf-8")
    return load_entries(folder)


def faults(folder: Path, *contents: str) -> list[str]:
    with pytest.raises(EntriesFaulty) as raised:
        load(folder, *contents)
    assert str(raised.value).splitlines() == [str(fault) for fault in raised.value.faults]
    return str(raised.value).splitlines()


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    (entry,) = load(tmp_path, GOOD)
    assert (entry.id, entry.flow, entry.human) == ("lost-key", "find-key", False)
    assert entry.audience == (Audience.STAFF, Audience.PARENT)
    assert entry.wordings == (
        Wording(Language.FR, "J'ai perdu ma clé"),
        Wording(Language.FR, "où est ma clé"),
        Wording(Language.EN, "I lost my key"),
    )
    assert entry.unlike == (Wording(Language.FR, "J'ai perdu mon chat"),)
    assert entry.answer("fr").text.startswith("Choisissez <b>")
    assert entry.answer("fr").next is None
    assert entry.answer("en").next == "Look again."


def test_a_language_without_an_answer_gets_the_french_one(tmp_path: Path) -> None:
    (entry,) = load(tmp_path, GOOD)
    assert entry.answer("es").title == "Clé perdue"


def test_files_that_are_no_entries_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("to do")
    assert [entry.id for entry in load(tmp_path, GOOD)] == ["lost-key"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "lost-key"', 'id = "lost-keys"', "1: id: 'lost-keys' is not the file's name"),
        ('id = "lost-key"\n', "", "1: id: is missing"),
        ('id = "lost-key"', "id = 3", "1: id: must be a text"),
        (
            '"parent"]',
            '"pupil"]',
            "2: audience: 'pupil' is not one of staff, school-admin, secretary, css-admin, parent, all",
        ),
        ('["staff", "parent"]', '"staff"', "2: audience: must be a list of texts"),
        ('["staff", "parent"]', "[]", "2: audience: names nobody"),
        ('["staff", "parent"]', "[1]", "2: audience: every item is a text between quotes"),
        ("handbook, page 3", " ", "3: source: is empty"),
        (
            '"find-key"',
            '"Find the key"',
            "4: flow: 'Find the key' is not the name of an ability, such as 'declare'",
        ),
        ('flow = "find-key"', "human = 1", "4: human: must be true or false"),
        (
            "flow",
            "flows",
            "4: flows: is not known here; known: id, audience, source, flow, human, labels, guides, fr, en",
        ),
        ('"find-key"', "find-key", "4: does not read as TOML: Invalid value"),
        ('["Clé perdue"]', '["Clé perdue", "Autre"]', "10: answer: does not quote the label 'Autre'"),
        (
            '["Retrouver sa clé"]',
            "[]",
            "10: answer: names the guide 'Retrouver sa clé', which is not in guides",
        ),
        ('clé"]', 'clé", "Un autre"]', "10: answer: does not name the guide 'Un autre'"),
        ('title = "Clé perdue"\n', "", "8: title: is missing under [fr]"),
        (
            'title = "Clé perdue"',
            f'title = "Clé {"x" * 40}"',
            "9: title: 44 characters do not fit on a button; 40 do",
        ),
        ("</b>", "", "11: answer: <b> is not closed"),
        ("<b>", "", "11: answer: </b> closes nothing"),
        ("<b>", "<b><u>", "11: answer: <u> is not one of <b>, <i>, <code>, <a>"),
        ("Choisissez", "Choisissez</u>", "11: answer: </u> closes nothing"),
        ("<b>", '<b class="x">', "11: answer: <b> takes no attribute"),
        ("<b>", "<a><b>", "11: answer: <a> takes href and nothing else"),
        ("{{ school }}", "{{ scool }}", "13: answer: 'scool' is not known here; known: next_deadline, "),
        ("{% endif %}, voyez", ", voyez", "13: answer: does not read as a template: "),
        (
            "où est ma clé",
            "j'ai perdu ma cle!",
            '18: wordings: "j\'ai perdu ma cle!" says the same as line 16',
        ),
        ("mon chat", "ma clé", '21: unlike: "J\'ai perdu ma clé" says the same as line 16'),
        ("'''\nJ'ai perdu ma clé\n\noù est ma clé\n'''", "''", "15: wordings: is empty"),
        ("Look again.", "<i>Look again.", "30: next: <i> is not closed"),
        ("[en]", "[es]", "24: es: is not known here; known: id, audience, "),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    found = faults(tmp_path, GOOD.replace(old, new, 1))
    assert any(fault.startswith(f"lost-key.toml:{told}") for fault in found), found


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        GOOD.replace('"find-key"', '"Key"').replace("</b>", ""),
        GOOD.replace("lost-key", "other-1").replace('source = "handbook, page 3"\n', ""),
        "[fr",
    )
    assert found == [
        "lost-key.toml:4: flow: 'Key' is not the name of an ability, such as 'declare'",
        "lost-key.toml:11: answer: <b> is not closed",
        "other-1.toml:1: source: is missing",
        "other-2.toml:1: does not read as TOML: Expected ']' at the end of a table declaration",
    ]


def test_a_missing_language_is_told_with_all_that_it_lacks(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD[: GOOD.index("[en]")]) == [
        "lost-key.toml:1: answer: is missing under [en]",
        "lost-key.toml:1: title: is missing under [en]",
        "lost-key.toml:1: wordings: is missing under [en]",
    ]


def test_a_file_that_is_not_utf_8_is_told_by_line(tmp_path: Path) -> None:
    (tmp_path / "lost-key.toml").write_bytes(GOOD.encode("latin-1", "replace"))
    with pytest.raises(EntriesFaulty, match=r"^lost-key\.toml:5: is not UTF-8 text$"):
        load_entries(tmp_path)

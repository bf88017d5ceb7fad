"""`declic faq`: the knowledge base asked, measured and shown, by the command that an operator runs."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli.faq.asking import LONGEST, cleaned
from tests.bot.cli.declic import Declic

ROOT = Path(__file__).parents[3]
PROGRAM = "from bot.cli import main; main()"


def start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """The command with nothing configured, where only ASCII is printed unless one insists."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DECLIC_")}
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "faq", *words],
        cwd=folder,
        env={**inherited, **ascii_only, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


LINES: tuple[tuple[bytes, str | None, str | None], ...] = (
    ("Mon compte est verrouillé".encode(), "answer", "account-locked"),
    (b"My account is locked\r", "answer", "account-locked"),
    (b"Bonjour", "small_talk", "greeting"),
    (b"", "unknown", ""),
    (b" \t\r", "unknown", ""),
    (b"\x00", "unknown", ""),
    (b"\xff\xfe\xc3", "unknown", ""),
    (b"???", "unknown", ""),
    ("Mon compte est verrouillé\x00\u2028\x85".encode(), "answer", "account-locked"),
    (b"xyzzy " * LONGEST, None, None),
    (b'{"question": "-"}', None, None),
    (b"-", "unknown", ""),
)
"""A line of stdin, the outcome and the first candidate (none: empty); None where any will do."""


def test_each_line_is_answered_before_the_next_is_written(tmp_path: Path) -> None:
    with start(tmp_path, "ask", "--json", "-") as process:
        assert process.stdin
        assert process.stdout
        for line, outcome, first in LINES:
            process.stdin.write(line + b"\n")
            process.stdin.flush()
            told = json.loads(process.stdout.readline().decode())
            assert list(told) == ["question", "outcome", "candidates"]
            assert told["question"] == line.rstrip(b"\r").decode(errors="replace")
            assert outcome in (told["outcome"], None)
            ids = [one["id"] for one in told["candidates"]]
            assert first in ("".join(ids[:1]), None)
            assert len(ids) <= 3
            assert all(0 <= one["score"] <= 1 for one in told["candidates"])
        rest, _ = process.communicate(b"the last line has no end")
    assert json.loads(rest)["question"] == "the last line has no end"
    assert (process.returncode, list(tmp_path.iterdir())) == (0, [])


@pytest.mark.parametrize(
    ("given", "read"),
    [("Où est ma clé?".encode(), "Où est ma clé?"), (b"cl\xe9\xff", "cl\ufffd\ufffd")],
)
def test_a_question_may_be_a_word_of_the_command_whatever_its_bytes(given: bytes, read: str) -> None:
    assert cleaned(os.fsdecode(given)) == read


LABELLED = """\
expected\tlang\tstyle\tquestion
account-locked\tfr\tplain\tMon compte est verrouillé
account-locked|declare-how\ten\tplain\tMy account is locked
declare-how\tfr\toral\tMon compte est verrouillé
declare-how\tfr\toral\tBonjour
none\tfr\tplain\tBonjour
none\tfr\toral\tMon compte est verrouillé
"""
"""Questions word for word as the knowledge base has them, so that the figures can be worked out by hand."""

MEASURED = """\
Questions auxquelles une entrée répond : 4; autres : 2. Entre crochets : l’intervalle de confiance à 95 %.

la bonne entrée est la première            2/4  50 % [15–85]
elle est parmi les trois premières         2/4  50 % [15–85]
bonne réponse du premier coup              2/4  50 % [15–85]
bonne réponse, ou offerte en un geste      2/4  50 % [15–85]
mauvaise réponse du premier coup           1/4  25 % [5–70]
ni l’une ni l’autre                        1/4  25 % [5–70]
aucune entrée ne répond, une a été donnée  1/2  50 % [9–91]
aucune entrée ne répond, des choix offerts  0/2  0 % [0–66]

Par style, quand une entrée répond :
       sur  1re            3 premières    du premier coup  en un geste    mauvaise      manquée
oral   2    0 % [0–66]     0 % [0–66]     0 % [0–66]       0 % [0–66]     50 % [9–91]   50 % [9–91]
plain  2    100 % [34–100] 100 % [34–100] 100 % [34–100]   100 % [34–100] 0 % [0–66]    0 % [0–66]

Par style, quand aucune entrée ne répond :
       sur  répondu         choix offerts
oral   1    100 % [21–100]  0 % [0–79]
plain  1    0 % [0–79]      0 % [0–79]

Par entrée :
                sur  1re             3 premières
account-locked  2    100 % [34–100]  100 % [34–100]  100 % [34–100] 100 % [34–100] 0 % [0–66] 0 % [0–66]
declare-how     3    33,3 % [6–79]   33,3 % [6–79]   33,3 % [6–79] 33,3 % [6–79] 33,3 % [6–79] 33,3 % [6–79]

Confusions (combien, ce qui en est fait, attendu → obtenu, lignes) :
1  answer      declare-how → account-locked  4
1  small_talk  declare-how → greeting        5
1  answer      none → account-locked         7
"""


def words(text: str) -> list[list[str]]:
    """The words of each line: how wide a column is depends on all that stands in it."""
    return [line.split() for line in text.splitlines() if line.strip()]


async def test_the_knowledge_base_is_measured(declic: Declic) -> None:
    (declic.folder / "asked.tsv").write_text(LABELLED)
    done = await declic("faq", "eval", "asked.tsv")
    *table, time = words(done.out)
    assert (done.code, done.err) == (0, "")
    assert_lines(table, words(MEASURED))
    assert " ".join(time).startswith("Temps par question, encodeur compris :")


ASKED = """Répond :
100 % account-locked (Compte verrouillé)
Quand le compte de déclaration se verrouille après trop de tentatives de réinitialisation,
Répond à une politesse ou à une humeur :
100 % greeting
Dit ne pas savoir.
"""


async def test_questions_are_answered_in_words(declic: Declic) -> None:
    done = await declic("faq", "ask", "-", typed="Mon compte est verrouillé\nBonjour\n???\n")
    assert (done.code, done.err) == (0, "")
    assert_lines(words(done.out), words(ASKED))


def assert_lines(table: list[list[str]], wanted: list[list[str]]) -> None:
    """Whether every line that was worked out by hand is there, in that order."""
    found = iter(table)
    for line in wanted:
        assert any(one[: len(line)] == line for one in found), line


TRAIN = """\
key\tfr\tplain\toù est ma clé
key\ten\tplain\twhere is my key
cat\tfr\tplain\tmon chat est perdu
cat\ten\tplain\tI lost my cat
key|cat\tfr\tplain\ttout est perdu
none\tfr\tplain\tquelle heure est-il
"""
TEST = """\
key\tfr\tplain\tOù est ma clé?
cat\tfr\toral\tmon chat est perdu
cat\tfr\toral\twhere is my key
none\tfr\toral\tQuelle heure est-il?
"""


async def test_a_matcher_of_the_same_make_is_measured_on_other_data(declic: Declic) -> None:
    (declic.folder / "train.tsv").write_text(TRAIN)
    (declic.folder / "test.tsv").write_text(TEST)
    done = await declic("faq", "train-eval", "train.tsv", "test.tsv", "--json")
    assert (done.code, done.err) == (0, "")
    told: dict[str, Any] = json.loads(done.out)
    counted = {name: (rate["count"], rate["of"]) for name, rate in told["in_scope"].items()}
    assert {name: counted[name] for name in ("right", "one_tap", "wrong", "missed")} == {
        "right": (2, 3),
        "one_tap": (2, 3),
        "wrong": (1, 3),
        "missed": (0, 3),
    }
    assert told["in_scope"]["right"]["interval"] == pytest.approx([0.2077, 0.9385], abs=1e-3)
    assert told["out_of_scope"]["answered"]["count"] == 0
    assert told["confusions"] == [{"expected": "cat", "outcome": "answer", "got": ["key"], "lines": [3]}]
    assert set(told["styles"]) == {"plain", "oral"}
    assert set(told["entries"]) == {"key", "cat"}
    assert 0 < told["ms"]["median"] <= told["ms"]["p95"]


FAULTY = "account-locked\tfr\tplain\nnobody\tes\tplain\tQui?\n"
FAULTS = (
    "{file}:1: has 3 columns instead of 4: expected, lang, style, question",
    "{file}:2: expected: 'nobody' is not the id of an entry",
    "{file}:2: lang: 'es' is not one of fr, en",
)


async def test_all_faults_of_a_file_are_told_with_their_lines(declic: Declic) -> None:
    (declic.folder / "train.tsv").write_text(TRAIN)
    (declic.folder / "faulty.tsv").write_text(FAULTY)
    told = [f"✗ {fault.format(file='faulty.tsv')}" for fault in FAULTS]
    french, english, none, other = await asyncio.gather(
        declic("faq", "eval", "faulty.tsv"),
        declic.having(language="en")("faq", "eval", "faulty.tsv", "--json"),
        declic("faq", "eval", "none.tsv"),
        declic("faq", "train-eval", "train.tsv", "faulty.tsv"),
    )
    assert [(one.code, one.out) for one in (french, english, none, other)] == [(1, "")] * 4
    assert french.err.splitlines() == ["À corriger avant de recommencer :", *told]
    assert english.err.splitlines() == ["To be corrected first:", *told]
    assert none.err.splitlines()[1:] == ["✗ none.tsv:1: cannot be read: No such file or directory"]
    assert other.err.splitlines()[1:] == told


async def test_an_entry_is_shown_as_people_read_it(declic: Declic) -> None:
    title = "Comment déclarer les utilisations en classe"
    (declic.folder / "guides.toml").write_text(f'"{title}" = "https://exemple.invalid/guide"')
    french, english = await asyncio.gather(
        declic.having(guides_file="guides.toml")("faq", "show", "declare-how"),
        declic.having(language="en")("faq", "show", "account-locked", "--lang", "fr"),
    )
    assert (french.code, french.err, english.code, english.err) == (0, "", 0, "")
    assert french.out.startswith("Comment déclarer une copie (declare-how)\n\nLa déclaration se fait ici")
    assert f"Guide : {title} (https://exemple.invalid/guide)" in french.out
    assert f"{title} (https://exemple.invalid/guide) »" in french.out
    assert "Si cela n’a pas suffi :" in french.out
    assert "Mène à : declare\n" in french.out
    assert english.out.startswith("Compte verrouillé (account-locked)\n")
    assert (
        "For: staff, the school’s administrators, the service centre\nLeads to: account-locked\n"
        in english.out
    )
    assert "Offers a human\nOfficial labels: Mot de passe oublié\nWordings: " in english.out


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Aucune entrée ne s’appelle « declare-hw ». Les plus proches : declare-how, "),
        ("en", "No entry is called “declare-hw”. The nearest: declare-how, "),
    ],
)
async def test_who_misspells_an_entry_is_told_the_nearest(declic: Declic, language: str, told: str) -> None:
    done = await declic.having(language=language)("faq", "show", "declare-hw")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(told)

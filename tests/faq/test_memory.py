"""What is dear to work out is worked out once, and a file that is lost or spoilt costs time and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from faq.entry import Language, Wording
from faq.matcher import Matcher
from faq.memory import Memory
from faq.ridge import Ridge
from faq.subject import Kind, Subject
from tests.faq.encoders import Counting

KEY = ("où est ma clé", "ma clé est perdue", "where is my key")
CAT = ("où est mon chat", "mon chat a disparu", "where is my cat")
QUESTION = "ma clé a disparu"


def matcher(file: Path | None, encode: Counting | None, key: tuple[str, ...] = KEY) -> Matcher:
    """As a start of the program builds it."""
    subjects = [
        Subject(name, Kind.ENTRY, tuple(Wording(Language.FR, line) for line in lines))
        for name, lines in (("key", key), ("cat", CAT))
    ]
    return Matcher(subjects, encode, Memory(file))


def encoded(file: Path | None, key: tuple[str, ...] = KEY) -> list[str]:
    """What a start asks the encoder."""
    encode = Counting()
    matcher(file, encode, key)
    return encode.asked


def scores(asked: Matcher) -> list[float]:
    return list(asked.scores(QUESTION, None).values())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """What the first start leaves behind."""
    kept = tmp_path / "cache" / "index.npz"
    assert encoded(kept) == [*KEY, *CAT]
    return kept


def test_the_next_start_encodes_nothing(file: Path) -> None:
    assert encoded(file) == []


def test_without_a_file_every_start_encodes_everything() -> None:
    assert [encoded(None), encoded(None)] == [[*KEY, *CAT], [*KEY, *CAT]]


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ((*KEY[:2], "where are my keys"), ["where are my keys"]),
        ((*KEY, "clé?", "ma clé?"), ["clé?", "ma clé?"]),
        ((*KEY, "clé?", "clé?"), ["clé?"]),
        (KEY[:1], []),
        (KEY[::-1], []),
    ],
    ids=["edited", "added", "twice", "removed", "moved"],
)
def test_of_an_edited_entry_only_the_new_lines_are_encoded(
    file: Path, key: tuple[str, ...], asked: list[str]
) -> None:
    assert encoded(file, key) == asked
    assert encoded(file, key) == []


def test_lines_that_are_gone_are_forgotten(file: Path) -> None:
    before = file.stat().st_size
    matcher(file, Counting(), KEY[:1])
    assert file.stat().st_size < before
    assert encoded(file) == [*KEY[1:]]


def test_one_life_edits_without_asking_twice(tmp_path: Path) -> None:
    memory, encode = Memory(tmp_path / "index.npz"), Counting()
    for lines in (["a b", "a"], ["a b", "c"], ["a b", "c", "d"]):
        memory.vectors(lines, encode)
    assert encode.asked == ["a b", "a", "c", "d"]


def test_what_is_recalled_is_what_was_worked_out(file: Path) -> None:
    recalled, anew = matcher(file, Counting()), matcher(None, Counting())
    assert scores(recalled) == scores(anew)
    question = Counting()([QUESTION])[0]
    assert recalled.scores(QUESTION, question) == anew.scores(QUESTION, question)


def learn(file: Path, said: str, learnt: list[str], *, meaning: bool = False) -> None:
    """As a start does: `said` is a line and its label, and so on."""

    def anew() -> Ridge:
        learnt.append(said)
        return Ridge(np.eye(2, dtype=np.float32), np.zeros(2, np.float32))

    lines, labels = said.split()[::2], [int(label) for label in said.split()[1::2]]
    Memory(file).ridge(lines, labels, anew, meaning=meaning)


def test_the_same_is_not_learnt_twice_in_a_row(tmp_path: Path) -> None:
    file, learnt = tmp_path / "index.npz", list[str]()
    starts = ["a 0 b 1", "a 0 b 1", "a 1 b 1", "a 1 c 1", "a 1 c 1", "a 0 b 1"]
    for said in starts:
        learn(file, said, learnt)
    assert learnt == [starts[0], starts[2], starts[3], starts[5]]
    learn(file, starts[5], learnt, meaning=True)
    assert learnt[4:] == [starts[5]]


@pytest.mark.parametrize("constant", ["faq.likeness.SHARPNESS", "faq.ridge.STRICTNESS", "faq.grams.LONGEST"])
def test_another_way_of_learning_learns_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, constant: str
) -> None:
    file, learnt = tmp_path / "index.npz", list[str]()
    learn(file, "a 0 b 1", learnt)
    monkeypatch.setattr(constant, 7)
    for _ in range(2):
        learn(file, "a 0 b 1", learnt)
    assert len(learnt) == 2


def test_another_encoder_encodes_and_learns_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faq.memory.encoder_version", lambda: "another")
    assert encoded(file) == [*KEY, *CAT]
    assert encoded(file) == []


def test_what_was_learnt_with_meaning_is_no_use_once_the_encoder_is_gone(file: Path) -> None:
    assert scores(matcher(file, None)) == scores(matcher(None, None)) != scores(matcher(file, Counting()))


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda good: b"",
    "truncated at once": lambda good: good[:100],
    "truncated in the middle": lambda good: good[: len(good) // 2],
    "truncated at the end": lambda good: good[:-1],
    "no archive": lambda good: b"not what it should be\n" * 40,
    "nothing but zeros": lambda good: bytes(len(good)),
    "a changed byte": lambda good: good[:2000] + bytes([good[2000] ^ 255]) + good[2001:],
    "another method": lambda good: _in_directory(good, 10, 99),
    "another version": lambda good: _in_directory(good, 6, 200),
    "encrypted": lambda good: _in_directory(good, 8, 1),
    "compressed": lambda good: _in_directory(good, 10, 8),
}


def _in_directory(good: bytes, at: int, value: int) -> bytes:
    """With one byte changed in each record of the archive's directory."""
    first, *records = good.split(b"PK\x01\x02")
    changed = [record[: at - 4] + bytes([value]) + record[at - 3 :] for record in records]
    return b"PK\x01\x02".join([first, *changed])


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_file_is_made_anew(file: Path, spoil: Callable[[bytes], bytes]) -> None:
    good = file.read_bytes()
    file.write_bytes(spoil(good))
    assert encoded(file) == [*KEY, *CAT]
    assert encoded(file) == []


def test_a_lost_file_is_made_anew(file: Path) -> None:
    file.unlink()
    file.parent.rmdir()
    assert encoded(file) == [*KEY, *CAT]
    assert encoded(file) == []


def test_where_no_file_can_be_written_it_works_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    (tmp_path / "cache" / "index.npz").mkdir(parents=True)
    for file in (tmp_path / "taken" / "index.npz", tmp_path / "cache" / "index.npz"):
        assert matcher(file, Counting()).match(KEY[0]).candidates[0].id == "key"
    assert [kept.name for kept in (tmp_path / "cache").iterdir()] == ["index.npz"]


def test_nothing_else_is_left_in_the_folder(file: Path) -> None:
    encoded(file, KEY[:2])
    assert list(file.parent.iterdir()) == [file]

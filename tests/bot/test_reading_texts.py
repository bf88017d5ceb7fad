"""Free text and e-mail addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import an_address, some_text
from tests.bot.answers import outcome


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Le Petit Prince", "Le Petit Prince"),
        ("  Le   Petit\tPrince \n", "Le Petit Prince"),
        ("Le\u00a0Petit\u202fPrince", "Le Petit Prince"),
        ("a\0b\x07c\u2028d", "a b c d"),
        ("zero\u200bwidth\u202e", "zerowidth"),
        ("half \ud83d", "half"),
        ("e\u0301te\u0301", "été"),
        ("« Le Petit Prince »", "Le Petit Prince"),
        ("«Le Petit Prince»", "Le Petit Prince"),
        ("“Le Petit Prince”", "Le Petit Prince"),
        ('"Le Petit Prince"', "Le Petit Prince"),
        ("'Le Petit Prince'", "Le Petit Prince"),
        ("‘Le Petit Prince’", "Le Petit Prince"),
        ('"A" ou "B"', '"A" ou "B"'),
        ("« A » et « B »", "« A » et « B »"),
        ("L’été d'avant", "L’été d'avant"),
        ("Où est Charlie?", "Où est Charlie?"),
        ("Retour", "Retour"),
        ("1984", "1984"),
        ("日本", "日本"),
        ("x" * 300, "x" * 300),
        ("x" * 301, "read/too-long"),
        ("", "read/empty"),
        ("   ", "read/empty"),
        ("...", "read/empty"),
        ("« »", "read/empty"),
        ('"', "read/empty"),
        ("👍", "read/empty"),
        ("\0\u200b", "read/empty"),
    ],
)
def test_free_text_is_tidied(text: str, kept: str) -> None:
    assert outcome(some_text(), text) == kept


@pytest.mark.parametrize("text", ["passer", "Je sais pas", "aucun", "skip", "none", "idk", "rien", "n/a"])
def test_a_text_that_is_needed_is_not_skipped(text: str) -> None:
    assert outcome(some_text(), text) == "read/needed"
    assert outcome(some_text(), f"« {text} »") == text
    assert outcome(some_text(skips=True), text) == text


def test_free_text_keeps_to_its_length() -> None:
    assert some_text().reads_anything
    assert [outcome(some_text(max=5, min=2), text) for text in ("abcdef", "abcde", "ab", "a")] == [
        "read/too-long",
        "abcde",
        "ab",
        "read/too-short",
    ]


@given(st.text())
def test_text_that_is_kept_can_be_stored_and_reads_the_same_again(text: str) -> None:
    kept = str(outcome(some_text(), text))
    assert kept.encode()
    assert "\0" not in kept
    assert kept == " ".join(kept.split())


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("marie.tremblay@csdm.qc.ca", "marie.tremblay@csdm.qc.ca"),
        ("  Marie.Tremblay@CSDM.qc.ca. ", "marie.tremblay@csdm.qc.ca"),
        ("Marie Tremblay <marie.tremblay@csdm.qc.ca>", "marie.tremblay@csdm.qc.ca"),
        ("<a@b.ca>", "a@b.ca"),
        ("(a@b.ca)", "a@b.ca"),
        ("mailto:a@b.ca", "a@b.ca"),
        ("mon courriel est a@b.ca", "a@b.ca"),
        ("Mon adresse courriel : a@b.ca", "a@b.ca"),
        ("l'adresse est a@b.ca", "a@b.ca"),
        ("c'est a@b.ca", "a@b.ca"),
        ("my e-mail is a@b.ca", "a@b.ca"),
        ("isabelle@b.ca", "isabelle@b.ca"),
        ("o'neil+copies@b-c.co.uk", "o'neil+copies@b-c.co.uk"),
        ("", "read/no-address"),
        ("allo", "read/no-address"),
        ("a@b", "read/no-address"),
        ("@b.ca", "read/no-address"),
        ("a@", "read/no-address"),
        ("a..b@c.ca", "read/no-address"),
        (".a@c.ca", "read/no-address"),
        ("a@-b.ca", "read/no-address"),
        ("a@b_c.ca", "read/no-address"),
        ("a@b.c", "read/no-address"),
        ("a@csdm,qc.ca", "read/no-address"),
        ("marie tremblay@csdm.qc.ca", "read/no-address"),
        ("élise@b.ca", "read/no-address"),
        ("Marie <marie>", "read/no-address"),
        (f"{'a' * 250}@b.ca", "read/no-address"),
        ("a@b.ca, c@d.ca", "read/one-address"),
        ("a@b.ca ou a@c.ca", "read/one-address"),
        ("a@b@c.ca", "read/one-address"),
    ],
)
def test_an_address(text: str, address: str) -> None:
    assert outcome(an_address(), text) == address


DOMAINS = st.sampled_from(["csdm.qc.ca", "exemple.ca", "mail.example.org"])


@given(st.emails(domains=DOMAINS).filter(lambda address: address[0].isalnum()))
def test_addresses_of_the_common_form_are_read(address: str) -> None:
    assert outcome(an_address(), address) == address.lower()


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    read = str(outcome(an_address(), text))
    assert "@" in read or read.startswith("read/")

"""What somebody wrote in a mail, told from what they quoted and signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.mail.read.charsets import cleaned
from bot.channels.mail.read.quote import own_text, unquoted
from tests.bot.channels.mails import FORWARDS, REPLIES
from tests.effort import MOST, growth

OTHER_LANGUAGES = (
    *("chinese", "dutch", "german", "italian", "headers_4", "norwegian", "polish"),
    *("portuguese", "russian", "spanish", "swedish", "ukrainian"),
)
CONVENTIONS = {
    "embedded_email_7": "a line of underscores is also what people fill in, and « C> » a mark of quoting long gone",
    "signatures": "devices in German, Dutch and Chinese stand between the French and English ones",
}
"""Pairs in French and English that we read otherwise, and why."""


def ours(file: Path) -> bool:
    """Whether a pair is in French or English."""
    return not any(language in file.stem for language in OTHER_LANGUAGES)


def read(file: Path) -> str:
    return cleaned(file.read_bytes().decode())


def wanted(file: Path) -> str:
    return read(file.parents[1] / "trimmed" / file.name)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("file", [file for file in REPLIES if ours(file)], ids=lambda file: file.stem)
def test_replies_in_french_and_english_are_read_as_wanted(file: Path) -> None:
    is_right = squeezed(own_text(read(file)).text) == squeezed(wanted(file))
    assert is_right is (file.stem not in CONVENTIONS)


@pytest.mark.parametrize("file", REPLIES, ids=lambda file: file.stem)
def test_no_reply_in_any_language_loses_text(file: Path) -> None:
    kept = squeezed(own_text(read(file)).text)
    assert all(squeezed(line) in kept for line in wanted(file).splitlines())


@pytest.mark.parametrize("above", ["", "Bonjour, voici.\n\n"])
@pytest.mark.parametrize("file", FORWARDS, ids=lambda file: file.stem)
def test_no_header_of_a_french_mail_program_is_left(file: Path, above: str) -> None:
    text = own_text(above + read(file)).text
    assert text == above.strip() if above else "Aenean quis diam" in text
    assert not any(
        word in text for word in ("acme.com", "Objet", "Sujet", "Subject", "Message", "Date", "écrit")
    )


TOP = "Oui, 28 élèves.\nMerci!"
QUOTE = "> Combien d’élèves?\n> Déclic\n"
PLAIN = "Combien d’élèves?\n\nDéclic\n"
OUTLOOK = (
    "De : Déclic <d@css.test>\nEnvoyé : 23 novembre 2026 10:15\n"
    "À : Camille <c@ecole.test>\nObjet : RE: Vos copies\n\n"
)


@pytest.mark.parametrize(
    "below",
    [
        "Le lun. 23 nov. 2026, à 10 h 15, Déclic <d@css.test> a écrit :\n\n" + QUOTE,
        "Le lun. 23 nov. 2026 à 10:15, Déclic\n<declic@css.test> a\nécrit\u00a0:\n\n" + QUOTE,
        "Le 23 nov. 2026 à 10:15, Déclic <d@css.test> a écrit :\n\n" + PLAIN,
        "> Le 23 nov. 2026 à 10:15, Déclic <d@css.test> a écrit :\n> \n" + QUOTE,
        "Le lundi 23 novembre 2026 à 10:15:32 UTC\u22125, Déclic <d@css.test> a écrit :\n\n" + PLAIN,
        "Le 2026-11-23 à 10:15, Déclic a écrit\u202f:\n" + QUOTE,
        "Déclic <d@css.test> a écrit le lun. 23 nov. 2026 à 10:15 :\n" + QUOTE,
        "On Mon, Nov 23, 2026 at 10:15 AM Déclic <d@css.test> wrote:\n\n" + QUOTE,
        "On Nov 23, 2026, at 10:15, Déclic <d@css.test> wrote:\n\n" + PLAIN,
        OUTLOOK + PLAIN,
        "________________________________\n" + OUTLOOK + PLAIN,
        OUTLOOK.replace(" :", "\u00a0:") + PLAIN,
        OUTLOOK.replace("De :", "*De :*").replace("Objet :", "*Objet :*") + PLAIN,
        OUTLOOK.replace("\n", "\n\n") + PLAIN,
        OUTLOOK.replace("Camille <", "Camille Tremblay-Lavoie;\n Zoé <") + PLAIN,
        "-----Message d’origine-----\n" + OUTLOOK + PLAIN,
        "-------- Message d'origine --------\nDe : Déclic <d@css.test>\nDate : 26-11-23 10 h 15\n" + PLAIN,
        "-----Original Message-----\nFrom: Déclic\nSent: November 23, 2026 10:15\nTo: C\nSubject: x\n"
        + PLAIN,
        "---------- Forwarded message ---------\nDe : Déclic <d@css.test>\n" + PLAIN,
        "Début du message réexpédié :\n\n> De: Déclic <d@css.test>\n> Objet: x\n" + QUOTE,
        "Envoyé de mon iPhone\n\nLe 23 nov. 2026 à 10:15, Déclic <d@css.test> a écrit :\n\n" + QUOTE,
        "Télécharger Outlook pour iOS<https://aka.ms/o0ukef>\n________________________________\n"
        + OUTLOOK
        + PLAIN,
        "Provenance : Courrier pour Windows\n\n" + OUTLOOK + PLAIN,
        "-- \nCamille Essai\nÉcole des Tilleuls\n\nLe 23 nov. 2026 à 10:15, D <d@css.test> a écrit :\n"
        + QUOTE,
        "AVIS DE CONFIDENTIALITÉ : ce courriel est destiné à la seule personne nommée.\n",
        "Ce message est confidentiel.\nSi vous l’avez reçu par erreur, détruisez-le.\n\nEnvoyé à partir d'Outlook",
    ],
)
def test_what_stands_below_a_reply_is_cut(below: str) -> None:
    cut = own_text(f"{TOP}\n\n{below}")
    assert cut.text == TOP
    assert squeezed(cut.cut) == squeezed(below)


ATTRIBUTION = "Le lun. 23 nov. 2026, à 10 h 15, Déclic <d@css.test> a écrit :\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "The error page says 403 Forbidden. I tried everything. My email is camille@ecole.test.\n\nCamille",
        "Write to x@ecole.test.",
        "Mon courriel est camille@ecole.test\nCamille",
        "Le 3 mai, j’ai écrit à aide@css.test",
        "On Monday I wrote to aide@css.test:\nno answer yet",
        "Comme expliqué, voir ci-dessous : mon épouse ne peut pas signer.",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_an_address_in_a_sentence_begins_no_quotation(text: str, gap: str) -> None:
    assert own_text(f"{text}{gap}{ATTRIBUTION}{QUOTE}").text == text


@pytest.mark.parametrize(
    "quoted",
    [
        "Le 23 nov. 2026 à 10:15, Déclic <d@css.test> a écrit :\n" + QUOTE,
        "On 3/4/26 4:05 PM, D wrote:\n" + QUOTE,
    ],
)
def test_a_reply_below_the_quote_is_read(quoted: str) -> None:
    assert own_text(f"{quoted}\n{TOP}\n\n-- \nCamille").text == TOP


def test_answers_between_the_lines_keep_the_questions() -> None:
    text = own_text(
        "Bonjour,\n\nLe 3 mai 2026 à 10:15, D <d@css.test> a écrit :\n> Pages?\n12-30\n> Élèves?\n28\n> Fin\n"
    ).text
    assert text == "Bonjour,\n\n> Pages?\n12-30\n> Élèves?\n28"
    assert unquoted(text) == "Bonjour,\n\n12-30\n28"


@pytest.mark.parametrize(
    "text",
    [
        "Voici ce que ma collègue a écrit :\n\nLe livre a 240 pages.",
        "Le 12 novembre, j’ai copié 30 pages.\nUne élève a écrit :\n« Merci! »",
        "On page 12 the author wrote:\nNo copies at 10:30.",
        "Titre : Le grand livre\nDate : 12 novembre\nAuteur : G. Exemple\nPages : 12-30",
        "De : la page 12\nÀ : la page 30",
        "Objet : une question\n\nQuand dois-je déclarer?",
        "2026-11-23 : 12 pages",
        "Titre\n-----\nLe grand livre",
        "Mon adresse est camille@ecole.test :\nécrivez-moi.",
        "--\nPas de signature ici",
        "Je l’ai envoyé de mon iPhone hier, l’avez-vous reçu?",
        "Sent from the office yesterday, did you get it?",
        "Combien?\n\nLe message d’origine était vide.",
        "> Tout est cité",
        "Oui -- 12 pages\n\n- Livre\n- Revue",
        "Ce message est confidentiel : puis-je quand même l’envoyer?",
    ],
)
def test_in_doubt_all_is_kept(text: str) -> None:
    assert own_text(text).text == text


DEVICES = next(file for file in REPLIES if file.stem == "signatures")


@pytest.mark.parametrize(
    "line",
    [line for line in read(DEVICES).splitlines()[2:] if line.lstrip("(").startswith(("Sent", "Get", "From"))]
    + [
        "Envoyé depuis mon iPhone",
        "Envoyé de mon appareil mobile Bell",
        "Envoyé à partir de mon téléphone",
        "--",
    ],
)
def test_what_a_telephone_adds_is_known(line: str) -> None:
    assert own_text(f"Oui\n\n{line}").text == "Oui"


HOSTILE = {
    "quotes": "> x\n",
    "marks": ">",
    "spaces": " ",
    "empty lines": " \n",
    "Le": "Le ",
    "lines of Le": "Le 3\n",
    "labels": "De : x\n",
    "labels on one line": "De : ",
    "dashes": "--\n",
    "addresses": "Le 3 a@b.ca\n",
    "brackets": "<a@b\n",
    "notices": "avis de confidentialité\n\n",
    "taking turns": "a\n> b\n",
}
LARGE = 100_000


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_a_text_ten_times_as_long_takes_no_square_of_the_time(piece: str) -> None:
    assert growth(own_text, piece, LARGE) < MOST

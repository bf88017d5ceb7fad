"""Letters as mails: what programs thread them by, what people read, and what nobody can slip into them."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.mail.read import Verdict, read_mail
from bot.channels.mail.read.hypertext import to_text
from bot.channels.mail.tokens import tokens_in
from bot.channels.mail.write.headings import heading
from bot.messages import Button, Lane, Thread
from bot.sending import AddressDead
from tests.mailed import ADDRESS, TOKEN, UNTAGGED, defects, parsed, text_of, to_mail, written

ASKED = Thread("Mes copies", "<q2@ecole.test>", ("<q0@ecole.test>", "<d1@exemple.test>"))
HUMAN = "Pour qu’une personne vous lise, répondez «\u00a0humain\u00a0». Contact\u00a0: aide@exemple.invalid\n"
OUTLOOK = "<" + "YT2PR01MB" * 9 + "@YT2PR01MB1234.CANPRD01.PROD.OUTLOOK.COM>"


def subject_to(thread: Thread | None, own: str = "") -> str:
    return str(parsed(written(to_mail("Bonjour", thread=thread, page={"subject": own})))["Subject"])


def test_an_answer_as_programs_see_it() -> None:
    mail = written(to_mail("Bonjour", thread=ASKED))
    message = parsed(mail)
    assert {name: message[name] for name in message if name not in ("MIME-Version", "Content-Type")} == {
        "From": '"Déclic, Équipe fictive" <declic@exemple.test>',
        "To": "camille@ecole.test",
        "Reply-To": f"declic+7.{TOKEN}@exemple.test",
        "Subject": "Re: Mes copies",
        "Date": "Tue, 17 Nov 2026 14:30:00 +0000",
        "Message-ID": f"<7.{TOKEN}@exemple.test>",
        "In-Reply-To": "<q2@ecole.test>",
        "References": "<q0@ecole.test> <d1@exemple.test> <q2@ecole.test>",
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "OOF, AutoReply, RN, NRN, DR",
    }
    assert (mail.sender, mail.recipient) == (f"declic+7.{TOKEN}@exemple.test", "camille@ecole.test")
    [sender] = message["From"].addresses
    assert sender.display_name == "Déclic, Équipe fictive"
    assert defects(message) == []


def test_without_tags_mail_comes_back_to_the_address_itself() -> None:
    mail = written(to_mail("Bonjour", "Oui", thread=ASKED), UNTAGGED)
    assert "Reply-To" not in parsed(mail)
    assert mail.sender == ADDRESS
    assert "mailto:" not in text_of(parsed(mail), "html")


def test_a_letter_that_begins_a_thread() -> None:
    message = parsed(written(to_mail("Bonjour", page={"subject": "Rappel : vos copies"})))
    assert message["Subject"] == "Rappel : vos copies"
    assert message["Auto-Submitted"] == "auto-generated"
    assert not {"In-Reply-To", "References", "List-Unsubscribe"} & set(message.keys())


def test_a_reminder_says_how_to_stop() -> None:
    message = parsed(written(to_mail("Bonjour", lane=Lane.CAMPAIGN)))
    link = urlsplit(str(message["List-Unsubscribe"]).strip("<>"))
    assert (unquote(link.path), parse_qs(link.query)) == (
        f"declic+7.{TOKEN}@exemple.test",
        {"subject": ["STOP"]},
    )
    for kind in ("plain", "html"):
        assert "répondez «\u00a0STOP\u00a0»" in text_of(message, kind)
        assert "STOP" not in text_of(parsed(written(to_mail("Bonjour"))), kind)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Mes copies", "Re: Mes copies"),
        ("Re: Mes copies", "Re: Mes copies"),
        ("RE: Mes copies", "RE: Mes copies"),
        ("Ré : Mes copies", "Ré : Mes copies"),
        ("RÉP : Mes copies", "RÉP : Mes copies"),
        ("Re[2]: Mes copies", "Re[2]: Mes copies"),
        ("TR: Mes copies", "Re: TR: Mes copies"),
        ("Réunion : 3e année", "Re: Réunion : 3e année"),
        ("📚 L’été à l’école, « déjà »?", "Re: 📚 L’été à l’école, « déjà »?"),
        ("Deux  espaces", "Re: Deux  espaces"),
        ("=?utf-8?q?piège?=", "Re: =?utf-8?q?piège?="),
        ("Un\r\nBcc: tous@exemple.test", "Re: Un  Bcc: tous@exemple.test"),
        ("Un\u2028deux\x00trois\ud800", "Re: Un deux trois"),
        ("\n", "Re: Votre message à Déclic"),
        ("", "Re: Votre message à Déclic"),
        ("é" * 300, "Re: " + "é" * 195 + "…"),
        (" ".join(["mot"] * 40), "Re: " + " ".join(["mot"] * 40)),
    ],
)
def test_the_subject_is_kept_with_one_re(asked: str, answered: str) -> None:
    assert subject_to(Thread(asked)) == answered


def test_a_letter_without_a_subject_gets_one_in_its_language() -> None:
    english = parsed(written(to_mail("Hello", page={"language": "en"})))
    assert (english["Subject"], subject_to(None)) == ("Your message to Déclic", "Votre message à Déclic")
    assert 'lang="en"' in text_of(english, "html")


@given(st.text(max_size=250))
def test_any_subject_arrives_on_one_line_and_nothing_else_with_it(asked: str) -> None:
    raw = written(to_mail("Bonjour", thread=Thread(f"Re: a{asked}z"))).raw
    message = parsed(raw)
    known = parsed(written(to_mail("Bonjour", thread=Thread("Re: az"))))
    assert message.keys() == known.keys()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    if asked.isprintable() and len(asked) < 190 and "=?" not in asked:
        assert message["Subject"] == f"Re: a{asked}z"


@pytest.mark.parametrize(
    ("thread", "in_reply_to", "references"),
    [
        (Thread("", "<a@b>"), "<a@b>", "<a@b>"),
        (Thread("", "<a@b>", ("<a@b>", "<c@d>", "<c@d>")), "<a@b>", "<c@d> <a@b>"),
        (Thread("", OUTLOOK, ("<c@d>",)), OUTLOOK, f"<c@d> {OUTLOOK}"),
        (Thread("", "<without-at>"), "<without-at>", "<without-at>"),
        (Thread("", "", ("<c@d>",)), None, "<c@d>"),
        (Thread("", "no brackets", ("<c d@e>", "<é@b>", "<c@d>")), None, "<c@d>"),
        (Thread("", "<a@b>\r\nBcc: x@y", ("<c@d>\r\n\r\n",)), None, None),
        (Thread("", "<" + "a" * 500 + "@b>"), None, None),
        (
            Thread("", "<z@b>", tuple(f"<{at}@b>" for at in range(60))),
            "<z@b>",
            " ".join(f"<{at}@b>" for at in (0, *range(42, 60), "z")),
        ),
    ],
)
def test_it_joins_its_thread(thread: Thread, in_reply_to: str | None, references: str | None) -> None:
    raw = written(to_mail("Bonjour", thread=thread)).raw
    message = parsed(raw)
    assert (message["In-Reply-To"], message["References"]) == (in_reply_to, references)
    assert b"=?" not in raw.partition(b"References")[2].partition(b"Auto-")[0]
    assert "Bcc" not in message


@pytest.mark.parametrize("address", ["camille+copies@école.test", "o'neil@ecole.test", "a..b.@ecole.test"])
def test_addresses_that_mail_reaches(address: str) -> None:
    assert written(to_mail("Bonjour", to=address)).recipient == address.replace("école", "xn--cole-9oa")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "camille",
        "@ecole.test",
        "é@ecole.test",
        "a b@ecole.test",
        "a@b@c",
        "a@ecole.test>\r\nRCPT TO:<x@y",
        "a@",
        "a,b@ecole.test",
        '"a b"@ecole.test',
        "a@ecole.test\x00",
        "a@" + "é" * 80,
    ],
)
def test_an_address_that_cannot_be_written_is_dead(address: str) -> None:
    with pytest.raises(AddressDead):
        written(to_mail("Bonjour", to=address))


def test_every_try_has_the_same_message_id() -> None:
    sent = to_mail("Bonjour")
    tries = [written(replace(sent, attempt=attempt, worker=f"w{attempt}")) for attempt in (1, 2)]
    assert tries[0].message_id == tries[1].message_id == parsed(tries[1])["Message-ID"]


def test_the_plain_text_is_what_a_person_can_answer_to() -> None:
    html = (
        '<b>Titre</b>\n\nVoyez <a href="https://exemple.test/guide">le guide</a> et R&amp;D.\n' + "mot " * 60
    )
    mail = written(to_mail(html, "Envoyer", "Modifier"))
    assert text_of(parsed(mail)).split("\n\n") == [
        "Titre",
        "Voyez le guide (https://exemple.test/guide) et R&D.\n" + "mot " * 60,
        "1. Envoyer\n2. Modifier",
        "Répondez à ce courriel avec le numéro ou les mots de votre choix.",
        "-- \nDéclic est un assistant automatique, offert par Équipe fictive. " + HUMAN,
    ]


def test_choices_without_numbers_are_words() -> None:
    message = parsed(written(to_mail("Lequel?", "Envoyer", "Modifier", page={"numbered": False})))
    assert "\n\nEnvoyer\nModifier\n\nRépondez à ce courriel avec les mots de votre choix." in text_of(message)
    assert not re.search(r"\d\. (?:Envoyer|Modifier)", text_of(message, "html"))


def test_a_letter_without_choices_asks_for_none() -> None:
    for kind in ("plain", "html"):
        assert "votre choix" not in text_of(parsed(written(to_mail("Merci."))), kind)


def test_a_tap_on_a_choice_opens_an_answer_to_this_very_letter() -> None:
    page = to_mail("Est-ce exact?", "Envoyer & finir", "Étape suivante", thread=Thread("Copies & cie"))
    links = re.findall(r'<a href="(mailto:[^"]*)"[^>]*>([^<]*)</a>', text_of(parsed(written(page)), "html"))
    assert [label for _, label in links] == ["1. Envoyer &amp; finir", "2. Étape suivante"]
    link = urlsplit(links[0][0].replace("&amp;", "&"))
    assert parse_qs(link.query) == {"subject": ["Re: Copies & cie"], "body": ["Envoyer & finir"]}
    assert list(tokens_in(ADDRESS, (), [unquote(link.path)])) == [(7, TOKEN)]


def test_marks_are_shown_and_what_is_no_mark_stands_for_itself() -> None:
    html = text_of(
        parsed(
            written(
                to_mail(
                    '<b>A</b> <i>B <code>C</code>\n<script>x("é")</script> 1 < 2 <a href="https://e.test/?a=1&amp;b=2">D</a>'
                )
            )
        ),
        "html",
    )
    assert "<b>A</b> <i>B <code style=" in html
    assert ">C</code><br>\n&lt;script&gt;x(" in html
    assert 'href="https://e.test/?a=1&amp;b=2">D</a></i>' in html
    assert "<script" not in html


def test_nothing_is_fetched_from_elsewhere() -> None:
    html = text_of(parsed(written(to_mail("Bonjour", "Oui"))), "html")
    assert not re.search(r"<img|<link|src=|url\(|https?://|@import", html)


@pytest.mark.parametrize(
    "text", ["\x00a\x1bb\ud800", ".\n..\n.", "From moi\n-- \nfin", "é" * 5000, "a" * 3000, "\n\n"]
)
def test_any_text_can_be_written(text: str) -> None:
    raw = written(to_mail(text, text)).raw
    message = parsed(raw)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\x00", raw)
    assert defects(message) == []
    seen = text.replace("\x00", " ").replace("\x1b", " ").replace("\ud800", " ").strip("\n")
    assert text_of(message).startswith(seen)


@pytest.mark.parametrize("lane", Lane)
def test_our_own_reader_never_answers_our_letters(lane: Lane) -> None:
    raw = written(to_mail("Bonjour", "Oui", lane=lane, thread=ASKED)).raw
    assert read_mail(raw, {ADDRESS}).verdict is Verdict.OWN
    theirs = read_mail(raw)
    assert theirs.verdict is Verdict.AUTOMATIC
    assert (theirs.message_id, theirs.in_reply_to) == (f"<7.{TOKEN}@exemple.test>", ("<q2@ecole.test>",))
    assert theirs.references == (*ASKED.references, ASKED.message_id)


@pytest.mark.parametrize("value", ["", "é", "a\r\nBcc: x@y", "a\nb", "a\r\n\r\nb", "a\x00"])
def test_no_value_begins_a_heading_of_its_own(value: str) -> None:
    with pytest.raises(ValueError, match="X-Test"):
        heading("X-Test", value)


LINES = ("Genre (livre, manuel…)\u00a0:", "Titre (p. ex. La cabane du lac)\u00a0:", "Année\u00a0:")


def test_lines_to_fill_in_stand_apart_and_are_quoted_as_they_are() -> None:
    mail = parsed(written(to_mail("<b>Remplissez</b>\u00a0:\n" + "\n".join(LINES) + "\nMerci\u00a0: Zoé")))
    html = text_of(mail, "html")
    assert html.count("border-bottom") == len(LINES)
    quoted = to_text(html).splitlines()
    assert [line for line in quoted if line in LINES] == list(LINES)
    assert "Remplissez\u00a0:" in quoted


@pytest.mark.parametrize(
    ("key", "human", "answer"),
    [("answer:3:x", False, True), ("alert:x:1", False, False), (None, True, False)],
)
def test_only_a_machines_letter_offers_a_human(key: str | None, human: bool, answer: bool) -> None:
    mail = parsed(written(to_mail("Voici.", key=key)))
    for kind in ("plain", "html"):
        said = text_of(mail, kind)
        assert ("humain" in said, "l’équipe vous lira" in said) == (human, answer)


def test_what_confirms_a_summary_stands_out_and_its_work_is_named_in_the_list_of_mails() -> None:
    buttons = (Button("Envoyer", "t:check:send:f1"), Button("Modifier", "!edit:"))
    summary = "Brouillon\nGenre : Un livre\nTitre : Le renard\nAuteur : Zoé\nSuite"
    html = text_of(parsed(written(to_mail(summary, page={"buttons": buttons}))), "html")
    assert html.count('class="choice main"') == 1
    assert "Brouillon<br>Genre : Un livre<br>Titre : Le renard<br>Auteur : Zoé</div>" in html

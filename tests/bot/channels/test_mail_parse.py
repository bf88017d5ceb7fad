"""A mail's bytes read into one value: what it says, who wrote it, and whether it is answered."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.channels.mail.read import Mail, Verdict, read_mail
from bot.channels.mail.read.bounce import Severity
from tests.bot.channels.mails import MESSAGES, mail, parts

NOT_BOUNCES = ("is-not-bounce", "rfc3834")


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: file.stem)
def test_every_real_message_is_read(file: Path) -> None:
    read = read_mail(file.read_bytes())
    assert read.reason != "unreadable"
    if file.stem.startswith("sisimai"):
        assert (read.verdict is Verdict.BOUNCE) is not any(name in file.stem for name in NOT_BOUNCES)
    if "rfc3834" in file.stem:
        assert read.verdict is Verdict.AUTOMATIC
    if "is-not-bounce" in file.stem:
        assert read.verdict is Verdict.HEARD


def test_the_real_messages_by_verdict() -> None:
    assert Counter(read_mail(file.read_bytes()).verdict for file in MESSAGES) == {
        Verdict.HEARD: 68,
        Verdict.BOUNCE: 34,
        Verdict.AUTOMATIC: 11,
        Verdict.PARKED: 8,
    }


TEXT = "L’élève a copié 12 œuvres à 5 €"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("us-ascii", "utf-8"),
        ("us-ascii", "cp1252"),
        ("utf-16", "utf-16"),
        ("x-unknown", "utf-8"),
        ("punycode", "cp1252"),
        ("base64", "utf-8"),
        ("", "cp1252"),
    ],
)
def test_a_text_is_read_whatever_charset_it_says(said: str, written: str) -> None:
    content = f'text/plain; charset="{said}"' if said else "text/plain"
    assert read_mail(mail(TEXT.encode(written), content_type=content)).text == TEXT


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("=?utf-8?q?D=C3=A9clarer_mes_copies?=", "Déclarer mes copies"),
        ("=?utf-8?b?RMOp?= =?utf-8?b?Y2xhcmVy?=", "Déclarer"),
        ("=?utf-8?b?RMM=?= =?utf-8?b?qWNsYXJlcg==?=", "Déclarer"),
        ("=?utf-8?b?####?= x", "#### x"),
        ("=?nowhere?q?D=C3=A9?=", "Dé"),
        ("Déclarer", "Déclarer"),
        ("Déclarer".encode("latin-1").decode(errors="surrogateescape"), "Déclarer"),
        ("=?iso-8859-1?q?D=E9?= et\n =?iso-8859-1?q?apr=E8s?=", "Dé et après"),
    ],
)
def test_a_subject_is_read_as_people_see_it(raw: str, shown: str) -> None:
    assert read_mail(mail(subject=raw)).subject == shown


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Oui</p><p>28&nbsp;élèves</p>", "Oui\n\n28\N{NO-BREAK SPACE}élèves"),
        ("<style>p {}</style><div>Oui<br>non</div><script>x</script>", "Oui\nnon"),
        ("<head><title>x</title></head><body>Oui &amp; non", "Oui & non"),
        (
            "<table><tr><td>Pages :</td><td>12</td></tr><tr><td>Date :</td><td>hier</td></table>",
            "Pages : 12\nDate : hier",
        ),
        ("Oui<!-- a > b --> et 3 < 4", "Oui et 3 < 4"),
        (
            (
                '<div>Oui</div><div class="gmail_quote">Le lun. 23 nov. 2026 à 10:15, D '
                '&lt;<a href="x">d@css.test</a>&gt; a écrit :<br></div><blockquote><div>Combien?</div></blockquote>'
            ),
            "Oui",
        ),
        (
            (
                "<p>Oui</p><hr><div><b>De :</b> D &lt;d@css.test&gt;<br><b>Envoyé :</b> lundi<br><b>À :</b> C<br>"
                "<b>Objet :</b> Copies</div><p>Combien?</p>"
            ),
            "Oui",
        ),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<ul><li>un</li><li>deux</li></ul>", "un\ndeux"),
    ],
)
def test_html_is_read_as_a_reader_sees_it(page: str, text: str) -> None:
    assert read_mail(mail(page, content_type="text/html; charset=utf-8")).text == text


PLAIN = "Content-Type: text/plain; charset=utf-8\n\nOui"
HTML = "Content-Type: text/html; charset=utf-8\n\n<p>Oui, en HTML</p>"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (parts(PLAIN, HTML, kind="alternative"), "Oui"),
        (parts("Content-Type: text/plain\n\n  \n", HTML, kind="alternative"), "Oui, en HTML"),
        (parts("\nYour mail client does not support HTML.", HTML, kind="alternative"), "Oui, en HTML"),
        (parts(PLAIN, "\net plus", kind="mixed"), "Oui\n\net plus"),
        (mail("Oui\0\0 et\x07 non\r\nfin"), "Oui et non\nfin"),
        (mail("Zm9v!!", content_transfer_encoding="base64"), "foo"),
        (mail("d=C3=A9j=C3=A0=\n vu", content_transfer_encoding="quoted-printable;"), "déjà vu"),
        (mail(""), ""),
    ],
)
def test_the_text_that_says_something_is_chosen(raw: bytes, text: str) -> None:
    assert read_mail(raw).text == text


def test_attachments_are_named_and_left() -> None:
    pdf = (
        "Content-Type: application/pdf; name*=utf-8''%C3%A9t%C3%A9.pdf\nContent-Transfer-Encoding: base64\n\n"
        + "QUJD\n" * 4000
    )
    tnef = "Content-Type: application/ms-tnef; name=winmail.dat\n\nx"
    path = (
        'Content-Type: text/plain\nContent-Disposition: attachment; filename="../../etc/liste.txt"\n\ncachée'
    )
    read = read_mail(parts(PLAIN, pdf, tnef, path, "Content-Type: message/rfc822\n\nSubject: Vieux\n\ntexte"))
    assert read.text == "Oui"
    assert [(one.name, one.type, one.size) for one in read.attachments] == [
        ("été.pdf", "application/pdf", 12_000),
        ("winmail.dat", "application/ms-tnef", 1),
        ("liste.txt", "text/plain", 7),
        ("Vieux", "message/rfc822", 5),
    ]


def test_what_threads_a_mail_is_kept() -> None:
    threaded = {
        "in_reply_to": "<a@x> <b@x>",
        "references": "<0@x>\n <a@x>",
        "to": "Aide <aide+tok@css.test>, z@y.test",
    }
    read = read_mail(mail(date="Mon, 23 Nov 2026 10:15:00 -0500", **threaded))
    assert (read.message_id, read.in_reply_to, read.references) == (
        "<1@ecole.test>",
        ("<a@x>", "<b@x>"),
        ("<0@x>", "<a@x>"),
    )
    assert read.to == ("aide+tok@css.test", "z@y.test")
    assert read.sent_at is not None
    assert read.sent_at.isoformat() == "2026-11-23T10:15:00-05:00"


def judged(**headers: str) -> tuple[Verdict, str]:
    read = read_mail(mail(**headers), ours=("aide@css.test",))
    return read.verdict, read.reason


@pytest.mark.parametrize(
    ("headers", "verdict", "reason"),
    [
        ({"from": "Déclic <Aide@css.test>"}, Verdict.OWN, "own"),
        ({"from": "aide+tok3n@css.test"}, Verdict.OWN, "own"),
        ({"from": ""}, Verdict.PARKED, "no-sender"),
        ({"from": "Camille"}, Verdict.PARKED, "no-sender"),
    ],
)
def test_our_own_mail_and_nobodys(headers: dict[str, str], verdict: Verdict, reason: str) -> None:
    assert judged(**headers) == (verdict, reason)


def bounced(action: str, status: str, said: str = "") -> Mail:
    about = f"Final-Recipient: rfc822; Zoe@ecole.test\nAction: {action}\nStatus: {status}\n"
    block = f"{about}Diagnostic-Code: smtp; {said}\n"
    report = f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n{block}"
    kind = "report; report-type=delivery-status"
    return read_mail(parts("\nDésolé.", report, kind=kind, **{"from": "MAILER-DAEMON@mx.test"}))


@pytest.mark.parametrize(
    ("action", "status", "said", "severity", "told"),
    [
        ("failed", "5.1.1", "550 5.1.1 User unknown", Severity.HARD, "5.1.1"),
        ("failed", "5.0.0", "550 5.1.10 not found", Severity.HARD, "5.1.10"),
        ("failed", "5.2.2", "552 5.2.2 Over quota", Severity.SOFT, "5.2.2"),
        ("failed", "5.0.0", "554 mailbox full", Severity.SOFT, "5.0.0"),
        ("failed", "5.7.1", "550 5.7.1 blocked", Severity.SOFT, "5.7.1"),
        ("failed", "5.3.0", "550 unknown user", Severity.HARD, "5.3.0"),
        ("failed", "4.4.1", "no answer", Severity.SOFT, "4.4.1"),
        ("delayed", "4.4.1", "no answer", Severity.DELAYED, "4.4.1"),
    ],
)
def test_a_bounce_names_the_address_and_how_dead_it_is(
    action: str, status: str, said: str, severity: Severity, told: str
) -> None:
    read = bounced(action, status, said)
    assert read.verdict is Verdict.BOUNCE
    assert [(one.address, one.severity, one.status) for one in read.failures] == [
        ("zoe@ecole.test", severity, told)
    ]


def test_a_report_that_it_arrived_is_no_bounce() -> None:
    assert (bounced("delivered", "2.0.0").verdict, bounced("delivered", "2.0.0").reason) == (
        Verdict.AUTOMATIC,
        "delivered",
    )


def test_a_bounce_that_somebody_forwards_is_heard() -> None:
    within = "Content-Type: message/rfc822\n\nFrom: MAILER-DAEMON@x.test\nSubject: Undeliverable\n\n550 5.1.1 a@b.test"
    assert read_mail(parts("\nC’est normal?", within)).verdict is Verdict.HEARD


NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 1000,
        b"\n\n\n",
        b"\xff\xd8\xff\xe0JFIF",
        b"From \xff\n",
        b"Subject",
        b":\n:\n",
        b"From: a@b\n" + NESTED,
    ],
    ids=range(8),
)
def test_what_is_no_message_is_parked(raw: bytes) -> None:
    assert read_mail(raw).verdict is Verdict.PARKED

"""Which mail no person wrote, by its headers, or by a subject that can be nothing else."""

from __future__ import annotations

import pytest

from bot.channels.mail.read import Verdict, read_mail
from tests.bot.channels.mails import mail

ANSWERING = {"in_reply_to": "<12.5f5f5f5f5f5f5f5f@css.test>"}


def judged(**headers: str) -> tuple[Verdict, str]:
    read = read_mail(mail(**headers), ours=("aide@css.test",))
    return read.verdict, read.reason


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"auto_submitted": "auto-replied"}, "auto-submitted"),
        ({"auto_submitted": "auto-generated (failure)"}, "auto-submitted"),
        ({"x_autoreply": "yes"}, "auto-reply"),
        ({"precedence": "Bulk"}, "precedence"),
        ({"list_id": "<a.b>"}, "list"),
        ({"list_unsubscribe": "<mailto:x@y>"}, "list"),
        ({"return_path": "<>"}, "no-return-path"),
        ({"x_auto_response_suppress": "DR, OOF, AutoReply"}, "auto-reply"),
        ({"subject": "Réponse automatique : Vos copies"}, "out-of-office"),
        ({"subject": "=?utf-8?q?R=C3=A9ponse_automatique=C2=A0:?= x"}, "out-of-office"),
        ({"subject": "Absence du bureau"}, "out-of-office"),
        ({"subject": "Absente jusqu’au 3 mai"}, "out-of-office"),
        ({"subject": "Out of Office: copies"}, "out-of-office"),
        ({"subject": "Automatic reply: copies"}, "out-of-office"),
        ({"subject": "Automatic reply: Re: Who declares?"}, "out-of-office"),
        ({"subject": "Réponse automatique : Qui déclare?"}, "out-of-office"),
        ({"subject": "[Message automatique]"}, "out-of-office"),
        ({"subject": "Absence du bureau du 3 au 5 mai"}, "out-of-office"),
        ({"subject": "Je suis en congé de maternité jusqu'en juin"}, "out-of-office"),
        ({"subject": "De retour le 5 janvier"}, "out-of-office"),
        ({"subject": "I am on leave until June 3"}, "out-of-office"),
        (
            {"subject": "Réponse automatique : x", **ANSWERING, "auto_submitted": "auto-replied"},
            "auto-submitted",
        ),
        ({"from": "No Reply <no-reply@x.test>"}, "no-reply"),
        (
            {"content_type": "multipart/report; report-type=disposition-notification; boundary=b"},
            "read-receipt",
        ),
        ({"content_type": "text/calendar; method=REPLY"}, "calendar"),
    ],
)
def test_what_no_person_wrote_is_not_answered(headers: dict[str, str], reason: str) -> None:
    assert judged(**headers) == (Verdict.AUTOMATIC, reason)


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "no"},
        {"precedence": "first-class"},
        {"subject": "Mes élèves absents hier"},
        {"subject": "Absence de mon code d’accès"},
        {"subject": "En congé, dois-je déclarer?"},
        {"subject": "Question sur les réponses automatiques"},
        {"subject": "Absence prolongée d'une collègue : qui déclare ses copies?"},
        {"subject": "Absence prolongée d'une collègue"},
        {"subject": "De retour le 5 janvier, puis-je encore déclarer?"},
        {"subject": "De retour le 5 janvier, je veux déclarer"},
        {"subject": "Message automatique de Copibec : que dois-je faire?"},
        {"subject": "Message automatique : que dois-je faire?"},
        {"subject": "On leave until June, can I declare late?"},
        {"subject": "Absence du bureau?"},
        {"subject": "Re: Absence"},
        {"subject": "Re: Out of Office: copies"},
        {"subject": "TR: Réponse automatique : Vos copies"},
        {"subject": "Absence", **ANSWERING},
        {"subject": "Absence", "to": "aide+12.5f5f5f5f5f5f5f5f@css.test"},
        {"feedback_id": "i2f1c4b7:Fastmail"},
        {"subject": "Undeliverable mail: what do I do?"},
        {"return_path": "<camille@ecole.test>"},
        {"x_auto_response_suppress": "DR, RN, NRN"},
        {"from": '"aide@css.test" <camille@ecole.test>'},
    ],
)
def test_what_a_person_may_have_written_is_heard(headers: dict[str, str]) -> None:
    assert judged(**headers) == (Verdict.HEARD, "")

"""The settings of e-mail: needed together, faults in words, no password shown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli.told import faults_told, operators_wording
from bot.mailing import (
    Mailing,
    MailServer,
    Security,
    TokenIssuer,
    mailboxes_of,
    smtp_of,
    token_url_of,
)
from bot.settings import Settings, SettingsFaulty, load_settings
from tests.bot.test_settings import NEEDED, SetUp, set_up

__all__ = ["set_up"]

PASSWORD = "hushhush"
MAIL = {
    "MAIL_ADDRESS": "Declic@Ecole.test",
    "MAILBOXES": f"imaps://declic%40ecole.test:{PASSWORD}@imap.ecole.test:993/INBOX",
    "SMTP": f"smtp://declic%40ecole.test:{PASSWORD}@smtp.ecole.test:587",
}
NEEDED_HERE = {name.lower(): value for name, value in NEEDED.items()}


def faults(**settings: str) -> Mapping[str, str]:
    """The problem of each setting at fault; none shows the password."""
    with pytest.raises(SettingsFaulty) as raised:
        load_settings({**NEEDED_HERE, **{name.lower(): value for name, value in settings.items()}})
    found = raised.value.faults
    told = faults_told(raised.value).text
    assert not any(PASSWORD in text for text in (told, repr(found), str(raised.value.__cause__)))
    return {fault.setting: fault.problem for fault in found}


def test_all_of_mail_is_read(set_up: SetUp) -> None:
    set_up(**NEEDED, **MAIL, MAIL_TAGS="true", MAIL_TRUSTED="mx.ecole.test", MAIL_PER_HOUR="3")
    assert load_settings().mailing == Mailing(
        "declic@ecole.test",
        (MailServer("imap.ecole.test", 993, Security.TLS, "declic@ecole.test", PASSWORD),),
        MailServer("smtp.ecole.test", 587, Security.STARTTLS, "declic@ecole.test", PASSWORD),
        tags=True,
        trusted="mx.ecole.test",
        per_hour=3,
    )


def test_without_any_of_it_there_is_no_mail(set_up: SetUp) -> None:
    set_up(**NEEDED, MAIL_TAGS="true")
    assert load_settings().mailing is None


@pytest.mark.parametrize("given", MAIL)
def test_one_without_the_others_names_each_that_is_missing(set_up: SetUp, given: str) -> None:
    set_up()
    assert faults(**{given: MAIL[given]}) == dict.fromkeys(set(MAIL) - {given}, "")


def test_what_is_missing_of_mail_is_named_with_every_other_fault(set_up: SetUp) -> None:
    set_up()
    assert set(faults(SMTP="gopher://x", GRACE_DAYS="beaucoup")) == {
        "MAIL_ADDRESS", "MAILBOXES", "SMTP", "GRACE_DAYS",
    }  # fmt: skip


MAILBOX_FAULTS = {
    "imap.ecole.test": "scheme",
    f"imap://u:{PASSWORD}@imap.ecole.test": "scheme",
    f"smtps://u:{PASSWORD}@imap.ecole.test": "scheme",
    f"imap+plain://u:{PASSWORD}@imap.ecole.test:143": "not-protected",
    f"imap+plain://u:{PASSWORD}@10.0.0.4": "not-protected",
    f"imaps://u:{PASSWORD}#1@imap.ecole.test": "not-encoded",
    f"imaps://u:1/{PASSWORD}@imap.ecole.test": "not-encoded",
    f"imaps://u:{PASSWORD}%0D%0A@imap.ecole.test": "not-encoded",
    f"imaps://u:{PASSWORD}@": "not-encoded",
    f"imaps://u:{PASSWORD}@imap.ecole.test:70000": "not-encoded",
    f"imaps://:{PASSWORD}@imap.ecole.test": "no-user",
    "imaps://u@imap.ecole.test": "no-password",
    f"imaps://zo%C3%A9:{PASSWORD}@imap.ecole.test": "user-not-ascii",
    f"imaps://u:{PASSWORD}@h.test imaps://u:other@h.test/INBOX": "twice",
}
TOKENS = {
    "MAIL_TOKEN_URL": "https://login.ecole.test/tenant/oauth2/v2.0/token",
    "MAIL_CLIENT_ID": "6b2d7a4e",
    "MAIL_CLIENT_SECRET": PASSWORD,
}
WITHOUT_PASSWORD = {
    **MAIL,
    "MAILBOXES": "imaps://declic%40ecole.test@outlook.office365.com:993/INBOX",
    "SMTP": "smtp://declic%40ecole.test@smtp.office365.com:587",
}
TOKEN_FAULTS = {
    "http://login.ecole.test/token": "not-https",
    "http://10.0.0.4/token": "not-https",
    "login.ecole.test/token": "not-https",
    f"https://declic:{PASSWORD}@login.ecole.test/token": "not-https",
    "https://login.ecole.test/le token": "not-https",
    "https://": "not-https",
}
SMTP_FAULTS = {
    f"smtp+plain://u:{PASSWORD}@smtp.ecole.test:25": "not-protected",
    f"imaps://u:{PASSWORD}@smtp.ecole.test": "scheme",
    "smtps://u@smtp.ecole.test": "no-password",
    f"smtps://:{PASSWORD}@smtp.ecole.test": "no-user",
}
ADDRESS_FAULTS = dict.fromkeys(
    ("declic", "declic@ecole", "Déclic <declic@ecole.test>", "a@b.test c@d.test", "é@ecole.test"),
    "no-address",
)
TABLE = [
    *(("MAILBOXES", value, problem) for value, problem in MAILBOX_FAULTS.items()),
    *(("SMTP", value, problem) for value, problem in SMTP_FAULTS.items()),
    *(("MAIL_ADDRESS", value, problem) for value, problem in ADDRESS_FAULTS.items()),
    *(("MAIL_TOKEN_URL", value, problem) for value, problem in TOKEN_FAULTS.items()),
    ("MAIL_AUTHORITIES", "nowhere.pem", "no-certificates"),
    ("MAIL_AUTHORITIES", "not.pem", "no-certificates"),
]


@pytest.mark.parametrize(("setting", "value", "problem"), TABLE)
def test_each_fault_is_told_apart(
    set_up: SetUp, tmp_path: Path, setting: str, value: str, problem: str
) -> None:
    set_up()
    (tmp_path / "not.pem").write_text("no certificate")
    tokens = TOKENS if setting in TOKENS else {}
    assert faults(**{**MAIL, **tokens, setting: value}) == {setting: problem}


@pytest.mark.parametrize("given", TOKENS)
def test_one_of_a_token_without_the_others_names_each_that_is_missing(set_up: SetUp, given: str) -> None:
    set_up()
    assert faults(**WITHOUT_PASSWORD, **{given: TOKENS[given]}) == dict.fromkeys(set(TOKENS) - {given}, "")


def test_without_a_password_and_a_token_server_each_address_is_at_fault(set_up: SetUp) -> None:
    set_up()
    assert faults(**WITHOUT_PASSWORD) == {"MAILBOXES": "no-password", "SMTP": "no-password"}


def test_addresses_without_a_password_are_signed_in_to_with_a_token(set_up: SetUp) -> None:
    mailboxes = f"{WITHOUT_PASSWORD['MAILBOXES']} {MAIL['MAILBOXES']}"
    set_up(**NEEDED, **TOKENS, **{**WITHOUT_PASSWORD, "MAILBOXES": mailboxes})
    settings = load_settings()
    mailing = settings.mailing
    assert mailing
    assert mailing.tokens == TokenIssuer(
        TOKENS["MAIL_TOKEN_URL"], "6b2d7a4e", PASSWORD, "https://outlook.office365.com/.default"
    )
    assert [server.by_token for server in (*mailing.mailboxes, mailing.smtp)] == [True, False, True]
    assert PASSWORD not in f"{settings!r} {settings} {mailing!r}"


def test_a_token_server_on_this_machine_needs_no_tls() -> None:
    assert token_url_of(" http://127.0.0.1:8080/token ") == "http://127.0.0.1:8080/token"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "DECLIC_MAILBOXES : ne convient pas (reçu : …) : un nom de compte avec des accents"),
        ("en", "DECLIC_MAILBOXES: a user name with accents cannot open an IMAP mailbox"),
    ],
)
def test_a_fault_is_told_in_words(set_up: SetUp, language: str, told: str) -> None:
    mailboxes = f"imaps://zoé:{PASSWORD}@imap.ecole.test"
    set_up(**NEEDED, **{**MAIL, "MAILBOXES": mailboxes}, LANGUAGE=language)
    with pytest.raises(SettingsFaulty) as raised:
        load_settings()
    assert told in faults_told(raised.value).text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_fault_has_its_words(set_up: SetUp, language: str) -> None:
    set_up(LANGUAGE=language)
    wording = operators_wording()
    assert [problem for _, _, problem in TABLE if not wording.why(problem)] == []


def test_servers_are_read_with_their_folders_and_usual_ports() -> None:
    [first, second] = mailboxes_of(
        "imaps://a%40b.test:p%20q%2F@h.test/Bo%C3%AEte/À%20lire imap+plain://u:p@[::1]"
    )
    assert (first.port, first.user, first.password) == (993, "a@b.test", "p q/")
    assert (first.mailbox, second.mailbox) == ("a@b.test@h.test:993/Boîte/À lire", "u@::1:143/INBOX")
    assert smtp_of("smtp+plain://localhost") == MailServer("localhost", 25, Security.NONE)
    assert smtp_of("smtps://u:p@h.test").port == 465


def test_passwords_stay_out_of_what_settings_say_of_themselves(set_up: SetUp) -> None:
    set_up(**NEEDED, **MAIL)
    settings: Settings = load_settings()
    assert PASSWORD not in f"{settings!r} {settings} {settings.mailing!r}"

"""Settings: every fault at once, nothing secret shown, and `.env.example` true to them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from platformdirs import user_state_path

from bot.settings import PREFIX, Destination, Settings, SettingsFaulty, load_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
NEEDED = {"ORGANISATION": "Nous", "CONTACT": "aide@exemple.invalid", "DESTINATION": "forward"}

SetUp = Callable[..., None]


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SetUp:
    """An empty folder and an environment with these settings alone."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)

    def these(**settings: str) -> None:
        for name, value in settings.items():
            monkeypatch.setenv(f"{PREFIX}{name}", value)

    return these


def faults(**defaults: str) -> dict[str, tuple[str, str]]:
    """What is wrong, by setting: the problem and the value given."""
    with pytest.raises(SettingsFaulty) as raised:
        load_settings(defaults)
    return {fault.setting: (fault.problem, fault.given) for fault in raised.value.faults}


def test_the_three_that_have_no_default_are_enough(set_up: SetUp) -> None:
    set_up(**NEEDED)
    settings = load_settings()
    assert (settings.organisation, settings.destination) == ("Nous", Destination.FORWARD)
    assert (settings.zone, settings.grace_days) == (ZoneInfo("America/Toronto"), 14)
    assert dict(settings.guides) == {}


def test_all_faults_come_at_once(set_up: SetUp, tmp_path: Path) -> None:
    (tmp_path / "guides.toml").write_text('"Un guide" = "pas une adresse"')
    set_up(
        CONTACT="x",
        DESTINATION="nowhere",
        ZONE="Mars/Olympus",
        GRACE_DAYS="92",
        PLATFORM_URL="là",
        DATABASE="mysql://h/d",
        GUIDES_FILE="guides.toml",
        LOG_LEVEL="loud",
        LANGUAGE="es",
    )
    found = faults()
    assert set(found) == {
        "ORGANISATION", "CONTACT", "DESTINATION", "ZONE", "GRACE_DAYS", "PLATFORM_URL", "DATABASE",
        "GUIDES_FILE", "LOG_LEVEL", "LANGUAGE",
    }  # fmt: skip
    assert found["ORGANISATION"] == ("", "")
    assert found["GRACE_DAYS"] == ("less_than_equal", "92")
    assert found["ZONE"][0] == "zone"
    assert found["GUIDES_FILE"] == ("not-web", "guides.toml")


def test_a_fault_names_the_variable_to_mend(set_up: SetUp) -> None:
    set_up(**NEEDED, GRACE_DAYS="beaucoup")
    with pytest.raises(SettingsFaulty, match=r"^DECLIC_GRACE_DAYS: int_parsing") as raised:
        load_settings()
    assert [fault.variable for fault in raised.value.faults] == ["DECLIC_GRACE_DAYS"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "absent"),
        ("not toml at all", "not-toml"),
        ('"Un guide" = 3', "not-web"),
    ],
)
def test_the_guides_are_read_at_start(
    set_up: SetUp, tmp_path: Path, content: str | None, problem: str
) -> None:
    if content is not None:
        (tmp_path / "g.toml").write_text(content)
    set_up(**NEEDED, GUIDES_FILE="g.toml")
    assert faults()["GUIDES_FILE"][0].startswith(problem)


def test_the_guides_are_those_of_the_start_whatever_becomes_of_the_file(
    set_up: SetUp, tmp_path: Path
) -> None:
    (tmp_path / "g.toml").write_text('"Signer pour autrui" = "https://exemple.invalid/signer"')
    set_up(**NEEDED, GUIDES_FILE="g.toml")
    settings = load_settings()
    (tmp_path / "g.toml").unlink()
    assert dict(settings.guides) == {"Signer pour autrui": "https://exemple.invalid/signer"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "absent"),
        ("not toml at all", "not-toml"),
        ('fr = "Voyez avec la direction."', "two-texts"),
        ('fr = "Voyez."\nen = 3', "two-texts"),
    ],
)
def test_the_steps_past_the_limit_are_read_at_start(
    set_up: SetUp, tmp_path: Path, content: str | None, problem: str
) -> None:
    if content is not None:
        (tmp_path / "s.toml").write_text(content)
    set_up(**NEEDED, PAST_LIMIT_STEPS="s.toml")
    assert faults()["PAST_LIMIT_STEPS"][0].startswith(problem)


def test_the_steps_past_the_limit_are_the_operators_own(set_up: SetUp, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('fr = "Voyez avec la direction."\nen = """\nSee the head.\n"""\n')
    set_up(**NEEDED, PAST_LIMIT_STEPS="s.toml")
    assert load_settings().past_limit_steps == {"fr": "Voyez avec la direction.", "en": "See the head."}


SECRET = "s3cr3t"


@pytest.mark.parametrize(
    "database", [f"mysql://declic:{SECRET}@h/d", f"mysql://declic:a/{SECRET}@b@h/d", f"declic:{SECRET}@h"]
)
def test_a_password_in_the_databases_address_is_never_shown(set_up: SetUp, database: str) -> None:
    set_up(**NEEDED, DATABASE=database)
    with pytest.raises(SettingsFaulty) as raised:
        load_settings()
    shown = [*map(repr, raised.value.faults), str(raised.value), str(raised.value.__cause__)]
    assert all(SECRET not in text for text in shown)
    assert raised.value.faults[0].given.endswith(database[-1])


def test_secrets_stay_out_of_what_settings_say_of_themselves(set_up: SetUp) -> None:
    set_up(**NEEDED, TELEGRAM_TOKEN=SECRET, DATABASE=f"postgresql://declic:{SECRET}@h/d")
    settings = load_settings()
    assert SECRET not in f"{settings!r} {settings}"
    assert settings.telegram_token
    assert settings.telegram_token.get_secret_value() == SECRET


def test_the_environment_beats_the_file_and_the_file_beats_what_the_demo_brings(
    set_up: SetUp, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("DECLIC_ORGANISATION=du fichier\nDECLIC_CONTACT=du fichier\n")
    set_up(ORGANISATION="de l’environnement")
    settings = load_settings({"organisation": "démo", "contact": "démo", "destination": "collector"})
    assert (settings.organisation, settings.contact) == ("de l’environnement", "du fichier")
    assert settings.destination is Destination.COLLECTOR


@pytest.mark.parametrize(
    ("given", "file"),
    [
        ({}, "declic.db.witness"),
        ({"DATABASE": "sqlite:////srv/declic.db"}, "/srv/declic.db.witness"),
        ({"DATABASE": "postgresql://declic@localhost/declic"}, f"{user_state_path('declic')}/witness"),
        ({"DATABASE": "sqlite:////srv/declic.db", "WITNESS": "/var/temoin"}, "/var/temoin"),
    ],
)
def test_the_witness_is_beside_the_database_or_where_it_is_said(
    set_up: SetUp, given: dict[str, str], file: str
) -> None:
    set_up(**NEEDED, **given)
    assert str(load_settings().witness_file) == file


def test_an_empty_value_is_as_good_as_none(set_up: SetUp) -> None:
    set_up(**{**NEEDED, "CONTACT": ""}, PLATFORM_URL="", GRACE_DAYS="")
    assert faults() == {"CONTACT": ("", "")}


@dataclass(frozen=True)
class Documented:
    """One setting as `.env.example` has it."""

    name: str
    comment: str
    set: str
    """The value on its line; a line that begins with # is what stands anyway."""
    optional: bool

    def said(self, what: str) -> str | None:
        """What the comment says after `what`."""
        found = re.search(rf"^# {what}\u00a0: (.+)$", self.comment, re.MULTILINE)
        return found[1] if found else None


def documented() -> list[Documented]:
    """Everything in `.env.example`."""
    found = re.findall(rf"((?:^# .*\n)+)^(#?){PREFIX}(\w+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE)
    return [Documented(name.lower(), comment, value, mark == "#") for comment, mark, name, value in found]


def test_the_example_documents_each_setting_once_and_no_other() -> None:
    assert sorted(one.name for one in documented()) == sorted(Settings.model_fields)
    assert len(documented()) == EXAMPLE.read_text().count(f"{PREFIX}") > 0


@pytest.mark.parametrize("one", documented(), ids=lambda one: one.name)
def test_the_example_tells_what_it_is_its_default_and_an_example(one: Documented) -> None:
    field = Settings.model_fields[one.name]
    assert one.optional is not field.is_required()
    assert len(one.comment.splitlines()) >= 3
    assert one.said("Exemple")
    if field.is_required():
        assert "# Obligatoire" in one.comment
    elif field.default_factory:
        assert (one.said("Par défaut") or "").startswith("le dossier de cache")
    elif field.default in (None, "", (), frozenset()):
        assert (one.said("Par défaut"), one.set) in {("aucun.", ""), ("aucune.", ""), ("personne.", "")}
    else:
        assert one.said("Par défaut") == one.set == written(field.default)


def written(value: object) -> str:
    """A setting's value as one writes it."""
    if isinstance(value, tuple):
        return ", ".join(map(written, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBdjCCAR2gAwIBAgIULvinyK0DKUrV2BPALAVJvoUk7cswCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGbm9ib2R5MB4XDTI2MTEyMjA1NDAzNloXDTI2MTEyMzA1NDAz
NlowETEPMA0GA1UEAwwGbm9ib2R5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
TtPz49pUPydpUULW//QLIsvELsipiwBGxnfNT0LRsIbRLazgM7U8/WU42vwWFfJh
XuMVHVeJrV6cYYxQSAQpX6NTMFEwHQYDVR0OBBYEFC4unr87WdCxk0E6A+PdIXjq
pUNDMB8GA1UdIwQYMBaAFC4unr87WdCxk0E6A+PdIXjqpUNDMA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgIg19kNMUh8P/2ugH7+MakM07IeOH+jX3
DvhPUPzUxVECIDTfCFZeh+QdMwG1WvbpR2Va2OY81K9C5UfCDUKmZ742
-----END CERTIFICATE-----
"""
"""Nobody's, and of no use."""


def test_the_examples_given_are_good_settings(set_up: SetUp, tmp_path: Path) -> None:
    (tmp_path / "guides.toml").write_text("")
    (tmp_path / "etapes.toml").write_text('fr = "Voyez."\nen = "See."')
    (tmp_path / "calendrier-scolaire.toml").write_text('"Relâche" = [2027-03-01, 2027-03-05]')
    (tmp_path / "autorite.pem").write_text(CERTIFICATE)
    set_up(**{one.name.upper(): one.said("Exemple") or "" for one in documented()})
    settings = load_settings()
    assert settings.model_fields_set == set(Settings.model_fields)

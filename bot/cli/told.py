"""What a command tells the operator, in the operator's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot.markup import to_plain
from bot.render import DEFAULT_LANGUAGE, LANGUAGES, Wording
from bot.settings import PREFIX, SettingFault, Settings, SettingsFaulty, glimpse
from storage.database import DatabaseDown

FAULTY = "cli/settings-faulty"
"""What each setting is for."""
PROBLEMS = ("cli/mail/faulty", "cli/why")
"""What may be wrong with those of e-mail, and with any."""
UNKNOWN = "unknown"
"""What is wrong with a setting that is none."""
NEAR = 75


@dataclass(frozen=True, slots=True)
class Told:
    """The text to print, and whether all is well."""

    text: str = ""
    ok: bool = True


@dataclass(frozen=True, slots=True)
class OperatorsWording:
    """Templates for the operator's commands, which work before any setting is right."""

    wording: Wording
    language: str

    def told(self, template: str, data: Mapping[str, object], *, ok: bool = True) -> Told:
        """A command's answer as plain text."""
        return Told(to_plain(self.wording.text(template, self.language, data)), ok)

    def line(self, template: str, key: str) -> str | None:
        """One label of a template."""
        label = self.wording.label(template, key, self.language)
        return label.text if label else None

    def why(self, problem: str) -> str | None:
        """What a word for a problem says to the operator; None where there is no wording for it."""
        lines = (self.line(template, problem) for template in PROBLEMS) if problem else ()
        return next(filter(None, lines), None)


def operators_wording() -> OperatorsWording:
    """In the language of DECLIC_LANGUAGE."""
    wanted = glimpse().language
    return OperatorsWording(Wording({}, ZoneInfo("UTC")), wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE)


def faults_told(faulty: SettingsFaulty, *more: SettingFault) -> Told:
    """Every setting at fault, with what is wrong where we have words for it, and what it is for."""
    wording, found = operators_wording(), (*faulty.faults, *more)
    faults = [
        (
            fault,
            wording.why(fault.problem),
            wording.line(FAULTY, _told_as(fault.setting)),
            nearest(fault.variable) if fault.problem == UNKNOWN else None,
        )
        for fault in found
    ]
    return wording.told(FAULTY, {"faults": faults}, ok=False)


def why_down(down: DatabaseDown) -> str:
    """Why the database does not answer, in the operator's words as far as there are any."""
    return operators_wording().why(down.why) or down.reason


def nearest(variable: str) -> str | None:
    """The setting that somebody may have meant."""
    every = [f"{PREFIX}{name}".upper() for name in Settings.model_fields]
    found = process.extractOne(variable, every, scorer=fuzz.ratio, score_cutoff=NEAR)
    return found[0] if found else None


def _told_as(setting: str) -> str:
    """What it is for is said under its name; of all those that say how long something is kept, in one line."""
    return "keep" if setting.startswith("KEEP_") else setting.lower()

"""What a command tells the operator, in the operator's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.markup import to_plain
from bot.render import DEFAULT_LANGUAGE, LANGUAGES, Wording
from bot.settings import Glimpse, SettingFault, SettingsFaulty

FAULTY = "cli/settings-faulty"
"""What each setting is for."""
PROBLEMS = "cli/mail/faulty"
"""What may be wrong with those of e-mail."""


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


def operators_wording() -> OperatorsWording:
    """In the language of DECLIC_LANGUAGE."""
    wanted = Glimpse().language
    return OperatorsWording(Wording({}, ZoneInfo("UTC")), wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE)


def faults_told(faulty: SettingsFaulty, *more: SettingFault) -> Told:
    """Every setting at fault, with what is wrong where we have words for it, and what it is for."""
    wording, found = operators_wording(), (*faulty.faults, *more)
    faults = [
        (fault, wording.line(PROBLEMS, fault.problem), wording.line(FAULTY, _told_as(fault.setting)))
        for fault in found
    ]
    return wording.told(FAULTY, {"faults": faults}, ok=False)


def _told_as(setting: str) -> str:
    """What it is for is said under its name; of all those that say how long something is kept, in one line."""
    return "keep" if setting.startswith("KEEP_") else setting.lower()

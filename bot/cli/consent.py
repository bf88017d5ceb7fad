"""Asking the operator before what is not easily put right."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import typer

from bot.cli.told import OperatorsWording, Told
from bot.reading import fold


@dataclass(frozen=True, slots=True)
class Consent:
    """What the operator agrees to beforehand, and how to ask for the rest."""

    yes: bool = False
    ask: Callable[[str], str] | None = None
    """None where nobody sits at a terminal."""

    def refused(
        self, wording: OperatorsWording, template: str, data: Mapping[str, object], option: str = "--yes"
    ) -> Told | None:
        """Asks what the template says; what to tell where they do not agree, None where they do."""
        if self.yes:
            return None
        question = wording.told(template, data).text
        if self.ask is None:
            told = {"question": question, "option": option}
            return wording.told("cli/not-asked", told, ok=False)
        words = {fold(word) for word in wording.wording.words("cli/roster/ask", "yes")}
        prompt = f"{question} {wording.line('cli/not-asked', 'prompt')}"
        return None if fold(self.ask(prompt)) in words else wording.told("cli/not-agreed", {})


def consent_of(*, yes: bool) -> Consent:
    """That of whoever started the command."""
    return Consent(yes, _ask if sys.stdin.isatty() else None)


def _ask(question: str) -> str:
    answer: str = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
    return answer

"""The settings of the agreement with Copibec."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator
from pydantic_settings import BaseSettings, NoDecode

from bot.settings.unfit import Unfit, toml_in

IN_EACH: Final = {"fr", "en"}
"""The languages in which the operator gives what people are to read."""


def _steps(given: object) -> Mapping[str, str] | None:
    """The text of each language in a TOML file, as it stands at start."""
    if not isinstance(given, str | Path):
        return None
    steps = toml_in(Path(given))
    if steps.keys() != IN_EACH or not all(isinstance(text, str) and text.strip() for text in steps.values()):
        raise Unfit("two-texts")
    return {language: text.strip() for language, text in steps.items()}


class AgreementSettings(BaseSettings):
    """What the operator decides of the agreement."""

    shares_by: Literal["person", "school"] = "person"
    """Over whose declarations the pages of one work add up in a school year."""
    past_limit_steps: Annotated[Mapping[str, str] | None, NoDecode, BeforeValidator(_steps)] = None
    """What those in charge of a school read of how to complete a declaration past the limit; None: our own words."""

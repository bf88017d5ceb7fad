"""The settings of looking books up."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, HttpUrl
from pydantic_settings import BaseSettings


class LookupSettings(BaseSettings):
    """What the operator decides of asking a public library about books."""

    lookup_url: HttpUrl | None = None
    """Whom to ask; None: nobody, and nothing leaves."""
    lookup_seconds: Annotated[int, Field(ge=1, le=20)] = 5
    """How long all that one book takes may take; whoever gave its number waits meanwhile."""

"""Opens the knowledge base as the assistant itself has it."""

from __future__ import annotations

from bot.compose import library_in
from bot.logs import set_up_logs
from bot.settings import glimpse
from faq.edition import Edition


def open_edition() -> Edition:
    """What the files say now, without what operators taught; raises EntriesFaulty.

    A warning on stderr tells where the encoder is missing.
    """
    set_up_logs("warning")
    return library_in(glimpse().cache).edition()

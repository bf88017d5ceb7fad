"""`declic faq show`: an entry as people read it, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from markupsafe import Markup

from bot.cli.told import OperatorsWording, Told, operators_wording
from faq.entry import UNKNOWN, Entry, Language
from faq.guides import Guides
from faq.loader import load_entries

NEAREST = 3
"""How many ids are named to somebody who gave none of them."""


def shown(entry_id: str, language: str | None, guides: Mapping[str, str]) -> Told:
    """The entry in that language, or the operator's; raises EntriesFaulty."""
    wording = operators_wording()
    entries = {entry.id: entry for entry in load_entries()}
    if entry_id in entries:
        data = _data(entries[entry_id], language or wording.language, wording, guides)
        return wording.told("cli/faq/shown", data)
    near = get_close_matches(entry_id, entries, NEAREST, cutoff=0.0)
    return wording.told("cli/faq/no-such-entry", {"entry": entry_id, "near": near}, ok=False)


def _data(
    entry: Entry, language: str, wording: OperatorsWording, guides: Mapping[str, str]
) -> dict[str, object]:
    facts = {**UNKNOWN, "guide": Guides(guides)}
    said = entry.answer(language)

    def rendered(source: str) -> Markup:
        return Markup(wording.wording.source(source, language, facts))  # noqa: S704 - rendered with escapes

    return {
        "entry": entry,
        "title": said.title,
        "answer": rendered(said.text),
        "next": rendered(said.next) if said.next else "",
        "guides": [(title, guides.get(title)) for title in entry.guides],
        "counts": {one.value: sum(w.language == one for w in entry.wordings) for one in Language},
    }

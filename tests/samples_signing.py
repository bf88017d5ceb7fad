"""Data for the templates of the guided help and of the requests, where a name means something else in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.filling import Line
from faq.guides import Guides
from handlers.signing.letter import SUPPORT, Letter
from handlers.signing.paths import PATHS
from handlers.signing.states import Result, Side
from storage.schools import NamedSchool

SCHOOL = NamedSchool("École du Ruisseau fictif", 1, "514 555-0100, poste 1234")
BODY = "Bonjour,\n\nNom de l’école\u00a0: École du Ruisseau fictif\n\nMerci!"
GUIDED = {"guide": Guides({}), "copibec": "soutien@copibec.exemple.invalid"}


def _ended(side: Side) -> dict[str, Any]:
    """After every check on the side's path."""
    questions = [check.question for check in PATHS[side]]
    lines = [Line(one.template, one.name, _longest(one.reader.choices)) for one in questions]
    return {**GUIDED, "side": side, "lines": lines, "school": SCHOOL, "forward": BODY}


def _longest(choices: tuple[str, ...]) -> Result:
    return Result.LACKING if Result.LACKING in choices else Result.TRIED


SECRETARY = _ended(Side.SECRETARY)
LETTER = Letter("Un parent ne peut pas signer un PI", BODY)

SIGNING: Mapping[str, Mapping[str, Any]] = {
    "read/masked": {"letter": True},
    "human/ask-as-is": {"matter": BODY, "masked": True},
    "requests/recap": {"request": "questa"},
    "signing/opening": {"side": Side.SECRETARY},
    **{check.question.template: {**GUIDED, "side": side} for side, path in PATHS.items() for check in path},
    "signing/ask-school": {"side": Side.PARENT},
    "signing/ask-same-school": {"typed": SCHOOL.name},
    **{f"signing/{name}": _ended(Side.PARENT) for name in ("summary", "solved", "forward", "end-parent")},
    "signing/end-staff": _ended(Side.DIRECTION),
    "signing/letter": SECRETARY,
    "signing/end-secretary": {**SECRETARY, "letter": LETTER, "support": SUPPORT, "channel": "mail"},
    **{
        f"{name}/{part}": GUIDED
        for name in ("account-locked", "school-changed", "questa", "fees", "other")
        for part in ("for-team", "next", "of-the-pi", "of-others")
    },
}

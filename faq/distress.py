"""Distress: whether a text that resembles it speaks of suffering, or only of what somebody else does."""

from __future__ import annotations

import re
from typing import Final

DISTRESS: Final = "distress"
"""Its section in `faq/small_talk.toml`."""
OWN: Final = re.compile(
    r"\b(?:(?:je|j)\b(?! (?:ne )?(?:veux|pense|trouve|crois|dis|vois|refuse|accepte)(?: pas| plus)? qu)"
    r"|moi|me|i|im|ive|myself|nous|we)\b"
)
"""Whoever writes so may well speak of themselves, but « je veux pas qu'elle dépasse »; normalised, as the next."""
SUFFERING: Final = re.compile(
    r"\b(?:mor[ts]|meur|mour|suicid|tue[rs]?\b|tentatives?\b|viv|vie\b|(?:se|s est) coup|automutil|mutil|mal\b"
    r"|en finir|en peu[tx]|a bout|a l acte|noires?\b|pleur|craqu|burn|angoiss|paniqu|detress|depress|deprim|epuis"
    r"|decourag|brul|seule?s?\b|dispara|dor[mts]|souffr|peur|die|dying|dead|death|kill|kms\b|hurt|harm|cutting"
    r"|liv(?:e|ing)\b|alive|life|ending|end it|cry|cried|tears|break(?:ing)? ?down|panic|alone|exhaust|scared"
    r"|afraid|suffer|desperate|hopeless)"
)


def may_be_distress(normalised: str) -> bool:
    """« Elle peut plus continuer comme ça » may be about copies; about oneself it is believed without a word more."""
    return bool(OWN.search(normalised) or SUFFERING.search(normalised))

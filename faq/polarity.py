"""Polarity: whether a text asks to stop the reminders or to get them again; likeness knows no « pas »."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

NAMED: Final = r"(?:rappels|reminders|relances)"
STOPPING: Final = re.compile(
    r"\b(?:arret|aret[ez]|cess[ei]|annul|desactiv|desabon|desinscri|enlev|retir|ote[rz]?\b|effac|supprim|stop+|lach"
    r"|paix\b|tranquille|embet|achal|derang|assez\b|finissez|va faire\b|refus|sortez|sollicit|eteign|coupe[rz]"
    r"|pas (?:interess|besoin)|(?:pas|aucune?|zero) (?:de |d )?(?:rappel|courriel|message|relance)"
    r"|veux pas|plus (?:de|d|aucune?|rien|me|m|recevoir|besoin|vos|jamais)\b|(?:ne|n|je|j|veux|qu) (?:\w+ ){0,4}plus\b"
    r"|quit\b|cease|cancel|uns(?:ub|usc)|opt(?:ing)?\b(?: \w+)? out|(?:turn|switch|shut|take|get|reminders)\w*"
    r" (?:\w+ ){0,4}off\b|remov|drop me|delet|no (?:more|longer|reminders)|(?:do|would|will|could|please)(?: you)?"
    r"(?: please)? not\b|not interested|leave me|enough|refuse|bother|never\b)"
)
"""What whoever wants no more of them says; normalised, as all that follow."""
AGAIN: Final = re.compile(
    r"\b(?:re ?(?:met|mis|activ|abon|commenc|part|donn|embarqu|inscri|pren|branch|allum|vien|enabl|subscrib|start|add)"
    r"|ra(?:bonn|llum|voir)|rembarqu|activ|encore\b|nouveau\b|avant\b|again\b|back\b|resuming|on\b|enabl|sign me"
    r"|begin|undo|erreur|expres|accident|tromp|mistake|finalement|idee\b|mind\b|after all|regret|want\b|veux\b"
    r"|voudrais|aimerais|avoir|recevoir|like\b)"
)
"""What whoever wants them anew says."""
TAKEN_BACK: Final = re.compile(
    r"\b(?:re(?:mett|mis\b|activ|abon|commenc|part[ie]|donn|embarqu|inscri|enabl|subscrib)|re (?:enabl|subscrib|activ)"
    r"|ra(?:bonn|llum|voir)|rembarqu"
    r"|(?<!un )(?<!le )(?<!ce )(?<!du )resum(?:e|ing)\b(?! hebdo)|undo\b|(?:reminders|them|me) back\b"
    r"|back on\b|annul\w* (?:mon|le|ma|l) (?:desabon|desinscri|arret)|mean it|still want|want them|les veux"
    r"|veux que ca|recois plus|apres avoir arrete|no longer (?:get|receive)|regret\w*"
    r"|(?:desabonnee?|stop\w*|arrete|arreter|arret|unsub\w*)\b.*\b(?:erreur|expres|accident|mistake)"
    r"|tromp\w+ en\b.*\bstop)"
)
"""That it was stopped before, and is regretted: such a text names the stopping too."""
_STOP: Final = r"(?:arret|annul|enlev|cess|stop|desabon|desactiv|desinscri|retir|supprim|coup)"
KEPT: Final = re.compile(
    rf"\b(?:n {_STOP}\w* (?:vous )?(?:pas|surtout|jamais)|ne (?:\w+ ){{0,2}}{_STOP}\w* (?:pas|surtout|jamais)"
    rf"|(?:pas|jamais) (?:que (?:vous |tu |l on )?{_STOP}|(?:d |de )?(?:les |me )?{_STOP}\w*er\b)"
    r"|(?:do not|not to|never)(?: \w+)? (?:stop|cancel|unsub\w*|remove|cease|quit|turn (?:\w+ ){0,3}off)"
    r"|(?<!you )keep (?:on |sending|writing|remind|email|messag|them|the rem|my rem)"
    r"|(?<!vous )continuez|(?<!pas )(?<!plus )continuer (?:de |a )?(?:les |m |me )?(?:rece|ecri|envo))"
)
"""« N’arrêtez pas », "keep sending them": the opposite of what its words resemble."""
NOT_BACK: Final = re.compile(
    r"\b(?:ne (?:\w+ ){0,2}re(?:mett|activ|commenc|abon)"
    r"|(?:do not|never) (?:\w+ )?(?:resume|put me back|re ?(?:enabl|subscrib))"
    r"|(?:do not|never) (?:turn|switch|put|bring|start|sign|add) |(?:arret|cess)\w* de (?:\w+ ){0,2}re)"
)
WHY: Final = re.compile(
    r"(?:(?:bonjour|allo|salut|mais|hello|hi|hey|but|and|et) )*(?:pourquoi|why|how come)\b"
)
PLEADS: Final = re.compile(r"\b(?:arretez(?! vous)|cessez(?! vous)|stop it|please|s il (?:vous|te) plait)")
LANGUAGE: Final = re.compile(r"\b(?:anglais|english|francais|french)\b")

_MANNERS: Final = (
    r"(?:bonjour|allo|hello|hi|ok|non|no|s il (?:vous|te) plait|please|merci|thanks|thank you|just|juste|now|maintenant"
    r"|tout de suite|tous|toutes|all|finalement|immediatement|right away|a moi)"
)
_ASKS: Final = (
    r"(?:je (?:veux|voudrais|souhaite)|j aimerais|veuillez|(?:pouvez|pourriez) vous|peux tu|il faut"
    r"|i (?:want|would like|d like)(?: you)? to|i d like to|(?:can|could|would|will) you|can i)"
)
_OF: Final = (
    r"(?:de|du|des|d|les?|la|tous|toutes|vos|mes|m|me|ces|ce|envoyer|avec|aux|sending|send|the|my|your|these|those|of"
    r"|any|all|with|getting|receiving|recevoir|aucuns?|jamais)"
)
STOPS_REMINDERS: Final = re.compile(
    rf"(?:{_MANNERS} )*(?:{_ASKS} )?(?:{_MANNERS} )*"
    rf"(?:(?:arret\w*|aretez?|cess\w*|annul\w*|desactiv\w*|enlev\w*|retir\w*|supprim\w*|stop\w*|finissez en|assez"
    rf"|eteign\w*|coupe[rz]?|quit|cease|cancel|remove|delete|disable|deactivate|(?:turn|switch|shut) off"
    rf"|(?:me )?desabonne\w*(?: moi)?|unsubscribe(?: me)?(?: from)?|end|no more|no|plus|pas|zero)(?: {_OF})* {NAMED}"
    rf"|(?:turn|switch|shut)(?: {_OF})* {NAMED} off|{NAMED} off"
    rf"|(?:je |j )?(?:ne |n |en )?(?:veux|desire|souhaite|voudrais) (?:plus|pas)(?: {_OF})* {NAMED}"
    rf"|ne plus(?: {_OF})* {NAMED}"
    rf"|i (?:do not|no longer) (?:want|need|wish)(?: to)?(?: get| receive)?(?: any| more| anymore)*(?: {_OF})* {NAMED}"
    rf"|ne m envoyez plus(?: {_OF})* {NAMED}|do not send(?: me)?(?: any| more)*(?: {_OF})* {NAMED})"
    rf"(?: (?:la|anymore|any more|again|{_MANNERS}))*"
)
"""Nothing but that: said so at a question that any text could answer, it is no title either."""
BROKEN: Final = re.compile(
    r"\b(?:ordi|computer|laptop|portable\b|tablette|ipad|(?:marche|fonctionne)\w* (?:pas|plus)\b|(?:does|is) not work)"
)
"""« Je ne travaille plus sur mon ordi » is about a machine."""
OF_MESSAGES: Final = re.compile(
    r"\b(?:rappel|courriel|e ?mail|mail|messag|ecri|contact|remind|writ|list|envo|relanc|avis\b|desabon|unsu|notific"
    r"|opt|solicit|sollicit|hear from|send)"
)


def may_be_stop(normalised: str) -> bool:
    """Whether somebody may want no more reminders, and not more of them, nor to know why they come."""
    asks_why = WHY.match(normalised) and not PLEADS.search(normalised)
    against = (KEPT, TAKEN_BACK, LANGUAGE)
    return bool(
        STOPPING.search(normalised) and not asks_why and not any(one.search(normalised) for one in against)
    )


def may_be_again(normalised: str) -> bool:
    """Whether somebody may want them anew, or on and on."""
    anew = AGAIN.search(normalised) and not STOPPING.search(normalised)
    said = anew or TAKEN_BACK.search(normalised) or KEPT.search(normalised)
    return bool(said and not NOT_BACK.search(normalised))


def stops_reminders(normalised: str) -> bool:
    """Whether it says that and nothing else: « annuler les rappels », "turn the reminders off please"."""
    return bool(STOPS_REMINDERS.fullmatch(normalised))


def may_be_away(normalised: str) -> bool:
    """Whether somebody may have left or be absent."""
    return not BROKEN.search(normalised)


MAY_BE: Final[Mapping[str, Callable[[str], bool]]] = {
    "stop": may_be_stop,
    "remind-again": may_be_again,
    "away": may_be_away,
}
"""Which wishes count only where the text itself says so."""

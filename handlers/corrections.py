"""Back, edit, cancel, resume, help and stop: they work at every question of every conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import dialogue
from bot.addressed import talk_of
from bot.messages import Button, Call, Reply
from bot.question import Question
from bot.reading.words import choose, fold
from bot.talk import Finished, Waiting
from bot.turn import Ability, Command, Said, Turn, label_of, refusal, say, who_are_you
from faq.polarity import stops_reminders
from faq.text import normalise
from handlers.menu import buttons, in_order
from handlers.reminders.asked_for import answers_reminder, lies_since_reminder
from storage import people, talks
from storage.states import TalkState
from storage.talks import KeptTalk

Fields = Mapping[str, Question[object]]

ASKS_WHAT = re.compile(
    r"(?:(?:c'est|s'est|cest) (?:quoi|koi)|qu'est[- ]ce que c'est (?:que)?|qu'est[- ]ce qu'|(?:what is|what's)"
    r"|(?:ou|where) (?:est|trouver|se trouve|je trouve|je peux trouver|is|do i find|can i find)) ?(.+)"
)
"""Asks what something is or where it stands; folded text."""
UNKNOWN_WORD = re.compile(
    r"(?:i have |i've )?(?:no idea|i'?m not sure|not sure|(?:i )?don'?t know|idk) what (.+?) (?:is|means?|are)"
    r"|(?:je |j')?(?:ne )?(?:sais|connais) (?:pas|pu|plus) (?:c'est quoi|ce que c'est qu'|ce qu'est) ?(.+)"
)
"""Does not know what something is; folded text."""
LOST = re.compile(
    r"(?:(?:je |j')?(?:ne )?comprends? (?:rien|pas|plus|pus?)(?: (?:la )?question| du tout)?"
    r"|(?:j'ai |jai |je n'ai )?(?:rien|pas) compris"
    r"|(?:i )?(?:don'?t|do not) (?:get it|understand)(?: the question| this)?"
    r"|(?:je |j)?(?:ne )?sais (?:pas|pus?|plus) (?:c'est quoi|ce que c'est)(?: ca)?"
    r"|(?:i )?(?:don'?t|do not) know what (?:it|that|this) (?:is|means)"
    r"|(?:i'm|im|je suis|chus|chui) (?:lost|confused|perdue?|melee?))"
)
"""Does not understand what is asked; folded text."""
UNMEANT = Said(())
"""The words were no command after all."""


def back(turn: Turn, _argument: str) -> Said:
    """Forgets the last answer and puts its question again."""
    kept = dialogue.current(turn)
    if kept is None:
        return dialogue.nothing_waits(turn)
    if _asked_beside(kept):
        return dialogue.go_on(turn, replace(kept, held=None))
    outcome = dialogue.look(turn, kept)
    progress = dialogue.progress_of(turn, kept)
    earlier = progress.back(outcome.path)
    lead = (Reply("corrections/at-the-start"),) if earlier == progress else _hint(turn, kept, outcome)
    return dialogue.go_on(turn, dialogue.with_progress(kept, earlier), *lead)


def edit(turn: Turn, wanted: str, *lead: Reply) -> Said:
    """Puts one question again, or asks which one."""
    kept = dialogue.current(turn)
    if kept is None:
        return UNMEANT if wanted else dialogue.nothing_waits(turn)
    outcome = dialogue.look(turn, replace(kept, editing=""))
    fields: Fields = outcome.known if isinstance(outcome, Waiting) else {}
    name = wanted if wanted in fields else _named(turn, fields, wanted)
    if name:
        progress = dialogue.progress_of(turn, kept).edit(name)
        return dialogue.go_on(turn, dialogue.with_progress(kept, progress))
    if isinstance(outcome, Waiting) and _named(turn, outcome.fields, wanted):
        return dialogue.go_on(turn, kept, Reply("corrections/not-yet"))
    return UNMEANT if wanted else _which(turn, kept, fields, *lead)


def field_chosen(turn: Turn, kept: KeptTalk) -> Said | None:
    """Reads the text as the answer to edit, where the last page asked which; None elsewhere."""
    presses = [button["press"] for button in kept.offered]
    if not presses or not all(press.startswith("!edit:") for press in presses):
        return None
    said = edit(turn, turn.heard.text)
    return said if said.replies else edit(turn, "", Reply("corrections/edit-unknown"))


def later(turn: Turn, _argument: str) -> Said:
    """Leaves everything as it is, to be taken up another time."""
    kept = dialogue.current(turn)
    return Said((Reply("corrections/later"),), kept) if kept else say("small-talk/understood", waits=False)


def cancel(turn: Turn, _argument: str) -> Said:
    """Drops the talk; it can still be taken up again."""
    kept = dialogue.current(turn)
    if kept is None:
        return dialogue.nothing_waits(turn)
    talks.save(turn.tx, replace(kept, state=TalkState.CANCELLED, held=None), turn.now)
    return say("corrections/cancelled", **dialogue.described(turn, kept))


def resume(turn: Turn, which: str) -> Said:
    """Takes up the talk that waits, wherever it was begun, or the one that the button names."""
    kept = _unfinished(turn, which) if which else _waiting(turn)
    if kept is None or not dialogue.is_open(turn, kept):
        return dialogue.nothing_waits(turn)
    return dialogue.return_to(turn, kept, welcome_back(turn, kept))


def _unfinished(turn: Turn, which: str) -> KeptTalk | None:
    kept = talks.by_id(turn.tx, which)
    own = kept is not None and kept.person_id == turn.person.id
    return kept if kept and own and kept.state in talks.RESUMABLE else None


def _waiting(turn: Turn) -> KeptTalk | None:
    """The talk in the foreground; one just begun gives way to the one set aside for it."""
    current, waiting = dialogue.current(turn), talks.resumable(turn.tx, turn.person.id)
    gives_way = current and waiting and waiting.state is TalkState.ASIDE and not current.answers
    return waiting if gives_way else current or waiting


def welcome_back(turn: Turn, kept: KeptTalk) -> Reply:
    """Greets somebody who returns to what they had begun, and says what they had told; by letter the form says it."""
    outcome = dialogue.look(turn, kept)
    said = dialogue.described(turn, kept)
    if isinstance(outcome, Waiting) and not outcome.question.confirms and turn.heard.envelope is None:
        said["lines"] = outcome.filling().lines
    return Reply("corrections/welcome-back", said)


def help_(turn: Turn, _argument: str) -> Said:
    """Explains the question that waits, or says what can be asked for."""
    kept = dialogue.current(turn)
    outcome = dialogue.look(turn, kept) if kept else None
    if kept is None or not isinstance(outcome, Waiting):
        return menu(turn)
    explained = turn.house.wording.label(outcome.question.template, "?", turn.language)
    text = explained.text if explained else ""
    return dialogue.go_on(turn, kept, Reply("corrections/help", {"text": text}))


def explain(turn: Turn, waiting: Waiting) -> Reply | None:
    """The help of the field that "c'est quoi un ISBN?" asks about, or of the question for who is lost; else None."""
    said = fold(turn.heard.text)
    if LOST.fullmatch(said):
        own = turn.house.wording.label(waiting.question.template, "?", turn.language)
        return Reply("corrections/help", {"text": own.text if own else ""})
    asked = ASKS_WHAT.fullmatch(said) or UNKNOWN_WORD.fullmatch(said)
    name = _named(turn, waiting.fields, next(filter(None, asked.groups()))) if asked else None
    found = turn.house.wording.label(waiting.fields[name].template, "?", turn.language) if name else None
    return Reply("corrections/help", {"text": found.text}) if found else None


def menu(turn: Turn, template: str = "welcome/help", *, whole: bool = True) -> Said:
    """What this person can ask for, one button each."""
    offered = in_order(turn, (one for one in turn.house.abilities.values() if _offers(turn, one)))
    helps = [what for ability in offered if (what := label_of(turn, ability.name, "helps"))]
    shown = buttons(turn, offered, whole=whole)
    return say(template, *shown, name=turn.person.name if turn.known else None, helps=helps)


def stop(turn: Turn, what: str) -> Said:
    """Ends the reminders; in the middle of a talk, unless a reminder has come since, it asks which is meant."""
    kept = talk_of(turn)
    reminded = answers_reminder(turn) or (kept is not None and lies_since_reminder(turn, kept))
    what = what or ("reminders" if stops_reminders(normalise(turn.heard.text)) else "")
    if kept and not what and not reminded:
        return Said((Reply("corrections/stop-which", {"talk": kept.id}),), kept)
    if what not in ("", "reminders"):
        return cancel(turn, "") if kept and kept.id == what else UNMEANT
    if turn.unproven:
        return who_are_you(turn)
    if not turn.known:
        return say("corrections/no-reminders")
    people.set_reminders(turn.tx, turn.person.id, False)
    stopped = Reply("corrections/stopped")
    return dialogue.go_on(turn, kept, stopped) if kept and not reminded else _left_aside(turn, kept, stopped)


def _left_aside(turn: Turn, kept: KeptTalk | None, *replies: Reply) -> Said:
    """Says it with nothing put again below it; what had been begun is kept, wherever that was."""
    begun = dialogue.current(turn)
    if kept:
        talks.set_aside(turn.tx, turn.person.id, turn.now)
    aside = (Reply("corrections/set-aside"),) if begun and begun.answers else ()
    return Said((*replies, *aside))


def meanwhile(turn: Turn, said: Said) -> Said:
    """What asks something of its own: the question that waits is kept, and put again once that is settled."""
    kept = talk_of(turn)
    waits = Reply("corrections/set-aside")
    return replace(said, replies=(*said.replies, waits), talk=kept) if kept else said


def remind(turn: Turn, _argument: str) -> Said:
    """Takes the stop back."""
    if turn.unproven:
        return who_are_you(turn)
    people.set_reminders(turn.tx, turn.person.id, True)
    return say("corrections/reminded")


def _offers(turn: Turn, ability: Ability) -> bool:
    return ability.listed and refusal(turn, ability) is None and ability.offered(turn)


def _asked_beside(kept: KeptTalk) -> bool:
    """Whether the last page asked about something else: which answer to edit, what to stop, what a text was."""
    presses = [button["press"] for button in kept.offered]
    return "text" in (kept.held or {}) or (
        presses != [] and all(press.startswith(("!edit:", "!stop:", "!resume:")) for press in presses)
    )


def _hint(turn: Turn, kept: KeptTalk, outcome: Waiting | Finished[Any]) -> tuple[Reply, ...]:
    """At the question that names the talk, "retour" may have been meant as the title."""
    name = dialogue.conversation_of(turn, kept).named_by
    asks_title = isinstance(outcome, Waiting) and outcome.question.name == name
    return (Reply("corrections/quote-hint"),) if asks_title else ()


def _named(turn: Turn, fields: Fields, wanted: str) -> str | None:
    """The field that the words name, in either language."""
    words = turn.house.wording.words
    return choose(wanted, [(name, words(question.template, "#")) for name, question in fields.items()])


def _which(turn: Turn, kept: KeptTalk, fields: Fields, *lead: Reply) -> Said:
    if not fields:
        return dialogue.go_on(turn, kept, Reply("corrections/nothing-to-edit"))
    buttons = tuple(
        Button(_field(turn, question), str(Call("edit", name, kept.id))) for name, question in fields.items()
    )
    return Said((*lead, Reply("corrections/edit-which", {}, buttons)), kept)


def _field(turn: Turn, question: Question[object]) -> str:
    label = turn.house.wording.label(question.template, "#", turn.language)
    return label.text if label else question.name


BACK = Command("back", back, listed=False)
EDIT = Command("edit", edit, takes_words=True, listed=False)
CANCEL = Command("cancel", cancel, listed=False)
RESUME = Command("resume", resume, listed=False)
LATER = Command("later", later, listed=False)
HELP = Command("help", help_, listed=False)
STOP = Command("stop", stop, listed=False)
REMIND = Command("remind", remind, listed=False)

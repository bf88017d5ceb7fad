"""What is written while a question waits: an answer to it, several at once, or a question of the person's own."""

from __future__ import annotations

from collections.abc import Iterator

from bot import dialogue
from bot.dialogue import Accepted
from bot.heads import heads_of, said_and_asked, short_answer, signed_heads_of
from bot.messages import Reply, read_press
from bot.naming import place_meant
from bot.pressing import pressed
from bot.question import Unreadable
from bot.reading.texts import is_quoted
from bot.reading.words import choose
from bot.several import several_in
from bot.taking import answer_beside, take, take_all
from bot.talk import Finished, Waiting
from bot.turn import Said, Turn
from faq.matcher import confident
from faq.text import looks_like_question
from handlers import corrections
from handlers.misread import is_a_try
from handlers.questions import answering
from handlers.questions.holding import asked_again, hold
from handlers.questions.small_talk import is_worth_a_word, wants_human
from handlers.wishes.heeding import is_wish, is_worth_asking
from storage.talks import KeptTalk


def pending(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """An answer to the question that waits."""
    if kept is None:
        return None
    chosen = corrections.field_chosen(turn, kept)
    if chosen:
        return chosen
    waiting = dialogue.look(turn, kept)
    if isinstance(waiting, Finished):
        return dialogue.go_on(turn, kept)
    explained = None if is_quoted(turn.heard.text) else corrections.explain(turn, waiting)
    if explained:
        return dialogue.go_on(turn, kept, explained)
    if _asked_which(kept) and not is_quoted(turn.heard.text):
        return _told_which(turn, kept)
    return _answer(turn, kept, waiting) if turn.heard.envelope is None else _by_letter(turn, kept, waiting)


def is_asking(turn: Turn) -> bool:
    """Whether the text is a question, a wish or small talk, and not an answer that was not understood."""
    known = turn.match is not None and confident(turn.match)
    return known or is_worth_a_word(turn) or is_wish(turn.match) or looks_like_question(turn.heard.text)


def _asked_which(kept: KeptTalk) -> bool:
    """Whether the last page asked what a text was, an answer or a question."""
    return "text" in (kept.held or {}) and any(
        one["press"].startswith("!held:answer") for one in kept.offered
    )


def _told_which(turn: Turn, kept: KeptTalk) -> Said:
    """What the text that is held was, in other words; anything else does not take its place."""
    shown = [(one["press"], (one["label"], *one.get("also", ()))) for one in kept.offered]
    meant = read_press(choose(turn.heard.text, shown) or "")
    return pressed(turn, kept, meant) if meant else asked_again(turn, kept)


def _answer(turn: Turn, kept: KeptTalk, waiting: Waiting, *lead: Reply) -> Said:
    several = several_in(turn, kept, waiting)
    if several.answers:
        return take_all(turn, kept, several, *lead)
    return (_free_text if waiting.question.reader.reads_anything else _strict)(turn, kept, waiting, *lead)


def _by_letter(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Said:
    """An answer with a question in the same letter: the one is answered above where the other leads."""
    said, asked = said_and_asked(turn.heard.text)
    apart = turn.saying(said)
    if not said or not asked or is_quoted(turn.heard.text) or not _answers(apart, kept, waiting):
        return _answer(turn, kept, waiting)
    return _answer(apart, kept, waiting, *answer_beside(turn, waiting, asked))


def _answers(turn: Turn, kept: KeptTalk, waiting: Waiting) -> bool:
    """Whether what a letter says beside what it asks surely answers the question; any title could be a sentence."""
    surely = bool(several_in(turn, kept, waiting).answers)
    if surely or waiting.question.reader.reads_anything or waiting.question.confirms:
        return surely
    return isinstance(_read_from(turn, kept, waiting, turn.heard.text), Accepted)


def _strict(turn: Turn, kept: KeptTalk, waiting: Waiting, *lead: Reply) -> Said:
    """What does not read as an answer is tried as a question of the person's own."""
    outcome = _read_from(turn, kept, waiting, turn.heard.text)
    placed = place_meant(kept.offered, turn.heard.text) if isinstance(outcome, Unreadable) else None
    if placed:
        return pressed(turn, kept, placed)
    if isinstance(outcome, Unreadable):
        outcome = next(_from_heads(turn, kept, waiting), outcome)
    if _is_no_answer(turn, waiting, outcome) and is_asking(turn):
        return answering.answer_in_passing(turn) or corrections.help_(turn, "")
    return take(turn, kept, outcome, *lead)


def _is_no_answer(turn: Turn, waiting: Waiting, outcome: Accepted | Unreadable) -> bool:
    """Whether the text answers nothing; a confirmation that was not on the last page takes no text for a yes."""
    if isinstance(outcome, Unreadable):
        return not is_a_try(turn.heard.text, outcome)
    after = outcome.outcome
    return isinstance(after, Waiting) and after.question.name == waiting.question.name


def _from_heads(turn: Turn, kept: KeptTalk, waiting: Waiting) -> Iterator[Accepted]:
    """The answers that the beginning of a letter gives; a confirmation only above a mere signature."""
    text = turn.heard.text if turn.heard.envelope else ""
    heads = signed_heads_of(text) if waiting.question.confirms else (head for head, _ in heads_of(text))
    read = (_read_from(turn, kept, waiting, head) for head in heads)
    return (one for one in read if isinstance(one, Accepted))


def _free_text(turn: Turn, kept: KeptTalk, waiting: Waiting, *lead: Reply) -> Said:
    """Anything could be an answer here, so only a sure question is taken for one; a doubtful one is asked about."""
    text = turn.heard.text
    asks = looks_like_question(text) and not is_quoted(text)
    if asks and turn.match and (confident(turn.match) or wants_human(turn.match)):
        answered = answering.answer_in_passing(turn)
        if answered:
            return answered
    short = text if turn.heard.envelope is None or waiting.question.reader.prose else short_answer(text)
    if short is None:
        about = answering.own_up(turn).replies if asks else ()
        return take(turn, kept, Unreadable("read/one-line"), *lead, *about)
    if asks or (is_worth_asking(turn) and not waiting.question.reader.prose and not is_quoted(text)):
        return hold(turn, kept, "corrections/answer-or-question")
    return take(turn, kept, _read_from(turn, kept, waiting, short), *lead)


def _read_from(turn: Turn, kept: KeptTalk, waiting: Waiting, text: str) -> Accepted | Unreadable:
    return dialogue.accept(turn, kept, waiting, dialogue.typed(turn, kept, waiting, text))

"""Takes what a message answers, one question or several, and begins what nobody asked for."""

from __future__ import annotations

from dataclasses import replace

from bot import dialogue
from bot.addressed import is_over
from bot.by_letter import FEWEST_NOTED, why_not
from bot.dialogue import Accepted
from bot.filling import Blank, Line, Lines
from bot.messages import Kind, Reply
from bot.naming import is_offered
from bot.question import Answer, Unreadable
from bot.reading.choices import SKIP
from bot.several import changed_in, lines_in, without_blanks
from bot.spoken import problem_with
from bot.talk import Waiting
from bot.turn import Said, Turn, refusal
from bot.unasked import told_unasked, wished
from faq.text import looks_like_question
from handlers import corrections
from handlers.misread import misread
from handlers.questions import answering
from handlers.way_out import still_counted
from storage.talks import KeptTalk

ECHOES = ("form/noted", "mail/form")


def filled_in(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """Lines of a letter: a "1" above them is one answer among several."""
    if kept is None or turn.heard.envelope is None or turn.heard.kind is not Kind.TEXT:
        return None
    waiting = dialogue.look(turn, kept)
    lines = lines_in(turn, kept, waiting) if isinstance(waiting, Waiting) else Lines()
    return take_all(turn, kept, lines) if lines.answers else None


def begun(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """A letter that fills in a form nobody sent, or a sentence that tells what one asks: its talk begins with that."""
    if kept or turn.heard.kind is not Kind.TEXT or is_over(turn):
        return None
    ability, lines = told_unasked(turn)
    ability = ability or wished(turn)
    if ability is None:
        return None
    refused = refusal(turn, ability)
    if refused:
        return None if ability.asks else refused
    lines, unread = _readable(turn, dialogue.ahead(turn, ability), lines)
    said = dialogue.begin(turn, ability, ability.seed(turn, ""), lines.answers)
    replies = _owning_up(said.replies) if lines.partly else said.replies
    return replace(said, replies=(*_in_passing(turn, lines.remark), *unread, *replies), took_answer=True)


def changed(turn: Turn, kept: KeptTalk | None) -> Said | None:
    """« Modifier le titre : c’est X »: that answer is replaced at once, whatever question waits."""
    if kept is None or turn.heard.kind is not Kind.TEXT or is_offered(kept, turn.heard.text):
        return None
    waiting = dialogue.look(turn, kept)
    lines = changed_in(turn, waiting) if isinstance(waiting, Waiting) else Lines()
    return take_all(turn, kept, lines) if lines.answers else None


def take(turn: Turn, kept: KeptTalk, outcome: Accepted | Unreadable, *lead: Reply) -> Said:
    """Goes on with the answer, or says what was not understood and puts the question again."""
    if isinstance(outcome, Unreadable):
        meant = _meant_for_another(turn, kept, outcome)
        return take_all(turn, kept, meant, *lead) if meant else misread(turn, kept, outcome, *lead)
    outcome = without_blanks(turn, outcome)
    return replace(dialogue.go_on_from(turn, outcome.kept, outcome.outcome, *lead), took_answer=True)


def take_all(turn: Turn, kept: KeptTalk, several: Lines, *before: Reply) -> Said:
    """The same with several answers; a question that stands beside them is answered first."""
    kept = replace(kept, answers={}, editing="") if several.anew else kept
    several, unread = _readable(turn, dialogue.look(turn, kept), several)
    accepted = without_blanks(turn, dialogue.accept_all(turn, kept, several.answers))
    accepted = still_counted(turn, kept, accepted)
    noted = _noted(turn, accepted, several) or _changed(turn, kept, accepted, several)
    lead = (*before, *_in_passing(turn, several.remark), *noted, *unread)
    said = dialogue.go_on_from(turn, accepted.kept, accepted.outcome, *lead)
    owns_up = several.partly and (turn.heard.envelope or several.corrects)
    replies = _owning_up(said.replies) if owns_up else said.replies
    return replace(said, replies=replies, took_answer=bool(several.answers))


def _readable(turn: Turn, waiting: object, several: Lines) -> tuple[Lines, tuple[Reply, ...]]:
    """What of a chat's lines reads, and a word on what does not at another question; a form says so itself."""
    if not isinstance(waiting, Waiting) or turn.heard.envelope:
        return several, ()
    ahead = {name: waiting.fields[name] for name in several.answers if name != waiting.question.name}
    blanks = [
        Blank(one, why) for name, one in ahead.items() if (why := problem_with(one, several.answers[name]))
    ]
    wrong = [why_not(turn, blank, several.answers[blank.question.name].text) for blank in blanks]
    unread = {blank.question.name for blank in blanks}
    read = {name: answer for name, answer in several.answers.items() if name not in unread}
    return replace(several, answers=read), (Reply("form/not-read", {"wrong": wrong}),) if wrong else ()


def _meant_for_another(turn: Turn, kept: KeptTalk, problem: Unreadable) -> Lines | None:
    """The answer to another question that the reader took it for (`instead`); the one put is skipped."""
    waiting, name = dialogue.look(turn, kept), str(problem.data.get("instead", ""))
    if not isinstance(waiting, Waiting) or name not in waiting.fields or name in kept.answers:
        return None
    skipped = Answer("", turn.written, SKIP, turn=turn.heard.name)
    told = Answer(turn.heard.text, turn.written, turn=turn.heard.name)
    return Lines({waiting.question.name: skipped, name: told}, corrects=True)


def answer_beside(turn: Turn, waiting: Waiting, asked: str) -> tuple[Reply, ...]:
    """What is said to a question that came with an answer: the help of a field, or what the knowledge base says."""
    explained = corrections.explain(turn.saying(asked), waiting)
    return (explained,) if explained else _in_passing(turn, asked)


def _noted(turn: Turn, accepted: Accepted, several: Lines) -> tuple[Reply, ...]:
    """What was changed, above what then stands; a question says so itself of a letter or of several answers."""
    if not several.corrects or not isinstance(accepted.outcome, Waiting):
        return ()
    lines = [line for line in accepted.outcome.filling().lines if line.name in several.answers]
    within = accepted.outcome.question.name in accepted.outcome.fields
    says_so = turn.heard.envelope or (len(lines) >= FEWEST_NOTED and not accepted.kept.editing)
    return (Reply("form/noted", {"lines": lines}),) if lines and not (within and says_so) else ()


def _changed(turn: Turn, kept: KeptTalk, accepted: Accepted, several: Lines) -> tuple[Reply, ...]:
    """What was told otherwise than before, where the talk ends with that."""
    before = dialogue.look(turn, kept)
    if not several.corrects or isinstance(accepted.outcome, Waiting) or not isinstance(before, Waiting):
        return ()
    told = ((before.fields[name], answer) for name, answer in several.answers.items() if name in kept.answers)
    lines = [Line(one.template, one.name, one.reader.read(answer)) for one, answer in told]
    return (Reply("form/noted", {"lines": lines}),) if lines else ()


def _owning_up(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The same, where it is said back what was taken, with a line that nothing else was."""
    return tuple(
        replace(one, data={**one.data, "only": True}) if one.template in ECHOES else one for one in replies
    )


def _in_passing(turn: Turn, remark: str) -> tuple[Reply, ...]:
    """The answer to a question that came with what was filled in; any other remark is courtesy."""
    if not looks_like_question(remark):
        return ()
    asked = turn.saying(remark)
    return (answering.answer_in_passing(asked) or answering.own_up(asked)).replies

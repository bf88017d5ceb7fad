"""`declic faq`: what the knowledge base knows, how well it is found, and what it was taught."""
# ruff: noqa: PLC0415 - each command imports its own part, see bot.cli

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from bot.cli.start import carry_out, demo_defaults, end, is_nothing_configured, settings_or_end
from bot.cli.told import Told, operators_wording
from bot.logs import set_up_logs
from faq.labelled import LabelsFaulty
from faq.loader import EntriesFaulty

app = typer.Typer(no_args_is_help=True, help="The knowledge base: ask it, measure it, read it, export it.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")]
Labelled = Annotated[Path, typer.Argument(metavar="FILE.tsv", help="expected, lang, style, question.")]

STDIN = "-"


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question, or - for one a line on stdin.")],
    as_json: AsJson = False,
) -> None:
    """Ask the knowledge base, outside of any conversation."""
    from bot.cli.faq import asking

    questions = asking.lines_of(sys.stdin.buffer) if question == STDIN else iter([asking.cleaned(question)])
    if as_json:
        _print(lambda: asking.as_json(questions))
    guides = settings_or_end(demo_defaults()).guides
    _print(lambda: asking.in_words(questions, guides))


@app.command("eval")
def evaluate(file: Labelled, as_json: AsJson = False) -> None:
    """Measure the knowledge base on labelled questions."""
    from bot.cli.faq import measuring

    _end_with(lambda: measuring.measure(file, as_json=as_json))


@app.command("train-eval")
def train_evaluate(train: Labelled, test: Labelled, as_json: AsJson = False) -> None:
    """Build the same matcher on the labelled questions of one file, and measure it on another's."""
    from bot.cli.faq import measuring

    _end_with(lambda: measuring.train_and_measure(train, test, as_json=as_json))


@app.command()
def show(
    entry: Annotated[str, typer.Argument(metavar="ID")],
    lang: Annotated[Literal["fr", "en"] | None, typer.Option("--lang")] = None,
) -> None:
    """Show an entry as people read it, and what is known of it."""
    from bot.cli.faq.showing import shown

    guides = settings_or_end(demo_defaults()).guides
    _end_with(lambda: shown(entry, lang, guides))


@app.command()
def export(
    into: Annotated[Path | None, typer.Option(help="Where the entry files are; our own by default.")] = None,
) -> None:
    """Write what operators taught into the entry files, for review."""
    from bot.cli.faq.exporting import export_lessons

    set_up_logs("error")
    settings = settings_or_end(demo_defaults() if is_nothing_configured() else None)
    carry_out(export_lessons(settings, into))


def _print(lines: Callable[[], Iterator[str]]) -> NoReturn:
    """Prints each line as soon as it is there."""

    def printed() -> Told:
        for line in lines():
            typer.echo(line.encode())
        return Told()

    _end_with(printed)


def _end_with(command: Callable[[], Told]) -> NoReturn:
    try:
        end(command())
    except (EntriesFaulty, LabelsFaulty) as faulty:
        end(operators_wording().told("cli/faq/faulty", {"reasons": faulty.faults}, ok=False))

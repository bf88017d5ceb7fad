"""The `declic` command: it alone knows every room, and hands each what it needs.

A command imports its own part as it starts, so that a chat does not wait for Telegram's library, nor a service for
the keyboard's: each is 6 to 9 MB and a fifth of a second.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import os
import sys
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli import (
    accounts,
    campaigns,
    exclusions,
    export,
    faq,
    hold,
    keys,
    mail,
    period,
    person,
    reminding,
    report,
    roster,
)
from bot.cli.consent import consent_of
from bot.cli.start import carry_out, demo_defaults, is_nothing_configured, settings_or_end
from bot.logs import set_up_logs
from handlers import ABILITIES, demo

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(faq.app, name="faq")
app.add_typer(campaigns.app, name="campaigns")
app.add_typer(exclusions.app, name="exclusions")
app.add_typer(mail.app, name="mail")
app.add_typer(period.app, name="period")
app.add_typer(roster.app, name="roster")
app.add_typer(accounts.app, name="accounts")
app.add_typer(person.app, name="person")
app.add_typer(keys.app, name="keys")
app.add_typer(hold.app, name="hold")
app.add_typer(export.app, name="export")
app.add_typer(report.app, name="report")
app.command()(reminding.rehearse)
app.command()(reminding.why)

Language = Literal["fr", "en"]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.callback(invoke_without_command=True)
def declic(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    """Answers school people, and walks them through declaring their copies."""
    # The database, its copies and every export name people: they are for nobody else on this machine.
    os.umask(0o077)
    if version:
        typer.echo(installed_version("declic"))
        raise typer.Exit


@app.command()
def chat(
    who: Annotated[
        str, typer.Option("--as", help="In the demo a role or a name; else somebody's name or number.")
    ] = "teacher",
    lang: Annotated[Language | None, typer.Option("--lang")] = None,
) -> None:
    """Talk to the assistant in this terminal; with nothing configured, in a fictional organisation."""
    from bot.cli.chat import Seat, talk

    is_demo = is_nothing_configured()
    settings = settings_or_end(demo_defaults() if is_demo else None)
    set_up_logs("error" if is_demo else settings.log_level)
    seat = Seat(who, lang, demo if is_demo else None, sys.stdin, sys.stdout)
    carry_out(talk(settings, ABILITIES, seat))


@app.command()
def run() -> None:
    """Run everything that is configured, until SIGTERM."""
    from bot.cli.run import serve

    settings = settings_or_end()
    set_up_logs(settings.log_level)
    carry_out(serve(settings, ABILITIES))


@app.command()
def check() -> None:
    """Say what is configured and what is missing, all faults at once."""
    from bot.cli.check import inspect

    set_up_logs("error")
    carry_out(inspect())


@app.command()
def link(person: str, channel: str, address: str, yes: Yes = False) -> None:
    """Tie an ADDRESS on a CHANNEL (telegram, mail) to a PERSON (a name or a number); asks when it is another's."""
    from bot.cli.link import tie

    set_up_logs("error")
    carry_out(tie(settings_or_end(), person, channel, address, consent_of(yes=yes)))


@app.command()
def unlink(person: str, channel: str, address: str, yes: Yes = False) -> None:
    """Take an ADDRESS on a CHANNEL (telegram, mail) away from a PERSON (a name or a number); asks for the last one."""
    from bot.cli.unlink import untie

    set_up_logs("error")
    carry_out(untie(settings_or_end(), person, channel, address, consent_of(yes=yes)))


@app.command()
def invite(
    person: Annotated[str | None, typer.Argument(help="A name or a number.")] = None,
    school: Annotated[str | None, typer.Option("--school", help="Everybody of a school.")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="Everybody of the roster.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Mail an invitation to a PERSON, a school or all, as far as they are not on Telegram; counts, and asks first."""
    from bot.cli.invite import Guests, invite

    set_up_logs("error")
    agree = (lambda _question: True) if yes else typer.confirm
    carry_out(invite(settings_or_end(), Guests(person, school, everybody), agree))


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")] = False,
) -> None:
    """Say how the running assistant stands: mailboxes, outages, letters that wait, mails put aside."""
    from bot.cli.status import tell

    set_up_logs("error")
    carry_out(tell(settings_or_end(), as_json=as_json))


@app.command()
def tickets(
    only_open: Annotated[bool, typer.Option("--open", help="Only those that nobody has answered.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list instead of words.")] = False,
) -> None:
    """List the requests to humans: numbers, kinds, states and ages, no word of anybody's."""
    from bot.cli.tickets import list_them

    set_up_logs("error")
    carry_out(list_them(settings_or_end(), only_open=only_open, as_json=as_json))


@app.command()
def ticket(number: int) -> None:
    """Show one request to humans: what was asked, what was tried, and all that happened to it."""
    from bot.cli.tickets import show

    set_up_logs("error")
    carry_out(show(settings_or_end(), number))


@app.command()
def calendar(
    role: Annotated[
        Literal["css-admin", "school-admin", "teacher", "specialist", "professional"], typer.Argument()
    ],
    lang: Annotated[Language | None, typer.Option("--lang")] = None,
    private: Annotated[bool, typer.Option("--private", help="Of a private school.")] = False,
) -> None:
    """Write the dates of a ROLE as an iCalendar feed, to publish or to subscribe to."""
    from bot.cli.calendar import feed_of

    typer.echo(feed_of(settings_or_end(), role, private=private, language=lang), nl=False)


@app.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go, and why.")] = False,
    yes: Yes = False,
) -> None:
    """Forget what has been kept long enough, after asking; `declic run` does it every night."""
    from bot.cli.retention import tidy

    set_up_logs("error")
    carry_out(tidy(settings_or_end(), None if dry_run else consent_of(yes=yes)))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A file that is not there yet.")]) -> None:
    """Write a copy of the database into a FILE and read it back, while everything runs on."""
    from bot.cli.copies import back_up

    set_up_logs("error")
    carry_out(back_up(settings_or_end(), file))


@app.command()
def restore(file: Path, yes: Yes = False) -> None:
    """Put a copy in the place of the database, which is kept aside; nothing leaves then until `declic hold release`."""
    from bot.cli.copies import restore

    set_up_logs("error")
    carry_out(restore(settings_or_end(), file, consent_of(yes=yes)))


def main() -> None:
    """The entry point."""
    app()

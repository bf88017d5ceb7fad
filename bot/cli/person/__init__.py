"""`declic person`: shows somebody of the roster, and changes what they do where."""
# ruff: noqa: PLC0415 - each imports its own part as it starts

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot.cli.consent import consent_of
from bot.cli.start import carry_out, settings_or_end
from bot.logs import set_up_logs

Who = Annotated[str, typer.Argument(help="A name or a number.", metavar="PERSON")]
Where = Annotated[
    str,
    typer.Argument(help="A school or a service centre, by name, part of it or number.", metavar="PLACE"),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


class ShowsByName(TyperGroup):
    """A name where a command could stand shows that person: `declic person "Camille Essai"`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names, or else the one that shows somebody."""
        known = args and (args[0] in self.commands or args[0].startswith("-"))
        return super().resolve_command(ctx, args if known else ["show", *args])


app = typer.Typer(
    cls=ShowsByName,
    no_args_is_help=True,
    help="Show a person (a name or a number): roles and addresses; or move them, or close and add roles.",
)
role = typer.Typer(no_args_is_help=True, help="Add or close one role of a person.")
app.add_typer(role, name="role")


@app.command()
def show(person: Who) -> None:
    """Show what a person does where, and the addresses they are reached at; `declic person NAME` does the same."""
    from bot.cli.person.showing import show as shown

    set_up_logs("error")
    carry_out(shown(settings_or_end(), person))


@app.command()
def move(
    person: Who,
    school: Where,
    from_school: Annotated[
        str | None, typer.Option("--from", help="The school they leave, of several.")
    ] = None,
) -> None:
    """Move a person to another school in our roster, and pass it on to Copibec's contact."""
    from bot.cli.person.moving import move as moved

    set_up_logs("error")
    carry_out(moved(settings_or_end(), person, school, from_school))


@app.command()
def close(person: Who, yes: Yes = False) -> None:
    """Close all roles of a person who has left, after asking; nothing is deleted."""
    from bot.cli.person.moving import close as closed

    set_up_logs("error")
    carry_out(closed(settings_or_end(), person, consent_of(yes=yes)))


@role.command("add")
def add_role(person: Who, name: str, place: Where = "", yes: Yes = False) -> None:
    """Give a person a role (NAME: teacher, school-admin, css-admin...) at a place; operator has none, and asks."""
    from bot.cli.person.roles import change

    set_up_logs("error")
    carry_out(change(settings_or_end(), person, name, place, consent_of(yes=yes), added=True))


@role.command("close")
def close_role(person: Who, name: str, place: Where = "") -> None:
    """Close one role of a person; the last one closes the person."""
    from bot.cli.person.roles import change

    set_up_logs("error")
    carry_out(change(settings_or_end(), person, name, place, consent_of(yes=True), added=False))

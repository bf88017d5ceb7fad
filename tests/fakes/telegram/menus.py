"""The commands menu: which commands, for whom, in which language."""

import re
from typing import Any

from tests.fakes.telegram.errors import misuse

Command = dict[str, str]

_NAME = re.compile(r"[a-z0-9_]{1,32}\Z")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?\Z")
_MOST = 100
_SCOPE_OF_ALL = {"private": "all_private_chats", "group": "all_group_chats", "supergroup": "all_group_chats"}


class Menus:
    """Commands by scope and language, as setMyCommands left them."""

    def __init__(self) -> None:
        self._menus: dict[tuple[str, str], list[Command]] = {}

    def put(self, commands: list[Command], scope: dict[str, Any] | None, language: str) -> None:
        if len(commands) > _MOST:
            raise misuse("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            _check(command)
        self._menus[_key(scope, language)] = commands

    def drop(self, scope: dict[str, Any] | None, language: str) -> None:
        self._menus.pop(_key(scope, language), None)

    def of(self, scope: dict[str, Any] | None, language: str) -> list[Command]:
        return self._menus.get(_key(scope, language), [])

    def seen(self, chat: int, kind: str, language: str) -> list[Command]:
        """What a person sees: the narrowest scope wins, and in it their language before none."""
        for scope in (f"chat:{chat}", _SCOPE_OF_ALL[kind], "default"):
            for wanted in (language, ""):
                if (scope, wanted) in self._menus:
                    return self._menus[scope, wanted]
        return []


def _key(scope: dict[str, Any] | None, language: str) -> tuple[str, str]:
    if not _LANGUAGE.match(language):
        raise misuse("invalid language code specified")
    scope = scope or {"type": "default"}
    parts = (scope["type"], scope.get("chat_id"), scope.get("user_id"))
    return ":".join(str(part) for part in parts if part is not None), language


def _check(command: Command) -> None:
    if not _NAME.match(command["command"]):
        raise misuse("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"].strip()) <= 256:
        raise misuse("BOT_COMMAND_DESCRIPTION_INVALID")

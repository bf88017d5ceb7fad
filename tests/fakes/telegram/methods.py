"""The methods that the fake carries out, and the fields of each that it understands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.fakes.telegram import sending
from tests.fakes.telegram.errors import Refusal, bad_request, misuse, not_imitated
from tests.fakes.telegram.files import LARGEST_DOWNLOAD
from tests.fakes.telegram.world import Json, World

_LONGEST_NOTICE = 200
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}
_NO_POLL = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def _get_me(world: World, _: Json) -> Json:
    return world.bot | _ABILITIES


async def _get_updates(world: World, call: Json) -> list[Json]:
    if world.webhook.url:
        raise Refusal(409, f"Conflict: {_NO_POLL}")
    limit, seconds = call.get("limit", 100), call.get("timeout", 0)
    if not 1 <= limit <= 100 or seconds < 0:
        raise misuse("getUpdates: limit must be 1-100, timeout 0 or more")
    world.updates.want(call.get("allowed_updates"))
    return await world.updates.poll(call.get("offset", 0), limit, timedelta(seconds=seconds))


def _set_webhook(world: World, call: Json) -> bool:
    world.webhook.put(call["url"], call.get("secret_token"))
    world.updates.want(call.get("allowed_updates"))
    world.updates.end_poll("terminated by setWebhook request")
    return _drop_pending(world, call)


def _delete_webhook(world: World, call: Json) -> bool:
    world.webhook.put("", None)
    return _drop_pending(world, call)


def _drop_pending(world: World, call: Json) -> bool:
    if call.get("drop_pending_updates"):
        world.updates.pending.clear()
    return True


def _get_webhook_info(world: World, _: Json) -> Json:
    return world.webhook.as_json(len(world.updates.pending))


def _answer_callback_query(world: World, call: Json) -> bool:
    if len(call.get("text", "")) > _LONGEST_NOTICE:
        raise misuse("MESSAGE_TOO_LONG")
    world.presses.answer(call["callback_query_id"], call.get("text"), call.get("show_alert", False))
    world.changes.tell()
    return True


def _send_chat_action(world: World, call: Json) -> bool:
    if call["action"] not in _ACTIONS:
        raise misuse("wrong parameter action in request")
    world.chats.open(call["chat_id"])
    return True


def _set_my_commands(world: World, call: Json) -> bool:
    world.menus.put(call["commands"], call.get("scope"), call.get("language_code", ""))
    return True


def _get_my_commands(world: World, call: Json) -> list[dict[str, str]]:
    return world.menus.of(call.get("scope"), call.get("language_code", ""))


def _delete_my_commands(world: World, call: Json) -> bool:
    world.menus.drop(call.get("scope"), call.get("language_code", ""))
    return True


def _leave_chat(world: World, call: Json) -> bool:
    chat = world.chats.open(call["chat_id"])
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.closed = f"bot is not a member of the {chat.body['type']} chat"
    world.membership(chat, world.bot, "member", "left")
    return True


def _get_file(world: World, call: Json) -> Json:
    file = world.files.by_id(call["file_id"], "invalid file_id")
    if file.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return file.as_json() | {"file_path": file.path}


@dataclass(frozen=True, slots=True)
class Method:
    """`takes`: the fields it understands, of those that Telegram has."""

    carry_out: Callable[[World, Json], Any]
    takes: str = ""

    def check(self, name: str, call: Json) -> None:
        if beyond := call.keys() - set(self.takes.split()):
            raise not_imitated(f"{name} with {', '.join(sorted(beyond))}")


_SEND = "chat_id parse_mode disable_notification protect_content reply_parameters reply_markup"
_EDIT = "chat_id message_id reply_markup"
_MENU = "scope language_code"

METHODS = {
    "getMe": Method(_get_me),
    "getUpdates": Method(_get_updates, "offset limit timeout allowed_updates"),
    "setWebhook": Method(
        _set_webhook, "url secret_token max_connections allowed_updates drop_pending_updates"
    ),
    "deleteWebhook": Method(_delete_webhook, "drop_pending_updates"),
    "getWebhookInfo": Method(_get_webhook_info),
    "sendMessage": Method(sending.send_message, f"{_SEND} text entities link_preview_options"),
    "sendDocument": Method(
        sending.send_document,
        f"{_SEND} document caption caption_entities thumbnail disable_content_type_detection",
    ),
    "sendPhoto": Method(
        sending.send_photo, f"{_SEND} photo caption caption_entities show_caption_above_media"
    ),
    "editMessageText": Method(
        sending.edit_message_text, f"{_EDIT} text parse_mode entities link_preview_options"
    ),
    "editMessageReplyMarkup": Method(sending.edit_message_reply_markup, _EDIT),
    "deleteMessage": Method(sending.delete_message, "chat_id message_id"),
    "answerCallbackQuery": Method(_answer_callback_query, "callback_query_id text show_alert cache_time"),
    "sendChatAction": Method(_send_chat_action, "chat_id action"),
    "setMyCommands": Method(_set_my_commands, f"commands {_MENU}"),
    "getMyCommands": Method(_get_my_commands, _MENU),
    "deleteMyCommands": Method(_delete_my_commands, _MENU),
    "leaveChat": Method(_leave_chat, "chat_id"),
    "getFile": Method(_get_file, "file_id"),
}

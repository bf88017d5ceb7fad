"""What Telegram tells, as `Heard`: pure, one update at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from telegram import CallbackQuery, ChatMemberUpdated, Message, MessageEntity, Update, User
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType
from telegram.helpers import effective_message_type

from bot.channels.telegram.files import sent_in
from bot.messages import Heard, Kind
from bot.render import LANGUAGES

CHANNEL = "telegram"

OTHER_CONTENT = ("checklist", None)
"""What people send beside texts and attachments; None: nothing known. The rest Telegram says by itself."""
COMMAND = re.compile(r"(/\w+)@(\w+)")
MENTIONS = (MessageEntityType.MENTION, MessageEntityType.TEXT_MENTION, MessageEntityType.BOT_COMMAND)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the bot can still write to somebody."""

    address: str
    reachable: bool


def heard_in(update: Update, me: User, now: datetime) -> Heard | None:
    """The message that an update brings, or None when it brings nothing to answer.

    A press has no time of its own: it is heard `now`.
    """
    if update.callback_query:
        return _press(update.callback_query, now)
    if update.edited_message:
        return _edited(update.edited_message)
    return _message(update.message, me) if update.message else None


def standing_in(update: Update) -> Standing | None:
    """Whom a person's blocking or unblocking of the bot concerns."""
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE:
        return None
    return Standing(str(change.chat.id), _is_member(change))


def chat_of(update: Update) -> str:
    """The chat in which it happened: what happens in one chat is heard in order."""
    chat = update.effective_chat
    return str(chat.id) if chat else ""


def _is_member(change: ChatMemberUpdated) -> bool:
    return change.new_chat_member.status not in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


def _message(message: Message, me: User) -> Heard | None:
    if message.from_user is None or message.from_user.is_bot:
        return None
    if message.chat.type != ChatType.PRIVATE:
        return _in_group(message, message.from_user) if _is_addressed(message, me) else None
    if message.text is not None:
        return _heard(
            message, message.from_user, f"m{message.message_id}", Kind.TEXT, _text(message.text, me)
        )
    if message.document or message.photo:
        return _with_attachment(message, message.from_user, me)
    if message.effective_attachment or effective_message_type(message) in OTHER_CONTENT:
        return _heard(message, message.from_user, f"m{message.message_id}", Kind.UNREADABLE)
    return None


def _with_attachment(message: Message, sender: User, me: User) -> Heard:
    """A document or a photo, which the receiver fetches; what is written below it is the text."""
    caption = message.caption or ""
    kind = Kind.TEXT if caption or sent_in(message) else Kind.UNREADABLE
    return _heard(message, sender, f"m{message.message_id}", kind, _text(caption, me))


def _edited(message: Message) -> Heard | None:
    """An edited text; edits of other things (a live location moves by edits) call for no answer."""
    if message.from_user is None or message.text is None or message.chat.type != ChatType.PRIVATE:
        return None
    edited_at = message.edit_date or message.date
    key = f"e{message.message_id}-{int(edited_at.timestamp())}"
    return _heard(message, message.from_user, key, Kind.EDITED, message.text)


def _in_group(message: Message, sender: User) -> Heard:
    """Message ids are those of one chat, so the key names the group. What was said there stays there."""
    return _heard(message, sender, f"m{message.message_id}@{message.chat.id}", Kind.GROUP)


def _heard(message: Message, sender: User, key: str, kind: Kind, text: str = "") -> Heard:
    replied = message.reply_to_message
    return Heard(
        CHANNEL,
        str(sender.id),
        key,
        message.date,
        text,
        kind,
        about=str(replied.message_id) if replied and kind is Kind.TEXT else "",
        chat=str(message.chat.id),
        language=language_of(sender),
    )


def _press(query: CallbackQuery, now: datetime) -> Heard | None:
    """The press of a button under a message of ours; one shown in a group is refused like all else there."""
    message = query.message
    if message is None or query.data is None:
        return None
    private = message.chat.type == ChatType.PRIVATE
    return Heard(
        CHANNEL,
        str(query.from_user.id),
        f"p{query.id}",
        now,
        kind=Kind.PRESS if private else Kind.GROUP,
        press=query.data,
        about=str(message.message_id),
        chat=str(message.chat.id),
        language=language_of(query.from_user),
    )


def language_of(user: User) -> str | None:
    """The language of their Telegram, when it is one of ours."""
    code = (user.language_code or "")[:2].lower()
    return code if code in LANGUAGES else None


def _text(text: str, me: User) -> str:
    """The text, its command without our name: "/declarer@Bot" is "/declarer"."""
    found = COMMAND.match(text)
    ours = found is not None and found[2].casefold() == (me.username or "").casefold()
    return text.replace(found[0], found[1], 1) if found and ours else text


def _is_addressed(message: Message, me: User) -> bool:
    """Whether somebody in a group means us: by our name, a command of no other bot, or a reply to us."""
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == me.id:
        return True
    return any(_names(entity.user, text, me) for entity, text in _mentions(message).items())


def _mentions(message: Message) -> dict[MessageEntity, str]:
    if message.text:
        return message.parse_entities(list(MENTIONS))
    return message.parse_caption_entities(list(MENTIONS)) if message.caption else {}


def _names(user: User | None, text: str, me: User) -> bool:
    if user:
        return user.id == me.id
    _, at, name = text.partition("@")
    return name.casefold() == (me.username or "").casefold() if at else text.startswith("/")

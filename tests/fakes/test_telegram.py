"""The fake Telegram as people and the bot see it: messages, buttons, files, menus."""

from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyParameters,
    TelegramObject,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden

from tests.fakes.conftest import newest, newest_message
from tests.fakes.telegram import FakeTelegram, Person

YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Oui", callback_data="oui"), InlineKeyboardButton("Non", callback_data="non")]]
)
CHOSEN = InlineKeyboardMarkup([[InlineKeyboardButton("✓ Oui", callback_data="oui")]])


async def newest_query(bot: Bot) -> CallbackQuery:
    query = (await newest(bot)).callback_query
    assert query
    return query


def unread(thing: object) -> dict[str, Any]:
    """What python-telegram-bot did not recognise in an update."""
    if isinstance(thing, tuple):
        return {key: value for one in thing for key, value in unread(one).items()}
    if not isinstance(thing, TelegramObject):
        return {}
    return dict(thing.api_kwargs) | unread(tuple(thing.to_dict(recursive=False).values()))


async def test_the_bot_hears_what_a_person_says(bot: Bot, camille: Person) -> None:
    await camille.says("/declarer@declic_bot ma page de https://copibec.ca. Merci")
    message = await newest_message(bot)
    assert message.from_user
    assert (message.chat.id, message.chat.type, message.from_user.language_code) == (42, "private", "fr")
    assert message.parse_entities() == {
        message.entities[0]: "/declarer@declic_bot",
        message.entities[1]: "https://copibec.ca",
    }


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/aide", "/aide"),
        ("Écrivez /aide.", "/aide"),
        ("👋 /aide", "/aide"),
        ("/déclarer", None),
        ("page 12/24", None),
        ("et/ou", None),
    ],
)
async def test_commands_are_found_where_telegram_finds_them(
    bot: Bot, camille: Person, text: str, command: str | None
) -> None:
    await camille.says(text)
    message = await newest_message(bot)
    found = list(message.parse_entities([MessageEntity.BOT_COMMAND]).values())
    assert found == ([command] if command else [])


async def test_a_link_to_the_bot_carries_its_payload(bot: Bot, camille: Person) -> None:
    await camille.starts("lien_abc-123")
    assert (await newest_message(bot)).text == "/start lien_abc-123"
    with pytest.raises(AssertionError, match="no link can carry"):
        await camille.starts("é")


@pytest.mark.parametrize("kind", ["sticker", "voice", "location", "photo", "document", "contact"])
async def test_things_of_every_kind_arrive(bot: Bot, camille: Person, kind: str) -> None:
    await camille.sends(kind)
    message = await newest_message(bot)
    assert getattr(message, kind)
    assert unread(message) == {}


async def test_edits_and_replies_of_a_person(bot: Bot, camille: Person) -> None:
    await bot.send_message(42, "Quel titre?")
    [question] = await camille.hears()
    said = await camille.replies_to(question, "Menaud")
    answered = (await newest_message(bot)).reply_to_message
    assert answered
    assert answered.text == "Quel titre?"
    await camille.edits(said, "Menaud, maître-draveur")
    update = await newest(bot)
    assert update.edited_message
    assert update.edited_message.text == "Menaud, maître-draveur"
    assert unread(update) == {}
    assert [message.text for message in camille.chat] == ["Quel titre?", "Menaud, maître-draveur"]


async def test_the_person_hears_rendered_text(bot: Bot, camille: Person) -> None:
    sent = await bot.send_message(
        42,
        "  <b>Reçu</b> 📄 &lt;12 %&gt;\n<a href='https://declic.example/r?a=1&amp;b=2'>le voir</a>\n",
        parse_mode=ParseMode.HTML,
        reply_markup=YES_NO,
    )
    [heard] = await camille.hears()
    assert heard.text == sent.text == "Reçu 📄 <12 %>\nle voir"
    assert (heard.marked("bold"), heard.marked("text_link")) == (["Reçu"], ["le voir"])
    assert heard.entities[1]["url"] == "https://declic.example/r?a=1&b=2"
    assert heard.buttons == [["Oui", "Non"]]
    assert heard.source.startswith("  <b>Reçu</b>")
    assert list(sent.parse_entities().values()) == ["Reçu", "le voir"]


async def test_hears_waits_takes_no_more_than_asked_and_says_what_it_heard(bot: Bot, camille: Person) -> None:
    for text in ("un", "deux", "trois"):
        await bot.send_message(42, text)
    assert [message.text for message in await camille.hears(2)] == ["un", "deux"]
    assert [message.text for message in camille.unheard] == ["trois"]
    with pytest.raises(AssertionError, match="waited for 2 message\\(s\\) and heard:\n- trois"):
        await camille.hears(2)


async def test_a_press_is_answered_once_and_edited_in_place(bot: Bot, camille: Person) -> None:
    await bot.send_message(42, "Envoyer?", reply_markup=YES_NO)
    press = await camille.presses("oui")
    query = await newest_query(bot)
    assert query.data == "oui"
    assert unread(query) == {}
    await query.answer("C’est noté")
    assert (await camille.is_answered(press)).notice == "C’est noté"
    with pytest.raises(
        BadRequest, match="Query is too old and response timeout expired or query id is invalid"
    ):
        await query.answer()
    await query.edit_message_text("Envoyer? <i>Oui</i>", parse_mode=ParseMode.HTML, reply_markup=CHOSEN)
    edited = await camille.sees("Envoyer? Oui")
    assert (edited.edited, edited.buttons, edited.marked("italic")) == (True, [["✓ Oui"]], ["Oui"])
    assert camille.chat == [edited]


async def test_a_button_that_is_not_there_cannot_be_pressed(
    telegram: FakeTelegram, bot: Bot, camille: Person
) -> None:
    await bot.send_message(42, "Envoyer?", reply_markup=YES_NO)
    [question] = await camille.hears()
    with pytest.raises(AssertionError, match="no button is like 'Peut-être'; there are: 'Oui', 'Non'"):
        await camille.presses("Peut-être")
    with pytest.raises(AssertionError, match="several buttons are like 'o'"):
        await camille.presses("o")
    await bot.edit_message_reply_markup(42, question.id)
    with pytest.raises(AssertionError, match="there are: none"):
        await camille.presses("Oui")
    await camille.presses_old(question, "oui")
    await bot.delete_message(42, question.id)
    await camille.presses_old(question.id, "oui")
    queries = [update.callback_query for update in await bot.get_updates()]
    messages = [query.message for query in queries if query]
    assert [message.is_accessible for message in messages if message] == [True, False]
    assert [press.data for press in telegram.unanswered] == ["oui", "oui"]


async def test_replies_of_the_bot(bot: Bot, camille: Person) -> None:
    said = await camille.says("Bonjour")
    await bot.send_message(42, "Bonjour!", reply_parameters=ReplyParameters(said.id))
    await bot.send_message(
        42, "Oui?", reply_parameters=ReplyParameters(999, allow_sending_without_reply=True)
    )
    assert [message.reply_to for message in await camille.hears(2)] == [said.id, None]
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(42, "Quoi?", reply_parameters=ReplyParameters(999))


async def test_the_menu_that_a_person_sees(telegram: FakeTelegram, bot: Bot, camille: Person) -> None:
    assert await bot.set_my_commands([BotCommand("declare", "Declare a page")])
    everyone = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("declarer", "Déclarer une page")], everyone, "fr")
    alex = telegram.person(43, "Alex", language_code="en")
    assert (camille.menu, alex.menu) == ([("declarer", "Déclarer une page")], [("declare", "Declare a page")])
    assert [command.command for command in await bot.get_my_commands(everyone, "fr")] == ["declarer"]
    await bot.delete_my_commands(everyone, "fr")
    assert camille.menu == alex.menu


async def test_who_is_typing(telegram: FakeTelegram, bot: Bot, camille: Person) -> None:
    me = await bot.get_me()
    assert (me.is_bot, me.username) == (True, "declic_bot")
    await bot.send_chat_action(42, ChatAction.TYPING)
    assert telegram.calls_of("sendChatAction") == [{"chat_id": 42, "action": "typing"}]


async def test_in_a_group(telegram: FakeTelegram, bot: Bot, camille: Person) -> None:
    group = telegram.group(title="Équipe de 4e année")
    await camille.adds_the_bot_to(group)
    said = await camille.says_in_group(group, "/aide@declic_bot")
    added, heard = await bot.get_updates()
    assert added.my_chat_member
    assert added.my_chat_member.new_chat_member.status == "member"
    assert heard.message
    assert heard.message.chat.type == "supergroup"
    await bot.send_message(group.id, "Écrivez-moi en privé.", reply_parameters=ReplyParameters(said.id))
    [reply] = await camille.hears(where=group)
    assert (reply.text, reply.reply_to, camille.chat) == ("Écrivez-moi en privé.", said.id, [])
    assert await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="not a member of the supergroup chat"):
        await bot.send_message(group.id, "Encore moi")
    await camille.says_in_group(group, "Il est parti")
    last = (await newest(bot)).my_chat_member
    assert last
    assert last.new_chat_member.status == "left"


async def test_whom_the_bot_has_not_met_it_cannot_write_to(telegram: FakeTelegram, bot: Bot) -> None:
    alex = telegram.person(43, "Alex", met=False)
    for chat in (43, 999, "@personne"):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(chat, "Bonjour")
    await alex.starts()
    await bot.send_message(43, "Bonjour")
    assert [message.text for message in await alex.hears()] == ["Bonjour"]

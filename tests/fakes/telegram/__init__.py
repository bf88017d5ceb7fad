"""A strict stand-in for Telegram's Bot API, over real HTTP, for tests.

    async with FakeTelegram() as telegram:
        bot = Bot(telegram.token, base_url=telegram.base_url, base_file_url=telegram.base_file_url)
        camille = telegram.person(id=42, first_name="Camille", language_code="fr")
        await camille.starts()
        [welcome] = await camille.hears()
        await camille.presses("Déclarer")

Every call is held against api.json (all methods of Bot API 10.1, cut from the full description by cut.py).
A method or field that does not exist, a field that is missing or of another type, is refused and kept in
`telegram.violations`, and leaving the `async with` then fails. So are broken HTML, texts and buttons beyond
the limits, unknown actions, and whatever of Telegram is not imitated here (501). A test that means to provoke
these takes `take_violations()`.

Known differences from Telegram:
- stricter: unknown fields are refused (Telegram ignores them), and so is a bare & in HTML;
- laxer: the bot sees everything said in a group; a webhook may be plain HTTP on this machine.
- not imitated (501): Markdown, keyboards other than inline ones, files by address, albums, topics.
Texts are measured in characters (code points), entities in UTF-16 units, as Telegram does: see sending.py.
"""

from tests.fakes.telegram.chats import Chat, Shown
from tests.fakes.telegram.desk import Call, Refused
from tests.fakes.telegram.keyboards import Button
from tests.fakes.telegram.person import Person
from tests.fakes.telegram.presses import Press
from tests.fakes.telegram.server import FakeTelegram

__all__ = ["Button", "Call", "Chat", "FakeTelegram", "Person", "Press", "Refused", "Shown"]

"""Every template, choice, command and button of the house: written in both languages, and fit for a phone."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from jinja2 import Environment, meta

import handlers
from bot import markup
from bot.messages import PRESS_BYTES, Call, Pick, Reply, read_press
from bot.question import Question
from bot.reading.choices import NO, NOTHING_TYPED, YES
from bot.reading.words import fold
from bot.render import LANGUAGES, NO_CHOICES, TEMPLATES
from bot.settings import Destination
from bot.turn import Conversation, House
from faq.loader import load_entries
from storage.talks import ID_LENGTH
from tests.samples import EVERYTHING, OWN, cases_of, templates
from tests.stage import furnished

NAMES = tuple(templates())
PHONE = 900
"""Characters that a phone shows in about two screens."""
LONGER = {
    "campaign/recap",
    "declare/recap",
    "declare/receipt",
    "mine/one",
    "revise/recap",
    "mine/period",
    "cli/check",
    "cli/settings-faulty",
    "roster/plan",
    "roster/nothing-new",
    "roster/parts",
    "cli/roster/plan",
    "cli/rehearse",
}
"""They list or hold what somebody has written, or are read on an operator's screen."""
GLUED = re.compile(r"\S[✅⚠⏰📝💬🔔💡]|[a-zé]\.[A-ZÉ]")
"""Two lines run into one: Jinja takes the newline after a block with it, an include too."""


@pytest.fixture
def house() -> House:
    return furnished()


@cache
def questions() -> dict[str, Question[object]]:
    """Every question of every ability, by template."""
    modules = [importlib.import_module(f.name) for f in pkgutil.walk_packages(handlers.__path__, "handlers.")]
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Question))
    return {question.template: question for question in found}


def choices_labelled(house: House, template: str, language: str) -> set[str]:
    """The choices that the template ever has a label for."""
    labels = (one for data in cases_of(template) for one in house.wording.labels(template, language, data))
    return {label.key for label in labels if label.key not in NO_CHOICES and not label.key.startswith("!")}


def test_the_samples_name_all_that_templates_ask_for() -> None:
    known = {*EVERYTHING, *(name for own in OWN.values() for name in own), *FACTS}
    environment = Environment(autoescape=True)
    for name in ("day", "short_day", "number", "percent", "local", "clock", "said", "label", "topic"):
        environment.filters[name] = str
    for language in LANGUAGES:
        for name in NAMES:
            source = (TEMPLATES / language / f"{name}.txt").read_text()
            assert meta.find_undeclared_variables(environment.parse(source)) <= known, name


FACTS = {"organisation", "contact", "destination", "platform", "copibec", "language", "field"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_each_template_reads_well_whatever_it_is_about(house: House, name: str, language: str) -> None:
    for data in cases_of(name):
        read = markup.to_plain(house.wording.text(name, language, data))
        labels = house.wording.labels(name, language, data)
        assert all(label.text and all(label.words) for label in labels), name
        assert not GLUED.search(read), read
        assert not re.search(r"\bNone\b|\{|\}|<", read), read
        assert "\n\n\n" not in read
        if name not in LONGER:
            assert len(read) <= PHONE, f"{len(read)} characters:\n{read}"


@pytest.mark.parametrize("destination", Destination)
@pytest.mark.parametrize("name", ["declare/recap", "declare/receipt"])
def test_what_sending_means_is_said_for_every_destination(destination: Destination, name: str) -> None:
    for language in LANGUAGES:
        for data in cases_of(name):
            read = markup.to_plain(furnished(destination).wording.text(name, language, data))
            assert not GLUED.search(read), read
            assert "Équipe fictive" in read or destination is not Destination.FORWARD


def test_there_are_questions() -> None:
    assert len(questions()) >= 20


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", questions())
def test_each_question_has_a_name_for_the_recap_and_help(house: House, template: str, language: str) -> None:
    label, explained = (house.wording.label(template, key, language) for key in ("#", "?"))
    assert label
    assert explained
    assert len(label.text) <= 40
    assert label.words != explained.words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", questions())
def test_each_choice_has_a_label_and_each_label_a_choice(house: House, template: str, language: str) -> None:
    assert choices_labelled(house, template, language) == set(questions()[template].reader.choices)


@pytest.mark.parametrize("template", questions())
def test_the_choices_of_a_question_can_be_told_apart(house: House, template: str) -> None:
    meanings = defaultdict(set)
    for language in LANGUAGES:
        for data in cases_of(template):
            for label in house.wording.labels(template, language, data):
                for word in label.words if label.key not in NO_CHOICES else ():
                    meanings[fold(word)].add(label.key)
    assert {word: keys for word, keys in meanings.items() if len(keys) > 1} == {}


def calls() -> Iterator[tuple[str, str]]:
    """Every command in a template's labels, with the template."""
    for language in LANGUAGES:
        for name in NAMES:
            below = (TEMPLATES / language / f"{name}.txt").read_text().partition("\n---\n")[2]
            yield from ((name, found) for found in re.findall(r"^!([\w-]+)", below, re.MULTILINE))


def test_each_command_in_a_label_is_an_ability(house: House) -> None:
    assert {found for _, found in calls()} <= {*house.abilities, "held"}
    assert ("declare/recap", "cancel") in set(calls())


@cache
def claims() -> dict[str, set[str]]:
    """The abilities that claim each word; slash words keep their slash."""
    found = defaultdict(set)
    for name in furnished().abilities:
        for key, before in (("slash", "/"), ("words", "")):
            for word in furnished().wording.words(f"{name}/command", key):
                found[before + fold(word)].add(name)
    return found


def test_no_word_calls_two_abilities() -> None:
    assert {word: names for word, names in claims().items() if len(names) > 1} == {}


def test_a_command_word_is_not_how_people_say_yes_no_or_nothing() -> None:
    answers = {fold(word) for words in (YES, NO, NOTHING_TYPED) for word in words.split("|")}
    assert answers & set(claims()) == set()


def test_a_word_for_a_choice_is_no_correction_unless_it_is_that_very_button(house: House) -> None:
    """A conversation's word gives way to the choice shown; "retour", "modifier" and the like never do."""
    beginning = {name for name, ability in house.abilities.items() if isinstance(ability, Conversation)}
    clashes = {
        (word, label.key)
        for template in questions()
        for language in LANGUAGES
        for data in cases_of(template)
        for label in house.wording.labels(template, language, data)
        if label.key not in NO_CHOICES
        for word in map(fold, label.words)
        if word in claims() and not claims()[word] <= {*beginning, label.key[1:].partition(":")[0]}
    }
    assert clashes == set()


def test_each_ability_has_its_words_and_a_slash_word_that_telegram_takes(house: House) -> None:
    for name in house.abilities:
        for language in LANGUAGES:
            slash = house.wording.labels(f"{name}/command", language)[0]
            assert (slash.key, slash.also) == ("slash", ())
            assert re.fullmatch(r"[a-z0-9_]{1,32}", slash.text), name
            assert 1 <= len(house.wording.text(f"{name}/command", language, {})) <= 256


OTHERS = {"slash", "words", "left", "helps", "begins", "wishes", "flow"}
"""What an ability's own template may say below its line."""


def test_what_is_said_of_an_ability_elsewhere_is_said_in_both_languages(house: House) -> None:
    for name, ability in house.abilities.items():
        keys = [{label.key for label in house.wording.labels(f"{name}/command", one)} for one in LANGUAGES]
        assert keys[0] == keys[1] <= OTHERS, name
        assert "left" not in keys[0] or isinstance(ability, Conversation), name


GENERAL = ("corrections", "form", "support", "welcome", "read", "questions")


def test_a_general_template_asks_for_no_ability_by_name(house: House) -> None:
    own = {name for name, ability in house.abilities.items() if ability.roles}
    for name in NAMES:
        for language in LANGUAGES if name.split("/")[0] in GENERAL else ():
            source = (TEMPLATES / language / f"{name}.txt").read_text()
            code = re.findall(r"{%.*?%}|{{.*?}}|^!\w+", source, re.MULTILINE)
            assert own & set(re.findall(r"\w+", " ".join(code))) == set(), name


def test_every_press_fits_a_telegram_button(house: House) -> None:
    talk, asked, id_ = "x" * ID_LENGTH, "x" * 8, "9" * 12
    values = [
        (q.name, value) for q in questions().values() for value in (*q.reader.choices, f"d{id_}", "2026-1")
    ]
    names = {question.name for question in questions().values()}
    presses = [
        *(str(Pick(talk, name, value, asked)) for name, value in values),
        *(str(Call("edit", name, talk)) for name in names),
        *(str(Call("entry", f"{id_}.{entry.id}")) for entry in load_entries()),
        *(str(Call(name, f"{id_}-{entry.id}")) for entry in load_entries() for name in ("teach", "lesson")),
        *(str(Call(name, f"like-{id_}", talk)) for name in house.abilities),
        *(
            button.press
            for name in NAMES
            for data in cases_of(name)
            for button in house.wording.page([Reply(name, data, (), talk, "publisher", asked)], "fr").buttons
        ),
    ]
    assert [press for press in presses if len(press.encode()) > PRESS_BYTES] == []
    assert [press for press in presses if str(read_press(press)) != press] == []

"""Every date, label, address and limit of the answers, and what they say to whom."""

from __future__ import annotations

import pytest

from tests.faq.answers import entries, read, render

SITE = "https://planinterventionparent.cssdm.gouv.qc.ca/"
MAILBOX = "support.mozaik@csdm.qc.ca"

FACTS = [
    ("password-forgotten", "fr", "« Mot de passe oublié »"),
    ("password-forgotten", "fr", "courriel que la plateforme vous envoie"),
    ("password-forgotten", "fr", "courrier indésirable"),
    ("password-forgotten", "en", "“Mot de passe oublié”"),
    ("password-forgotten", "en", "junk folder"),
    ("account-locked", "fr", "c’est Copibec qui redonne l’accès"),
    ("account-locked", "fr", "créez un nouveau mot de passe"),
    ("account-locked", "fr", "« parler à quelqu’un »"),
    ("account-locked", "en", "Copibec gives you access again"),
    ("account-locked", "en", "create a new password"),
    ("account-locked", "en", "“human”"),
    ("school-changed", "fr", "ni vous, ni les responsables de votre école, ni nous"),
    ("school-changed", "fr", "Seul Copibec peut l’associer au bon établissement"),
    ("school-changed", "fr", "Samuel"),
    ("school-changed", "fr", "nous transmettrons votre demande à Copibec"),
    ("school-changed", "en", "Only Copibec can attach it to the right school"),
    ("school-changed", "en", "neither can we"),
    ("school-changed", "en", "pass your request on to Copibec"),
    ("declare-deadlines", "fr", "trois fois par année scolaire"),
    ("declare-deadlines", "fr", "du 1er juillet au 30 novembre : à déclarer au plus tard le 30 novembre"),
    ("declare-deadlines", "fr", "du 1er décembre au 31 mars : au plus tard le 31 mars"),
    ("declare-deadlines", "fr", "du 1er avril au 30 juin : au plus tard le 30 juin"),
    ("declare-deadlines", "en", "three times a school year"),
    ("declare-deadlines", "en", "from July 1 to November 30: declare by November 30"),
    ("declare-deadlines", "en", "from December 1 to March 31: by March 31"),
    ("declare-deadlines", "en", "from April 1 to June 30: by June 30"),
    ("declare-how", "fr", "deux minutes environ"),
    ("declare-how", "fr", "guide « Comment déclarer les utilisations en classe »"),
    ("declare-how", "fr", "l’ISBN si vous l’avez sous la main"),
    ("declare-how", "fr", "« Retour »"),
    ("declare-how", "fr", "« modifier »"),
    ("declare-how", "en", "two minutes or so"),
    ("declare-how", "en", "guide “Comment déclarer les utilisations en classe”"),
    ("declare-how", "en", "“Back”"),
    ("declare-how", "en", "“edit”"),
    ("pi-parent-cannot-sign", "fr", "1. Le PI est au statut « PI prêt à être signé »"),
    ("pi-parent-cannot-sign", "fr", "(« Signer pour autrui »)"),
    ("pi-parent-cannot-sign", "fr", "« Guide à l'attention des parents »"),
    ("pi-parent-cannot-sign", "fr", "« Collaborateur·rices du plan d'intervention »"),
    ("pi-parent-cannot-sign", "fr", f"5. Le parent se connecte à {SITE}"),
    ("pi-parent-cannot-sign", "fr", f"le secrétariat écrit à {MAILBOX}"),
    ("pi-parent-cannot-sign", "fr", "nom de l’école, numéro de fiche, nom et prénom de l’élève"),
    ("pi-parent-cannot-sign", "fr", "nom et prénom du parent, courriel du parent inscrit dans le GPI"),
    ("pi-parent-cannot-sign", "en", "1. The PI is in the status “PI prêt à être signé”"),
    ("pi-parent-cannot-sign", "en", "(“Signer pour autrui”)"),
    ("pi-parent-cannot-sign", "en", "“Guide à l'attention des parents”"),
    ("pi-parent-cannot-sign", "en", "“Collaborateur·rices du plan d'intervention”"),
    ("pi-parent-cannot-sign", "en", f"5. The parent signs in at {SITE}"),
    ("pi-parent-cannot-sign", "en", f"the secretary writes to {MAILBOX}"),
    ("pi-parent-cannot-sign", "en", "the school’s name, the file number, the student’s last and first name"),
    (
        "pi-parent-cannot-sign",
        "en",
        "the parent’s last and first name, the parent’s e-mail as entered in the GPI",
    ),
]


@pytest.mark.parametrize(("entry", "language", "fact"), FACTS)
def test_an_answer_says_the_fact(entry: str, language: str, fact: str) -> None:
    assert fact in read(entries()[entry].answer(language).text).replace("\u00a0", " ")


def test_the_two_domains_differ_as_in_the_source() -> None:
    """The parents' site is on cssdm, the mailbox on csdm: nobody "corrects" one."""
    for language in ("fr", "en"):
        answer = entries()["pi-parent-cannot-sign"].answer(language)
        said = answer.text + (answer.next or "")
        assert said.count("cssdm") == said.count(SITE) == 1
        assert said.replace(SITE, "").count("csdm") == said.count(MAILBOX) == 2


@pytest.mark.parametrize(
    ("entry", "flow", "human"),
    [
        ("password-forgotten", None, False),
        ("account-locked", None, True),
        ("school-changed", None, True),
        ("declare-deadlines", "declare", False),
        ("declare-how", "declare", False),
        ("pi-parent-cannot-sign", None, True),
    ],
)
def test_an_entry_offers_only_what_exists(entry: str, flow: str | None, human: bool) -> None:
    assert (entries()[entry].flow, entries()[entry].human) == (flow, human)


@pytest.mark.parametrize(
    ("language", "days_left", "said"),
    [
        ("fr", 12, "Prochaine date limite\u00a0: le 30 novembre, dans 12 jours."),
        ("fr", 1, "le 30 novembre, c’est demain."),
        ("fr", 0, "le 30 novembre, c’est aujourd’hui."),
        ("fr", None, "le 30 novembre."),
        ("en", 12, "Next deadline: le 30 novembre, in 12 days."),
        ("en", 1, "le 30 novembre, which is tomorrow."),
        ("en", 0, "le 30 novembre, which is today."),
    ],
)
def test_a_known_person_is_told_the_next_deadline(language: str, days_left: int | None, said: str) -> None:
    answer = entries()["declare-deadlines"].answer(language)
    assert said in read(answer.text, next_deadline="le 30 novembre", days_left=days_left)


@pytest.mark.parametrize(("declared", "thanked"), [(True, True), (False, False), (None, False)])
def test_who_has_declared_is_thanked(declared: bool | None, thanked: bool) -> None:
    answer = entries()["declare-deadlines"].answer("fr")
    said = read(answer.text, next_deadline="le 30 novembre", days_left=3, declared=declared)
    assert ("Vous avez déjà déclaré" in said) is thanked


def test_a_school_is_named_as_data_never_as_markup() -> None:
    answer = entries()["school-changed"].answer("fr")
    assert "votre école est École &lt;b&gt;" in render(answer.text, school="École <b>")
    assert "Dans nos listes" not in read(answer.text)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("entry", sorted(entries()))
def test_an_answer_reads_well_whatever_is_known(entry: str, language: str) -> None:
    answer = entries()[entry].answer(language)
    for source in (answer.text, answer.next or ""):
        told_all = read(source, next_deadline="demain", days_left=1, school="X", declared=True)
        for said in (read(source), told_all):
            assert "None" not in said
            assert "\n\n\n" not in said
    assert 200 < len(read(answer.text)) < 900


@pytest.mark.parametrize("entry", ["declare-how", "pi-parent-cannot-sign"])
def test_a_guide_is_linked_only_when_the_operator_gave_its_address(entry: str) -> None:
    addresses = {title: f"https://guides.example/{at}" for at, title in enumerate(entries()[entry].guides)}
    for answer in entries()[entry].answers:
        source = answer.text + (answer.next or "")
        assert "<a " not in render(source)
        assert all(f'<a href="{address}">' in render(source, addresses) for address in addresses.values())
        assert read(source) != read(source, addresses), "without an address it says whom to ask"


def test_each_entry_has_wordings_enough_in_each_language() -> None:
    for entry in entries().values():
        for language in ("fr", "en"):
            assert sum(wording.language == language for wording in entry.wordings) >= 25, (entry.id, language)

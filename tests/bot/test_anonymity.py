"""What is left of a question when it must not tell who asked it."""

from __future__ import annotations

import pytest

from bot.anonymity import anonymous, without

NAMES = ("Josée Tremblay", "École des Tilleuls fictifs")


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("Mon compte est bloqué depuis hier.", "Mon compte est bloqué depuis hier."),
        # What the roster knows of the asker
        ("Josée Tremblay ne peut plus entrer", "••• ne peut plus entrer"),
        ("josee tremblay ne peut plus entrer", "••• ne peut plus entrer"),
        ("C'est Josee, mon compte est bloqué", "C'est •••, mon compte est bloqué"),
        ("Je travaille à l'école des tilleuls fictifs", "Je travaille à l'•••"),
        ("Je suis aux Tilleuls, quelle est la date limite?", "Je suis aux •••, quelle est la date limite?"),
        ("Mon école n'est pas dans la liste", "Mon école n'est pas dans la liste"),
        ("Les tremblaysiens ont-ils un code?", "Les tremblaysiens ont-ils un code?"),
        # Where to reach them
        ("Écrivez-moi à josee.t@exemple.invalid svp", "Écrivez-moi à ••• svp"),
        ("Mon numéro est le 514 555-1234, poste 12.", "Mon numéro est le •••."),
        ("Appelez-moi au (418) 555-1234", "Appelez-moi au •••"),
        ("Appelez le 555-1234 après 15 h", "Appelez le ••• après 15 h"),
        ("My number is 5145551234", "My number is •••"),
        ("L'ISBN 978-2-07-061275-8 est refusé", "L'ISBN 978-2-07-061275-8 est refusé"),
        ("J'ai copié les pages 120-145 en 2025-2026", "J'ai copié les pages 120-145 en 2025-2026"),
        # Whoever says their name
        ("Bonjour, je m'appelle Zoé Exemple et je veux déclarer", "Bonjour, je m'appelle ••• et je veux déclarer"),
        ("Je m’appelle zoé pis j'ai perdu mon mot de passe", "Je m’appelle ••• pis j'ai perdu mon mot de passe"),
        ("mon nom est Zoé Exemple, qui doit déclarer?", "mon nom est •••, qui doit déclarer?"),
        ("Hi, my name is Zoe Sample. I lost my password", "Hi, my name is •••. I lost my password"),
        # Whoever they speak of
        ("La mère de mon élève Léo Exemple ne peut pas signer", "La mère de mon élève ••• ne peut pas signer"),
        ("Mme Tremblay-Roy a quitté l'école", "Mme ••• a quitté l'école"),
        ("My son Leo has two plans", "My son ••• has two plans"),
        ("La mère de Léo Exemple ne signe pas", "La mère de ••• ne signe pas"),
        ("La mère à Léo ne signe pas", "La mère à ••• ne signe pas"),
        ("Le père d’Anne refuse le plan", "Le père d’••• refuse le plan"),
        ("Où est le PI de Léo (Exemple)?", "Où est le PI de •••?"),
        ("Où est le PI signé de Léo Exemple (Zoé Exemple)?", "Où est le PI signé de •••?"),
        ("Le PI de 2025 a disparu", "Le PI de 2025 a disparu"),
        ("Le PI du CSSDM est-il obligatoire?", "Le PI du CSSDM est-il obligatoire?"),
        ("Le PI de mon élève est barré", "Le PI de mon élève est barré"),
        ("Mon élève nommée Mia Exemple a deux plans", "Mon élève nommée ••• a deux plans"),
        ("I lost the plan of my student Leo Sample", "I lost the plan of my student •••"),
        ("Leo Sample's mother will not sign", "•••'s mother will not sign"),
        ("Where is the IEP for Leo?", "Where is the IEP for •••?"),
        ("Mon élève a deux plans d'intervention", "Mon élève a deux plans d'intervention"),
        # Signatures
        ("Comment déclarer? Merci, Zoé Exemple", "Comment déclarer? Merci"),
        ("Comment déclarer?\n\nMerci!\nZoé Exemple\nEnseignante, 4e\nÉcole fictive", "Comment déclarer?\n\nMerci"),
        ("Comment déclarer? merci, zoé", "Comment déclarer? merci"),
        ("How do I declare?\nKind regards,\nZoe Sample", "How do I declare?\nKind regards"),
        ("Comment déclarer? Merci de répondre. Marie-Ève", "Comment déclarer? Merci de répondre."),
        ("Comment déclarer? Merci de répondre!\nMarie-Ève Exemple", "Comment déclarer? Merci de répondre!"),
        ("Comment déclarer?\nMarie-Ève", "Comment déclarer?"),
        ("Comment déclarer?\n-- \nZoé\nÉcole fictive\n555", "Comment déclarer?"),
        ("Comment déclarer?\n--", "Comment déclarer?"),
        ("Pages 12 -- 15, est-ce permis?", "Pages 12 -- 15, est-ce permis?"),
        ("Merci de me dire comment déclarer", "Merci de me dire comment déclarer"),
        ("Merci!\nComment faire pour déclarer?", "Merci!\nComment faire pour déclarer?"),
        ("Bonne journée. Qui doit déclarer?", "Bonne journée. Qui doit déclarer?"),
    ],
)  # fmt: skip
def test_nothing_tells_who_asked(asked: str, kept: str) -> None:
    assert anonymous(asked, NAMES) == kept


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("Combien de page puis-je copier d'une source?", "Combien de page puis-je copier d'une source?"),
        ("claire page ne peut plus entrer", "••• ne peut plus entrer"),
        ("Claire ne peut plus entrer", "••• ne peut plus entrer"),
        ("C'est l'affaire de Mme Page", "C'est l'affaire de Mme •••"),
        ("Je travaille à la Source", "Je travaille à la •••"),
        ("Je travaille à l'école de la source", "Je travaille à l'•••"),
    ],
)
def test_a_word_of_a_name_may_be_a_word_like_any_other(asked: str, kept: str) -> None:
    assert anonymous(asked, ("Claire Page", "École de la Source")) == kept


def test_without_names_only_what_is_told_outright_goes() -> None:
    assert anonymous("Josée ne peut plus entrer. Merci, Josée") == "Josée ne peut plus entrer. Merci"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Bonjour Josée, écrivez à aide@exemple.invalid.", "Bonjour, écrivez à aide@exemple.invalid."),
        ("Oui, c’est permis.", "Oui, c’est permis."),
        ("Oui JOSEE TREMBLAY! Bonne journée", "Oui! Bonne journée"),
    ],
)
def test_an_answer_written_to_somebody_is_given_to_anybody(written: str, kept: str) -> None:
    assert without(written, NAMES) == kept

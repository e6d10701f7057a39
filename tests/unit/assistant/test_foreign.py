"""Which language a message is in that is neither German nor English."""

from __future__ import annotations

import pytest

from sprechstunde.assistant.foreign import tongue_of


@pytest.mark.parametrize(
    ("said", "tongue"),
    [
        ("Merhaba, randevu almak istiyorum", "tr"),
        ("başım çok ağrıyor", "tr"),
        ("bonjour, je voudrais prendre rendez-vous", "fr"),
        ("j'ai mal à la tête", "fr"),
        ("Здравствуйте, мне нужен врач", "ru"),
        ("Добрий день, я хочу записатися", "uk"),
        ("dzień dobry, chciałbym umówić wizytę", "pl"),
        ("hola, necesito una cita", "es"),
        ("buongiorno vorrei un appuntamento", "it"),
        ("مرحبا أريد موعد", "ar"),
    ],
)
def test_the_language_is_recognised(said: str, tongue: str) -> None:
    assert tongue_of(said) == tongue


@pytest.mark.parametrize(
    "said",
    [
        "Kann ich einen Termin haben, merci",
        "je früher je besser",
        "hola amigo",
        "Maria del Mar",
        "mein Name ist Ахмед",
        "Rendez-vous mit dem Arzt",
        "mal wieder Rücken",
        "👍",
    ],
)
def test_german_english_and_names_stay_what_they_are(said: str) -> None:
    assert tongue_of(said) is None

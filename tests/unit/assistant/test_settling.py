"""What the classifier alone suspects, settled with what else the message says."""

from __future__ import annotations

from typing import Any

import pytest

from sprechstunde.assistant import alarm
from sprechstunde.assistant.nlu.marks import ALARM_SHARE, HELD_BACK, RULED
from sprechstunde.assistant.settling import agreed, keep_language, settle


def parsed(intent: str, *entities: str, ranking: tuple[tuple[str, float], ...] = ()) -> dict[str, Any]:
    return {
        "text": "",
        "intent": {"name": intent, "confidence": 0.8},
        "intent_ranking": [{"name": name, "confidence": confidence} for name, confidence in ranking],
        "entities": [{"entity": entity, "value": "x"} for entity in entities],
    }


def intent_of(data: dict[str, Any]) -> str:
    return str(settle(data)["intent"]["name"])


@pytest.mark.parametrize(
    "said",
    [
        "can somebody explain my blood test",
        "kann wer mit mir die Blutwerte durchgehen",
        "what do my lab results mean",
    ],
)
def test_who_wants_it_explained_wants_no_further_visit(said: str) -> None:
    found = parsed("request_human", "visit_type", ranking=(("request_human", 0.6), ("book_appointment", 0.1)))
    assert intent_of({**found, "text": said}) == "ask_results"


def test_who_wants_the_visit_is_not_sent_to_the_results() -> None:
    found = parsed("request_human", "visit_type", ranking=(("request_human", 0.6), ("book_appointment", 0.1)))
    assert intent_of({**found, "text": "I'd like a blood test, can somebody help"}) == "book_appointment"


@pytest.mark.parametrize("suspected", ["emergency_medical", "emergency_mental"])
def test_my_back_is_killing_me_gets_numbers_and_a_way_to_an_appointment(suspected: str) -> None:
    assert intent_of({**parsed(suspected, "visit_type"), ALARM_SHARE: 0.5}) == "urgent_care"


def test_near_certainty_alarms_whatever_visit_is_named() -> None:
    assert intent_of({**parsed("emergency_medical", "visit_type"), ALARM_SHARE: 0.9}) == "emergency_medical"


@pytest.mark.parametrize("certain", ["emergency_medical", "emergency_mental"])
def test_what_a_rule_calls_an_emergency_stays_one(certain: str) -> None:
    ruled = {**parsed(certain, "visit_type"), RULED: "chest pain"}
    assert intent_of(ruled) == certain


def test_a_suspicion_without_the_name_of_a_visit_stays() -> None:
    assert intent_of(parsed("emergency_medical", "time")) == "emergency_medical"


def test_a_weak_suspicion_says_whom_to_call_without_an_alarm() -> None:
    assert intent_of({**parsed("emergency_mental"), ALARM_SHARE: 0.3}) == "urgent_care"


def test_suspicion_spread_over_both_kinds_of_emergency_adds_up() -> None:
    torn = parsed("nlu_fallback", ranking=(("emergency_mental", 0.3), ("emergency_medical", 0.25)))
    assert intent_of({**torn, ALARM_SHARE: 0.55}) == "emergency_mental"


def test_what_only_a_rule_calls_an_emergency_names_the_doctor_on_call() -> None:
    found = {**parsed("emergency_medical"), RULED: "stroke", ALARM_SHARE: 0.01}
    assert intent_of({**found, "text": "strokes run in our family, so I would like a check"}) == "urgent_care"
    assert intent_of({**found, "text": "massive stroke"}) == "emergency_medical"


def test_a_wish_ahead_of_an_emergency_does_not_drown_it() -> None:
    text = "brauche ein rezept und mein mann kriegt keine luft"
    found = {**parsed("emergency_medical"), "text": text, RULED: "air", ALARM_SHARE: 0.01}
    assert alarm.to_hear_again(found) == ["brauche ein rezept", "mein mann kriegt keine luft"]
    parts = [{ALARM_SHARE: 0.0}, {ALARM_SHARE: 0.9}]
    assert intent_of(alarm.heard_again(found, parts)) == "emergency_medical"
    assert intent_of(alarm.heard_again(found, parts[:1])) == "urgent_care"


def test_nothing_is_heard_again_where_nobody_doubts() -> None:
    text = "brauche ein rezept und mein mann kriegt keine luft"
    assert (
        alarm.to_hear_again({**parsed("emergency_medical"), "text": text, RULED: "air", ALARM_SHARE: 0.5})
        == []
    )
    assert alarm.to_hear_again({**parsed("thank"), "text": text, ALARM_SHARE: 0.0}) == []


def test_torn_between_two_that_lead_the_same_way_the_likelier_is_taken() -> None:
    torn = parsed("nlu_fallback", ranking=(("inform", 0.4), ("book_appointment", 0.38)))
    assert intent_of(torn) == "inform"


def test_with_the_name_of_a_visit_a_booking_is_meant() -> None:
    torn = parsed("nlu_fallback", "specialty", ranking=(("greet", 0.3), ("book_appointment", 0.2)))
    assert intent_of(torn) == "book_appointment"


def test_what_cannot_be_settled_is_asked_again() -> None:
    assert (
        intent_of(parsed("nlu_fallback", ranking=(("greet", 0.3), ("ask_address", 0.28)))) == "nlu_fallback"
    )
    assert intent_of(parsed("nlu_fallback")) == "nlu_fallback"


def test_a_name_does_not_change_the_language() -> None:
    name = {**parsed("inform", "language", "person_name"), "text": "Mary-Jane von Berg"}
    assert [e["entity"] for e in keep_language(name, "patient_name")["entities"]] == ["person_name"]
    assert [e["entity"] for e in keep_language(name, "visit_type")["entities"]] == ["language", "person_name"]
    sentence = {**name, "text": "sorry, could we please talk in English"}
    assert "language" in [e["entity"] for e in keep_language(sentence, "patient_name")["entities"]]


def test_a_heart_attack_years_ago_books_a_check_up() -> None:
    past = parsed("emergency_medical", ranking=(("emergency_medical", 0.9), ("book_appointment", 0.05)))
    assert intent_of({**past, HELD_BACK: ["past"]}) == "book_appointment"


def test_what_was_denied_and_names_a_visit_is_information() -> None:
    denied = parsed("urgent_care", "visit_type", ranking=(("urgent_care", 0.9), ("stop_dialogue", 0.05)))
    assert intent_of({**denied, HELD_BACK: ["negated"]}) == "inform"


def test_a_figure_of_speech_alone_calms_nobody() -> None:
    figure = parsed("emergency_medical", ranking=(("emergency_medical", 0.9), ("book_appointment", 0.05)))
    assert intent_of({**figure, HELD_BACK: ["figurative"]}) == "emergency_medical"


def test_not_understood_but_worrying_gets_the_doctor_on_call() -> None:
    unsure = parsed("nlu_fallback", ranking=(("emergency_medical", 0.4), ("greet", 0.2)))
    assert intent_of({**unsure, "text": "er ist so komisch geworden"}) == "urgent_care"
    assert intent_of({**unsure, "text": "blubb"}) == "nlu_fallback"


def test_who_names_a_visit_means_our_business() -> None:
    wish = parsed("out_of_scope", "visit_type", ranking=(("out_of_scope", 0.5), ("book_appointment", 0.1)))
    assert intent_of(wish) == "book_appointment"


@pytest.mark.parametrize(
    "text",
    [
        "meine nummer ist 0170 1234567",
        "my number is +49 170 1234567",
        "bitte unter 030 2312510 anrufen",
        "und noch metformin 1000",
        "ach und ramipril lieber die 100er packung",
        "also simvastatin 20 mg please",
    ],
)
@pytest.mark.parametrize("suspected", ["emergency_medical", "urgent_care"])
def test_a_phone_number_or_a_dose_raises_no_alarm(text: str, suspected: str) -> None:
    numbers = {**parsed(suspected, ranking=((suspected, 0.8), ("request_human", 0.15))), "text": text}
    assert intent_of(numbers) == "request_human"


@pytest.mark.parametrize(
    "text",
    [
        "zucker 450 und er zittert",
        "blood pressure 210 over 120",
        "er ist 83 Jahre und redet wirr",
        "took 20 of them",
    ],
)
def test_what_is_measured_or_taken_stays_an_alarm(text: str) -> None:
    measured = {
        **parsed("emergency_medical", ranking=(("emergency_medical", 0.8), ("inform", 0.15))),
        "text": text,
    }
    assert intent_of(measured) == "emergency_medical"


@pytest.mark.parametrize("text", ["Rückenschmerzen so schnell wie möglich", "knee pain as soon as you can"])
def test_who_names_a_visit_and_thanks_nobody_wants_it(text: str) -> None:
    wanted = {**parsed("thank", "visit_type", ranking=(("thank", 0.45), ("inform", 0.3))), "text": text}
    assert intent_of(wanted) == "inform"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Yes, that is correct, thank you", "affirm"),
        ("yes that's right, thanks a lot", "affirm"),
        ("perfect, thank you!", "affirm"),
        ("Alles richtig, vielen Dank", "affirm"),
        ("Stimmt alles. Danke schön!", "affirm"),
        ("ja passt, merci", "affirm"),
        ("Danke schön!", "thank"),
        ("danke, aber nicht am Montag", "thank"),
        ("yes but not with him, thanks", "thank"),
    ],
)
def test_yes_with_thanks_is_a_yes_where_one_is_asked_for(text: str, intent: str) -> None:
    thanks = {**parsed("thank"), "text": text}
    assert agreed(thanks, to_confirm=True)["intent"]["name"] == intent
    assert agreed(thanks, to_confirm=False)["intent"]["name"] == "thank"


@pytest.mark.parametrize(("entities", "intent"), [((), "affirm"), (("ordinal",), "choose_option")])
def test_exactly_that_one_agrees_where_no_other_is_named(entities: tuple[str, ...], intent: str) -> None:
    said = {**parsed("choose_option", *entities), "text": "genau den"}
    assert agreed(said, to_confirm=True)["intent"]["name"] == intent


@pytest.mark.parametrize(
    ("said", "confidence", "intent"),
    [
        ("blablub", 0.54, "nlu_fallback"),
        ("xcvb!", 0.6, "nlu_fallback"),
        ("Pizza", 0.97, "out_of_scope"),
        ("blub am Meer", 0.54, "out_of_scope"),
    ],
)
def test_a_lone_word_that_nobody_knows_is_asked_about(said: str, confidence: float, intent: str) -> None:
    found = {**parsed("out_of_scope"), "text": said}
    assert intent_of({**found, "intent": {"name": "out_of_scope", "confidence": confidence}}) == intent

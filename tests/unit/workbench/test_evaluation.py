"""`make evaluate`: families stay whole, figures are right, the short way learns what Rasa learns."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from sprechstunde.workbench.evaluation.comparing import Measured
from sprechstunde.workbench.evaluation.examples import LANGUAGES, Example, judged, training_examples
from sprechstunde.workbench.evaluation.families import families, folds
from sprechstunde.workbench.evaluation.judging import Verdict
from sprechstunde.workbench.evaluation.pipelines import trained
from sprechstunde.workbench.evaluation.report import Results, summary, write_page
from sprechstunde.workbench.evaluation.scores import Outcome, Share, score_entities, score_intents

ROOT = Path(__file__).resolve().parents[3]
SMALL = """recipe: default.v1
assistant_id: small
language: de
pipeline:
  - name: sprechstunde.assistant.nlu.tokenizer.PhoneTokenizer
  - name: sprechstunde.assistant.nlu.emergency.EmergencyRules
  - {name: sprechstunde.assistant.nlu.classifier.IntentClassifier, C: 30.0}
  - {name: FallbackClassifier, threshold: 0.45, ambiguity_threshold: 0.05}
"""


def phrases() -> list[Example]:
    """A few intents of the real data."""
    kept = {"greet", "thank", "cancel_appointment", "ask_address"}
    return [example for example in training_examples(ROOT) if example.intent in kept]


def test_alike_phrases_are_one_family_and_others_are_not() -> None:
    texts = [
        "Ich möchte meinen Termin absagen",
        "möchte bitte meinen termin absagen",
        "kann leider nicht kommen",
    ]
    first, second, third = families([Example(text, "cancel_appointment", "de") for text in texts])
    assert first == second != third


def test_an_intent_of_its_own_is_a_family_of_its_own() -> None:
    numbers = families([Example("danke", "thank", "de"), Example("danke", "goodbye", "de")])
    assert numbers[0] != numbers[1]


def test_no_family_is_both_trained_on_and_tested() -> None:
    examples = phrases()
    numbers, tested = families(examples), []
    for train, test in folds(examples, 4):
        assert not {numbers[place] for place in train} & {numbers[place] for place in test}
        tested += test
    assert sorted(tested) == list(range(len(examples)))


def test_the_same_folds_come_every_time() -> None:
    assert list(folds(phrases(), 3)) == list(folds(phrases(), 3))


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """Four messages are taken for what they are meant as; two are not, one of them an emergency."""
    return [
        Outcome("hallo", "greet", "greet"),
        Outcome("danke", "thank", "thank"),
        Outcome("danke dir", "thank", "greet"),
        Outcome("keine Luft", "emergency_medical", "urgent_care"),
        Outcome("Brust sticht", "emergency_medical", "nlu_fallback"),
        Outcome("Pizza", "out_of_scope", "nlu_fallback"),
        Outcome("herzlich", "thank", "emergency_medical"),
    ]


def test_figures_are_those_that_one_counts_by_hand(outcomes: list[Outcome]) -> None:
    scores = score_intents(outcomes)
    assert (scores.accuracy.part, scores.accuracy.whole) == (2, 7)
    assert scores.f1["greet"] == pytest.approx(2 / 3)  # one right, one of two that were taken for it
    assert scores.f1["thank"] == pytest.approx(1 / 2)
    assert scores.macro == pytest.approx((2 / 3 + 1 / 2 + 0 + 0) / 4)
    assert scores.confusions["thank", "greet"] == ["danke dir"]


def test_alarms_and_strangers_are_counted_for_what_the_patient_gets(outcomes: list[Outcome]) -> None:
    scores = score_intents(outcomes)
    assert (scores.emergencies.part, scores.emergencies.whole) == (1, 2)
    assert scores.emergencies.missed == ("Brust sticht → nlu_fallback",)
    assert scores.exact_emergencies.part == 0
    assert (scores.false_alarms.part, scores.false_alarms.whole) == (1, 5)
    assert scores.false_alarms.missed == ("herzlich → emergency_medical",)
    assert (scores.out_of_scope.part, scores.out_of_scope.whole) == (1, 1)
    assert (scores.turned_away.part, scores.turned_away.whole) == (1, 6)


def test_a_wrong_entity_counts_as_wrong_and_as_missed() -> None:
    scores = score_entities(
        [({"insurer": "TK"}, {"insurer": "TK"}), ({"insurer": "DAK"}, {"insurer": "TK", "ordinal": 1})]
    )
    assert scores["insurer"].f1 == pytest.approx(2 / (2 + 1 + 1))
    assert (scores["all"].right, scores["all"].wrong, scores["all"].missed) == (1, 2, 1)


def test_the_short_way_learns_what_rasa_learns(tmp_path: Path) -> None:
    """Without Rasa's graph: the same intents, and as sure of each."""
    import asyncio

    import rasa.model_training
    from rasa.core.agent import Agent

    from sprechstunde.workbench.evaluation.comparing import _as_nlu

    (tmp_path / "config.yml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "train.yml").write_text(_as_nlu(phrases()), encoding="utf-8")
    model = rasa.model_training.train_nlu(
        str(tmp_path / "config.yml"), str(tmp_path / "train.yml"), str(tmp_path / "models")
    )
    agent = Agent.load(model)
    texts = [
        "merci vielmals",
        "wo seid ihr denn",
        "muss absagen",
        "Hallöchen",
        "keine Luft mehr",
        "🙂",
        "",
        "xyz",
    ]
    with trained(tmp_path / "config.yml", phrases()) as understanding:
        ours = understanding.parse(texts)
    for text, parsed in zip(texts, ours, strict=True):
        theirs = asyncio.run(agent.parse_message(text))
        assert parsed["intent"]["name"] == theirs["intent"]["name"], text
        ranked, expected = parsed.get("intent_ranking", []), theirs["intent_ranking"]
        assert [i["name"] for i in ranked] == [i["name"] for i in expected], text
        sure, as_sure = ([i["confidence"] for i in way] for way in (ranked, expected))
        assert sure == pytest.approx(as_sure, abs=1e-6), (
            text
        )  # fits end within liblinear's tolerance of one another


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_judges_is_not_what_was_learnt(language: str) -> None:
    known = {example.text.casefold() for example in training_examples(ROOT)}
    sets = judged(ROOT, language)
    said = [example.text for example in (*sets.messages, *sets.extra)]
    said += sets.ordinary
    assert not [text for text in said if text.casefold() in known]
    assert len(sets.ordinary) >= 40 <= len(sets.extra)


@pytest.fixture
def results(outcomes: list[Outcome]) -> Results:
    """A run in which "danke dir" was taken for a greeting."""
    scores = score_intents(outcomes)
    verdict = Verdict(
        "de",
        scores,
        scores,
        Share(1, 8),
        score_entities([({}, {"insurer": "TK"})]),
        (),
        Share(9, 10, ("um <3> → null",)),
    )
    measured = Measured("n-grams", 12.0, 2.5, 4.0, 300.0, 0.5, {"families held out": scores})
    at = datetime(2026, 11, 25, 9, tzinfo=timezone.utc)
    return Results(at, 7, 5, {"de": scores}, [verdict], [measured], ["the networks were left out"])


def test_the_summary_names_what_is_confused_with_what(results: Results) -> None:
    text = "\n".join(summary(results))
    assert "thank → greet: danke dir" in text
    assert "90.0 % (9/10)" in text
    assert "n-grams: trained in 12 s, 2.5 ms a message" in text
    assert "the networks were left out" in text


def test_the_page_stands_alone_with_plots_and_examples(results: Results, tmp_path: Path) -> None:
    page = write_page(results, tmp_path / "evaluation").read_text(encoding="utf-8")
    assert page.count('src="data:image/png;base64,') == 2
    assert "danke dir" in page
    assert "um &lt;3&gt; → null" in page
    assert 'src="http' not in page

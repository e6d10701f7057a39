"""Rules that did not change are known again, so that an edited example does not teach the policies anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from sprechstunde.assistant import tuning

tuning.apply()

from rasa.graph_components.providers.training_tracker_provider import TrainingTrackerProvider  # noqa: E402 -- as above
from rasa.shared.core.generator import TrainingDataGenerator  # noqa: E402 -- as above
from rasa.shared.importers.rasa import RasaFileImporter  # noqa: E402 -- Rasa only after `tuning.apply`

from sprechstunde.assistant.tuning import steady_order  # noqa: E402 -- as above

DOMAIN = """
intents: [hello, bye, thanks, book, move]
responses:
  utter_hello: [{text: Hello}]
  utter_bye: [{text: Bye}]
  utter_thanks: [{text: Thanks}]
  utter_book: [{text: Booked}]
  utter_move: [{text: Moved}]
"""
RULE = "  - rule: {0}\n    steps: [{{intent: {0}}}, {{action: utter_{0}}}]\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(TrainingDataGenerator, "generate", steady_order.in_order)
    (tmp_path / "domain.yml").write_text(DOMAIN)
    rules = [RULE.format(intent) for intent in ("hello", "bye", "thanks", "book", "move")]
    (tmp_path / "rules.yml").write_text("rules:\n" + "".join(rules))
    return tmp_path


def learnt_from(data: Path) -> list[tuple[str, str]]:
    importer = RasaFileImporter(domain_path=str(data / "domain.yml"), training_data_paths=str(data))
    provider = TrainingTrackerProvider(TrainingTrackerProvider.get_default_config())
    trackers = provider.provide(importer.get_stories(), importer.get_domain())
    return [(tracker.sender_id, tracker.fingerprint()) for tracker in trackers]


def test_the_same_rules_read_twice_are_learnt_in_the_same_order(data: Path):
    first = learnt_from(data)
    assert [name for name, _ in first] == ["book", "bye", "hello", "move", "thanks"]
    assert all(learnt_from(data) == first for _ in range(3))


def test_a_changed_rule_is_noticed(data: Path):
    before = learnt_from(data)
    rules = data / "rules.yml"
    rules.write_text(rules.read_text().replace("utter_thanks", "utter_bye"))
    assert learnt_from(data) != before

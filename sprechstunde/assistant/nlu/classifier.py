"""Intents by logistic regression, unless a rule has already decided."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

RULED = "ruled_intent"
"""Message key: a rule ahead of the classifier has set the intent, and nothing may change it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LogisticRegressionClassifier):
    """Rasa's logistic regression with a strength to choose, which respects rules and survives empty
    messages.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: inverse strength of regularisation (higher = surer); the rest is Rasa's."""
        return {**LogisticRegressionClassifier.get_default_config(), "C": 10.0}

    def __init__(self, config: dict[str, Any], name: str, model_storage: Any, resource: Any) -> None:
        super().__init__(config, name, model_storage, resource)
        self.clf.set_params(C=self.config["C"])

    def process(self, messages: list[Message]) -> list[Message]:
        open_messages = [message for message in messages if not message.get(RULED)]
        readable = [message for message in open_messages if (message.get(TEXT) or "").strip()]
        for message in open_messages:
            if message not in readable:
                # nothing to read: the fallback answers, with buttons
                message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
                message.set("intent_ranking", [], add_to_output=True)
        if readable:
            super().process(readable)
            for message in readable:
                _to_plain_floats(message)
        return messages


def _to_plain_floats(message: Message) -> None:
    # numpy's numbers would need special care wherever an event is stored
    for intent in (message.get(INTENT), *message.get("intent_ranking", [])):
        intent["name"], intent["confidence"] = str(intent["name"]), float(intent["confidence"])

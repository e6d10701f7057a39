"""Training and reading as the assistant does, without Rasa's graph around it: a fold in seconds.

Every component of `config.yml` is made and trained by its own code, in order. A test compares the outcome with Rasa's
own training.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from sprechstunde.assistant import alarm, tuning

tuning.apply()

from rasa.engine.graph import ExecutionContext, GraphSchema  # noqa: E402 (TensorFlow must be switched off first)
from rasa.engine.recipes.default_recipe import DefaultV1Recipe  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.engine.storage.resource import Resource  # noqa: E402
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier  # noqa: E402,F401 (registers itself)
from rasa.nlu.tokenizers.tokenizer import Tokenizer  # noqa: E402
from rasa.shared.nlu.constants import INTENT, TEXT  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402
from rasa.shared.utils.common import class_from_module_path  # noqa: E402

from sprechstunde.assistant.settling import settle  # noqa: E402
from sprechstunde.workbench.evaluation.examples import Example  # noqa: E402


class Understanding:
    """The language part of the assistant: `learn` from examples, then `read` messages."""

    def __init__(self, config: Path, folder: Path) -> None:
        """`config`: a file like `config.yml`; `folder`: an empty one, for what components store."""
        storage, context = LocalModelStorage(folder), ExecutionContext(GraphSchema({}))
        self._components = []
        for number, options in enumerate(yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]):
            kind = _class_of(options["name"])
            given = {key: value for key, value in options.items() if key != "name"}
            resource = Resource(f"{number}_{kind.__name__}")
            self._components.append(
                kind.create({**kind.get_default_config(), **given}, storage, resource, context)
            )

    def learn(self, examples: Sequence[Example]) -> None:
        """Train all that is trained, each component on what those before it made of the examples."""
        messages = [Message({TEXT: example.text, INTENT: example.intent}) for example in examples]
        data = TrainingData(messages)
        for component in self._components:
            if isinstance(component, Tokenizer):
                component.process_training_data(data)
            elif hasattr(component, "train"):
                component.train(data)
                component.process_training_data(data)

    def parse(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """What Rasa would say of each text, in its own format."""
        messages = [Message({TEXT: text}) for text in texts]
        for component in self._components:
            component.process(messages)
        return [
            {TEXT: text, "entities": [], **message.as_dict(only_output_properties=True)}
            for text, message in zip(texts, messages, strict=True)
        ]

    def read(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """As `parse`, settled: what a message is handled as."""
        return [settle(self._heard_again(parsed)) for parsed in self.parse(texts)]

    def _heard_again(self, parsed: dict[str, Any]) -> dict[str, Any]:
        parts = alarm.to_hear_again(parsed)
        return alarm.heard_again(parsed, self.parse(parts)) if parts else parsed


def _class_of(name: str) -> Any:
    return class_from_module_path(name) if "." in name else DefaultV1Recipe._from_registry(name).clazz


@contextlib.contextmanager
def trained(config: Path, examples: Sequence[Example]) -> Iterator[Understanding]:
    """The pipeline of `config`, trained on `examples`; its files go when it is done with."""
    with tempfile.TemporaryDirectory() as folder:
        understanding = Understanding(config, Path(folder))
        understanding.learn(examples)
        yield understanding

"""What our extractors and rules have in common, so that each of them is only its idea."""

from __future__ import annotations

import hashlib
import logging
from abc import abstractmethod
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def sources_fingerprint() -> str:
    """Hash of this package's code. Rasa's training cache looks at a component's class only, not at its
    helpers.
    """
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class MessageComponent(GraphComponent):
    """A component that reads the text of each message and adds to it; nothing to train.

    Subclasses write `read(message, text)`. A message without text (None, empty, blanks) is left alone,
    and a bug in one component costs its own result only, never the patient's turn.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = {**self.get_default_config(), **config}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageComponent:
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return sources_fingerprint()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if not text or not text.strip():
                continue
            try:
                self.read(message, text)
            except Exception:
                # no content in the log: it is a patient's message
                logger.exception("%s failed on a message of %d characters", type(self).__name__, len(text))
        return messages

    @abstractmethod
    def read(self, message: Message, text: str) -> None:
        """Add what this component finds in `text` to `message`."""

    def add_entities(self, message: Message, entities: list[dict[str, Any]]) -> None:
        """Append entities (keys `entity start end value`, optional `role`), naming this component as
        `extractor`.
        """
        known = message.get(ENTITIES, [])
        for entity in entities:
            entity.setdefault("extractor", type(self).__name__)
            entity.setdefault("confidence_entity", 1.0)
        message.set(ENTITIES, known + entities, add_to_output=True)

"""Words as people type them on a phone."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from sprechstunde.assistant.nlu.component import sources_fingerprint
from sprechstunde.assistant.nlu.text import fold

# a word (with apostrophes), a number with its separators ("15:30", "3.4.1988"), or a single sign such as
# an emoji
_TOKEN = re.compile(r"\d+(?:[.:,/-]\d+)*\.?|[^\W\d_]+(?:['’´`][^\W\d_]+)*|[^\w\s.,;:!()\"„“”'’`´-]")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class PhoneTokenizer(Tokenizer):
    """Splits into words, numbers and emoji; each token's lemma is its folded spelling, which features are
    made of.

    Long digit runs become a shape ("3.4.1988" → "#.#.####"): the classifier should not learn single dates.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PhoneTokenizer:
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return sources_fingerprint()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT) is None:
                # a photo or a voice note has no text; Rasa's last component would fail on None
                message.set(TEXT, "", add_to_output=True)
        return super().process(messages)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        text = message.get(attribute) or ""
        tokens = [Token(m.group(), m.start(), lemma=_lemma(m.group())) for m in _TOKEN.finditer(text)]
        # Rasa's featurizers need one token at least ("…" alone, or nothing at all)
        return self._apply_token_pattern(tokens) or [Token(text or " ", 0, lemma="_")]


def _lemma(word: str) -> str:
    return re.sub(r"\d", "#", word) if word[0].isdigit() else fold(word)

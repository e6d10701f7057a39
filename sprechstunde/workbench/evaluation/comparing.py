"""One pipeline beside another: same examples, same messages, each trained by Rasa in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sprechstunde.workbench.evaluation.examples import Example
from sprechstunde.workbench.evaluation.scores import IntentScores, Outcome, score_intents


@dataclass(frozen=True)
class Measured:
    """What a pipeline cost and understood: `training_seconds`, milliseconds a message, megabytes of its process
    (training included) and the scores of each set of messages. `load` is the machine's load average before it began."""

    name: str
    training_seconds: float
    p50_ms: float
    p95_ms: float
    megabytes: float
    load: float
    scores: dict[str, IntentScores]


def measure(
    name: str,
    config: Path,
    train: Sequence[Example],
    tests: Mapping[str, Sequence[Example]],
    *,
    epochs: int | None = None,
) -> Measured:
    """Train `config` on `train` (networks for `epochs`, by default as configured) and judge it on each of `tests`.

    Raises `subprocess.CalledProcessError` where Rasa could not train; what it said is in `stderr`.
    """
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "config.yml").write_text(_configured(config, epochs), encoding="utf-8")
        (folder / "train.yml").write_text(_as_nlu(train), encoding="utf-8")
        messages = [example for test in tests.values() for example in test]
        (folder / "test.json").write_text(
            json.dumps([example.text for example in messages]), encoding="utf-8"
        )
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", f"{__package__}.one_pipeline", str(folder)],
            check=True,
            capture_output=True,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false"},
        )
        result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    got = iter(result.pop("intents"))
    scores = {
        title: score_intents([Outcome(example.text, example.intent, next(got)) for example in test])
        for title, test in tests.items()
    }
    return Measured(name=name, load=load, scores=scores, **result)


def _configured(config: Path, epochs: int | None) -> str:
    content: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8"))
    # Answers are chosen by rules here: the selector would only add to DIET's time, nothing to what is understood.
    content["pipeline"] = [part for part in content["pipeline"] if part["name"] != "ResponseSelector"]
    for part in content["pipeline"]:
        if epochs is not None and "epochs" in part:
            part["epochs"] = epochs
    return yaml.safe_dump(content, allow_unicode=True)


def _as_nlu(examples: Sequence[Example]) -> str:
    by_intent: dict[str, list[str]] = {}
    for example in examples:
        by_intent.setdefault(example.intent, []).append(example.text)
    blocks = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in by_intent.items()
    ]
    return yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, width=10_000)

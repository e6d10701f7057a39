"""One pipeline in a process of its own: trained by Rasa itself, then asked, and measured.

`python -m sprechstunde.workbench.evaluation.one_pipeline FOLDER`: reads `config.yml`, `train.yml` and
`test.json` (a list of texts) in FOLDER, writes `result.json`. Neural networks are loaded only where the pipeline
has some.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[3]


def main(folder: Path) -> None:
    """Train, read the test messages behind a short warm-up, write the outcome."""
    from sprechstunde.workbench.evaluation.clinic_words import clinic_of

    if "DIET" not in (folder / "config.yml").read_text(encoding="utf-8"):
        from sprechstunde.assistant import tuning

        tuning.apply()
    seconds, model = _train(folder)
    with clinic_of(ROOT / "clinic.yml"):
        result = asyncio.run(_ask(model, json.loads((folder / "test.json").read_text(encoding="utf-8"))))
    (folder / "result.json").write_text(json.dumps({"training_seconds": seconds, **result}), encoding="utf-8")


def _train(folder: Path) -> tuple[float, str]:
    import rasa.model_training

    started = time.perf_counter()
    model = rasa.model_training.train_nlu(
        config=str(folder / "config.yml"), nlu_data=str(folder / "train.yml"), output=str(folder)
    )
    return time.perf_counter() - started, str(model)


async def _ask(model: str, texts: list[str]) -> dict[str, Any]:
    from rasa.core.agent import Agent

    from sprechstunde.assistant.settling import settle

    agent = Agent.load(model)
    intents, milliseconds = [], []
    for text in texts[:20]:
        await agent.parse_message(text)
    for text in texts:
        started = time.perf_counter()
        parsed = await agent.parse_message(text)
        milliseconds.append(1000 * (time.perf_counter() - started))
        intents.append(settle(parsed)["intent"]["name"])
    milliseconds.sort()
    return {
        "intents": intents,
        "p50_ms": milliseconds[len(milliseconds) // 2],
        "p95_ms": milliseconds[int(len(milliseconds) * 0.95)],
        "megabytes": psutil.Process().memory_info().rss / 1e6,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))

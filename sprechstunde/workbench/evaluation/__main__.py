"""`make evaluate`: all figures, a page with plots in `.data/evaluation`. `EVALUATE=quick` leaves the networks out."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

from sprechstunde import clock
from sprechstunde.settings import get_settings
from sprechstunde.workbench.evaluation.clinic_words import clinic_of
from sprechstunde.workbench.evaluation.comparing import Measured, measure
from sprechstunde.workbench.evaluation.examples import LANGUAGES, Example, judged, training_examples
from sprechstunde.workbench.evaluation.families import families, folds
from sprechstunde.workbench.evaluation.judging import cross_validate, judge
from sprechstunde.workbench.evaluation.pipelines import trained
from sprechstunde.workbench.evaluation.report import Results, summary, write_page

ROOT = Path(__file__).resolve().parents[3]
FOLDS = 5


def main() -> int:
    """Measure, print, write the page and say where it is."""
    warnings.showwarning = _quiet  # Rasa's libraries warn of each other, and switch filters back on
    quick, epochs = os.environ.get("EVALUATE") == "quick", os.environ.get("EVALUATE_EPOCHS")
    examples = training_examples(ROOT)
    with clinic_of(ROOT / "clinic.yml"):
        validated = cross_validate(ROOT / "config.yml", examples, FOLDS, _say)
        _say("Messages written to judge by …")
        with trained(ROOT / "config.yml", examples) as understanding:
            verdicts = [judge(understanding, judged(ROOT, language)) for language in LANGUAGES]
    notes, pipelines = [], [_compare("n-grams (config.yml)", "config.yml", examples, None)]
    if quick:
        notes.append("EVALUATE=quick: the networks of config.diet.yml were left out")
    else:
        pipelines.append(_compare("DIET (config.diet.yml)", "config.diet.yml", examples, epochs))
    if epochs and not quick:
        notes.append(f"DIET was trained for {epochs} epochs, not the 100 of config.diet.yml")
    count = len(set(families(examples)))
    results = Results(clock.now(), len(examples), count, validated, verdicts, pipelines, notes)
    print("\n".join(summary(results)))
    print(f"\nWith plots: {write_page(results, get_settings().data_dir / 'evaluation')}")
    return 0


def _compare(name: str, config: str, examples: list[Example], epochs: str | None) -> Measured:
    """Trained on four fifths of the families; asked for the last fifth and for the hand-written messages."""
    _say(f"{name} by Rasa itself …")
    train, test = next(iter(folds(examples, FOLDS)))
    tests = {
        "families held out": [examples[place] for place in test],
        **{
            f"judged, {language}": list(judged(ROOT, language).messages + judged(ROOT, language).extra)
            for language in LANGUAGES
        },
    }
    learnt = [examples[place] for place in train]
    return measure(name, ROOT / config, learnt, tests, epochs=int(epochs) if epochs else None)


def _quiet(*_: object, **__: object) -> None:
    pass


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""What was measured, as text for the shell and as a page with plots."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from sprechstunde.workbench.evaluation.comparing import Measured
from sprechstunde.workbench.evaluation.judging import Verdict
from sprechstunde.workbench.evaluation.scores import IntentScores

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
NAMES = {"de": "German", "en": "English"}
WORST = 12


@dataclass(frozen=True)
class Results:
    """One run: `families` by language, `verdicts` on hand-written messages, `pipelines` compared, and remarks on what
    was left out (`notes`)."""

    at: datetime
    examples: int
    families: int
    validated: dict[str, IntentScores]
    verdicts: Sequence[Verdict]
    pipelines: Sequence[Measured]
    notes: Sequence[str]


def summary(results: Results) -> Iterator[str]:
    """Lines for the shell."""
    yield f"{results.examples} examples, {results.families} families of phrasing"
    for language, scores in results.validated.items():
        yield f"\n{NAMES[language]}: families held out (harsh: most phrases here were added because they had failed)"
        yield from _figures(scores)
        yield from _confusions(scores)
    for verdict in results.verdicts:
        yield f"\n{NAMES[verdict.language]}: messages written to judge by"
        yield f"  understood        {verdict.intents.accuracy}   intent F1 (macro) {verdict.intents.macro:.3f}"
        yield f"  emergencies found {verdict.alarms.emergencies}   told to call 112 {verdict.alarms.exact_emergencies}"
        yield f"  false alarms      {verdict.alarms.false_alarms}   in ordinary talk {verdict.ordinary}"
        yield f"  out of scope      {verdict.alarms.out_of_scope}   ours turned away {verdict.alarms.turned_away}"
        yield f"  entities F1       {verdict.entities['all'].f1:.3f}"
        yield f"  dates and times   {verdict.times}"
        yield from _confusions(verdict.intents)
    for measured in results.pipelines:
        yield (
            f"\n{measured.name}: trained in {measured.training_seconds:.0f} s, {measured.p50_ms:.1f} ms a message "
            f"(p95 {measured.p95_ms:.1f}), {measured.megabytes:.0f} MB; load before {measured.load:.1f}"
        )
        for title, scores in measured.scores.items():
            yield f"  {title:24} {scores.accuracy}   F1 (macro) {scores.macro:.3f}"
    yield from (f"\nNote: {note}" for note in results.notes)


def _figures(scores: IntentScores) -> Iterator[str]:
    yield f"  understood        {scores.accuracy}   intent F1 (macro) {scores.macro:.3f}"
    yield f"  emergencies found {scores.emergencies}   false alarms {scores.false_alarms}"
    yield f"  out of scope      {scores.out_of_scope}   ours turned away {scores.turned_away}"
    weakest = ", ".join(f"{intent} {value:.2f}" for intent, value in list(scores.f1.items())[:6])
    yield f"  weakest           {weakest}"


def _confusions(scores: IntentScores) -> Iterator[str]:
    for (meant, got), texts in list(scores.confusions.items())[:WORST]:
        yield f"    {len(texts):4} × {meant} → {got}: {'; '.join(texts[:3])[:110]}"


def write_page(results: Results, folder: Path) -> Path:
    """`index.html` in `folder`, complete in itself."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(["html"]))
    plots = {language: plot_f1(scores) for language, scores in results.validated.items()}
    matrices = {language: plot_confusions(scores) for language, scores in results.validated.items()}
    page = environment.get_template("evaluation.html").render(
        results=results, names=NAMES, plots=plots, matrices=matrices, worst=30
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder / "index.html"


def plot_f1(scores: IntentScores) -> str:
    """Bars of each intent's F1, as the address of an image that holds its own data."""
    figure, axes = _figure(7, 0.24 * len(scores.f1) + 1)
    names = list(scores.f1)[::-1]
    axes.barh(names, [scores.f1[name] for name in names], color="#0b5d4d")
    axes.set_xlim(0, 1)
    axes.set_xlabel("F1, families held out")
    return _as_address(figure)


def plot_confusions(scores: IntentScores) -> str:
    """What is taken for what: a square for each pair of intents, darker where it happens more often."""
    names = sorted({name for pair in scores.confusions for name in pair})
    grid = [[len(scores.confusions.get((meant, got), ())) for got in names] for meant in names]
    figure, axes = _figure(9, 8)
    axes.imshow(grid or [[0]], cmap="Greens")
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xlabel("taken for")
    axes.set_ylabel("meant as")
    return _as_address(figure)


def _figure(width: float, height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def _as_address(figure: Any) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=90)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()

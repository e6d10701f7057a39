"""`sprechstunde when "übernächsten Dienstag ab halb vier"`: what an expression of time means, from a shell.

Also `--jsonl`: one JSON object a line on standard input (`{"text", "lang", "ref"}`), one line out for each.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sprechstunde.dates.best import best_span
from sprechstunde.dates.model import TimeSpan
from sprechstunde.dates.understand import find_wish, parse


def main(argv: Sequence[str] | None = None, *, now: datetime | None = None) -> int:
    """Runs the command; `now` is the clinic's wall clock where `--now` is not given. Returns the exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    if options.jsonl:
        for line in answers(sys.stdin):
            print(line)
        return 0
    now = options.now or now
    if not options.text or now is None:
        parser.error("an expression and --now are needed, or --jsonl")
    print(json.dumps(reading(" ".join(options.text), options.lang, now), ensure_ascii=False, indent=2))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sprechstunde when", description="What an expression of time means."
    )
    parser.add_argument("text", nargs="*", help='such as "übernächsten Dienstag ab halb vier"')
    parser.add_argument(
        "--lang", choices=("de", "en"), help="language of the text; both are tried without it"
    )
    parser.add_argument(
        "--jsonl", action="store_true", help="read JSON lines from standard input, answer in JSON lines"
    )
    parser.add_argument(
        "--now", type=datetime.fromisoformat, help="the clinic's wall clock: 2026-11-25T10:00"
    )
    return parser


def reading(text: str, lang: str | None, now: datetime) -> dict[str, Any]:
    """Everything understood in a text, JSON-able."""
    spans = parse(text, lang, now)
    wish = find_wish(text, lang, now)
    shown = "de" if lang is None else lang
    return {
        "spans": [
            {
                "text": text[span.begin : span.end_char],
                **span.to_dict(),
                "role": span.role,
                "alternatives": _iso(span),
            }
            for span in spans
        ],
        "wish": wish.to_dict() if wish else None,
        "said_back": wish.describe(shown, now) if wish else None,
    }


def _iso(span: TimeSpan) -> list[list[str]]:
    return [[edge.isoformat(timespec="minutes") for edge in window] for window in span.alternatives]


def answers(lines: Iterable[str]) -> Iterator[str]:
    """For each `{"text", "lang", "ref"}` the best span as `{"start", "end", "grain", "kind"}`, or null."""
    for line in lines:
        if line.strip():
            query = json.loads(line)
            best = best_span(query["text"], query.get("lang"), datetime.fromisoformat(query["ref"]))
            yield json.dumps(best.to_dict() if best else None)


if __name__ == "__main__":
    sys.exit(main())

"""`sprechstunde when` from a shell."""

from __future__ import annotations

import io
import json
from datetime import datetime

import pytest

from sprechstunde import clock
from sprechstunde.cli import main as sprechstunde
from sprechstunde.dates.__main__ import main


def test_expression_is_explained(capsys):
    assert main(["übernächsten", "Dienstag", "ab", "halb", "vier", "--now", "2026-11-25T10:00"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["spans"][0]["start"] == "2026-12-08T15:30"
    assert answer["spans"][0]["kind"] == "after"
    assert answer["wish"]["daytimes"] == [["15:30", "24:00"]]


def test_clock_of_the_clinic_is_used_where_none_is_given(capsys):
    assert main(["tomorrow at 3", "--lang", "en"], now=datetime(2026, 11, 25, 10)) == 0
    assert json.loads(capsys.readouterr().out)["spans"][0]["start"] == "2026-11-26T15:00"


def test_the_command_takes_the_clinics_wall_clock(capsys):
    clock.freeze(datetime.fromisoformat("2026-11-25T23:30:00+00:00"))  # half past midnight in Berlin
    assert sprechstunde(["when", "heute", "um", "halb", "vier"]) == 0
    assert json.loads(capsys.readouterr().out)["spans"][0]["start"] == "2026-11-26T15:30"


def test_json_lines_in_json_lines_out(capsys, monkeypatch):
    queries = [
        {"text": "nein, lieber morgen um 9", "lang": "de", "ref": "2026-11-25T10:00"},
        {"text": "the last doctor", "lang": "en", "ref": "2026-11-25T10:00:00"},
        {"text": "not Monday but Wednesday", "lang": "en", "ref": "2026-11-25T10:00"},
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(json.dumps(query) for query in queries)))
    assert main(["--jsonl"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert answers[0] == {
        "start": "2026-11-26T09:00",
        "end": "2026-11-26T10:00",
        "grain": "hour",
        "kind": "instant",
    }
    assert answers[1] is None
    assert answers[2]["start"] == "2026-12-02T00:00"


def test_nothing_to_read_is_an_error():
    with pytest.raises(SystemExit):
        main([])

"""Nobody steers the assistant by typing its inner commands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprechstunde.whatsapp.neutral import invisible, neutralise


@pytest.mark.parametrize(
    "typed",
    [
        "/restart",
        "  /restart",
        "\u200b/restart",
        "\ufeff\u200d /restart",
        "//restart",
        "/ /restart",
        "\u2066/restart",
        "／restart",
        "\n\t/restart",
        "\x00/restart",
        "ㅤ/restart",
    ],
)
def test_a_command_becomes_a_word(typed: str) -> None:
    assert neutralise(typed) == "restart"


@pytest.mark.parametrize("typed", ["1/2 Tablette", "und/oder", "Termin am 3/4", "Hallo 👩‍⚕️", "", "?"])
def test_other_text_stays_as_it_is(typed: str) -> None:
    assert neutralise(typed) == typed


def test_text_of_slashes_only_becomes_empty() -> None:
    assert neutralise(" / // ") == ""


@given(st.text(alphabet=st.sampled_from('/ \u200b\u200d\ufeff\u2028\tab{"}') | st.characters()))
def test_no_text_begins_with_a_slash_once_what_is_invisible_is_gone(typed: str) -> None:
    visible = neutralise(typed).lstrip("".join(c for c in set(typed) if invisible(c)))
    assert not visible.startswith("/")

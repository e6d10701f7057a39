"""Pages of a result as pictures."""

from __future__ import annotations

import struct

import pytest

from sprechstunde.results import pictures
from tests import pdfs


@pytest.mark.parametrize(
    ("size", "picture"), [((595, 842), (1400, 1982)), ((2, 14400), (1, 6000)), ((14400, 2), (1400, 1))]
)
def test_a_page_of_any_shape_becomes_a_picture_of_a_bearable_size(size, picture):
    content, kind = pictures.page(pdfs.report("Cholesterin", size=size), "application/pdf", 1)
    assert kind == "image/png"
    assert struct.unpack(">II", content[16:24]) == picture


def test_a_page_that_is_not_there_is_none():
    with pytest.raises(IndexError):
        pictures.page(pdfs.report("Cholesterin"), "application/pdf", 2)

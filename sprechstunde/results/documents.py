"""What a laboratory's system sends: a result as plain JSON, with its file inside or beside it."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, Field, validator

from sprechstunde.results.views import Claimed


@dataclass(frozen=True)
class Document:
    """A result as it was handed in. `external_id`: the sender's; `content`: the bytes of its file.

    `corrects`: the sender says that what it handed in under this id before no longer holds.
    """

    external_id: str
    claimed: Claimed
    kind_of_test: str
    content: bytes
    taken_on: date | None = None
    practitioner: str | None = None
    corrects: bool = False


@dataclass(frozen=True)
class TakenBack:
    """The sender's word that a result never was; it brings no file."""

    external_id: str


class PatientIn(BaseModel):
    """Whose result it is."""

    given_name: str = Field("", max_length=100)
    family_name: str = Field(..., min_length=1, max_length=100)
    birth_date: date = Field(..., description="YYYY-MM-DD")
    phone: str | None = Field(
        None,
        max_length=30,
        description="With country code, as the practice's records have it. It decides between people of one name.",
    )

    @validator("birth_date", pre=True)
    def _written_as_a_day(cls, given: Any) -> Any:
        return as_day(given)


class ResultIn(BaseModel):
    """A result to hand in."""

    id: str = Field(
        ..., min_length=1, max_length=200, description="Yours; the same id again changes nothing."
    )
    patient: PatientIn
    kind_of_test: str = Field(..., min_length=1, max_length=200)
    taken_on: date | None = Field(None, description="YYYY-MM-DD")
    practitioner: str | None = Field(
        None, description="Code of the releasing doctor, as the practice's clinic.yml has it."
    )
    content_base64: str = Field(..., description="PDF, PNG or JPEG, at most 20 MB, in base64.")

    @validator("taken_on", pre=True)
    def _written_as_a_day(cls, given: Any) -> Any:
        return as_day(given)

    def document(self) -> Document:
        """The same with its file's bytes. Raises ValueError."""
        who = self.patient
        return Document(
            external_id=self.id,
            claimed=Claimed(who.given_name, who.family_name, who.birth_date, who.phone),
            kind_of_test=self.kind_of_test,
            content=decoded(self.content_base64),
            taken_on=self.taken_on,
            practitioner=self.practitioner,
        )


def as_day(given: Any) -> Any:
    """The same, if it is a day as YYYY-MM-DD or nothing. Raises ValueError: "19880403" is read as seconds elsewhere."""
    if given is not None and not (
        isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given)
    ):
        raise ValueError("a day is written as YYYY-MM-DD")
    return given


def decoded(content_base64: str) -> bytes:
    """The bytes; base64 may be wrapped into lines. Raises ValueError for what is no base64."""
    try:
        return base64.b64decode(re.sub(r"[ \t\r\n]+", "", content_base64), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("the file is no base64") from None

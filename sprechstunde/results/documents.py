"""What a laboratory's system sends: a result as plain JSON, with its file inside or beside it."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, Field

from sprechstunde.results.views import Claimed


@dataclass(frozen=True)
class Document:
    """A result as it was handed in. `external_id`: the sender's; `content`: the bytes of its file."""

    external_id: str
    claimed: Claimed
    kind_of_test: str
    content: bytes
    taken_on: date | None = None
    practitioner: str | None = None


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


class ResultIn(BaseModel):
    """A result to hand in."""

    id: str = Field(
        ..., min_length=1, max_length=200, description="Yours; the same id again changes nothing."
    )
    patient: PatientIn
    kind_of_test: str = Field(..., min_length=1, max_length=200)
    taken_on: date | None = None
    practitioner: str | None = Field(
        None, description="Code of the releasing doctor, as the practice's clinic.yml has it."
    )
    content_base64: str = Field(..., description="PDF, PNG or JPEG, at most 20 MB, in base64.")

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


def decoded(content_base64: str) -> bytes:
    """Raises ValueError for what is no base64."""
    try:
        return base64.b64decode(content_base64, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("the file is no base64") from None

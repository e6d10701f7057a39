"""The page behind a link that opens nothing: what to do instead, with a number that a tap dials."""

from __future__ import annotations

from markupsafe import Markup, escape
from starlette.responses import Response

from sprechstunde.clinic import service as clinic
from sprechstunde.console.dialling import dialled
from sprechstunde.console.rendering import page
from sprechstunde.console.texts import words


def closed(why: str, language: str, *, status: int = 410, question: str = "") -> Response:
    """`why` ∈ unknown, expired, used, locked. `question`: what she was asking when the page closed, not to be lost."""
    say, view = words(language, "patient"), clinic.clinic()
    number = Markup('<a class="phone" href="tel:{}">{}</a>').format(dialled(view.phone), view.phone)
    told = Markup(escape(say[f"closed_{why}"])).format(clinic=view.name, phone=number)
    return page(
        "patient/closed.html",
        status=status,
        t=say,
        lang=language,
        told=told,
        clinic=view.name,
        question=question,
    )

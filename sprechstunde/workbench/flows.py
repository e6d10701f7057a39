"""`make flows`: a page per dialogue, drawn from the YAML, for people who won't read YAML."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape

from sprechstunde.linting.project import read_project
from sprechstunde.workbench.dialogue import Reader

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "docs" / "flows"
_BOLD = re.compile(r"\*(.+?)\*")
_OPEN = re.compile(r"\{(\w+)\}")


def main() -> int:
    """Write the pages and say where."""
    pages = draw(ROOT, OUT)
    print(f"{len(pages)} dialogues: open {(OUT / 'index.html').relative_to(ROOT)} in a browser")
    return 0


def draw(root: Path, out: Path) -> list[Path]:
    """Write one HTML page per dialogue of the project in `root`, and an index; returns the pages."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(["html"])
    )
    environment.filters["bubble"] = as_on_the_phone
    dialogues = Reader(read_project(root), root).dialogues()
    out.mkdir(parents=True, exist_ok=True)
    names = [dialogue.name for dialogue in dialogues]
    pages = []
    for dialogue in dialogues:
        page = environment.get_template("flow.html").render(dialogue=dialogue, names=names)
        pages.append(out / f"{dialogue.name}.html")
        pages[-1].write_text(page, encoding="utf-8")
    index = environment.get_template("index.html").render(dialogues=dialogues, names=names)
    (out / "index.html").write_text(index, encoding="utf-8")
    return pages


def as_on_the_phone(text: str) -> Markup:
    """A response's text with WhatsApp's bold, and what is filled in at run time marked."""
    shown = _BOLD.sub(r"<b>\1</b>", str(escape(text)))
    return Markup(_OPEN.sub(r"<i>\1</i>", shown).replace("\n", "<br>"))


if __name__ == "__main__":
    sys.exit(main())

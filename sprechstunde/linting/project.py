"""Everything the checks look at: the domain, the dialogues' folders, the actions' code, the house's wording."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sprechstunde.linting.code import Code, read_code
from sprechstunde.linting.finding import Finding
from sprechstunde.linting.source import Node, read

DOMAIN, DATA, WORDING, WORDS = "domain.yml", "data", "wording.yml", "words.yml"
LANGUAGES_FILE = f"{DATA}/languages.yml"
CODE = ("actions", "sprechstunde/assistant", "sprechstunde/whatsapp")


@dataclass
class Project:
    """Names with their places. `paths`: the rules and stories. `examples`: intent → blocks of `- …` lines."""

    domain: Node
    code: Code
    responses: dict[str, Node] = field(default_factory=dict)
    words: dict[str, Node] = field(default_factory=dict)
    paths: list[Node] = field(default_factory=list)
    examples: list[tuple[str, Node]] = field(default_factory=list)
    wording: Node = field(default_factory=lambda: Node(None, WORDING, 1))
    unreadable: list[Finding] = field(default_factory=list)
    repeated: list[Finding] = field(default_factory=list)
    """Responses given a second time."""
    languages_node: Node = field(default_factory=lambda: Node(None, LANGUAGES_FILE, 1))

    @property
    def languages(self) -> dict[str, str]:
        """Codes and names of the languages that patients are spoken to in; the first is the default."""
        declared = self.languages_node.get("languages").members
        return {code: node.get("name").text or code for code, node in declared.items()} or {"de": "German"}

    def declared(self, section: str) -> dict[str, Node]:
        """The names that the domain lists under `section` (intents, entities, slots, forms, actions)."""
        return dict(self.domain.get(section).names())


def read_project(root: Path) -> Project:
    """The project in folder `root`; files that can't be read are `unreadable`."""
    domain = read(root / DOMAIN, root)
    project = Project(
        domain=domain if isinstance(domain, Node) else Node(None, DOMAIN, 1),
        code=read_code([root / folder for folder in CODE], root),
        unreadable=[domain] if isinstance(domain, Finding) else [],
    )
    for path in sorted((root / DATA).rglob("*.yml")):
        tree = read(path, root)
        if isinstance(tree, Finding):
            project.unreadable.append(tree)
        else:
            _take(project, tree, path)
    return project


def _take(project: Project, tree: Node, path: Path) -> None:
    if tree.file == LANGUAGES_FILE:
        project.languages_node = tree
        return
    if path.name == WORDING:
        project.wording = tree
        return
    if path.name == WORDS:
        project.words.update(tree.get("words").members)
        return
    for name, response in tree.get("responses").members.items():
        if name in project.responses:
            first = project.responses[name]
            project.repeated.append(
                response.finding(f"response `{name}` is given twice", f"first in {first.file}:{first.line}")
            )
        project.responses.setdefault(name, response)
    project.paths += [*tree.get("rules").items, *tree.get("stories").items]
    for item in tree.get("nlu").items:
        if item.get("intent").text:
            project.examples.append((item.get("intent").text, item.get("examples")))

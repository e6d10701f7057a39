"""`python -m sprechstunde.linting [FOLDER]`: check the dialogues in FOLDER (default: here)."""

from __future__ import annotations

import sys
from pathlib import Path

from sprechstunde.linting.lint import lint


def main() -> int:
    """Print the findings; 0 when there is none."""
    findings = lint(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    for finding in findings:
        print(finding)
    print(f"dialogues: {len(findings)} to put right" if findings else "dialogues: sound")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

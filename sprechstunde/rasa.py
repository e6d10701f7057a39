"""Rasa's own command line, without TensorFlow: `python -m sprechstunde.rasa train|run|shell|data validate
…`.
"""

from __future__ import annotations

import sys

from sprechstunde.assistant import tuning
from sprechstunde.assistant.tuning import connector_only, quick_exit


def main() -> None:
    """Run Rasa's command line in this process; arguments and exit codes are Rasa's."""
    tuning.apply()
    connector_only.install_if_wanted()
    from rasa.__main__ import main as rasa_main

    sys.argv[0] = "rasa"
    rasa_main()
    if sys.argv[1:2] == ["run"]:
        quick_exit.leave()


if __name__ == "__main__":
    main()

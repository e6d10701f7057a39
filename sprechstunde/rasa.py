"""Rasa's own command line, without TensorFlow: `python -m sprechstunde.rasa train|run|shell|data validate
…`.
"""

from __future__ import annotations

import sys

from sprechstunde.assistant import tuning


def main() -> None:
    """Run Rasa's command line in this process; arguments and exit codes are Rasa's."""
    tuning.apply()
    from rasa.__main__ import main as rasa_main

    sys.argv[0] = "rasa"
    rasa_main()


if __name__ == "__main__":
    main()

"""`python -m sprechstunde` is the `sprechstunde` command."""

from sprechstunde.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

"""`python -m sprechstunde.emulator`: serve the emulator on http://127.0.0.1:8700 (or EMULATOR_PORT)."""

from __future__ import annotations

from sprechstunde.emulator.app import Server, create_app
from sprechstunde.emulator.config import Config


def main() -> None:
    """Serve until stopped."""
    config = Config.from_environment()
    print(f"Phones: http://{config.host}:{config.port}/  →  {config.webhook_url}", flush=True)
    Server(create_app(config), config).run()


if __name__ == "__main__":
    main()

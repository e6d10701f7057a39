"""`python -m sprechstunde.console`: serve the web app on the loopback address; the operator's proxy brings TLS."""

from __future__ import annotations

import uvicorn

from sprechstunde.console.app import create_app
from sprechstunde.ports import port


def main() -> None:
    """Serve until stopped."""
    uvicorn.run(
        create_app(),
        host="127.0.0.1",
        port=port("CONSOLE_PORT"),
        # sanic pins a websockets that uvicorn cannot use; nobody here speaks WebSocket.
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main()

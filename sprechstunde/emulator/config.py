"""The emulator's own settings. It reads the same environment variables as the product, and none of its code."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

WEBHOOK_PATH = "/webhooks/whatsapp/webhook"


@dataclass(frozen=True)
class Config:
    """What the emulator is set to. Times in seconds.

    `pair_burst` messages may go to one patient at once, then one per `pair_interval`; `number_rate` a second in all.
    `strict_rates` False switches both limits off. `status_delay` lies between two delivery statuses, `retry_first`
    to `retry_longest` between two tries of a webhook.
    """

    webhook_url: str
    data_dir: Path
    clock_file: Path
    host: str = "127.0.0.1"
    port: int = 8700
    phone_number_id: str = "106540352242922"
    business_account_id: str = "102290129340398"
    display_phone_number: str = "493055500100"
    business_name: str = "Ihre Arztpraxis"
    access_token: str = "demo-token"
    app_secret: str = "demo-app-secret"
    verify_token: str = "demo-verify-token"
    strict_rates: bool = True
    pair_burst: int = 45
    pair_interval: float = 6.0
    number_rate: int = 80
    status_delay: float = 0.25
    retry_first: float = 0.5
    retry_longest: float = 10.0
    webhook_timeout: float = 10.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Config:
        """Environment over `.env` over defaults. Raises ValueError for a port that is none."""
        if environment is None:
            environment = {k: v for k, v in {**dotenv_values(".env"), **os.environ}.items() if v}
        data_dir = Path(environment.get("SPRECHSTUNDE_DATA_DIR", ".data"))
        webhook = f"http://127.0.0.1:{environment.get('RASA_PORT', '5005')}{WEBHOOK_PATH}"
        names = {
            "phone_number_id": "WHATSAPP_PHONE_NUMBER_ID",
            "access_token": "WHATSAPP_ACCESS_TOKEN",
            "app_secret": "WHATSAPP_APP_SECRET",
            "verify_token": "WHATSAPP_VERIFY_TOKEN",
            "business_name": "EMULATOR_BUSINESS_NAME",
            "host": "EMULATOR_HOST",
        }
        given = {field: environment[name] for field, name in names.items() if name in environment}
        return cls(
            webhook_url=environment.get("WHATSAPP_WEBHOOK_URL", webhook),
            data_dir=data_dir,
            clock_file=Path(environment.get("SPRECHSTUNDE_CLOCK_FILE", data_dir / "clock")),
            port=int(environment.get("EMULATOR_PORT", "8700")),
            strict_rates=environment.get("EMULATOR_RATE_LIMITS", "on") != "off",
            **given,  # type: ignore[arg-type]  # every name above is a text field
        )

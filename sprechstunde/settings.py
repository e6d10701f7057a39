"""All settings, read once from the environment (and a `.env` file in the working directory, which loses to it)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dotenv import dotenv_values

from sprechstunde.ports import port

# What the emulator uses. It imports nothing of ours, so the values stand in both places.
DEMO = {
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "WHATSAPP_ACCESS_TOKEN": "demo-token",
    "WHATSAPP_APP_SECRET": "demo-app-secret",
    "WHATSAPP_VERIFY_TOKEN": "demo-verify-token",
}
DEMO_ACCOUNT = "102290129340398"
MIN_SECRET_LENGTH = 32


class SettingsError(Exception):
    """A setting is missing or unusable; the message names the variable."""


@dataclass(frozen=True)
class Settings:
    """One process's settings. Secrets stay out of the repr, so that a logged object leaks nothing."""

    demo: bool
    data_dir: Path
    clinic_file: Path
    clock_file: Path | None
    public_url: str
    whatsapp_api_url: str
    whatsapp_api_version: str
    whatsapp_phone_number_id: str
    whatsapp_business_account_id: str | None
    scanner: str | None
    results_folder: Path | None
    database_url: str | None = field(repr=False)
    secret_key: bytes = field(repr=False)
    whatsapp_access_token: str = field(repr=False)
    whatsapp_app_secret: str = field(repr=False)
    whatsapp_verify_token: str = field(repr=False)


def load(environ: Mapping[str, str]) -> Settings:
    """Build settings from `environ`. Demo mode holds while `WHATSAPP_API_URL` is unset.

    Raises SettingsError for a value that is missing outside demo mode.
    """
    # An empty variable means unset: that is how compose files and CI systems pass "nothing".
    env = {name: value.strip() for name, value in environ.items() if value and value.strip()}
    demo = "WHATSAPP_API_URL" not in env

    def channel(name: str) -> str:
        if name in env:
            return env[name]
        if demo:
            return DEMO[name]
        raise SettingsError(f"{name} is missing: it is needed as soon as WHATSAPP_API_URL is set")

    data_dir = Path(env.get("SPRECHSTUNDE_DATA_DIR", ".data")).absolute()
    clock_file = Path(env["SPRECHSTUNDE_CLOCK_FILE"]) if "SPRECHSTUNDE_CLOCK_FILE" in env else None
    if clock_file is None and demo:
        clock_file = data_dir / "clock"
    return Settings(
        demo=demo,
        data_dir=data_dir,
        clinic_file=Path(env.get("SPRECHSTUNDE_CLINIC_FILE", "clinic.yml")),
        clock_file=clock_file,
        public_url=env.get("SPRECHSTUNDE_PUBLIC_URL", f"http://127.0.0.1:{port('CONSOLE_PORT')}").rstrip("/"),
        whatsapp_api_url=env.get("WHATSAPP_API_URL", f"http://127.0.0.1:{port('EMULATOR_PORT')}").rstrip("/"),
        whatsapp_api_version=env.get("WHATSAPP_API_VERSION", "v23.0"),
        whatsapp_phone_number_id=channel("WHATSAPP_PHONE_NUMBER_ID"),
        # Only to submit message templates; a running practice does not need it.
        whatsapp_business_account_id=env.get("WHATSAPP_BUSINESS_ACCOUNT_ID", DEMO_ACCOUNT if demo else None),
        scanner=env.get("SPRECHSTUNDE_SCANNER"),
        results_folder=Path(env["SPRECHSTUNDE_RESULTS_FOLDER"])
        if "SPRECHSTUNDE_RESULTS_FOLDER" in env
        else None,
        whatsapp_access_token=channel("WHATSAPP_ACCESS_TOKEN"),
        whatsapp_app_secret=channel("WHATSAPP_APP_SECRET"),
        whatsapp_verify_token=channel("WHATSAPP_VERIFY_TOKEN"),
        database_url=env.get("DATABASE_URL"),
        secret_key=_secret_key(env.get("SPRECHSTUNDE_SECRET_KEY"), data_dir, demo=demo),
    )


def _secret_key(value: str | None, data_dir: Path, *, demo: bool) -> bytes:
    if value is None and not demo:
        raise SettingsError(
            "SPRECHSTUNDE_SECRET_KEY is missing: outside demo mode the key that protects patient data must be given"
            " (make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))')"
        )
    if value is None:
        return _generated_secret(data_dir / "secret.key")
    if len(value) < MIN_SECRET_LENGTH:
        raise SettingsError(f"SPRECHSTUNDE_SECRET_KEY is too short: {MIN_SECRET_LENGTH} characters at least")
    return value.encode()


def _generated_secret(path: Path) -> bytes:
    """Read the demo's key, or make it. Several processes may start at once: a hard link lets exactly one win."""
    if not path.exists():
        make_data_dir(path.parent)
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip().encode()


def make_data_dir(path: Path) -> Path:
    """Create the data folder, closed to listing but passable (a server started as root runs as another user)."""
    if not path.exists():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o711)
    return path


def make_private_dir(path: Path) -> Path:
    """Create a folder that only we may enter, and close one that an earlier version left open, with what is in it."""
    make_data_dir(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    path.chmod(0o700)
    for inside in path.rglob("*"):
        if not inside.is_symlink():
            inside.chmod(0o700 if inside.is_dir() else 0o600)
    return path


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """This process's settings, read on first use."""
    from_file = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return load({**from_file, **os.environ})


def reset_settings() -> None:
    """Forget what was read (tests change the environment)."""
    get_settings.cache_clear()

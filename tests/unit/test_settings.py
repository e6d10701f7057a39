"""What the environment may and must say."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from sprechstunde.settings import SettingsError, load

LIVE = {
    "WHATSAPP_API_URL": "https://graph.example",
    "WHATSAPP_PHONE_NUMBER_ID": "1",
    "WHATSAPP_ACCESS_TOKEN": "token-of-the-clinic",
    "WHATSAPP_APP_SECRET": "secret-of-the-app",
    "WHATSAPP_VERIFY_TOKEN": "verify",
    "SPRECHSTUNDE_SECRET_KEY": "k" * 40,
}


def test_nothing_set_means_the_demo_with_the_emulators_values(tmp_path):
    settings = load({"SPRECHSTUNDE_DATA_DIR": str(tmp_path / "d")})
    assert settings.demo
    assert settings.whatsapp_api_url == "http://127.0.0.1:8700"
    assert settings.whatsapp_app_secret == "demo-app-secret"
    assert settings.clock_file == tmp_path / "d" / "clock"


def test_the_demo_makes_one_key_and_keeps_it_to_itself(tmp_path):
    env = {"SPRECHSTUNDE_DATA_DIR": str(tmp_path / "d")}
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load(env).secret_key, range(16)))
    assert len(keys) == 1
    assert os.stat(tmp_path / "d" / "secret.key").st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", sorted(set(LIVE) - {"WHATSAPP_API_URL"}))
def test_outside_the_demo_a_missing_value_is_named(name):
    env = {key: value for key, value in LIVE.items() if key != name}
    with pytest.raises(SettingsError, match=name):
        load(env)


def test_outside_the_demo_the_clock_can_not_be_moved_by_accident():
    settings = load(LIVE)
    assert not settings.demo
    assert settings.clock_file is None


def test_a_short_master_key_is_refused():
    with pytest.raises(SettingsError, match="too short"):
        load({**LIVE, "SPRECHSTUNDE_SECRET_KEY": "short"})


def test_an_empty_variable_is_no_value():
    assert load({"DATABASE_URL": "  ", "SPRECHSTUNDE_SECRET_KEY": "k" * 40}).database_url is None


def test_secrets_are_not_printed():
    shown = repr(load({**LIVE, "DATABASE_URL": "postgresql://u:hidden@h/d"}))
    assert not [secret for secret in (*list(LIVE.values())[2:], "hidden") if secret in shown]

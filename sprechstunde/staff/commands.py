"""`sprechstunde staff …`: accounts from the command line, the first one among them."""

from __future__ import annotations

import argparse
import getpass
import sys

import segno

from sprechstunde.db import transaction
from sprechstunde.settings import get_settings
from sprechstunde.staff import accounts


def add(options: argparse.Namespace) -> int:
    """Make an account and show what the code app needs."""
    with transaction() as s:
        made = accounts.add(
            s,
            login=options.login,
            name=options.name,
            role=options.role,
            language=options.language,
            password=_password(),
        )
    _show(made)
    return 0


def reset(options: argparse.Namespace) -> int:
    """A new password and a new code app."""
    with transaction() as s:
        made = accounts.reset(s, options.login, _password())
    _show(made)
    return 0


def disable(options: argparse.Namespace) -> int:
    """End an account."""
    with transaction() as s:
        accounts.disable(s, options.login)
    print(f"{options.login} can no longer sign in")
    return 0


def show(_: argparse.Namespace) -> int:
    """All accounts."""
    with transaction() as s:
        for one in accounts.everyone(s):
            print(f"{one.login:20} {one.role:10} {one.name}{'' if one.is_active else '  (disabled)'}")
    return 0


def code(options: argparse.Namespace) -> int:
    """What the app would show: in the demo only, where nobody has a phone at hand. Raises ValueError elsewhere."""
    if not get_settings().demo:
        raise ValueError("codes are shown in demo mode only")
    with transaction() as s:
        print(accounts.current_code(s, options.login))
    return 0


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise ValueError("the two passwords differ")
    return password


def _show(made: accounts.NewAccount) -> None:
    print(f"Scan this with a code app (or type {made.secret}); it is shown this once.\n")
    segno.make(made.address, error="m").terminal(compact=True)
    print(made.address)

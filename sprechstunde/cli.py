"""The `sprechstunde` command. Each command imports only what it needs, so that all of them start at once."""

from __future__ import annotations

import argparse
import os
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


# As a shell reports a program that SIGPIPE ended.
_PIPE_CLOSED = 141


class UsageError(Exception):
    """What the person at the terminal can put right, in a sentence."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command that `arguments` (default: the process's own) name; returns the exit code."""
    try:
        code = _command(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
        return code
    except UsageError as error:
        print(f"sprechstunde: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # `… | head` has seen enough. What is still in the buffer must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED


def _command(arguments: list[str]) -> int:
    if arguments[:1] == ["when"]:
        return _when(arguments[1:])
    options = _parser().parse_args(arguments)
    return int(options.do(options))


def duration(text: str) -> timedelta:
    """`25h`, `90m`, `1d12h`, `-2h`. Raises argparse.ArgumentTypeError."""
    match = re.fullmatch(r"(-?)((?:\d+[wdhms])+)", text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration; write for example 25h, 90m, 3d or 1d12h")
    parts = re.findall(r"(\d+)([wdhms])", match.group(2))
    total = sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta())
    return -total if match.group(1) else total


def instant(text: str) -> datetime:
    """An ISO time; without an offset it is the clinic's wall clock. Raises argparse.ArgumentTypeError."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write for example 2026-11-25T09:00") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sprechstunde", description="A medical practice's front desk on WhatsApp."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="start all processes and keep them running")
    run.set_defaults(do=_run)

    edit = commands.add_parser(
        "edit", help="the same, while dialogues are edited: changes are live in seconds"
    )
    edit.set_defaults(do=_edit)

    record = commands.add_parser("record", help="write a chat of the emulator down as a conversation test")
    record.add_argument("phone", help="as anna or +4915112345678")
    record.add_argument("--as", dest="file", type=Path, metavar="tests/conversations/CATEGORY/FILE")
    record.add_argument("--name", help="what the test is called")
    record.add_argument("--last", type=int, metavar="N", help="only the patient's last N messages")
    record.set_defaults(do=_record)

    clock = commands.add_parser("clock", help="show or move the clock of all processes (demo and tests)")
    moves = clock.add_mutually_exclusive_group()
    moves.add_argument(
        "--advance", type=duration, metavar="25h", help="move on by a duration; negative: back"
    )
    moves.add_argument("--freeze", type=instant, metavar="TIME", help="stop at a time, as 2026-11-25T09:00")
    moves.add_argument("--reset", action="store_true", help="back to real time")
    clock.set_defaults(do=_clock)

    when = commands.add_parser("when", help="what an expression of time means, as in: when 'tomorrow at 3'")
    # Its own parser reads the options: `sprechstunde.dates` takes a second to import.
    when.set_defaults(do=lambda _: _when([]))

    database = commands.add_parser("db", help="the database").add_subparsers(required=True, metavar="WHAT")
    for name, help_text, do in (
        ("serve", "run the embedded PostgreSQL in the foreground", _db_serve),
        ("migrate", "bring the tables up to date", _db_migrate),
        ("url", "print the address of the database in use (starts the embedded one)", _db_url),
        ("stop", "stop the embedded PostgreSQL", _db_stop),
    ):
        database.add_parser(name, help=help_text).set_defaults(do=do)

    _staff_commands(commands)

    templates = commands.add_parser(
        "templates", help="submit our message templates to Meta, show their status"
    )
    templates.set_defaults(do=_templates)

    systems = commands.add_parser("systems", help="laboratories that may hand in results").add_subparsers(
        required=True, metavar="WHAT"
    )
    for name, help_text, act in (
        ("add", "admit one and print its token, which is shown this once", _systems_add),
        ("revoke", "end its admission", _systems_revoke),
    ):
        command = systems.add_parser(name, help=help_text)
        command.add_argument("name", help="as in: labor-nord")
        command.set_defaults(do=act)
    systems.add_parser("list", help="who may").set_defaults(do=_systems_list)

    clinic = commands.add_parser("clinic", help="the clinic's data").add_subparsers(
        required=True, metavar="WHAT"
    )
    for name, help_text, act in (
        ("check", "check clinic.yml; mistakes are named with their line", _clinic_check),
        ("sync", "read clinic.yml into the database", _clinic_sync),
    ):
        command = clinic.add_parser(name, help=help_text)
        command.add_argument("file", nargs="?", type=Path, help="default: the one in the settings")
        command.set_defaults(do=act)
    return parser


def _staff_commands(commands: Any) -> None:
    staff = commands.add_parser("staff", help="accounts for the console").add_subparsers(
        required=True, metavar="WHAT"
    )
    adding = staff.add_parser("add", help="make an account; the password is asked for, or read from a pipe")
    adding.add_argument("login")
    adding.add_argument("--role", required=True, help="reception, nurse, doctor or admin")
    adding.add_argument("--name", default="", help="as colleagues and patients read it")
    adding.add_argument("--language", default="de", help="of the console: de or en")
    resetting = staff.add_parser("reset", help="a new password and a new code app")
    disabling = staff.add_parser("disable", help="end an account")
    coding = staff.add_parser("code", help="the code that a demonstration's account would show now")
    for command in (resetting, disabling, coding):
        command.add_argument("login")
    listing = staff.add_parser("list", help="all accounts")
    for command, do in (
        (adding, "add"),
        (resetting, "reset"),
        (disabling, "disable"),
        (coding, "code"),
        (listing, "show"),
    ):
        command.set_defaults(do=lambda options, do=do: _staff(do, options))


def _staff(do: str, options: argparse.Namespace) -> int:
    from sprechstunde.staff import commands

    try:
        return int(getattr(commands, do)(options))
    except (ValueError, LookupError) as error:
        raise UsageError(str(error)) from error


def _run(_: argparse.Namespace) -> int:
    from sprechstunde.running.start import run

    return run()


def _edit(_: argparse.Namespace) -> int:
    from sprechstunde.running.start import run

    return run(editing=True)


def _clock(options: argparse.Namespace) -> int:
    from sprechstunde import clock
    from sprechstunde.settings import SettingsError

    try:
        if options.advance is not None:
            clock.advance(options.advance)
        elif options.freeze is not None:
            clock.freeze(_in_clinic_zone(options.freeze))
        elif options.reset:
            clock.reset()
    except SettingsError as error:
        raise UsageError(str(error)) from error
    print(clock.now().astimezone().isoformat(sep=" ", timespec="seconds"))
    return 0


def _when(arguments: list[str]) -> int:
    from sprechstunde.dates.__main__ import main as when

    return when(arguments, now=_wall_clock())


def _wall_clock() -> datetime:
    """The clinic's, without an offset; this machine's where there is no usable clinic file."""
    from sprechstunde import clock
    from sprechstunde.clinic import service
    from sprechstunde.settings import get_settings

    try:
        zone = service.check(get_settings().clinic_file).zone
    except service.ClinicFileError:
        return clock.now().astimezone().replace(tzinfo=None)
    return clock.now().astimezone(zone).replace(tzinfo=None)


def _in_clinic_zone(at: datetime) -> datetime:
    """A bare wall-clock time is meant as the clinic's."""
    if at.tzinfo is not None:
        return at
    from sprechstunde.clinic.service import clinic

    return at.replace(tzinfo=clinic().zone)


def _record(options: argparse.Namespace) -> int:
    from sprechstunde.workbench.record import CannotRecord, record

    try:
        path = record(options.phone, root=Path.cwd(), file=options.file, name=options.name, last=options.last)
    except CannotRecord as error:
        raise UsageError(str(error)) from error
    print(f"wrote {path.relative_to(Path.cwd())}; play it with")
    print(f'  .venv/bin/python -m pytest tests/conversations -k "{path.parent.name}/{path.stem}"')
    return 0


def _db_serve(_: argparse.Namespace) -> int:
    from sprechstunde.db.embedded import serve

    return serve()


def _db_migrate(_: argparse.Namespace) -> int:
    from sprechstunde.db.migrate import upgrade

    upgrade()
    print("the tables are up to date")
    return 0


def _db_url(_: argparse.Namespace) -> int:
    from sprechstunde.db.engine import database_url

    print(database_url())
    return 0


def _db_stop(_: argparse.Namespace) -> int:
    from sprechstunde.db.embedded import stop_embedded

    stop_embedded()
    print("the embedded PostgreSQL is stopped")
    return 0


def _templates(_: argparse.Namespace) -> int:
    import asyncio

    from sprechstunde.settings import SettingsError
    from sprechstunde.whatsapp.client import GraphClient
    from sprechstunde.whatsapp.errors import GraphError
    from sprechstunde.whatsapp.template_submission import submit_missing

    async def submit() -> dict[tuple[str, str], str]:
        client = GraphClient()
        try:
            return await submit_missing(client)
        finally:
            await client.aclose()

    try:
        found = asyncio.run(submit())
    except (SettingsError, GraphError) as error:
        raise UsageError(str(error)) from error
    for (name, language), status in found.items():
        print(f"{name:24} {language:3} {status}")
    return 0


def _systems_add(options: argparse.Namespace) -> int:
    from sprechstunde.db import transaction
    from sprechstunde.results import systems

    try:
        with transaction() as s:
            token = systems.add(s, options.name)
    except ValueError as error:
        raise UsageError(f"there is a system called {error} already") from error
    print(token)
    return 0


def _systems_revoke(options: argparse.Namespace) -> int:
    from sprechstunde.db import transaction
    from sprechstunde.results import systems

    with transaction() as s:
        if not systems.revoke(s, options.name):
            raise UsageError(f"no system is called {options.name}")
    print(f"{options.name} can hand in nothing any more")
    return 0


def _systems_list(_: argparse.Namespace) -> int:
    from sprechstunde.db import transaction
    from sprechstunde.results import systems

    with transaction() as s:
        for name, since, used in systems.all_systems(s):
            print(f"{name:24} since {since:%Y-%m-%d}, last used {used.date() if used else 'never'}")
    return 0


def _clinic_check(options: argparse.Namespace) -> int:
    """0 with warnings, 1 with mistakes: each is printed as `file:line: …`."""
    from sprechstunde.assistant.nlu.text import joined
    from sprechstunde.clinic import service

    file = _clinic_file(options)
    try:
        warnings = service.warnings(file, joined)
    except service.ClinicFileError as error:
        print(error, file=sys.stderr)
        return 1
    for warning in warnings:
        print(warning)
    print(f"{file} can be used" if warnings else f"{file} is fine")
    return 0


def _clinic_sync(options: argparse.Namespace) -> int:
    from sprechstunde.clinic import service

    try:
        view = service.sync(_clinic_file(options))
    except service.ClinicFileError as error:
        raise UsageError(str(error)) from error
    print(f"{view.name} is up to date")
    return 0


def _clinic_file(options: argparse.Namespace) -> Path:
    from sprechstunde.settings import get_settings

    return options.file or get_settings().clinic_file


if __name__ == "__main__":
    sys.exit(main())

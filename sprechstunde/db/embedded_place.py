"""Where the embedded PostgreSQL lives, and as whom it runs.

PostgreSQL refuses to run as root. Started as root we give it a user of its own, who must be able to reach the
programs and the data. We never open other people's folders for that: what lies behind a closed door (a checkout in
root's home) is placed under /var/lib/sprechstunde instead. See docs/decisions/003-embedded-postgresql.md.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sprechstunde.db.embedded_programs import find_programs, reachable

ACCOUNT = "sprechstunde"
LOG = "server.log"
SHARED = Path("/var/lib/sprechstunde")
# sockaddr_un.sun_path holds 108 bytes on Linux, 104 on macOS; ".s.PGSQL.5432.lock" comes on top of the folder.
LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True)
class Place:
    """Absolute paths, and the account (None: we are not root, the server runs as ourselves)."""

    binaries: Path
    data: Path
    socket: Path
    account: pwd.struct_passwd | None

    @property
    def log(self) -> Path:
        """The server's log; inside the data folder, because the server's account must be able to write it."""
        return self.data / LOG

    def identity(self) -> dict[str, Any]:
        """Arguments for subprocess that drop root's rights."""
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def fresh_draft(self) -> Path:
        """An empty folder beside the data folder, for the account to fill."""
        draft = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.hand_over(draft)
        return draft

    def hand_over(self, path: Path) -> None:
        """Make `path` the account's."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def scratch(self) -> IO[bytes]:
        """A nameless file for a program's messages."""
        return tempfile.TemporaryFile()


def find_place(folder: Path) -> Place:
    """Choose for the data folder `folder`, creating what is missing. An existing database stays where it is."""
    account = _account(folder) if os.geteuid() == 0 else None
    data = _data_folder(folder, account)
    place = Place(
        binaries=_programs(account), data=data, socket=_socket_folder(data, account), account=account
    )
    place.hand_over(data)
    return place


def _account(folder: Path) -> pwd.struct_passwd:
    """The owner of an existing database, otherwise a system account of its own, made on first use."""
    if folder.exists() and folder.stat().st_uid != 0:
        return pwd.getpwuid(folder.stat().st_uid)
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--no-create-home",
            "--home-dir",
            str(SHARED),
            "--shell",
            "/bin/false",
        ]
        subprocess.run([*command, ACCOUNT], check=True, capture_output=True)
        return pwd.getpwnam(ACCOUNT)


def _data_folder(folder: Path, account: pwd.struct_passwd | None) -> Path:
    if folder.exists():
        _check_owner(folder, account)
        return folder.resolve()
    if folder.is_symlink():
        raise FileNotFoundError(
            f"{folder} points to {os.readlink(folder)}, which is gone: is a disk missing?"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    if account is None or reachable(folder.parent, account):
        folder.mkdir(mode=0o700)
        return folder.resolve()
    # A link stays in the data folder: whoever removes it starts afresh, whoever follows it finds the data.
    home = Path(tempfile.mkdtemp(prefix="data-", dir=_shared()))
    home.chmod(0o711)
    (home / "pg").mkdir(mode=0o700)
    folder.symlink_to(home / "pg")
    return home / "pg"


def _check_owner(folder: Path, account: pwd.struct_passwd | None) -> None:
    owner = folder.stat().st_uid
    if account is None and owner != os.geteuid():
        raise PermissionError(
            f"{folder} belongs to user {owner}: run as that user, as root, or use another data folder"
        )


def _socket_folder(data: Path, account: pwd.struct_passwd | None) -> Path:
    """The data folder itself (mode 0700: whoever can't enter it can't connect), unless its path is too long."""
    if len(os.fsencode(data)) <= LONGEST_SOCKET_FOLDER:
        return data
    owner = os.geteuid() if account is None else account.pw_uid
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    folder = Path("/tmp") / f"sprechstunde-{owner}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if account is not None and folder.lstat().st_uid == 0:
        os.chown(folder, account.pw_uid, account.pw_gid, follow_symlinks=False)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or stat.S_IMODE(found.st_mode) & 0o077:
        raise PermissionError(f"{folder} is not ours: remove it")
    return folder


def _programs(account: pwd.struct_passwd | None) -> Path:
    return find_programs(account, SHARED if account is None else _shared())


def _shared() -> Path:
    SHARED.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o755)
    return SHARED

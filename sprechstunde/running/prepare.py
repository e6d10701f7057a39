"""What must be in place before conversations can start: database, tables, the clinic's data, a trained assistant."""

from __future__ import annotations

import sys

from sprechstunde.clock import now
from sprechstunde.settings import get_settings


def main() -> int:
    """Prepare everything; says what it does. The exit code tells whether it worked."""
    # Imported one after the other, so that a mistake in one part is told by that part alone.
    from sprechstunde.db import migrate

    print("Database: bringing the tables up to date", flush=True)
    migrate.upgrade()

    from sprechstunde.clinic import service as clinic

    settings = get_settings()
    try:
        view = clinic.sync(settings.clinic_file)
    except clinic.ClinicFileError as error:
        print(f"The clinic's data can't be used:\n{error}", flush=True)
        return 1
    print(
        f"Clinic: {view.name} is up to date ({now().astimezone(view.zone):%A %d %B %Y, %H:%M} there)",
        flush=True,
    )

    if settings.demo:
        from sprechstunde.staff import demo

        demo.make_accounts()

    from sprechstunde.assistant.training import TrainingFailed, train_if_needed

    try:
        train_if_needed()
    except TrainingFailed as error:
        print(f"The assistant can't be trained: {error}", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

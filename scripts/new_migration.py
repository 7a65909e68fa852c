"""Writes a migration that brings the tables from the last migration to the models of today.

    .venv/bin/python scripts/new_migration.py "what changes"

Read what it wrote before you commit it.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from app.database import alembic_config, migrate, open_database
from app.settings import Settings
from conversation.vault import Vault


def main() -> None:
    """Migrate an empty database, compare it with the models, write the difference."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder))
        database = open_database(settings, Vault([Vault.new_key()]))
        migrate(database)
        command.revision(alembic_config(database.engine), message=sys.argv[1], autogenerate=True)


if __name__ == "__main__":
    main()

"""A PostgreSQL server of the tests' own, on a free port, in a folder that goes away."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path:
    """The folder of PostgreSQL's server programs."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("postgres")
    if found:
        places.insert(0, Path(found).resolve().parent)
    for place in places:
        if (place / "initdb").exists():
            return place
    raise RuntimeError(
        "the tests need PostgreSQL's server programs (initdb, pg_ctl): install your system's "
        "package postgresql, or call `make test`, which does it where it may"
    )


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a running, empty server."""
    # The server programs refuse root: Debian's package brings a user for them.
    user = "postgres" if os.geteuid() == 0 else None
    bin_folder = programs()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="waymark-pg-") as name:
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)
        data = folder / "data"

        def run(*command: str | Path) -> None:
            subprocess.run(
                [str(part) for part in command],
                user=user,
                cwd=folder,
                check=True,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )

        run(bin_folder / "initdb", "-D", data, "-U", "waymark", "-A", "trust", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
        run(bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://waymark@127.0.0.1:{port}/postgres"
        finally:
            run(bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")

"""Sets up both environments on a fresh machine, and for tests a browser and PostgreSQL.

Needs nothing but Python 3.11 and the network: it is run by `make` before anything else, with the
standard library only. What it cannot do itself it says in one sentence, and ends with 1.

    python3 scripts/setup.py          the two environments
    python3 scripts/setup.py --test   also what the tests need
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT, ENGINE, TOOLS = ROOT / ".venv", ROOT / ".venv-engine", ROOT / ".tools"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES_FOLDERS = "/usr/lib/postgresql/*/bin"


class Missing(RuntimeError):
    """Something that only a person can install; the message says what."""


def main() -> None:
    """Set up what is not set up yet."""
    parser = argparse.ArgumentParser(description="Set up Waymark's environments.")
    parser.add_argument("--test", action="store_true", help="also what the tests need")
    options = parser.parse_args()
    try:
        uv = find_uv()
        set_up_project(uv, test=options.test)
        set_up_engine(uv)
        if options.test:
            find_chromium()
            find_postgres()
    except Missing as problem:
        print(f"setup: {problem}", file=sys.stderr)
        raise SystemExit(1) from None


def run(*command: str | Path, why: str) -> None:
    """Run a command quietly; what it printed is shown only when it failed. Raises Missing."""
    # uv is not to take the environment that happens to be active for ours.
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, env=environment
    )
    if done.returncode != 0:
        print(done.stdout + done.stderr, file=sys.stderr)
        raise Missing(f"{why} (the lines above say what went wrong)")


def find_uv() -> str:
    """uv: the one on the machine, else one of our own in .tools."""
    found = shutil.which("uv")
    if found and works(found, "--version"):
        return found
    own = TOOLS / "bin" / "uv"
    if not own.exists():
        print("Fetching uv …", flush=True)
        run(
            sys.executable,
            "-m",
            "venv",
            TOOLS,
            why="cannot make a virtual environment: install Python's venv module "
            "(on Debian and Ubuntu the package python3-venv), or uv itself",
        )
        run(
            TOOLS / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "-r",
            "scripts/uv.lock.txt",
            why="cannot fetch uv: check the network, or install uv yourself",
        )
    return str(own)


def works(*command: str | Path) -> bool:
    """Whether a command can be run: pyenv's shims are there and fail."""
    try:
        return subprocess.run([str(part) for part in command], capture_output=True).returncode == 0
    except OSError:
        return False


def set_up_project(uv: str, *, test: bool) -> None:
    """The project's own environment, from the lock, with the `waymark` command."""
    locks = ["requirements-dev.lock"] if test else ["requirements.lock", "requirements-dev.lock"]
    for lock in locks:
        # An environment with the tests' packages serves for running too.
        stamp, wanted = PROJECT / f"waymark-{lock}.stamp", fingerprint(lock, "pyproject.toml")
        if is_current(PROJECT, stamp, wanted):
            return
    lock = locks[0]
    stamp, wanted = PROJECT / f"waymark-{lock}.stamp", fingerprint(lock, "pyproject.toml")
    print("Setting up the project's environment (.venv) …", flush=True)
    make_environment(uv, PROJECT, sys.executable)
    python = PROJECT / "bin" / "python"
    # Bytecode makes each start quicker; the tests' packages are large and seldom started.
    bytecode = [] if test else ["--compile-bytecode"]
    run(
        uv,
        "pip",
        "install",
        "--python",
        python,
        "--require-hashes",
        *bytecode,
        "-r",
        lock,
        why="cannot install the project's packages: check the network",
    )
    run(
        uv,
        "pip",
        "install",
        "--python",
        python,
        "--no-deps",
        "--no-build-isolation",
        "-e",
        ".",
        why="cannot install the `waymark` command",
    )
    stamp.write_text(wanted)


def set_up_engine(uv: str) -> None:
    """The engine's environment: Python 3.10, which Rasa needs, and Rasa without TensorFlow."""
    lock = "bot/engine/requirements.lock"
    stamp = ENGINE / "waymark.stamp"
    if is_current(ENGINE, stamp, fingerprint(lock)):
        return
    print("Setting up the engine's environment (.venv-engine, Python 3.10) …", flush=True)
    make_environment(uv, ENGINE, find_python_310(uv))
    run(
        uv,
        "pip",
        "install",
        "--python",
        ENGINE / "bin" / "python",
        # The lock is whole; what Rasa asks for beyond it is left out on purpose.
        "--no-deps",
        "--require-hashes",
        "--compile-bytecode",
        "-r",
        lock,
        why="cannot install the engine's packages: check the network",
    )
    stamp.write_text(fingerprint(lock))


def make_environment(uv: str, folder: Path, python: str) -> None:
    """A new, empty environment."""
    shutil.rmtree(folder, ignore_errors=True)
    run(uv, "venv", "--quiet", "--python", python, folder, why=f"cannot make {folder.name}")


def find_python_310(uv: str) -> str:
    """A Python 3.10: one that is on the machine, pyenv's included, before downloading one."""
    check = "import sys; raise SystemExit(sys.version_info[:2] != (3, 10))"
    for candidate in pythons_310():
        if works(candidate, "-c", check):
            return str(candidate)
    print("Fetching Python 3.10 …", flush=True)
    run(
        uv,
        "python",
        "install",
        "3.10",
        why="the engine needs Python 3.10, and it could not be fetched: install Python 3.10 "
        "(for example `pyenv install 3.10`) and try again",
    )
    return "3.10"


def pythons_310() -> Iterator[str | Path]:
    """Where a Python 3.10 may be."""
    found = shutil.which("python3.10")
    if found:
        yield found
    roots = [os.environ.get("PYENV_ROOT"), str(Path.home() / ".pyenv")]
    for root in filter(None, roots):
        yield from sorted(Path(root, "versions").glob("3.10.*/bin/python"), reverse=True)
    yield from (Path(folder, "python3.10") for folder in ("/usr/bin", "/usr/local/bin"))


def is_current(environment: Path, stamp: Path, wanted: str) -> bool:
    """Whether an environment works and was made from this very lock."""
    python = environment / "bin" / "python"
    return stamp.is_file() and stamp.read_text() == wanted and works(python, "-c", "")


def fingerprint(*files: str) -> str:
    """What an environment is made from, in short."""
    return hashlib.sha256(b"".join((ROOT / file).read_bytes() for file in files)).hexdigest()


def find_chromium() -> None:
    """A Chromium for the browser tests: the system's, Playwright's, or Debian's package."""
    if any(shutil.which(name) for name in CHROMIUM_NAMES):
        return
    python = PROJECT / "bin" / "python"
    ask = (
        "from pathlib import Path; from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: raise SystemExit(not Path(p.chromium.executable_path).exists())"
    )
    if works(python, "-c", ask):
        return
    print("Fetching Chromium …", flush=True)
    if works(python, "-m", "playwright", "install", "chromium") or apt_install("chromium"):
        return
    raise Missing(
        "the browser tests need Chromium: install it (`playwright install chromium`, or the "
        "package chromium of your system)"
    )


def find_postgres() -> None:
    """PostgreSQL's server programs for the tests that run on both databases."""
    if shutil.which("initdb") or list(Path("/").glob(f"{POSTGRES_FOLDERS[1:]}/initdb")):
        return
    print("Fetching PostgreSQL …", flush=True)
    if apt_install("postgresql"):
        return
    raise Missing(
        "the tests need PostgreSQL's server programs (initdb, pg_ctl): install the package "
        "postgresql of your system"
    )


def apt_install(package: str) -> bool:
    """Install a Debian package, where that is possible and allowed."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    return works("apt-get", "update") and works("apt-get", "install", "-y", package)


if __name__ == "__main__":
    main()

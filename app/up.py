"""`waymark up`: everything on one machine, from an empty folder to answering texts."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from rich.console import Console
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app import engine_process
from app.database import BadDatabase, Database, migrate, open_database
from app.parts import utc_now
from app.processes import Child, free_port, watch
from app.running import Running, announced
from app.serve import check_port
from app.settings import KEY_FILE, Settings, load_internal_secret, load_vault, make_data_dir
from conversation.access import Role
from conversation.models import Address
from desk.accounts import add_account
from desk.models import Account
from directory.files import import_directory, sample_path
from directory.models import Organization

# Login name, role, and the name that survivors and colleagues see.
FIRST_ACCOUNTS = (
    ("advocate", Role.ADVOCATE, "An advocate"),
    ("supervisor", Role.SUPERVISOR, "A supervisor"),
    ("admin", Role.ADMIN, "An admin"),
)


@dataclass(frozen=True)
class Login:
    """A first-run login, shown once."""

    name: str
    password: str


@contextmanager
def step(console: Console, what: str) -> Iterator[Callable[[str], None]]:
    """Show a step while it runs, and its time when it is done."""
    begun = time.monotonic()
    with console.status(what):
        yield lambda line: console.print(f"    {line}", style="dim", highlight=False)
    console.print(f"  {what} ({time.monotonic() - begun:.1f} s)", highlight=False)


def prepare(settings: Settings, console: Console) -> Database:
    """Make folder, key and tables, and fill the directory on the first run."""
    make_data_dir(settings)
    vault, key_is_new = load_vault(settings)
    if key_is_new:
        console.print(
            f"[bold yellow]A new encryption key is in {settings.data_dir / KEY_FILE}. "
            "Back it up: without it the messages cannot be read again.[/]",
            highlight=False,
        )
    database = open_database(settings, vault)
    with step(console, "Database up to date"):
        migrate(database)
        _check_key(database)
    fill_directory(database, console)
    return database


def _check_key(database: Database) -> None:
    """Find out now, not in the middle of a conversation, that the key does not fit."""
    with database.reading() as session:
        try:
            session.scalars(select(Address).limit(1)).first()
        except DBAPIError as error:
            raise BadDatabase(f"cannot read the database ({type(error).__name__})") from None


def prepare_tables(database: Database) -> None:
    """Bring the tables up to date, and an empty directory to the sample partners, in silence."""
    migrate(database)
    fill_directory(database, Console(quiet=True))


def fill_directory(database: Database, console: Console) -> None:
    """Load the sample partners into a directory that is empty."""
    with database.sessions() as session:
        if session.scalar(select(Organization.id).limit(1)) is None:
            with step(console, "Sample directory of invented partners loaded"):
                import_directory(session, sample_path())
                session.commit()


def first_logins(database: Database) -> list[Login]:
    """Logins for a database that has none, with passwords that are shown once; else nothing."""
    with database.sessions() as session:
        if session.scalar(select(Account.id).limit(1)) is not None:
            return []
        return [
            Login(name, add_account(session, name, role, display_name=shown, now=utc_now()))
            for name, role, shown in FIRST_ACCOUNTS
        ]


def up(settings: Settings, console: Console) -> None:
    """Run an installation until Ctrl-C or SIGTERM. Raises what `app.errors` calls mendable."""
    check_port(settings.host, settings.port, "WAYMARK_PORT")
    stop = threading.Event()
    # Until there are children to end in order, SIGTERM breaks off like Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    database = prepare(settings, console)
    with step(console, "Bot trained") as say:
        model = engine_process.train(settings, say)
    secret = load_internal_secret(settings)
    engine_port = _port(settings.engine_url)
    actions_port = _port(settings.actions_url)
    running = Running(f"http://127.0.0.1:{engine_port}", f"http://127.0.0.1:{actions_port}", secret)
    engine = engine_process.engine_child(
        settings, model, port=engine_port, actions_url=running.actions_url, secret=secret
    )
    children = [engine, _app_child(settings, running)]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with ExitStack() as stack:
        stack.enter_context(announced(settings, running))
        for child in children:
            stack.callback(child.end)
            with step(console, f"{child.name.capitalize()} ready"):
                child.start()
                child.wait_ready(stop)
        # Made last: a first run that is broken off must not leave logins that nobody has seen.
        _welcome(settings, console, first_logins(database))
        database.engine.dispose()
        watch(children, lambda line: console.print(line, highlight=False), stop)
        console.print("Stopping …")


def _port(url: str) -> int:
    return urlsplit(url).port or free_port() if url else free_port()


def _app_child(settings: Settings, running: Running) -> Child:
    address = f"http://127.0.0.1:{settings.port}/health"

    def ready() -> bool:
        try:
            return httpx.get(address, timeout=2, trust_env=False).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    return Child(
        name="app",
        command=[sys.executable, "-m", "app.cli", "serve"],
        environment={
            "WAYMARK_ENGINE_URL": running.engine_url,
            "WAYMARK_ACTIONS_URL": running.actions_url,
            "WAYMARK_INTERNAL_SECRET": running.secret,
            "WAYMARK_DATA_DIR": str(settings.data_dir),
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        },
        ready=ready,
    )


def _welcome(settings: Settings, console: Console, logins: list[Login]) -> None:
    console.print()
    console.print(f"  Chat of the survivor   {settings.address}/chat", highlight=False)
    console.print(f"  Desk of the advocates  {settings.address}/desk", highlight=False)
    if settings.uses_twilio:
        console.print(f"  Webhook for Twilio     {settings.address}/sms/twilio", highlight=False)
    if logins:
        console.print("\n  First logins (shown only now; the passwords are not kept):")
        for login in logins:
            console.print(f"    {login.name:<12}{login.password}", highlight=False)
    console.print("\n  Ctrl-C stops everything.\n", highlight=False)

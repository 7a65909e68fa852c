"""The command line, `waymark`: each command puts parts together and runs them."""

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app import chat as chat_command
from app import (
    directory_commands,
    engine_process,
    local,
    message_commands,
    serve,
    understanding_report,
)
from app import up as up_command
from app.errors import MENDABLE
from app.parts import DEFAULT_ACTIONS_URL, DEFAULT_ENGINE_URL, Parts, assemble
from app.quiet import set_up_logging
from app.settings import BadSetting, Settings, load_settings
from conversation.access import Role
from conversation.understanding import Reading
from conversation.understanding import understand as read_texts
from desk.accounts import add_account

app = typer.Typer(
    name="waymark",
    help="A referral assistant that survivors of human trafficking can text.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
accounts_app = typer.Typer(help="Who may log in at the desk.", no_args_is_help=True)
app.add_typer(accounts_app, name="accounts")
app.add_typer(directory_commands.app, name="directory")
app.add_typer(message_commands.app, name="messages")

# Texts go to the engine in parts, so that answers come while one still types or pipes.
AT_ONCE = 32
LOOPBACK = ("127.0.0.1", "::1", "localhost")
console = Console(stderr=True)


@app.command()
def up() -> None:
    """Start everything on this machine: engine, web pages, actions and worker.

    Example: `waymark up` (then open http://127.0.0.1:8000/chat).
    """
    up_command.up(load_settings(), Console())


@app.command()
def migrate() -> None:
    """Make the database's tables, or bring them up to date, and fill an empty directory.

    Example: `WAYMARK_DATABASE_URL=postgresql://waymark@db/waymark waymark migrate`
    """
    out = Console()
    database = up_command.prepare(load_settings(), out)
    for login in up_command.first_logins(database):
        out.print(f"  First login: {login.name}  {login.password}", highlight=False)


@app.command(name="serve")
def serve_all(
    actions_host: Annotated[str, typer.Option(help="Address the actions listen on.")] = "127.0.0.1",
) -> None:
    """Run web pages, actions and worker in one process; the engine runs beside it.

    Example: `waymark serve` (and `waymark engine` in another terminal).
    """
    parts = _parts()
    secret, port = _secret_for(parts.settings, actions_host), _actions_port(parts.settings)
    serve.run(
        [serve.actions_server(parts, actions_host, port, secret), serve.web_server(parts)],
        parts.worker(parts.engine(parts.settings.engine_url or DEFAULT_ENGINE_URL, secret)),
        parts.edited_texts(),
    )


@app.command()
def web() -> None:
    """Run only the web pages: chat, desk and Twilio's webhooks.

    Example: `WAYMARK_PORT=8080 waymark web`
    """
    parts = _parts()
    serve.run([serve.web_server(parts)], None, parts.edited_texts())


@app.command()
def worker() -> None:
    """Run only the worker, which takes turns and sends messages.

    Example: `WAYMARK_ENGINE_URL=http://engine:5005 waymark worker`
    """
    parts = _parts()
    url = parts.settings.engine_url or DEFAULT_ENGINE_URL
    serve.run([], parts.worker(parts.engine(url, _secret(parts.settings))), parts.edited_texts())


@app.command()
def actions(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Run only the custom actions, which the engine calls.

    Example: `waymark actions --host 0.0.0.0` (with WAYMARK_INTERNAL_SECRET set)
    """
    parts = _parts()
    secret = _secret_for(parts.settings, host)
    port = _actions_port(parts.settings)
    serve.run([serve.actions_server(parts, host, port, secret)], None, parts.edited_texts())


@app.command()
def engine(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 5005,
) -> None:
    """Run only the dialogue engine; it is trained first if the bot has changed.

    Example: `WAYMARK_ACTIONS_URL=http://actions:5055 waymark engine`
    """
    settings = load_settings()
    secret = _secret_for(settings, host)
    model = engine_process.train(settings, typer.echo)
    url = settings.actions_url or DEFAULT_ACTIONS_URL
    command = engine_process.engine_command(settings, host, port, model)
    os.environ.update(engine_process.environment(settings, url, secret))
    try:
        os.execv(command[0], command)  # noqa: S606 - the command is ours
    except OSError as error:
        raise engine_process.EngineProblem(
            f"cannot run the engine's Python: {error.strerror}"
        ) from None


@app.command()
def chat(
    script: Annotated[
        Path | None, typer.Option(help="Play this file, one text a line, and print all.")
    ] = None,
) -> None:
    """Text as a survivor would, here in the terminal. Ctrl-D ends it.

    Example: `waymark chat --script talk.txt`, where talk.txt holds "i got no where to sleep"
    and, in the next line, "yes".
    """
    parts = _parts(prepare=True)
    with _working(parts):
        if script is not None:
            try:
                lines = script.read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise BadSetting(f"--script: cannot read {script} ({error})") from None
            chat_command.play(parts, lines, typer.echo)
            return
        _talk(chat_command.TerminalTalk(parts))


def _talk(talk: chat_command.TerminalTalk) -> None:
    """Read texts from the keyboard; show answers, also an advocate's, as they come."""
    ended = threading.Event()

    def show() -> None:
        while not ended.wait(0.1):
            for line in talk.answers():
                typer.echo(chat_command.shown(line))

    typer.echo("Type as if you were texting. Ctrl-D ends.")
    watcher = threading.Thread(target=show, daemon=True)
    watcher.start()
    for line in sys.stdin:
        if line.strip():
            talk.say(line.rstrip("\n"))
    talk.wait_until_answered()
    ended.set()
    watcher.join()
    for answer in talk.answers():
        typer.echo(chat_command.shown(answer))


@app.command()
def understand(
    evaluate: Annotated[
        bool, typer.Option(help="Judge the held-back messages instead, and print the figures.")
    ] = False,
    picture: Annotated[
        Path | None, typer.Option(help="With --evaluate: also draw the figures into this file.")
    ] = None,
) -> None:
    """Read one text a line from standard input; write what each means as JSON, a line each.

    Example: `printf 'i got no where to sleep tonite\\nme va a matar\\n' | waymark understand`,
    or `waymark understand --evaluate --picture figures.png`
    """
    if picture is not None and not evaluate:
        raise BadSetting("--picture draws the figures of --evaluate: add --evaluate")
    parts = _parts(prepare=True)
    with local.an_engine(parts, _progress) as running:
        if evaluate:
            understanding_report.evaluate(running, parts.settings, picture)
            return
        lines = (line.rstrip("\r\n") for line in sys.stdin)
        while texts := list(islice(lines, AT_ONCE)):
            for reading in read_texts(running, texts):
                typer.echo(json.dumps(_as_json(reading), ensure_ascii=False))
            sys.stdout.flush()


def _as_json(reading: Reading) -> dict[str, object]:
    return {
        "text": reading.text,
        "language": reading.language,
        "intent": reading.intent,
        "needs": list(reading.needs),
        "danger": reading.danger or False,
        "confidence": round(reading.confidence, 3),
    }


@accounts_app.command("add")
def accounts_add(
    name: Annotated[str, typer.Argument(help="Login name.")],
    role: Annotated[Role, typer.Option(help="What the account may do.")] = Role.ADVOCATE,
    display_name: Annotated[
        str | None, typer.Option(help="The name survivors and colleagues see.")
    ] = None,
) -> None:
    """Add a login for the desk and print its password, which is not kept.

    Example: `waymark accounts add maria --role advocate --display-name Maria`
    """
    parts = _parts(prepare=True)
    with parts.database.sessions() as session:
        password = add_account(session, name, role, display_name=display_name, now=parts.clock())
    typer.echo(f"{name}  {password}")


def _parts(*, prepare: bool = False) -> Parts:
    """The parts, from the settings; with `prepare` on a database that is brought up to date."""
    set_up_logging()
    parts = assemble(load_settings())
    if prepare:
        up_command.prepare_tables(parts.database)
    return parts


@contextmanager
def _working(parts: Parts) -> Iterator[None]:
    """A worker and an engine in and beside this process."""
    with local.an_engine(parts, _progress) as running, parts.edited_texts().followed():
        at_work = parts.worker(running)
        at_work.start()
        try:
            yield
        finally:
            at_work.stop()


def _progress(line: str) -> None:
    console.print(line, style="dim", highlight=False)


def _secret(settings: Settings) -> str:
    return settings.internal_secret.get_secret_value()


def _secret_for(settings: Settings, host: str) -> str:
    """The secret; without one a part listens on this machine only (decision 12)."""
    if host not in LOOPBACK and not _secret(settings):
        raise BadSetting(
            f"WAYMARK_INTERNAL_SECRET: needed to listen on {host}; set the same value for all parts"
        )
    return _secret(settings)


def _actions_port(settings: Settings) -> int:
    _, _, port = (settings.actions_url or DEFAULT_ACTIONS_URL).rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise BadSetting("WAYMARK_ACTIONS_URL: should end with a port, as http://127.0.0.1:5055")
    return int(port)


def main() -> None:
    """Run a command; what a person can mend is one line and exit code 1."""
    try:
        app()
    except MENDABLE as problem:
        # Without markup: a path or value in brackets is no style.
        console.print(
            f"waymark: {problem}", style="red", highlight=False, soft_wrap=True, markup=False
        )
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        console.print("waymark: stopped")
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()

"""`waymark messages`: what the assistant says, to be read, checked, and said in one's own words."""

import csv
import getpass
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.message_report import COLUMNS, Report, report
from app.parts import CATALOGUES, Parts, assemble
from app.quiet import set_up_logging
from app.settings import BadSetting, load_settings
from app.up import prepare_tables
from conversation import edited_texts
from language import LANGUAGES
from language.catalogue import Forms
from language.proofreading import problems
from language.shipped import DRAFTED, Shipped

app = typer.Typer(help="What the assistant says, in every language.", no_args_is_help=True)

BETWEEN_FORMS = "---"
"""The line between the plural forms of a text, in a file and on the screen."""
# Where no terminal says how wide it is: a file or a pipe takes lines of any length.
WIDE = 200

Id = Annotated[str, typer.Argument(help="The message's id, as `waymark messages list` shows it.")]
Language = Annotated[str, typer.Option(help="Code of the language, such as es.")]
OneLanguage = Annotated[str | None, typer.Option(help="Only this language, such as es.")]


@app.command("list")
def list_(
    language: OneLanguage = None,
    search: Annotated[str | None, typer.Option(help="Only where id or text hold this.")] = None,
) -> None:
    """List messages with their texts; `*` marks those that were edited.

    Example: `waymark messages list --language es --search refugio`
    """
    parts, shipped = _parts(), _shipped()
    wanted = (search or "").casefold()
    table = _table(("message", "", "language", "text"))
    for entry in report(parts, shipped, _languages(shipped, language)).entries:
        text = _joined(entry.forms)
        if wanted in entry.message_id.casefold() or wanted in text.casefold():
            mark = "*" if entry.edited else ""
            table.add_row(entry.message_id, mark, entry.language, Text(text))
    _console().print(table)


@app.command("show")
def show(message_id: Id, language: OneLanguage = None) -> None:
    """Show one message: when it is said, its text in each language, and what that costs.

    Example: `waymark messages show welcome`
    """
    parts, shipped = _parts(), _shipped()
    _known(shipped, message_id)
    found = report(parts, shipped, _languages(shipped, language), only=message_id)
    typer.echo(shipped.notes(message_id).note)
    for entry in found.entries:
        typer.echo(f"\n{LANGUAGES[entry.language].english_name}, {entry.review}, {entry.cost}")
        typer.echo(_joined(entry.forms))
        if entry.edited:
            typer.echo(f"(edited by {entry.edited_by}; it ships as:)")
            typer.echo(_joined(shipped.forms(message_id, entry.language)) or "(no text)")
        for problem in entry.problems:
            typer.echo(f"problem: {problem}")


@app.command("edit")
def edit(
    message_id: Id,
    language: Language,
    file: Annotated[
        Path | None, typer.Option(help="Read the text from this file, not from the keyboard.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who wrote it; else this login's name.")] = None,
    reviewed_by: Annotated[
        str | None, typer.Option(help="Who, speaking the language, has read it.")
    ] = None,
) -> None:
    """Say a message in your own words. It is checked first, and spoken within seconds.

    Plural forms stand below one another with a line `---` between them.

    Example: `echo "Hola, le escribe la Línea Puerto." | waymark messages edit greet --language es`
    """
    parts, shipped = _parts(), _shipped()
    _known(shipped, message_id)
    _languages(shipped, language)
    text = _read(file)
    now = parts.clock()
    with parts.database.sessions() as session:
        edited_texts.edit(
            session,
            parts.voice.catalogue,
            shipped,
            message_id=message_id,
            language=language,
            forms=_forms(text),
            by=by or getpass.getuser(),
            now=now,
            review=edited_texts.reviewed(reviewed_by, now.date()) if reviewed_by else DRAFTED,
        )
        session.commit()
    typer.echo(f"{message_id} ({language}) is said so from now on")


@app.command("reset")
def reset(message_id: Id, language: Language) -> None:
    """Say a message as it ships again.

    Example: `waymark messages reset greet --language es`
    """
    parts = _parts()
    with parts.database.sessions() as session:
        if not edited_texts.reset(session, message_id=message_id, language=language):
            raise BadSetting(
                f"the text of {message_id!r} ({language}) was never edited: "
                "`waymark messages list` marks those that were"
            )
        session.commit()
    typer.echo(f"{message_id} ({language}) is said as it ships")


@app.command("check")
def check(
    language: OneLanguage = None,
    problems_only: Annotated[bool, typer.Option("--problems", help="Only what is wrong.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV.")] = False,
) -> None:
    """Measure every text and hold it to its limits; exit code 1 when one is broken.

    Characters, encoding and segments are those of a text message with examples in the
    placeholders and your own name and numbers, of the longest plural form. The grade is the years
    of school its sentences ask for: 6 at most, in English and Spanish.

    Example: `waymark messages check --language es --problems`
    """
    try:
        shipped = Shipped.load(CATALOGUES)
    except (OSError, ValueError):
        # A broken file: the proofreader says which and where.
        for problem in problems(CATALOGUES):
            typer.echo(problem)
        raise typer.Exit(1) from None
    found = report(_parts(), shipped, _languages(shipped, language))
    entries = [entry for entry in found.entries if entry.problems or not problems_only]
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow((*COLUMNS, "problems"))
        writer.writerows((*entry.row, " ".join(entry.problems)) for entry in entries)
    elif entries:
        table = _table(COLUMNS, right=("characters", "segments", "grade"))
        for entry in entries:
            table.add_row(*map(Text, entry.row))
        _console().print(table)
    _say_problems(found, to_error=as_csv)
    if found.problems:
        raise typer.Exit(1)


def _say_problems(found: Report, *, to_error: bool) -> None:
    for problem in found.problems:
        typer.echo(problem, err=to_error)
    typer.echo(f"{len(found.entries)} texts, {len(found.problems)} problems", err=to_error)


def _read(file: Path | None) -> str:
    if file is None:
        if sys.stdin.isatty():
            typer.echo("Write the text; Ctrl-D ends it.", err=True)
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"--file: cannot read {file} ({error})") from None


def _forms(text: str) -> list[str]:
    forms: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip() == BETWEEN_FORMS:
            forms.append([])
        else:
            forms[-1].append(line.rstrip())
    return ["\n".join(lines).strip() for lines in forms]


def _joined(forms: Forms) -> str:
    return f"\n{BETWEEN_FORMS}\n".join(forms)


def _languages(shipped: Shipped, wanted: str | None) -> list[str]:
    known = shipped.languages()
    if wanted is None:
        return known
    if wanted not in known:
        raise BadSetting(f"--language: {wanted!r} is not one of {', '.join(known)}")
    return [wanted]


def _known(shipped: Shipped, message_id: str) -> None:
    if not shipped.knows(message_id):
        raise BadSetting(
            f"there is no message {message_id!r}: `waymark messages list --search` finds its id"
        )


def _table(columns: Iterable[str], right: Sequence[str] = ()) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        short = column not in ("text", "placeholders")
        table.add_column(
            column,
            justify="right" if column in right else "left",
            no_wrap=short,
            overflow="fold",
        )
    return table


def _console() -> Console:
    console = Console(highlight=False, soft_wrap=False)
    return console if console.is_terminal else Console(width=WIDE, highlight=False)


def _shipped() -> Shipped:
    try:
        return Shipped.load(CATALOGUES)
    except (OSError, ValueError):
        raise BadSetting(
            f"a catalogue in {CATALOGUES} is broken: `waymark messages check` says where"
        ) from None


def _parts() -> Parts:
    set_up_logging()
    parts = assemble(load_settings())
    prepare_tables(parts.database)
    return parts

"""`waymark directory`: take partners in, give them out, look one up."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from app.parts import Parts, assemble
from app.quiet import set_up_logging
from app.settings import BadSetting, load_settings
from app.up import prepare_tables
from directory.files import export_directory, import_directory
from directory.matches import Fits, Match, Query, Reason
from directory.places import Place, find_places
from directory.search import find_matches, unmet
from directory.vocabulary import KINDS, Need
from language import LANGUAGES
from language.speaking import speak_word

app = typer.Typer(help="The partner organisations.", no_args_is_help=True)


class ImportRefused(RuntimeError):
    """Nothing was taken; the problems have been listed."""


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="An HSDS 3.x JSON file, or a folder of them.")],
) -> None:
    """Take partners from Open Referral HSDS 3.x JSON: all of it, or nothing.

    Example: `waymark directory import partners.json`
    """
    if not path.exists():
        raise BadSetting(f"there is no file or folder {path}: check the path")
    parts = _parts()
    with parts.database.sessions() as session:
        report = import_directory(session, path, now=parts.clock())
        if not report.refused:
            session.commit()
    for problem in report.problems:
        typer.echo(f"{problem.severity}: {problem}", err=True)
    if report.refused:
        raise ImportRefused("nothing was taken: mend what is marked as refused, and import again")
    typer.echo(
        f"{report.added} added, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged"
    )


@app.command("export")
def export(
    path: Annotated[Path, typer.Argument(help="The file to write.")],
) -> None:
    """Write all partners as Open Referral HSDS 3.x JSON, without confidential addresses.

    Example: `waymark directory export partners.json`
    """
    parts = _parts()
    try:
        with parts.database.reading() as session:
            export_directory(session, path)
    except OSError as error:
        raise BadSetting(f"cannot write {path}: {error.strerror}") from None
    typer.echo(f"written to {path}")


@app.command("search")
def search(
    needs: Annotated[list[Need], typer.Argument(help="What is needed, one or more.")],
    near: Annotated[str | None, typer.Option(help="ZIP, city or county.")] = None,
    language: Annotated[str, typer.Option(help="Code of the language spoken.")] = "en",
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many at the most.")] = 3,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only this kind of a need, as housing.emergency.")
    ] = None,
    children: Annotated[
        bool | None, typer.Option("--children/--no-children", help="Are children along?")
    ] = None,
    wheelchair: Annotated[
        bool, typer.Option("--wheelchair", help="A wheelchair must fit.")
    ] = False,
    gender: Annotated[
        Literal["woman", "man"] | None, typer.Option(help="For whom, where it matters.")
    ] = None,
    minor: Annotated[bool, typer.Option("--minor", help="For somebody under 18.")] = False,
    wider: Annotated[
        bool, typer.Option("--wider/--not-wider", help="Also what is only somewhere else.")
    ] = True,
) -> None:
    """Look partners up as the bot does, and say why each was chosen.

    Example: `waymark directory search housing food --near 48226 --language es`, or
    `waymark directory search housing --kind housing.emergency --near 48226 --children`
    """
    if language not in LANGUAGES:
        raise BadSetting(f"--language: {language!r} is not one of {', '.join(LANGUAGES)}")
    parts = _parts()
    query = Query(
        needs=tuple(needs),
        place=_place(near),
        language=language,
        at=parts.clock(),
        limit=limit,
        kinds=_kinds(kind or [], needs),
        fits=Fits(children=children, wheelchair=wheelchair, gender=gender, minor=minor),
        wider=wider,
    )
    with parts.database.reading() as session:
        matches = find_matches(session, query)
        missing = unmet(session, query)
    for number, match in enumerate(matches, start=1):
        typer.echo(_shown(parts, number, match))
    if missing:
        typer.echo(f"No partner fits: {', '.join(missing)}.")


def _place(text: str | None) -> Place | None:
    if text is None:
        return None
    places = find_places(text)
    if not places:
        raise BadSetting(f"--near: no place called {text!r} is known; try a ZIP or a county")
    return places[0]


def _kinds(kinds: list[str], needs: list[Need]) -> frozenset[str]:
    known = [f"{need}.{kind}" for need in needs for kind in KINDS[need]]
    for kind in kinds:
        if kind not in known:
            raise BadSetting(f"--kind: {kind!r} is not one of {', '.join(known) or 'none'}")
    return frozenset(kinds)


def _shown(parts: Parts, number: int, match: Match) -> str:
    reasons = "; ".join(_spoken(parts, reason) for reason in match.reasons)
    ways = " · ".join(filter(None, (match.phone, match.text_number, match.url)))
    lines = [f"{number}. {match.partner}: {match.service}", match.about, ways, reasons]
    if match.restrictions:
        lines.append("; ".join(match.restrictions))
    if match.ask_first:
        lines.append("not known: " + ", ".join(_UNKNOWN[code] for code in match.ask_first))
    return "\n   ".join(line for line in lines if line)


_UNKNOWN = {
    "ask_children": "whether children may come along",
    "ask_wheelchair": "whether a wheelchair gets in",
}


def _spoken(parts: Parts, reason: Reason) -> str:
    word = {"say": f"reason_{reason.code}", "args": reason.args}
    return speak_word(parts.voice.catalogue, word, "en", zone=parts.settings.zone)


def _parts() -> Parts:
    set_up_logging()
    parts = assemble(load_settings())
    prepare_tables(parts.database)
    return parts

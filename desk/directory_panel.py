"""The directory beside a conversation: search, and a partner's public facts to put into an answer.

What is confidential never comes here: the directory's search leaves it out (D9).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from desk import words
from desk.deps import DeskDeps
from directory.places import find_places
from directory.search import Match, Query, find_matches, get_match
from directory.vocabulary import Need
from language.speaking import speak_word

RESULTS = 8
PLACE_AT_MOST = 120
# "What they named": the needs of the conversation, several at once.
NAMED = "named"


@dataclass(frozen=True)
class Result:
    """One service of a partner as the panel shows it."""

    service_id: str
    partner: str
    service: str
    reasons: tuple[str, ...]
    hours: str
    phone: str | None
    text_number: str | None
    url: str | None
    address: str | None
    languages: str
    cost: str | None
    restrictions: tuple[str, ...]
    invented: bool
    facts: str


@dataclass(frozen=True)
class Panel:
    """The search form as it was filled in, and what was found."""

    need: str
    named: tuple[str, ...]
    place: str
    police: bool
    searched: bool
    found_place: str | None
    other_places: tuple[str, ...]
    results: tuple[Result, ...]


def search(
    session: Session,
    deps: DeskDeps,
    *,
    form: Mapping[str, str],
    named: tuple[str, ...] = (),
    place: str | None = None,
    language: str | None = None,
    now: datetime,
) -> Panel:
    """Search by the form, or, where it has not been used, by what the conversation has shown."""
    need = form.get("need", NAMED if named else "")
    text = form.get("place", place or "").strip()[:PLACE_AT_MOST]
    police = form.get("police") == "yes"
    needs = _needs(need, named)
    places = find_places(text) if text else []
    found: list[Match] = []
    if needs:
        query = Query(
            needs=needs,
            place=places[0] if places else None,
            language=language,
            at=now,
            limit=RESULTS,
            include_law_enforcement=police,
        )
        found = find_matches(session, query)
    return Panel(
        need=need,
        named=named,
        place=text,
        police=police,
        searched=bool(needs),
        found_place=places[0].label if places else None,
        other_places=tuple(other.label for other in places[1:4]),
        results=tuple(_result(deps, match) for match in found),
    )


def facts_of(
    session: Session, deps: DeskDeps, service_id: str, *, language: str | None, now: datetime
) -> str | None:
    """The public facts of a service, or None when it is no longer offered (D1)."""
    query = Query(needs=(), place=None, language=language, at=now, include_law_enforcement=True)
    match = get_match(session, service_id, query)
    return public_facts(match) if match else None


def public_facts(match: Match) -> str:
    """Name, numbers, address, page: in no language, so that they fit any answer."""
    name = match.partner if match.partner == match.service else f"{match.partner}, {match.service}"
    facts = [match.phone, _text_fact(match), match.address, match.url]
    return f"{name}: " + ", ".join(fact for fact in facts if fact)


def _text_fact(match: Match) -> str | None:
    return f"SMS {match.text_number}" if match.text_number else None


def _needs(need: str, named: tuple[str, ...]) -> tuple[Need, ...]:
    wanted = named if need == NAMED else (need,)
    known = {item.value: item for item in Need}
    return tuple(known[slug] for slug in wanted if slug in known)


def _result(deps: DeskDeps, match: Match) -> Result:
    return Result(
        service_id=match.service_id,
        partner=match.partner,
        service=match.service,
        reasons=tuple(
            speak_word(
                deps.catalogue,
                {"say": f"reason_{reason.code}", "args": reason.args},
                "en",
                zone=match.zone or deps.voice.zone,
            )
            for reason in match.reasons
        ),
        hours={True: "open now", False: "closed now", None: "hours unknown"}[match.open_now],
        phone=match.phone,
        text_number=match.text_number,
        url=match.url,
        address=match.address,
        languages=", ".join(words.language_name(code) for code in match.languages),
        cost=match.cost,
        restrictions=tuple(match.restrictions),
        invented=match.invented,
        facts=public_facts(match),
    )

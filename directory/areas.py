"""Part of the directory room: whether a service area holds the place somebody named (D5).

It must never know who named it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from directory.models import ServiceArea
from directory.place_index import plain
from directory.places import Place, distance_km, exact_place, same_or_inside

_NATION = frozenset(
    {"us", "usa", "u s", "united states", "united states of america", "nationwide", "national"}
)


class Coverage(IntEnum):
    """How an area meets a place, the closest first."""

    LOCAL = 0  # a ZIP, town or county that holds the place
    STATE = 1
    PART = 2  # the place is a state, and the area lies somewhere in it
    NATION = 3


@dataclass(frozen=True)
class Area:
    """One readable part of a service area; `place` is None for the whole nation."""

    place: Place | None

    @property
    def label(self) -> str:
        """What it is called on screens: "Wayne County, MI"."""
        return self.place.label if self.place is not None else "United States"


@dataclass(frozen=True)
class Covered:
    """An area that meets the place, and how."""

    coverage: Coverage
    area: Area


def readable_areas(rows: Iterable[ServiceArea]) -> tuple[Area, ...]:
    """The areas that these rows name; what cannot be read (a polygon, "our parish") is left out."""
    areas: list[Area] = []
    for row in rows:
        as_text = row.extent if row.extent_type in (None, "", "text") else None
        areas += read_area(as_text or row.name or "")
    return tuple(dict.fromkeys(areas))


@lru_cache(maxsize=4096)
def read_area(text: str) -> tuple[Area, ...]:
    """The areas named in "Wayne County, MI; 48226; Ohio; United States", `;` between them."""
    areas: list[Area] = []
    for part in text.replace("\n", ";").split(";"):
        if plain(part) in _NATION:
            areas.append(Area(None))
        elif (place := exact_place(part)) is not None:
            areas.append(Area(place))
    return tuple(areas)


def closest_cover(areas: Iterable[Area], place: Place) -> Covered | None:
    """The area that meets the place most closely, None when none does."""
    met = [
        Covered(coverage, area)
        for area in areas
        if (coverage := _coverage(area, place)) is not None
    ]
    return min(met, key=lambda covered: (covered.coverage, covered.area.label), default=None)


def distance_to(areas: Iterable[Area], place: Place) -> float | None:
    """Kilometres from the place to the middle of the nearest area, None without one."""
    here = (place.latitude, place.longitude)
    return min(
        (
            distance_km(here, (area.place.latitude, area.place.longitude))
            for area in areas
            if area.place is not None
        ),
        default=None,
    )


def _coverage(area: Area, place: Place) -> Coverage | None:
    if area.place is None:
        return Coverage.NATION
    if same_or_inside(place, area.place):
        return Coverage.STATE if area.place.kind == "state" else Coverage.LOCAL
    if same_or_inside(area.place, place):
        return Coverage.PART if place.kind == "state" else Coverage.LOCAL
    return None

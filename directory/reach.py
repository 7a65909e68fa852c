"""Part of the directory room: where a service is given, and whether a place can reach it (D5, D6).

It must never carry a confidential address on (D9): such a location loses it here, and with it the
distance, from which the address could be worked out by asking from several places.
"""

from dataclasses import dataclass
from enum import IntEnum

from directory.areas import Area, Coverage, Covered, closest_cover, distance_to, readable_areas
from directory.conditions import marked
from directory.models import Location, Service, ServiceAtLocation
from directory.place_index import is_zone, place_index
from directory.places import Place, distance_km
from directory.vocabulary import Mark

NEAR_KM = 40.0  # a service without a stated area is taken to serve this far
WIDER_KM = 240.0  # the search is widened this far, and says so (D5)


class Reach(IntEnum):
    """How a service can be reached from the place, the best first."""

    LOCAL = 0
    STATE = 1
    PART = 2  # only a state is known, and it is somewhere in it
    ANYWHERE = 3
    WIDER = 4


@dataclass(frozen=True)
class Where:
    """Where a service is, seen from a place.

    `distance_km` may be told; `ranked_km` may not: it can be measured to the middle of an area.
    """

    reach: Reach
    at: ServiceAtLocation | None
    address: str | None
    distance_km: float | None
    ranked_km: float | None
    covered: Covered | None
    areas: tuple[Area, ...]
    virtual: bool
    national: bool
    zone: str | None
    across: bool  # somebody has to go to another state for it

    @property
    def wider(self) -> bool:
        """Whether it may be far off: it serves somewhere else, or an unknown part of the state."""
        return self.reach in (Reach.WIDER, Reach.PART)

    @property
    def location(self) -> Location | None:
        """The location meant, if there is one."""
        return self.at.location if self.at is not None else None


def where_is(service: Service, place: Place | None, confidential: frozenset[str]) -> Where | None:
    """Where a service is, or None when it is out of reach from the place.

    `confidential` holds the ids of locations that must stay unsaid.
    """
    areas = readable_areas(
        [
            *service.service_areas,
            *(area for at in service.service_at_locations for area in at.service_areas),
        ]
    )
    covered = closest_cover(areas, place) if place is not None else None
    at = _best_location(service, place, confidential)
    location = at.location if at is not None else None
    secret = location is not None and location.id in confidential
    virtual = _is_virtual(service, areas)
    told = None if location is None or secret else _distance(location, place)
    ranked = told if told is not None or place is None else distance_to(areas, place)
    national = any(area.place is None for area in areas)
    anywhere = national or (virtual and not areas)
    if place is None:
        reach: Reach | None = Reach.ANYWHERE if anywhere else Reach.WIDER
    else:
        reach = _reach(place, covered, areas, location, ranked, anywhere=anywhere)
    if reach is None:
        return None
    return Where(
        reach=reach,
        at=at,
        address=None if location is None or secret else _address(location),
        distance_km=told,
        ranked_km=ranked,
        covered=covered,
        areas=areas,
        virtual=virtual,
        national=national,
        zone=_zone(service, location, covered, areas),
        across=told is not None and _is_across(location, place),
    )


def _reach(
    place: Place,
    covered: Covered | None,
    areas: tuple[Area, ...],
    location: Location | None,
    ranked_km: float | None,
    *,
    anywhere: bool,
) -> Reach | None:
    """The service area first, distance second; an area that leaves the place out is heeded."""
    if covered is not None and covered.coverage != Coverage.NATION:
        return _BY_COVERAGE[covered.coverage]
    if not areas and location is not None:
        if ranked_km is not None and ranked_km <= NEAR_KM:
            return Reach.LOCAL
        home = _home(location)
        if home is not None and home.state == place.state:
            if place.kind == "state":
                return Reach.PART
            # All that is known of a confidential location is its county, and that may be used.
            if ranked_km is None and home.county in place_index().counties_of(place):
                return Reach.LOCAL
    if anywhere:
        return Reach.ANYWHERE
    if ranked_km is not None and ranked_km <= WIDER_KM:
        return Reach.WIDER
    return None


_BY_COVERAGE = {
    Coverage.LOCAL: Reach.LOCAL,
    Coverage.STATE: Reach.STATE,
    Coverage.PART: Reach.PART,
}


def _best_location(
    service: Service, place: Place | None, confidential: frozenset[str]
) -> ServiceAtLocation | None:
    """The location to name: one whose own area holds the place, else the nearest.

    Without a place, one of several branches would be as wrong as another: none is named.
    """
    physical = [at for at in service.service_at_locations if is_physical(at.location)]
    if place is None:
        return physical[0] if len(physical) == 1 else None

    def order(at: ServiceAtLocation) -> tuple[bool, float, str]:
        holds = closest_cover(readable_areas(at.service_areas), place) is not None
        secret = at.location.id in confidential
        km = None if secret else _distance(at.location, place)
        return (not holds, km if km is not None else float("inf"), at.id)

    return min(physical, key=order, default=None)


def is_physical(location: Location) -> bool:
    """Whether a location is a place to go to."""
    return location.location_type == "physical"


def _is_virtual(service: Service, areas: tuple[Area, ...]) -> bool:
    """Given by telephone or online only: no place to go to, and not bound to one."""
    if any(is_physical(at.location) for at in service.service_at_locations):
        return False
    return bool(service.service_at_locations) or not areas


def _distance(location: Location, place: Place | None) -> float | None:
    """Kilometres to a location; None when either end is not known well enough (a whole state)."""
    if place is None or place.kind == "state":
        return None
    there = _point(location)
    return distance_km((place.latitude, place.longitude), there) if there is not None else None


def _point(location: Location) -> tuple[float, float] | None:
    if location.latitude is not None and location.longitude is not None:
        return location.latitude, location.longitude
    home = _home(location)
    return (home.latitude, home.longitude) if home is not None else None


def _home(location: Location) -> Place | None:
    """The ZIP of a location's physical address, as a place."""
    for address in location.addresses:
        if address.address_type == "physical":
            found = place_index().zip(address.postal_code[:5])
            if found is not None:
                return found
    return None


def _is_across(location: Location | None, place: Place | None) -> bool:
    home = _home(location) if location is not None else None
    return home is not None and place is not None and home.state != place.state


def _address(location: Location) -> str | None:
    for address in location.addresses:
        if address.address_type == "physical":
            lines = [address.address_1, address.address_2, address.city]
            tail = f"{address.state_province} {address.postal_code}".strip()
            return ", ".join(line for line in [*lines, tail] if line)
    return None


def _zone(
    service: Service,
    location: Location | None,
    covered: Covered | None,
    areas: tuple[Area, ...],
) -> str | None:
    """The zone its hours are meant in: as marked, else that of its place, else of its area."""
    for attributes in (service.attributes, service.organization.attributes):
        zone = marked(attributes, Mark.TIME_ZONE)
        if zone is not None and is_zone(zone):
            return zone
    home = _home(location) if location is not None else None
    if home is not None:
        return home.zone
    if covered is not None and covered.area.place is not None:
        return covered.area.place.zone
    zones = {area.place.zone for area in areas if area.place is not None}
    return zones.pop() if len(zones) == 1 else None

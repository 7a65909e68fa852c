"""Part of the directory room: American places by ZIP, town, county and state.

It must never know what a survivor wrote: it is asked with a name that somebody already singled out.
"""

import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from zoneinfo import available_timezones

import zipcodes

Kind = Literal["zip", "city", "county", "state"]

STATES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "PR": "Puerto Rico", "GU": "Guam", "VI": "U.S. Virgin Islands", "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
}  # fmt: skip

# Two states are called like a large city.
_STATE_LABELS = {"NY": "New York State", "WA": "Washington State"}

# What people call places that `zipcodes` lists under another name.
NICKNAMES: dict[str, tuple[str, str]] = {
    "nyc": ("New York", "NY"), "new york city": ("New York", "NY"),
    "manhattan": ("New York", "NY"), "the bronx": ("Bronx", "NY"), "philly": ("Philadelphia", "PA"),
    "vegas": ("Las Vegas", "NV"), "sf": ("San Francisco", "CA"), "queens": ("Queens County", "NY"),
    "san fran": ("San Francisco", "CA"), "l a": ("Los Angeles", "CA"), "la": ("Los Angeles", "CA"),
    "atl": ("Atlanta", "GA"), "dc": ("Washington", "DC"), "d c": ("Washington", "DC"),
    "washington dc": ("Washington", "DC"), "htown": ("Houston", "TX"),
    "okc": ("Oklahoma City", "OK"),
    "nola": ("New Orleans", "LA"), "slc": ("Salt Lake City", "UT"), "indy": ("Indianapolis", "IN"),
    "nueva york": ("New York", "NY"), "nova york": ("New York", "NY"),
    "nova iorque": ("New York", "NY"), "nouyok": ("New York", "NY"),
    "nouvelle orleans": ("New Orleans", "LA"), "la nouvelle orleans": ("New Orleans", "LA"),
    "philadelphie": ("Philadelphia", "PA"), "filadelfia": ("Philadelphia", "PA"),
    "nueva orleans": ("New Orleans", "LA"), "minny": ("Minneapolis", "MN"),
}  # fmt: skip

# The same in other languages: names of states and territories.
STATE_NICKNAMES: dict[str, str] = {
    "d c": "DC", "nueva jersey": "NJ", "nuevo mexico": "NM", "carolina del norte": "NC",
    "carolina del sur": "SC", "luisiana": "LA", "misisipi": "MS", "pensilvania": "PA",
    "virginia occidental": "WV", "washington state": "WA", "state of washington": "WA",
    "new york state": "NY", "upstate new york": "NY", "estado de nueva york": "NY",
    "virgin islands": "VI", "cali": "CA",
    "tejas": "TX", "hawai": "HI", "nueva hampshire": "NH", "dakota del norte": "ND",
    "dakota del sur": "SD", "misuri": "MO", "tenesi": "TN", "masachusetts": "MA",
    "floride": "FL", "californie": "CA", "caroline du nord": "NC", "caroline du sud": "SC",
    "dakota du nord": "ND", "dakota du sud": "SD", "georgie": "GA", "louisiane": "LA",
    "pennsylvanie": "PA", "virginie": "VA", "virginie occidentale": "WV", "nouveau mexique": "NM",
    "carolina do norte": "NC", "carolina do sul": "SC", "nova jersey": "NJ", "novo mexico": "NM",
    "virginia ocidental": "WV", "dakota do norte": "ND",
    "dakota do sul": "SD", "florid": "FL", "kalifoni": "CA", "jeoji": "GA", "masachiset": "MA",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place in the United States; `latitude` and `longitude` are its middle, in degrees."""

    label: str
    kind: Kind
    zip: str | None
    city: str | None
    county: str | None
    state: str
    latitude: float
    longitude: float
    zone: str


@dataclass(frozen=True)
class Sized:
    """A place with the number of its ZIPs, which stands in for how many people live there."""

    place: Place
    size: int


def plain(text: str) -> str:
    """Lower case, no accents, punctuation turned into spaces: "St. Paul" becomes "st paul"."""
    folded = unicodedata.normalize("NFKD", text).replace("'", "").replace("\u2019", "")
    kept = (c for c in folded if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in kept).casefold().split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


# Both sides, the index and what is asked, go through `plain`, so the direction does not matter.
_SHORT_FORMS = {"saint": "st", "fort": "ft", "mount": "mt", "township": "twp"}


class PlaceIndex:
    """All places, by their `plain` names. Building it takes about a second; use `place_index()`."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        usable = [row for row in rows if row["state"] in STATES and row["lat"]]
        self.states = {plain(name): code for code, name in STATES.items()} | STATE_NICKNAMES
        self._zips = {row["zip_code"]: row for row in usable}
        by_town: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        by_county: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        by_state: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in usable:
            by_town[row["city"], row["state"]].append(row)
            by_state[row["state"]].append(row)
            if row["county"]:
                by_county[row["county"], row["state"]].append(row)

        self._zones = {state: _zone(members) or "" for state, members in by_state.items()}
        self._by_state = {
            state: self._sized("state", members, label=_STATE_LABELS.get(state, STATES[state]))
            for state, members in by_state.items()
        }
        self.towns: dict[str, list[Sized]] = defaultdict(list)
        self._town_counties: dict[tuple[str, str], frozenset[str]] = {}
        for (city, state), members in by_town.items():
            self.towns[plain(city)].append(self._town(city, state, members))
        self._add_second_names(usable, by_town)
        self.counties: dict[str, list[Sized]] = defaultdict(list)
        for (county, state), members in by_county.items():
            sized = self._sized("county", members, label=f"{county}, {state}", county=county)
            self.counties[plain(county)].append(sized)
        for nickname, (name, state) in NICKNAMES.items():
            named = [*self.towns.get(plain(name), ()), *self.counties.get(plain(name), ())]
            self.towns[nickname] = [sized for sized in named if sized.place.state == state]
        for named in (*self.towns.values(), *self.counties.values()):
            named.sort(key=lambda sized: -sized.size)

    def zip(self, code: str) -> Place | None:
        """The place of a five-digit ZIP, None when there is no such ZIP."""
        row = self._zips.get(code)
        if row is None:
            return None
        label = f"{row['city']}, {row['state']} {code}"
        return self._sized(
            "zip", [row], label=label, zip=code, city=row["city"], county=row["county"] or None
        ).place

    def state(self, code: str) -> Sized:
        """The place of a state's two-letter code; KeyError when it is none."""
        return self._by_state[code]

    def counties_of(self, place: Place) -> frozenset[str]:
        """The names of all counties that the place lies in (a town may lie in several)."""
        own = frozenset({place.county} if place.county else set())
        if place.kind != "city" or place.city is None:
            return own
        return own | self._town_counties.get((place.city, place.state), frozenset())

    def _town(self, city: str, state: str, rows: list[dict[str, Any]]) -> Sized:
        counties = Counter(row["county"] for row in rows if row["county"])
        self._town_counties[city, state] = frozenset(counties)
        county = counties.most_common(1)[0][0] if counties else None
        return self._sized("city", rows, label=f"{city}, {state}", city=city, county=county)

    def _add_second_names(
        self, rows: list[dict[str, Any]], by_town: dict[tuple[str, str], list[dict[str, Any]]]
    ) -> None:
        """Post offices accept further names: quarters are places, short forms are not."""
        seconds: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            for name in row["acceptable_cities"]:
                if (name, row["state"]) not in by_town:
                    seconds[name, row["state"]].append(row)
        for (name, state), members in seconds.items():
            main, shared = Counter(row["city"] for row in members).most_common(1)[0]
            if shared * 2 >= len(by_town[main, state]):
                known = [s for s in self.towns[plain(main)] if s.place.city == main]
                self.towns[plain(name)] += [s for s in known if s.place.state == state]
            else:
                self.towns[plain(name)].append(self._town(name, state, members))

    def _sized(
        self,
        kind: Kind,
        rows: list[dict[str, Any]],
        *,
        label: str,
        zip: str | None = None,
        city: str | None = None,
        county: str | None = None,
    ) -> Sized:
        """The place these ZIPs make up; its middle is the median: a stray point cannot move it."""
        active = [row for row in rows if row["active"]] or rows
        state = rows[0]["state"]
        place = Place(
            label=label,
            kind=kind,
            zip=zip,
            city=city,
            county=county,
            state=state,
            latitude=statistics.median(float(row["lat"]) for row in active),
            longitude=statistics.median(float(row["long"]) for row in active),
            zone=_zone(rows) or self._zones[state],
        )
        return Sized(place, len(active))


def is_zone(name: str) -> bool:
    """Whether this is the name of a time zone, such as "America/Detroit"."""
    return name in _known_zones()


def _zone(rows: list[dict[str, Any]]) -> str | None:
    zones = Counter(row["timezone"] for row in rows if is_zone(row["timezone"]))
    return zones.most_common(1)[0][0] if zones else None


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def place_index() -> PlaceIndex:
    """The one index of the process, built when first asked for."""
    rows: list[dict[str, Any]] = zipcodes.list_all()  # type: ignore[no-untyped-call]
    return PlaceIndex(rows)

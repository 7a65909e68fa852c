"""The invented partners that come with the project cover every need and kind, and are HSDS."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.candidates import confidential_location_ids, kinds_of
from directory.conditions import marked, needs_met, populations, requirements
from directory.files import export_directory, import_directory, sample_path
from directory.fitting import wheelchair_access
from directory.models import Location, Organization, Phone, Service, ServiceCapacity
from directory.places import exact_place, find_places
from directory.search import Fits, Match, Query, find_each, find_matches, unmet
from directory.spoken import staff_languages
from directory.vocabulary import (
    KINDS,
    Mark,
    Need,
    PartnerKind,
    Population,
    Requirement,
)

TUESDAY_NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
LANGUAGES = ("en", "es", "fr", "pt", "ht", "zh", "vi", "tl", "ru", "ko", "ar", "hi")
TOWNS = (
    "Detroit, MI",
    "Houston, TX",
    "Los Angeles, CA",
    "El Paso, TX",
    "Atlanta, GA",
    "New York, NY",
    "Immokalee, FL",
    "Seattle, WA",
    "Chicago, IL",
    "Omaha, NE",
)
SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "hsds" / "schema"


def services(session: Session) -> list[Service]:
    return list(session.scalars(select(Service)))


def test_there_are_at_least_seventy_partners(sample: Session) -> None:
    assert len(sample.scalars(select(Organization)).all()) >= 70


def test_every_partner_is_marked_and_described_as_invented(sample: Session) -> None:
    for partner in sample.scalars(select(Organization)):
        assert marked(partner.attributes, Mark.INVENTED) is not None
        assert "not a real organization" in partner.description
        assert (partner.website or "").startswith("https://example.org/")


def test_every_number_is_one_reserved_for_fiction_and_stands_once(sample: Session) -> None:
    numbers = [phone.number for phone in sample.scalars(select(Phone))]
    assert all(re.fullmatch(r"\d{3}-555-01\d\d", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_every_need_and_every_partner_kind_is_there(sample: Session) -> None:
    met = {need for service in services(sample) for need in needs_met(service)}
    assert met == set(Need)
    kinds = {kind for org in sample.scalars(select(Organization)) for kind in kinds_of(org)}
    assert kinds == set(PartnerKind)


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize(
    "need", [Need.HOUSING, Need.LEGAL_REPRESENTATION, Need.FOOD, Need.MEDICAL_CARE]
)
def test_each_town_has_a_bed_a_lawyer_a_meal_and_a_doctor_of_its_own(
    sample: Session, town: str, need: Need
) -> None:
    place = exact_place(town)
    query = Query(needs=(need,), place=place, language=None, at=TUESDAY_NOON, limit=20)
    found = find_matches(sample, query)
    assert any(match.reasons[0].code != "near" and not match.virtual for match in found)
    assert all(match.invented for match in found)
    assert all(match.phone or match.text_number for match in found)


def test_the_sample_has_what_practice_needs(sample: Session) -> None:
    all_services = services(sample)
    statuses = {service.status for service in all_services}
    assert {"active", "defunct", "temporarily closed"} <= statuses
    asked = {one for service in all_services for one in requirements(service)}
    assert asked == set(Requirement)
    spoken = {code for service in all_services for code in staff_languages(service.languages)}
    assert set(LANGUAGES) <= spoken
    assert len(confidential_location_ids(sample)) >= 10
    assert any(service.minimum_age for service in all_services)
    assert any(service.interpretation_services for service in all_services)
    assert sample.scalars(select(ServiceCapacity)).first() is not None
    types = Counter(sample.scalars(select(Location.location_type)))
    assert types["virtual"] >= 8


def asked(town: str, need: Need, *kinds: str, **more: Any) -> Query:
    codes = frozenset(f"{need}.{kind}" for kind in kinds)
    return Query((need,), exact_place(town), None, TUESDAY_NOON, kinds=codes, **more)


KINDS_OF_ALL = [(need, kind) for need in Need for kind in (None, *KINDS[need])]


@pytest.mark.parametrize(("need", "kind"), KINDS_OF_ALL)
def test_detroit_has_somebody_nearby_for_every_need_and_kind(
    sample: Session, need: Need, kind: str | None
) -> None:
    query = asked("Detroit, MI", need, *([kind] if kind else []), wider=False)
    found = find_matches(sample, query)
    assert found
    if kind:
        assert any(f"{need}.{kind}" in match.kinds or not match.kinds for match in found)
    assert any(not match.virtual and not match.wider for match in found)


# A bed for long is nowhere to be had by telephone.
LONG_HOUSING = {(Need.HOUSING, "transitional"), (Need.HOUSING, "permanent")}


@pytest.mark.parametrize("town", ["Anchorage, AK", "Pago Pago, AS", "Boise, ID"])
def test_every_need_and_kind_is_met_everywhere_by_telephone_but_housing_for_long(
    sample: Session, town: str
) -> None:
    place = exact_place(town) or find_places(town)[0]
    for need, kind in KINDS_OF_ALL:
        query = asked("48226", need, *([kind] if kind else []), wider=False)
        missing = unmet(sample, replace(query, place=place))
        assert missing == ((need,) if (need, kind) in LONG_HOUSING else ()), (need, kind)


def test_in_flint_housing_for_long_is_found_only_by_looking_further(sample: Session) -> None:
    near = asked("Flint, MI", Need.HOUSING, "transitional", wider=False)
    assert unmet(sample, near) == (Need.HOUSING,)
    found = find_matches(sample, replace(near, wider=True))
    assert found
    assert all(match.wider and match.reasons for match in found)


@pytest.mark.parametrize("town", ["Detroit, MI", "Houston, TX", "New York, NY"])
def test_what_must_fit_changes_who_is_named(sample: Session, town: str) -> None:
    fits = {
        "nothing": Fits(),
        "children": Fits(children=True),
        "wheelchair": Fits(wheelchair=True),
        "woman": Fits(gender="woman"),
        "man": Fits(gender="man"),
    }
    bed = asked(town, Need.HOUSING, "emergency", wider=False)
    queries = [replace(bed, fits=one, limit=500) for one in fits.values()]
    found = dict(zip(fits, find_each(sample, queries), strict=True))

    def shut_out(by: str) -> set[Requirement]:
        named = {match.service_id for match in found[by]}
        gone = [match for match in found["nothing"] if match.service_id not in named]
        return {one for match in gone for one in match.requirements}

    def told(by: str) -> set[str]:
        return {reason.code for match in found[by] for reason in match.reasons}

    assert Requirement.NO_CHILDREN in shut_out("children")
    assert Requirement.MEN_ONLY in shut_out("woman")
    assert Requirement.WOMEN_ONLY in shut_out("man")
    assert len(found["wheelchair"]) < len(found["nothing"])
    assert "takes_children" in told("children")
    assert "wheelchair_access" in told("wheelchair")
    assert any("ask_wheelchair" in match.ask_first for match in found["wheelchair"])
    assert [match.ask_first for match in found["nothing"] if match.ask_first] == []
    first: list[Match] = [matches[0] for matches in found.values()]
    assert len({match.service_id for match in first}) > 1


def test_somebody_under_18_finds_a_bed_in_the_three_towns(sample: Session) -> None:
    for town in ("Detroit, MI", "Houston, TX", "New York, NY"):
        bed = asked(town, Need.HOUSING, wider=False, fits=Fits(minor=True))
        assert all((match.minimum_age or 0) < 18 for match in find_matches(sample, bed))
        assert find_matches(sample, bed)[0].minimum_age is not None, town


def test_every_population_and_each_answer_about_wheelchairs_is_there(sample: Session) -> None:
    groups = {group for service in services(sample) for group in populations(service)}
    assert groups == set(Population)
    locations = sample.scalars(select(Location).where(Location.location_type == "physical"))
    said = Counter(wheelchair_access(location.accessibility) for location in locations)
    assert said.keys() == {True, False, None}
    told = [location for location in sample.scalars(select(Location)) if location.accessibility]
    assert all(wheelchair_access(location.accessibility) is not None for location in told)


def test_what_partners_do_fits_a_text_and_wounds_nobody(sample: Session) -> None:
    # B7, M1: the bot says these words as they stand.
    for service in services(sample):
        text = f"{service.name} {service.description}"
        assert len(service.description or "") <= 160
        assert not re.search("[\u2018\u2019\u201c\u201d!]", text + service.organization.name)
        offices = PartnerKind.LAW_ENFORCEMENT in kinds_of(service.organization)
        assert offices or not re.search(r"victim|rescue", text, re.IGNORECASE)


def test_somebody_answers_in_detroit_at_three_in_the_morning(sample: Session) -> None:
    night = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    query = Query((Need.HOUSING,), find_places("detroit")[0], None, night)
    assert find_matches(sample, query)[0].open_now is True


def test_the_sample_taken_in_twice_changes_nothing(sample: Session) -> None:
    report = import_directory(sample, sample_path())
    assert (report.added, report.changed, report.removed) == (0, 0, 0)


def test_each_file_is_small_enough_to_read(sample: Session) -> None:
    for path in sample_path().glob("*.json"):
        assert len(path.read_text().splitlines()) < 1000, path.name


def schema_folder() -> Path:
    """The official schemas beside the checkout."""
    if not SCHEMAS.is_dir():
        message = f"the official HSDS schemas are not at {SCHEMAS}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return SCHEMAS


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    """A validator for each HSDS table, by its name."""
    contents = {p.name: json.loads(p.read_text()) for p in schema_folder().glob("*.json")}
    contents.pop("openapi.json")
    registry: Registry[Any] = Registry().with_resources(
        (name, DRAFT202012.create_resource(content)) for name, content in contents.items()
    )
    return {
        name.removesuffix(".json"): Draft202012Validator(content, registry=registry)
        for name, content in contents.items()
    }


def faults(validators: dict[str, Draft202012Validator], organizations: Any) -> Iterator[str]:
    """What the official schemas find wrong; services hang on an organization in the API's form."""
    for organization in organizations:
        for error in validators["organization"].iter_errors(organization):
            yield f"{organization['id']}: {error.json_path}: {error.message}"
        for service in organization.get("services", ()):
            for error in validators["service"].iter_errors(service):
                yield f"{service['id']}: {error.json_path}: {error.message}"


def test_the_export_of_the_sample_is_valid_hsds(
    sample: Session, tmp_path: Path, validators: dict[str, Draft202012Validator]
) -> None:
    service = sample.scalars(select(Service)).first()
    assert service is not None
    export_directory(sample, tmp_path / "export.json")
    organizations = json.loads((tmp_path / "export.json").read_text())
    assert list(faults(validators, organizations)) == []


def test_the_schemas_would_find_a_fault(validators: dict[str, Draft202012Validator]) -> None:
    wrong = {"id": "a", "name": "b", "description": "c", "services": [{"id": "d", "name": "e"}]}
    assert any("'status' is a required property" in fault for fault in faults(validators, [wrong]))


def test_the_sample_as_committed_is_valid_hsds(
    validators: dict[str, Draft202012Validator],
) -> None:
    for path in sorted(sample_path().glob("*.json")):
        content = json.loads(path.read_text())
        if isinstance(content, dict):
            for term in content["taxonomy_terms"]:
                validators["taxonomy_term"].validate(term)
        else:
            assert list(faults(validators, content)) == []


def test_the_official_example_is_taken_in_and_given_out_again(
    session: Session, tmp_path: Path, validators: dict[str, Draft202012Validator]
) -> None:
    example = (schema_folder().parent / "examples" / "organization_full.json").read_text()
    # The example's latitude lies beyond the pole.
    content = json.loads(example.replace('"latitude": 100', '"latitude": 10'))
    taken, given = tmp_path / "taken.json", tmp_path / "given.json"
    taken.write_text(json.dumps(content))
    report = import_directory(session, taken)
    assert not report.refused
    assert report.added > 20
    assert import_directory(session, taken).changed == 0
    export_directory(session, given)
    organizations = json.loads(given.read_text())
    assert list(faults(validators, organizations)) == []
    (service,) = organizations[0]["services"]
    assert service["capacities"][0]["unit"]["name"] == "Kilogram"
    assert service["metadata"][0]["replacement_value"] == "MyCity New Civic Center"

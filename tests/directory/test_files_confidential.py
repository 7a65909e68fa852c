"""Files neither take in nor give out what could lead to a confidential address (D9)."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from directory.files import export_directory
from directory.models import (
    Address,
    Attribute,
    Location,
)
from tests.directory.files_world import (
    ADDRESS,
    LOCATION,
    MARK,
    PHONE,
    Write,
    changes,
    confidential,
    partner,
    refused,
    taken,
)


def test_a_confidential_entry_without_a_public_contact_is_refused(
    session: Session, file: Write
) -> None:
    organization = confidential(partner())
    del organization["phones"]
    (problem,) = refused(session, file([organization]))
    assert "no public contact" in problem
    organization["website"] = "https://example.org"
    taken(session, file([organization]))


@pytest.mark.parametrize("number", ["12-ab", None])
def test_a_number_that_is_not_told_is_no_public_contact(
    session: Session, file: Write, number: str | None
) -> None:
    organization = confidential(partner())
    fax = {"id": PHONE, "number": "313-555-0123", "type": "fax"}
    organization["phones"] = [fax if number is None else {"id": PHONE, "number": number}]
    assert "no public contact" in refused(session, file([organization]))[0]


def test_a_confidential_street_in_another_text_is_refused_without_being_repeated(
    session: Session, file: Write
) -> None:
    organization = confidential(partner())
    organization["services"][0]["description"] = "Ring at 77 whisper lane, the blue door"
    (problem,) = refused(session, file([organization]))
    assert "description: it holds the street of a confidential location" in problem
    assert "whisper" not in problem.lower()


def test_no_problem_repeats_a_confidential_address(session: Session, file: Write) -> None:
    organization = confidential(partner())
    organization["locations"][0]["addresses"][0]["address_type"] = "77 Whisper Lane"
    organization["locations"][0]["latitude"] = 4234.56
    text = " ".join(refused(session, file([organization])))
    assert "Whisper" not in text
    assert "4234" not in text
    assert "(not shown)" in text


def test_an_edited_export_does_not_lose_the_hidden_address(
    session: Session, file: Write, tmp_path: Path
) -> None:
    taken(session, file([confidential(partner())]))
    exported = tmp_path / "export.json"
    export_directory(session, exported)
    content = json.loads(exported.read_text())
    content[0]["name"] = "Paper Ship"
    report = taken(session, file(content))
    assert (report.changed, report.removed) == (1, 0)
    assert session.get_one(Address, ADDRESS).address_1 == "77 Whisper Lane"
    assert session.get_one(Location, LOCATION).latitude == 42.3412345


def test_a_file_cannot_take_a_confidential_mark_away(session: Session, file: Write) -> None:
    taken(session, file([confidential(partner())]))
    report = taken(session, file([partner()]))
    assert session.get(Attribute, MARK) is not None
    (note,) = report.problems
    assert "The address stays confidential" in str(note)


def test_the_record_of_changes_does_not_hold_a_confidential_address(
    session: Session, file: Write
) -> None:
    taken(session, file([confidential(partner())]))
    moved = confidential(partner())
    moved["locations"][0]["addresses"][0]["address_1"] = "9 Murmur Street"
    moved["locations"][0]["latitude"] = 41.9
    taken(session, file([moved]))
    assert ("address", "update", "address_1", "(not shown)", "(not shown)") in changes(session)
    told = " ".join(" ".join(change) for change in changes(session))
    assert not any(secret in told for secret in ("Whisper", "Murmur", "42.34", "41.9"))


def test_the_history_of_an_address_that_became_confidential_is_not_given_out(
    session: Session, file: Write, tmp_path: Path
) -> None:
    taken(session, file([partner()]))
    moved = partner()
    moved["locations"][0]["addresses"][0]["address_1"] = "9 Murmur Street"
    moved["locations"][0]["latitude"] = 41.9
    taken(session, file([moved]))
    exported = tmp_path / "export.json"
    export_directory(session, exported)
    assert "Whisper" in exported.read_text()
    taken(session, file([confidential(deepcopy(moved))]))
    export_directory(session, exported)
    text = exported.read_text()
    assert not any(secret in text for secret in ("Whisper", "Murmur", "42.34", "41.9"))

"""Whom a service is for and how a wheelchair gets in survive a file, out and in again."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.conditions import populations, requirements
from directory.files import export_directory, import_directory, sample_path
from directory.fitting import wheelchair_access
from directory.models import Location, Service
from directory.vocabulary import Population, Requirement
from tests.directory.conftest import empty_directory
from tests.directory.files_world import LOCATION, SERVICE, Write, partner, refused, taken, term

_texts = st.text(alphabet="abc STEP-free wheelchair.é\n\"'", min_size=1, max_size=60)


def marked(groups: set[str], asks: set[str], access: str | None) -> dict[str, Any]:
    organization = partner()
    attributes = organization["services"][0]["attributes"]
    for taxonomy, codes in (("waymark-populations", groups), ("waymark-requirements", asks)):
        attributes += [
            {"id": f"{taxonomy} {code}", "taxonomy_term": term(taxonomy, code)}
            for code in sorted(codes)
        ]
    if access is not None:
        organization["locations"][0]["accessibility"] = [{"id": "access", "description": access}]
    return organization


def told(session: Session) -> tuple[Any, ...]:
    service, location = session.get_one(Service, SERVICE), session.get_one(Location, LOCATION)
    texts = [row.description for row in location.accessibility]
    return populations(service), requirements(service), texts


@settings(max_examples=20, deadline=None)
@given(
    groups=st.sets(st.sampled_from(list(Population))),
    asks=st.sets(st.sampled_from(list(Requirement))),
    access=st.none() | _texts.filter(str.strip),
)
def test_what_must_fit_is_the_same_after_a_file(
    engine: Engine, groups: set[str], asks: set[str], access: str | None
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        given_out, again = Path(folder) / "a.json", Path(folder) / "b.json"
        with Session(engine) as session:
            taken(session, _written(Path(folder), marked(groups, asks, access)))
            before = told(session)
            export_directory(session, given_out)
            session.rollback()
        assert before[0] == groups
        assert set(before[1]) == asks
        assert before[2] == ([access.strip()] if access is not None else [])
        with Session(engine) as session:
            assert taken(session, given_out).problems == ()
            assert told(session) == before
            export_directory(session, again)
            session.rollback()
        assert again.read_text() == given_out.read_text()


def _written(folder: Path, organization: dict[str, Any]) -> Path:
    path = folder / "partners.json"
    path.write_text(json.dumps([organization]))
    return path


def test_the_sample_is_the_same_after_a_file_but_for_what_is_confidential(
    sample: Session, tmp_path: Path
) -> None:
    export_directory(sample, tmp_path / "all.json")
    with empty_directory() as engine, Session(engine) as session:
        report = import_directory(session, tmp_path / "all.json")
        # A term that nothing is marked with is in no export, not even as the parent of its kinds.
        assert {problem.field for problem in report.problems} <= {"parent_id"}
        for one in sample.scalars(select(Service)):
            other = session.get_one(Service, one.id)
            assert populations(other) == populations(one)
            assert requirements(other) == requirements(one)
        for there in sample.scalars(select(Location)):
            here = session.get_one(Location, there.id)
            if here.addresses or here.location_type == "virtual":
                access = wheelchair_access(there.accessibility)
                assert wheelchair_access(here.accessibility) is access
            else:
                assert here.accessibility == []
        session.rollback()


def test_a_change_of_access_is_taken_over(session: Session, file: Write) -> None:
    taken(session, file([marked(set(), set(), "Stairs only")]))
    report = taken(session, file([marked({"families"}, set(), "Step-free")]))
    assert (report.changed, report.removed) == (1, 0)
    assert told(session)[2] == ["Step-free"]
    report = taken(session, file([marked(set(), set(), None)]))
    assert report.removed == 2
    assert told(session)[2] == []


@pytest.mark.parametrize("code", ["kids", "Families"])
def test_a_population_nobody_knows_is_refused(session: Session, file: Write, code: str) -> None:
    organization = marked(set(), set(), None)
    attribute = {"id": "p", "taxonomy_term": term("waymark-populations", code)}
    organization["services"][0]["attributes"].append(attribute)
    (problem,) = refused(session, file([organization]))
    assert "the taxonomy waymark-populations has no such code" in problem
    assert "families" in problem


def test_every_file_of_the_sample_is_taken_in_alone(tmp_path: Path) -> None:
    terms = sample_path() / "taxonomy.json"
    for path in sample_path().glob("*.json"):
        with empty_directory() as engine, Session(engine) as session:
            assert not import_directory(session, terms).refused
            assert import_directory(session, path).problems == (), path.name
            session.rollback()

"""The compose file: no secrets in it, only the web port published, parts wait for each other."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.settings import Settings
from language.general import Lines

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TEXT)["services"]
    return found


def test_only_the_web_port_is_published(services: dict[str, Any]) -> None:
    published = {name: service.get("ports") for name, service in services.items()}
    assert {name for name, ports in published.items() if ports} == {"app"}
    assert published["app"] == ["${WAYMARK_PORT:-8000}:8000"]


def test_secrets_come_from_the_environment_and_have_no_default() -> None:
    for name in ("POSTGRES_PASSWORD", "WAYMARK_ENCRYPTION_KEY", "WAYMARK_INTERNAL_SECRET"):
        uses = re.findall(rf"\$\{{{name}([^}}]*)\}}", TEXT)
        assert uses
        assert all(use.startswith(":?") for use in uses), f"{name} must be demanded"
    assert re.findall(r"\$\{WAYMARK_TWILIO_AUTH_TOKEN([^}]*)\}", TEXT) == [":-"]


def test_database_and_engine_are_reached_from_inside_only(services: dict[str, Any]) -> None:
    assert yaml.safe_load(TEXT)["networks"]["inside"] == {"internal": True}
    assert services["db"]["networks"] == services["engine"]["networks"] == ["inside"]


def test_the_app_waits_for_the_one_migration_and_a_healthy_engine(
    services: dict[str, Any],
) -> None:
    waits = {name: item["condition"] for name, item in services["app"]["depends_on"].items()}
    assert waits == {
        "migrate": "service_completed_successfully",
        "engine": "service_healthy",
    }
    assert services["migrate"]["restart"] == "no"
    assert services["migrate"]["command"] == ["waymark", "migrate"]


def test_every_variable_given_to_a_container_is_a_setting(services: dict[str, Any]) -> None:
    names = set(services["app"]["environment"]) | set(services["engine"]["environment"])
    assert names <= {f"WAYMARK_{name.upper()}" for name in Settings.model_fields}


def test_what_an_organisation_says_of_itself_reaches_the_app(services: dict[str, Any]) -> None:
    given = services["app"]["environment"]
    lines = [field.name for field in fields(Lines)]
    for name in (*lines, "organization", "zone", "keep_days"):
        assert f"WAYMARK_{name.upper()}" in given, name


def test_everything_the_images_copy_is_there_and_reaches_the_build() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"}
    for file in ("Dockerfile", "bot/engine/Dockerfile"):
        for line in (ROOT / file).read_text().splitlines():
            if line.startswith("COPY "):
                for source in line.split()[1:-1]:
                    assert (ROOT / source).exists(), source
                    assert source.split("/")[0] in let_in, source


def test_every_room_is_in_the_image() -> None:
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    rooms = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"bench", "tests"}
    for room in rooms | {"migrations"}:
        assert f"COPY {room} {room}" in image

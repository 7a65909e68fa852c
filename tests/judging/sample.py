"""What the sample directory hides, and what it never names unasked: read from its own files."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from directory.files import sample_path


def _sample() -> Iterator[dict[str, Any]]:
    for file in sorted(sample_path().glob("*.json")):
        found = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(found, list):
            yield from found


def _labels(item: Mapping[str, Any]) -> set[str]:
    return {attribute.get("label", "") for attribute in item.get("attributes", ())}


def confidential_lines() -> tuple[str, ...]:
    """The street of every address that the sample marks as confidential (D9)."""
    return tuple(
        address["address_1"]
        for organization in _sample()
        for location in organization.get("locations", ())
        if "confidential_address" in _labels(location) | _labels(organization)
        for address in location.get("addresses", ())
    )


def police_numbers() -> tuple[str, ...]:
    """The telephone numbers of law enforcement in the sample (S12)."""
    return tuple(
        phone["number"]
        for organization in _sample()
        if "law_enforcement" in _labels(organization)
        for holder in (organization, *organization.get("services", ()))
        for phone in holder.get("phones", ())
    )

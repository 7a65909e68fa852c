"""Part of the language room: what any message may name of the organisation, filled in by itself.

It must never know where the values come from; the composition root gives them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

DAYS_KEPT = "keep_days"
DAYS_MESSAGE = "days"
"""The message that says a number of days, with the plural forms of each language."""


@dataclass(frozen=True)
class Lines:
    """Numbers where people answer day and night; the defaults are those of S1 to S5."""

    emergency: str = "911"
    crisis_line: str = "988"
    hotline_phone: str = "1-888-373-7888"
    """The National Human Trafficking Hotline, by call; `hotline_text` by text."""
    hotline_text: str = "233733"
    young_line: str = "1-800-843-5678"
    """NCMEC, for those under 18."""
    assault_line: str = "1-800-656-4673"
    """RAINN, after a sexual assault."""
    poison_line: str = "1-800-222-1222"
    """Poison Help, after pills or poison."""
    native_line: str = "1-844-762-8483"
    """StrongHearts, for Native people."""


@dataclass(frozen=True)
class General:
    """What fills the general placeholders. `keep_days` is how long a conversation is kept, 1 up."""

    organization: str = "Waymark"
    keep_days: int = 30
    lines: Lines = field(default_factory=Lines)

    def values(self) -> dict[str, str]:
        """Name → text, of all but `keep_days`, which each language counts in its own way."""
        numbers = {line.name: str(getattr(self.lines, line.name)) for line in fields(Lines)}
        return {"organization": self.organization, **numbers}


DEFAULTS = General()
EXAMPLES: Mapping[str, str] = {
    **General(organization="Waymark of Wayne County").values(),
    DAYS_KEPT: "30 days",
}
"""Every general placeholder, with what stands in for it when a text is measured.

Any message may hold any of them, in any language, whether or not the English one does.
"""

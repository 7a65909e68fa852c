"""Who may do what at the desk: one table, read by the pages and by the tests."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody who logs in at the desk is there for."""

    ADVOCATE = "advocate"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


MAY: dict[Role, frozenset[str]] = {
    Role.ADVOCATE: frozenset({"see_queue", "claim", "answer", "search_directory"}),
    Role.SUPERVISOR: frozenset(
        {"see_queue", "claim", "answer", "search_directory", "read_any", "audit"}
    ),
    # Keeps the directory and the settings; conversations are not an admin's business (C8).
    Role.ADMIN: frozenset({"search_directory", "manage_accounts"}),
}


def may(role: Role, action: str) -> bool:
    """Whether a role allows an action."""
    return action in MAY[role]

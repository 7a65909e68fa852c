"""Part of the directory room: takes HSDS 3.x JSON files in, and gives the directory out as one.

It must never take half a file, nor give out a confidential address (D9).
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from directory.file_checks import check
from directory.file_keeping import Counts, keep, known_to
from directory.file_problems import Problem, Severity
from directory.file_reading import read_files
from directory.file_writing import as_text, organizations

__all__ = [
    "ImportReport",
    "Problem",
    "Severity",
    "export_directory",
    "import_directory",
    "sample_path",
]


@dataclass(frozen=True)
class ImportReport:
    """What an import did, counted in records, and what was wrong with the files."""

    added: int
    changed: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing was taken, because something must be mended first."""
        return any(problem.severity == Severity.REFUSED for problem in self.problems)


def import_directory(
    session: Session, path: Path, *, by: str = "import", now: datetime | None = None
) -> ImportReport:
    """Bring the directory to what a file, or all `*.json` of a folder, says; the caller commits.

    All or nothing: when anything must be refused, nothing is written and the report says why. The
    same files again change nothing. The organizations in the files are taken as whole: what one of
    them no longer has is removed; organizations that the files do not name stay as they are. Every
    change is noted with `by`, the day of `now`, the field, before and after (D11).
    """
    paths = sorted(path.glob("*.json")) if path.is_dir() else [path]
    reading = read_files(paths)
    checked = check(reading, known_to(session))
    counts = Counts()
    if not any(problem.severity == Severity.REFUSED for problem in reading.problems):
        counts = keep(session, reading, checked, by=by, now=now or datetime.now(UTC))
    return ImportReport(
        added=counts.added,
        changed=counts.changed,
        unchanged=counts.unchanged,
        removed=counts.removed,
        problems=tuple(reading.problems),
    )


def export_directory(session: Session, path: Path) -> None:
    """Write all organizations to one HSDS 3.x JSON file, replacing it whole or not at all.

    Without confidential addresses, whatever else of them could lead there, and their history (D9).
    """
    text = as_text(organizations(session)) + "\n"
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def sample_path() -> Path:
    """The folder of invented partners that come with the project."""
    return Path(__file__).with_name("sample")

"""Keeps a running part's catalogue up to date with the organisation's edited texts.

One thread for each process looks every two seconds: an edit reaches everybody without a restart,
and a database that is away for a moment changes nothing of what is said.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from app.quiet import where
from conversation import edited_texts
from language.catalogue import Catalogue
from language.shipped import Shipped

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
"""Seconds."""


@dataclass
class EditedTexts:
    """Lays the edited texts over one catalogue. `folder` is where that was loaded from."""

    sessions: sessionmaker[Session]
    catalogue: Catalogue
    folder: Path
    _seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    _failing: bool = False

    @cached_property
    def shipped(self) -> Shipped:
        """What they lie over."""
        return Shipped.load(self.folder)

    def look(self) -> None:
        """Read the edited texts, and lay them over if one has changed."""
        with self.sessions() as session:
            rows = edited_texts.read(session)
        now = {(row.language, row.message_id): row.edited_at for row in rows}
        if now == self._seen:
            return
        spoken, left = edited_texts.laid_over(rows, self.shipped)
        self.catalogue.lay_over(spoken)
        self._seen = now
        for row in left:
            log.warning(
                "the edited text of %s (%s) does not fit this version and is not said: "
                "`waymark messages check` says why",
                row.message_id,
                row.language,
            )

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Look now, and again and again while the block runs."""
        ended = threading.Event()

        def follow() -> None:
            while not ended.wait(LOOK_EVERY):
                self._look_or_go_on()

        self._look_or_go_on()
        thread = threading.Thread(target=follow, name="edited-texts", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _look_or_go_on(self) -> None:
        try:
            self.look()
        except Exception as error:  # noqa: BLE001 - what was said before is still right
            if not self._failing:
                log.error("cannot read the edited texts: %s", where(error))
            self._failing = True
        else:
            self._failing = False

"""The directory on a page of its own, for whoever searches it without a conversation."""

from starlette.responses import Response

from desk import directory_panel, rendering
from desk.visits import Visit


def show(visit: Visit) -> Response:
    """The empty search, or the results of a posted one: a place never stands in an address."""
    with visit.deps.reading() as session:
        panel = directory_panel.search(session, visit.deps, form=visit.form, now=visit.now)
    template = "_directory.html" if visit.by_htmx else "directory.html"
    return rendering.page(template, visit.context(panel=panel, talk=None))

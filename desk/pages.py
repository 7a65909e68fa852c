"""All doors of the desk in one table: which page, by which method, open to whom."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from desk import account_page, conversation_page, desk_page, directory_page, live
from desk.deps import DeskDeps
from desk.visits import Door, Endpoint, Refused, guard, refusal, sealed

__all__ = ["DOORS", "DeskDeps", "routes"]

STATIC = Path(__file__).parent / "static"
TALK = "/desk/conversations/{conversation_id}"
READ = ("answer", "read_any")

DOORS: tuple[Door, ...] = (
    Door("GET", "/desk", ("see_queue",), desk_page.show),
    Door("GET", "/desk/events", ("see_queue",), live.desk_events),
    Door("GET", "/desk/news", ("see_queue",), live.desk_news),
    Door("POST", "/desk/queue/{handoff_id}/claim", ("claim",), desk_page.claim),
    Door("GET", TALK, READ, conversation_page.show),
    Door("GET", f"{TALK}/events", READ, live.conversation_events),
    Door("GET", f"{TALK}/news", READ, live.conversation_news),
    Door("POST", f"{TALK}/answer", ("answer",), conversation_page.answer),
    Door("POST", f"{TALK}/insert", ("answer",), conversation_page.insert),
    Door("POST", f"{TALK}/directory", READ, conversation_page.search),
    Door("GET", f"{TALK}/hand-back", ("answer",), conversation_page.ask_hand_back),
    Door("POST", f"{TALK}/hand-back", ("answer",), conversation_page.hand_back),
    Door("GET", f"{TALK}/close", ("answer",), conversation_page.ask_close),
    Door("POST", f"{TALK}/close", ("answer",), conversation_page.close),
    Door("POST", "/desk/segments", ("answer",), conversation_page.count),
    Door("GET", "/desk/directory", ("search_directory",), directory_page.show),
    Door("POST", "/desk/directory", ("search_directory",), directory_page.show),
    Door("GET", "/desk/account", (), account_page.show_account),
    Door("POST", "/desk/account", (), account_page.change_password),
    Door("POST", "/desk/logout", (), account_page.log_out),
)


def routes(deps: DeskDeps) -> list[BaseRoute]:
    """The desk's routes. The app puts them before its own mount of /static."""
    return [
        Mount("/static/desk", StaticFiles(directory=STATIC), name="desk-static"),
        Route("/desk/login", account_page.login_form(deps), methods=["GET"]),
        Route("/desk/login", account_page.log_in(deps), methods=["POST"]),
        *(Route(door.path, guard(door, deps), methods=[door.method]) for door in DOORS),
        Route("/desk/{rest:path}", _nothing_here(deps), methods=["GET", "POST"]),
    ]


def _nothing_here(deps: DeskDeps) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        refused = Refused(
            404,
            "There is no such page",
            "The address is wrong, or the page has moved.",
            "Go to the desk and choose from there.",
        )
        return sealed(refusal(deps, request, refused))

    return endpoint

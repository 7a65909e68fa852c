"""The desk's first page: who waits, and what I have. It shows no word of any survivor."""

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from conversation import handoffs
from conversation.access import Role, may
from conversation.handoffs import AlreadyTaken, NotWaiting
from desk import queue, reading, rendering
from desk.visits import Visit


@dataclass(frozen=True)
class Notice:
    """A sentence at the top of the desk: what just happened, or why it did not."""

    title: str
    text: str


# What a page may say after an action sent the browser on; the address carries the word only.
DONE: dict[str, Notice] = {
    "handed-back": Notice("Handed back to the bot", "The survivor has been told."),
    "closed": Notice("Conversation closed", "The survivor has been told, and can write again."),
}


def home_of(role: Role) -> str:
    """The page a role begins with."""
    return "/desk" if may(role, "see_queue") else "/desk/directory"


def show(visit: Visit) -> Response:
    """The queue and one's own conversations."""
    return show_with(visit, DONE.get(visit.query.get("done", "")))


def show_with(visit: Visit, notice: Notice | None, status: int = 200) -> Response:
    """The same with a notice."""
    with visit.deps.reading() as session:
        desk = queue.look(session, visit.person, visit.now)
    context = visit.context(desk=desk, talk=None, chosen=None, notice=notice, live="/desk")
    return rendering.page("desk.html", context, status)


def claim(visit: Visit) -> Response:
    """Take a waiting conversation. Of two at once one gets it; the other is told who."""
    deps, person = visit.deps, visit.person
    try:
        with deps.sessions() as session:
            conversation_id = handoffs.claim(
                session,
                visit.path["handoff_id"],
                person.account_id,
                visit.now,
                voice=deps.voice,
                advocate_name=person.display_name,
            )
    except AlreadyTaken as taken:
        with deps.reading() as session:
            name = reading.name_of(session, taken.advocate_id) or "a colleague"
        text = "They are in good hands. The queue below is up to date."
        return show_with(visit, Notice(f"Taken by {name} a moment ago", text), 409)
    except NotWaiting:
        text = "They changed their mind, or it was ended. The queue below is up to date."
        return show_with(visit, Notice("Nobody waits there any more", text), 409)
    deps.wake.ring()
    return RedirectResponse(f"/desk/conversations/{conversation_id}", status_code=303)

"""A live conversation at the desk: read it, answer, hand it back, close it.

Every look is recorded before anything of it is read (C12).
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from conversation import audit, handoffs
from conversation.handoffs import NotYours, OptedOut, TheyWriteFirst
from conversation.models import Channel
from conversation.outbox import CARRIER_LIMIT
from desk import directory_panel, login, queue, reading, rendering
from desk.live import Seen
from desk.reading import LINES_AT_FIRST, Talk
from desk.visits import Refused, Visit
from desk.words import CARRIER_CODES, NOT_FIRST
from language.segments import segments

# Two full messages of the carrier: more than anybody reads on a phone.
ANSWER_AT_MOST = 2 * CARRIER_LIMIT
PHONE_CHANNELS = (Channel.SMS, Channel.WHATSAPP)


def show(visit: Visit) -> Response:
    """The conversation with all that is known and the directory beside it."""
    return _page(visit)


def search(visit: Visit) -> Response:
    """Search the directory beside the conversation; nothing is changed."""
    if not visit.by_htmx:
        return _page(visit, directory=visit.form)
    with visit.deps.reading() as session:
        talk = reading.open_talk(session, visit.person, visit.path["conversation_id"], visit.now)
        panel = _panel(session, visit, talk, visit.form)
    return rendering.page("_directory.html", visit.context(talk=talk, panel=panel))


def insert(visit: Visit) -> Response:
    """Put a partner's public facts behind the draft, for browsers without scripts."""
    with visit.deps.reading() as session:
        talk = reading.must_hold(session, visit.person, visit.path["conversation_id"], visit.now)
        facts = directory_panel.facts_of(
            session,
            visit.deps,
            visit.form.get("service", ""),
            language=talk.language,
            now=visit.now,
        )
    draft = visit.form.get("text", "").rstrip()
    if facts is None:
        return _page(visit, draft=draft, problem="This service is no longer offered.", status=422)
    return _page(visit, draft=f"{draft}\n{facts}".lstrip())


def answer(visit: Visit) -> Response:
    """Send the advocate's words. The same form sent twice is one message."""
    deps, person = visit.deps, visit.person
    conversation_id = visit.path["conversation_id"]
    text = visit.form.get("text", "").replace("\r\n", "\n").strip()
    mark = visit.form.get("mark", "")
    problem = _problem(text) if mark else "The form came without its mark. Load the page again."
    with deps.sessions() as session:
        talk = reading.must_hold(session, person, conversation_id, visit.now)
        if problem is None and login.first_time(session, person, mark):
            try:
                handoffs.answer(
                    session, conversation_id, person.account_id, text, visit.now, voice=deps.voice
                )
            except NotYours:
                raise _just_gone() from None
            except OptedOut:
                session.rollback()
                problem = " ".join(CARRIER_CODES["21610"])
            except TheyWriteFirst:
                session.rollback()
                problem = NOT_FIRST
    if problem is None:
        deps.wake.ring()
    if visit.by_htmx:
        context = visit.context(talk=talk, **_composer(text if problem else "", problem, talk))
        response = rendering.page("_composer.html", context, 422 if problem else 200)
        if problem is None:
            response.headers["HX-Trigger"] = "answered"
        return response
    if problem is not None:
        return _page(visit, draft=text, problem=problem, status=422)
    return RedirectResponse(f"/desk/conversations/{conversation_id}#answer", status_code=303)


def count(visit: Visit) -> Response:
    """How many SMS a draft would take; nothing is kept of it."""
    text = visit.form.get("text", "")
    return rendering.page("_segments.html", {"segments": segments(text.strip())})


def ask_hand_back(visit: Visit) -> Response:
    """Ask once before the bot takes over again."""
    return _question(
        visit,
        action="hand-back",
        title="Hand this conversation back to the bot?",
        happens=(
            "The survivor is told that you leave and that the bot answers again.",
            "You can no longer read the conversation.",
            "They can ask for a person again at any time.",
        ),
        button="Hand back",
    )


def ask_close(visit: Visit) -> Response:
    """Ask once before a conversation is closed."""
    return _question(
        visit,
        action="close",
        title="Close this conversation?",
        happens=(
            "The survivor is told that this talk is over.",
            "You can no longer read the conversation.",
            "When they write again, the bot answers, and they can ask for a person.",
        ),
        button="Close it",
    )


def hand_back(visit: Visit) -> Response:
    """Return the conversation to the bot."""
    return _end(visit, handoffs.hand_back, "handed-back")


def close(visit: Visit) -> Response:
    """End the advocate's part of the conversation."""
    return _end(visit, handoffs.close, "closed")


def _page(
    visit: Visit,
    *,
    directory: Mapping[str, str] | None = None,
    draft: str = "",
    problem: str | None = None,
    status: int = 200,
) -> Response:
    deps, person = visit.deps, visit.person
    conversation_id = visit.path["conversation_id"]
    with deps.sessions() as session:
        talk = reading.open_talk(session, person, conversation_id, visit.now)
        audit.record(
            session,
            actor_id=person.account_id,
            action="read",
            conversation_id=conversation_id,
            now=visit.now,
        )
        session.commit()
    everything = visit.query.get("lines") == "all"
    hidden = 0 if everything else max(0, talk.last_line - LINES_AT_FIRST)
    with deps.reading() as session:
        lines = reading.line_views(session, talk, after=hidden)
        desk = queue.look(session, person, visit.now)
        panel = _panel(session, visit, talk, directory or {})
    seen = Seen(talk.last_event, lines[-1].line.seq if lines else 0)
    context = visit.context(
        talk=talk,
        chosen=conversation_id,
        lines=lines,
        hidden=hidden,
        desk=desk,
        panel=panel,
        notice=None,
        seen=seen,
        live=f"/desk/conversations/{conversation_id}",
        **_composer(draft, problem, talk),
    )
    return rendering.page("desk.html", context, status)


def _composer(draft: str, problem: str | None, talk: Talk) -> dict[str, Any]:
    return {
        "draft": draft,
        "problem": problem,
        "mark": login.new_mark(),
        "segments": segments(draft) if talk.channel in PHONE_CHANNELS else None,
        "answer_at_most": ANSWER_AT_MOST,
    }


def _panel(
    session: Session, visit: Visit, talk: Talk, form: Mapping[str, str]
) -> directory_panel.Panel:
    return directory_panel.search(
        session,
        visit.deps,
        form=form,
        named=talk.needs,
        place=talk.place,
        language=talk.language,
        now=visit.now,
    )


def _problem(text: str) -> str | None:
    if not text:
        return "Write your answer first."
    if len(text) > ANSWER_AT_MOST:
        return (
            f"That is {len(text)} characters; {ANSWER_AT_MOST} fit. Shorten it, or send it in two."
        )
    return None


def _question(
    visit: Visit, *, action: str, title: str, happens: tuple[str, ...], button: str
) -> Response:
    with visit.deps.reading() as session:
        talk = reading.must_hold(session, visit.person, visit.path["conversation_id"], visit.now)
    context = visit.context(talk=talk, action=action, title=title, happens=happens, button=button)
    return rendering.page("question.html", context)


def _end(visit: Visit, move: Callable[..., None], done: str) -> Response:
    deps = visit.deps
    with deps.sessions() as session:
        reading.must_hold(session, visit.person, visit.path["conversation_id"], visit.now)
        try:
            move(
                session,
                visit.path["conversation_id"],
                visit.person.account_id,
                visit.now,
                voice=deps.voice,
            )
        except NotYours:
            raise _just_gone() from None
    deps.wake.ring()
    return RedirectResponse(f"/desk?done={done}", status_code=303)


def _just_gone() -> Refused:
    return Refused(
        410,
        "This conversation is no longer with you",
        "It ended a moment ago, so nothing was sent.",
        "Go on with the queue.",
    )

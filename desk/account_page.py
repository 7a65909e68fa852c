"""Logging in, logging out, and one's own password. These pages know nothing of any conversation."""

from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from conversation.access import Role
from desk import accounts, login, rendering
from desk.deps import DeskDeps
from desk.desk_page import home_of
from desk.login import LOGIN_LASTS
from desk.models import Account
from desk.visits import Endpoint, Refused, Visit, read_form, refusal, sealed, who

# The login form's own guard against forged posts: there is no session yet to hold a token.
FORM_COOKIE = "waymark_login_form"
FORM_LASTS = timedelta(hours=1)
WRONG = "That name and password do not go together. Check both, then try again."


def login_form(deps: DeskDeps) -> Endpoint:
    """The page to log in."""

    async def endpoint(request: Request) -> Response:
        person = await run_in_threadpool(who, deps, request, deps.clock())
        if person is not None:
            return sealed(RedirectResponse(home_of(person.role), status_code=303))
        next_page = login.safe_next(request.query_params.get("next"))
        return await run_in_threadpool(_form, deps, next_page, None, "", 200)

    return endpoint


def log_in(deps: DeskDeps) -> Endpoint:
    """Check name and password, and open a session."""

    async def endpoint(request: Request) -> Response:
        try:
            form = await read_form(request)
            if not login.same(form.get("csrf"), request.cookies.get(FORM_COOKIE)):
                raise Refused(
                    403,
                    "This form is out of date",
                    "It was not made by the page you have open, so nothing was done.",
                    "Load the login page again. Cookies of this site have to be allowed.",
                )
        except Refused as refused:
            return sealed(await run_in_threadpool(refusal, deps, request, refused))
        return await run_in_threadpool(_check, deps, form)

    return endpoint


def log_out(visit: Visit) -> Response:
    """End this browser's session."""
    with visit.deps.sessions() as session:
        login.end(session, visit.person)
    response = RedirectResponse("/desk/login", status_code=303)
    response.delete_cookie(
        login.cookie_name(visit.deps),
        path="/",
        secure=visit.deps.secure,
        httponly=True,
        samesite="strict",
    )
    return response


def show_account(visit: Visit) -> Response:
    """The page to change one's own password."""
    return _account(visit, None, 200, changed=visit.query.get("done") == "password")


def change_password(visit: Visit) -> Response:
    """Change one's own password; every other browser of this account is logged out."""
    deps, form = visit.deps, visit.form
    if form.get("new", "") != form.get("again", ""):
        return _account(visit, "The new password and its repetition differ. Type both again.", 422)
    with deps.sessions() as session:
        name = session.get_one(Account, visit.person.account_id).name
    wait = deps.throttle.seconds_to_wait(name, visit.now)
    if wait:
        return _account(visit, _please_wait(wait), 429)
    with deps.reading() as session:
        known = accounts.verify(session, name, form.get("old", "")) is not None
    if not known:
        deps.throttle.failed(name, visit.now)
        return _account(visit, "Your present password is another one. Type it again.", 422)
    try:
        with deps.sessions() as session:
            accounts.change(session, name, password=form.get("new", ""))
    except accounts.BadAccount as problem:
        return _account(visit, f"{str(problem).capitalize()}.", 422)
    return _logged_in(deps, name, "/desk/account?done=password", visit.now)


def _check(deps: DeskDeps, form: dict[str, str]) -> Response:
    now = deps.clock()
    name = form.get("name", "")
    next_page = login.safe_next(form.get("next"))
    wait = deps.throttle.seconds_to_wait(name, now)
    if wait:
        return _form(deps, next_page, _please_wait(wait), name, 429)
    with deps.reading() as session:
        account = accounts.verify(session, name, form.get("password", ""))
    if account is None:
        deps.throttle.failed(name, now)
        return _form(deps, next_page, WRONG, name, 401)
    deps.throttle.succeeded(name)
    return sealed(_logged_in(deps, account.name, next_page, now))


def _logged_in(deps: DeskDeps, name: str, target: str, now: datetime) -> Response:
    with deps.sessions() as session:
        account = accounts.find(session, name)
        if account is None:
            raise Refused(403, "No such account", "It was removed.", "Ask whoever keeps accounts.")
        token = login.start(session, account, now)
        home = home_of(Role(account.role))
    response = RedirectResponse(home if target == "/desk" else target, status_code=303)
    login.set_cookie(response, deps, login.cookie_name(deps), token, LOGIN_LASTS)
    return response


def _form(deps: DeskDeps, next_page: str, problem: str | None, name: str, status: int) -> Response:
    csrf = login.new_mark()
    with deps.reading() as session:
        nobody_yet = session.query(Account.id).first() is None
    context = {
        "organization": deps.voice.organization,
        "person": None,
        "may": lambda _action: False,
        "csrf": csrf,
        "next_page": next_page,
        "problem": problem,
        "name": name[:64],
        "nobody_yet": nobody_yet,
    }
    response = rendering.page("login.html", context, status)
    login.set_cookie(response, deps, FORM_COOKIE, csrf, FORM_LASTS)
    return sealed(response)


def _account(visit: Visit, problem: str | None, status: int, *, changed: bool = False) -> Response:
    context = visit.context(problem=problem, changed=changed, at_least=accounts.PASSWORD_AT_LEAST)
    return rendering.page("account.html", context, status)


def _please_wait(seconds: int) -> str:
    wait = f"{seconds} seconds" if seconds < 90 else f"{round(seconds / 60)} minutes"
    return (
        f"There were too many wrong passwords for this name. Wait {wait}, then try again. "
        "If you have forgotten it, whoever keeps the accounts can give you a new one."
    )

"""Who gets in, who does not, and what a stranger can learn by trying."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from conversation.access import Role
from conversation.vault import Vault
from desk import accounts
from desk.models import Account, LoginSession
from desk.throttle import LONGEST_WAIT, Throttle
from tests.conftest import Clock
from tests.desk.world import PASSWORD, World, build


def _fields(client: TestClient, path: str = "/desk/login") -> dict[str, str]:
    page = client.get(path).text
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def _log_in(client: TestClient, name: str, password: str, path: str = "/desk/login"):  # type: ignore[no-untyped-def]
    fields = _fields(client, path)
    return client.post("/desk/login", data={**fields, "name": name, "password": password})


def test_name_and_password_open_the_desk(world: World) -> None:
    world.account("maria")
    client = world.client()
    answer = _log_in(client, " Maria ", PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert client.get("/desk").status_code == 200


def test_a_page_asked_for_before_logging_in_comes_after_it(world: World) -> None:
    world.account("maria")
    client = world.client()
    asked = client.get("/desk/account")
    assert asked.headers["location"] == "/desk/login?next=%2Fdesk%2Faccount"
    answer = _log_in(client, "maria", PASSWORD, asked.headers["location"])
    assert answer.headers["location"] == "/desk/account"


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example", "//elsewhere.example", "/desk/../chat", "/desk?x=1"]
)
def test_logging_in_never_leads_away_from_the_desk(world: World, target: str) -> None:
    world.account("maria")
    client = world.client()
    fields = {**_fields(client), "next": target, "name": "maria", "password": PASSWORD}
    assert client.post("/desk/login", data=fields).headers["location"] == "/desk"


def test_a_wrong_password_and_an_unknown_name_read_alike(world: World) -> None:
    world.account("maria")
    texts = []
    for name in ("maria", "nobody"):
        answer = _log_in(world.client(), name, "a wrong but long password")
        assert answer.status_code == 401
        texts.append(re.sub(r'name="csrf" value="[^"]*"|maria|nobody', "", answer.text))
    assert texts[0] == texts[1]
    assert "do not go together" in texts[0]


def test_many_wrong_passwords_have_to_wait_and_are_told_how_long(
    world: World, clock: Clock
) -> None:
    world.account("maria")
    client = world.client()
    for _ in range(5):
        assert _log_in(client, "maria", "guess number something").status_code == 401
    refused = _log_in(client, "maria", PASSWORD)
    assert refused.status_code == 429
    assert "Wait 30 seconds" in refused.text
    clock.forward(31)
    assert _log_in(client, "maria", PASSWORD).status_code == 303


def test_the_wait_doubles_up_to_a_limit_and_belongs_to_one_name(clock: Clock) -> None:
    throttle = Throttle()
    waits = []
    for _ in range(14):
        throttle.failed("maria", clock())
        waits.append(throttle.seconds_to_wait("MARIA", clock()))
        clock.forward(waits[-1])
    assert waits[:6] == [0, 0, 0, 0, 30, 60]
    assert waits[-1] == LONGEST_WAIT.total_seconds()
    assert throttle.seconds_to_wait("noor", clock()) == 0


def test_a_forged_login_form_is_refused(world: World) -> None:
    world.account("maria")
    client = world.client()
    client.get("/desk/login")
    answer = client.post(
        "/desk/login", data={"csrf": "guess", "name": "maria", "password": PASSWORD}
    )
    assert answer.status_code == 403


def test_a_locked_account_cannot_log_in_and_is_out_at_once(world: World) -> None:
    world.account("maria")
    browser = world.browser("maria")
    assert browser.get("/desk").status_code == 200
    with world.database.sessions() as session:
        accounts.deactivate(session, "maria")
    assert browser.get("/desk").status_code == 303
    assert _log_in(world.client(), "maria", PASSWORD).status_code == 401


def test_a_login_ends_after_a_shift_and_on_logging_out(world: World, clock: Clock) -> None:
    world.account("maria")
    browser, other = world.browser("maria"), world.browser("maria")
    assert browser.post("/desk/logout").headers["location"] == "/desk/login"
    assert browser.get("/desk").status_code == 303
    assert other.get("/desk").status_code == 200
    clock.now += timedelta(hours=12, seconds=1)
    assert other.get("/desk").status_code == 303


@pytest.mark.parametrize(
    ("url", "name", "secure"),
    [
        ("http://localhost:8000", "waymark_desk", False),
        ("https://x.org", "__Host-waymark_desk", True),
    ],
)
def test_no_script_and_no_other_site_can_use_the_cookie(
    tmp_path: Path, vault: Vault, clock: Clock, url: str, name: str, secure: bool
) -> None:
    world = build(tmp_path, vault, clock, public_url=url)
    world.account("maria")
    client = TestClient(world.app, base_url=url, follow_redirects=False)
    cookie = _log_in(client, "maria", PASSWORD).headers["set-cookie"]
    assert cookie.startswith(f"{name}=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert ("Secure" in cookie) is secure


def test_the_database_holds_neither_passwords_nor_tokens(world: World) -> None:
    world.account("maria")
    _, token = world.person("maria")
    with world.database.reading() as session:
        account, login = session.query(Account).one(), session.query(LoginSession).one()
    assert account.password_hash.startswith("$argon2id$")
    kept = [str(value) for value in (*vars(login).values(), *vars(account).values())]
    assert not any(token in value or PASSWORD in value for value in kept)


def test_a_generated_password_is_long_readable_and_new_each_time(world: World) -> None:
    with world.database.sessions() as session:
        password = accounts.add_account(session, "noor", Role.ADVOCATE)
        assert accounts.verify(session, "noor", password) is not None
    made = {accounts.new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"([a-z]{5}-){3}[a-z]{5}", one) for one in made)


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [
        ("maria", None, "already an account"),
        ("no spaces", None, "cannot be used"),
        ("noor", "too short", "14 to 200"),
    ],
)
def test_an_account_that_cannot_be_made_says_what_to_do(
    world: World, name: str, password: str | None, says: str
) -> None:
    world.account("maria")
    with (
        world.database.sessions() as session,
        pytest.raises(accounts.BadAccount, match=says),
    ):
        accounts.add_account(session, name, Role.ADVOCATE, password)


def test_changing_ones_password_logs_every_other_browser_out(world: World) -> None:
    world.account("maria")
    here, there = world.browser("maria"), world.browser("maria")
    new = "another long password"
    wrong = here.post("/desk/account", old="not it at all, sorry", new=new, again=new)
    assert wrong.status_code == 422
    differ = here.post("/desk/account", old=PASSWORD, new=new, again="something else")
    assert differ.status_code == 422
    short = here.post("/desk/account", old=PASSWORD, new="short", again="short")
    assert "14 to 200 characters" in short.text
    done = here.post("/desk/account", old=PASSWORD, new=new, again=new)
    assert done.status_code == 303
    assert "Your password is changed" in here.get(done.headers["location"]).text
    assert there.get("/desk").status_code == 303
    assert _log_in(world.client(), "maria", new).status_code == 303


def test_a_new_role_or_name_is_taken_over(world: World) -> None:
    world.account("maria")
    with world.database.sessions() as session:
        accounts.change(session, "maria", role=Role.SUPERVISOR, display_name="Maria L.")
        accounts.deactivate(session, "maria")
        accounts.activate(session, "maria")
        account = accounts.verify(session, "maria", PASSWORD)
        assert account is not None
        assert (account.role, account.display_name) == ("supervisor", "Maria L.")


def test_before_there_is_an_account_the_page_says_how_to_make_one(world: World) -> None:
    assert "waymark accounts add" in world.client().get("/desk/login").text
    world.account("maria")
    assert "waymark accounts add" not in world.client().get("/desk/login").text

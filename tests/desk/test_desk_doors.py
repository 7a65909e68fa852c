"""Every door of the desk against every role; all read from the same tables as the pages."""

import pytest

from conversation.access import Role, may
from desk.pages import DOORS
from desk.rendering import SECURITY_HEADERS
from desk.visits import Door
from tests.desk.world import World

NAMES = [f"{door.method} {door.path}" for door in DOORS]
PLAIN = [door for door in DOORS if not door.path.endswith("/events")]
STREAMS = [door for door in DOORS if door.path.endswith("/events")]


def _path(door: Door, world: World, role: Role) -> str:
    """The door's path, to a conversation that the role holds where it may hold one."""
    path = door.path
    if "{conversation_id}" in path:
        holder = role.value if may(role, "claim") else "other"
        path = path.replace("{conversation_id}", world.taken(holder))
    if "{handoff_id}" in path:
        talk = world.texts("somebody waits", sender="+13135550777")
        path = path.replace("{handoff_id}", world.asks_for_a_person(talk))
    return path


def _people(world: World) -> None:
    world.account("other")
    for role in Role:
        world.account(role.value, role)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("door", PLAIN, ids=[f"{one.method} {one.path}" for one in PLAIN])
def test_a_door_opens_to_the_roles_of_the_table_and_to_no_other(
    world: World, door: Door, role: Role
) -> None:
    _people(world)
    browser = world.browser(role.value)
    path = _path(door, world, role)
    answer = browser.get(path) if door.method == "GET" else browser.post(path, text="Hello.")
    open_to_it = not door.needs or any(may(role, action) for action in door.needs)
    if open_to_it:
        # 422: the account page wants fields that are not sent here.
        assert answer.status_code in (200, 303, 422), answer.text
    else:
        assert answer.status_code == 403
        assert "not part of your work" in answer.text


@pytest.mark.parametrize("door", DOORS, ids=NAMES)
def test_no_door_opens_without_a_login(world: World, door: Door) -> None:
    _people(world)
    path = _path(door, world, Role.ADVOCATE)
    client = world.client()
    answer = client.request(door.method, path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/desk/login")
    scripted = client.request(door.method, path, headers={"HX-Request": "true"})
    assert scripted.status_code == 401


@pytest.mark.parametrize("door", STREAMS, ids=[one.path for one in STREAMS])
def test_a_stream_is_refused_to_a_role_that_may_not_see_it(world: World, door: Door) -> None:
    _people(world)
    browser = world.browser(Role.ADMIN)
    assert browser.get(_path(door, world, Role.ADMIN)).status_code == 403


POSTS = [door for door in DOORS if door.method == "POST"]


@pytest.mark.parametrize("token", ["", "guess"])
@pytest.mark.parametrize("door", POSTS, ids=[one.path for one in POSTS])
def test_a_form_that_our_page_did_not_make_does_nothing(
    world: World, door: Door, token: str
) -> None:
    _people(world)
    role = next(
        one for one in Role if not door.needs or any(may(one, action) for action in door.needs)
    )
    browser = world.browser(role.value)
    answer = browser.client.post(_path(door, world, role), data={"csrf": token, "text": "Hello."})
    assert answer.status_code == 403
    assert "nothing was done" in answer.text


def test_the_token_of_another_login_is_no_token(world: World) -> None:
    _people(world)
    mine, theirs = world.browser("advocate"), world.browser("other")
    answer = mine.client.post("/desk/logout", data={"csrf": theirs.person.csrf_token})
    assert answer.status_code == 403


def test_every_page_of_the_desk_is_sealed(world: World) -> None:
    _people(world)
    browser = world.browser("advocate")
    for path in ("/desk", "/desk/login", "/desk/nowhere", "/desk/account", "/desk/directory"):
        for client in (browser.client, world.client()):
            headers = client.get(path).headers
            assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_no_page_has_a_script_or_style_of_its_own(world: World) -> None:
    _people(world)
    talk = world.taken("advocate", needs=["housing"], urgent=True)
    browser = world.browser("advocate")
    for path in ("/desk", f"/desk/conversations/{talk}", "/desk/directory", "/desk/account"):
        text = browser.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert "<script>" not in text
        assert " onclick" not in text


def test_a_form_larger_than_any_of_ours_is_refused(world: World) -> None:
    _people(world)
    talk = world.taken("advocate")
    answer = world.browser("advocate").post(f"/desk/conversations/{talk}/answer", text="x" * 70_000)
    assert answer.status_code == 413

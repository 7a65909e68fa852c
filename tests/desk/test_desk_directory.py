"""The directory beside a conversation, and on its own."""

from conversation.access import Role
from directory.vocabulary import Need
from tests.desk.world import World

WORDS = "my boss took my passport"


def _url(talk: str) -> str:
    return f"/desk/conversations/{talk}"


def test_the_directory_beside_a_conversation_finds_by_what_it_knows(world: World) -> None:
    world.account("maria")
    world.partner("Harbor House", "Shelter", Need.HOUSING, "+13135550111", "https://harbor.example")
    world.partner("Pantry", "Food boxes", Need.FOOD, "+13135550112")
    talk = world.taken("maria", needs=["housing"], place="48226")
    browser = world.browser("maria")
    page = browser.get(_url(talk)).text
    assert "Harbor House" in page
    assert "Food boxes" not in page
    assert 'data-facts="Harbor House, Shelter: 313-555-0111, https://harbor.example"' in page
    found = browser.post(f"{_url(talk)}/directory", htmx=True, need="food", place="Detroit")
    assert "Food boxes" in found.text
    assert "Near Detroit" in found.text
    assert "<html" not in found.text
    plain = browser.post(f"{_url(talk)}/directory", need="food", place="nowhere at all")
    assert "No such place was found." in plain.text
    assert WORDS not in found.text


def test_without_scripts_a_partner_is_put_behind_the_draft(world: World) -> None:
    world.account("maria")
    service = world.partner("Harbor House", "Shelter", Need.HOUSING, "+13135550111")
    talk = world.taken("maria", needs=["housing"])
    browser = world.browser("maria")
    page = browser.post(f"{_url(talk)}/insert", text="Try this:", service=service).text
    assert "Try this:\nHarbor House, Shelter: 313-555-0111</textarea>" in page
    unknown = browser.post(f"{_url(talk)}/insert", text="Try this:", service="none")
    assert unknown.status_code == 422
    assert "Try this:" in unknown.text


def test_the_directory_alone_is_open_to_who_keeps_it(world: World) -> None:
    world.account("ada", Role.ADMIN)
    world.partner("Pantry", "Food boxes", Need.FOOD, "+13135550112")
    browser = world.browser("ada")
    assert "Choose a need" in browser.get("/desk/directory").text
    found = browser.post("/desk/directory", need="food", place="")
    assert "Food boxes" in found.text
    assert "Put into the answer" not in found.text
    nobody = browser.post("/desk/directory", need="dental_care", place="")
    assert "1-888-373-7888" in nobody.text

"""The chat page in a real browser, with its script and without."""

import pytest
from playwright.sync_api import Browser, Route, expect

from channels.webchat import WAY_OUT
from conversation import erase
from conversation.models import Conversation
from tests.channels.conftest import HOSTILE, OFFER, Chat, Visit, settled, visit_to, words, write
from tests.conftest import Clock
from tests.support.browser import served

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_an_answer_arrives_without_reloading(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    expect(page.get_by_text("Answers will appear here")).to_be_visible()
    expect(page.get_by_text("Show new messages")).to_be_hidden()
    write(page, "i got no where to sleep tonite")
    settled(page, 1)
    expect(page.locator("#waiting")).to_be_visible()
    chat.says({"say": "greet"})
    settled(page, 2)
    expect(page.locator("#waiting")).to_be_hidden()
    expect(page.get_by_text("Answers will appear here")).to_be_hidden()
    chat.person_says("I am Ana.")
    expect(page.get_by_text("Advocate, a person")).to_be_visible()
    assert words(page) == chat.texts()
    assert page.url == f"{visit.address}/chat"


def test_a_choice_is_tapped_and_then_gone(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "hello")
    settled(page, 1)
    chat.says(OFFER)
    settled(page, 2)
    labels = chat.lines()[-1].choices
    buttons = page.locator(".choices button")
    assert tuple(buttons.all_text_contents()) == labels
    buttons.first.click()
    settled(page, 3)
    assert chat.texts()[-1] == labels[0]
    expect(buttons).to_have_count(0)


def test_enter_sends_and_shift_enter_begins_a_line(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    box = page.get_by_role("textbox", name="Your message")
    box.press_sequentially("one")
    before = box.bounding_box()
    box.press("Shift+Enter")
    box.press_sequentially("two")
    after = box.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"], "the field grows with its text"
    box.press("Enter")
    settled(page, 1)
    assert chat.texts() == ["one\ntwo"]
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    box.press("Enter")
    settled(page, 1)


def test_what_is_written_offline_is_sent_once_when_the_connection_is_back(
    chat: Chat, visit: Visit
) -> None:
    page = visit.open()
    write(page, "one")
    settled(page, 1)
    visit.context.set_offline(True)
    write(page, "two")
    write(page, "three")
    expect(page.get_by_role("status")).to_contain_text("No connection right now")
    expect(page.get_by_text("Not sent yet")).to_have_count(2)
    assert chat.texts() == ["one"]
    visit.context.set_offline(False)
    settled(page, 3)
    expect(page.get_by_role("status")).to_be_empty()
    assert chat.texts() == words(page) == ["one", "two", "three"]


def test_a_first_text_whose_answer_is_lost_is_written_once(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    lost = []

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        lost.append(route.request.post_data)
        route.abort()

    page.route("**/chat/messages", lose_the_answer, times=1)
    write(page, "hello")
    settled(page, 1)
    assert len(lost) == 1
    assert chat.texts() == ["hello"]
    assert len(visit.context.cookies()) == 1
    chat.says({"say": "greet"})
    settled(page, 2)


def test_a_server_that_starts_again_is_found_again(chat: Chat, chromium: Browser) -> None:
    with served(chat.app) as address:
        visit = visit_to(chromium, address)
        page = visit.open()
        write(page, "hello")
        settled(page, 1)
    chat.says({"say": "greet"})
    expect(page.get_by_role("status")).to_contain_text("No connection right now")
    with served(chat.app, int(address.rpartition(":")[2])):
        settled(page, 2)
        expect(page.get_by_role("status")).to_be_empty()
        visit.context.close()


def test_who_sends_very_fast_is_told_and_loses_nothing(
    chat: Chat, visit: Visit, clock: Clock
) -> None:
    page = visit.open()
    for number in range(21):
        write(page, f"text {number}")
    expect(page.get_by_role("status")).to_contain_text("a lot at once")
    clock.forward(61)
    settled(page, 21)
    assert chat.texts() == words(page) == [f"text {number}" for number in range(21)]


def test_a_page_opened_again_goes_on(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "hello")
    settled(page, 1)
    chat.says(OFFER)
    settled(page, 2)
    page.reload()
    settled(page, 2)
    page.locator(".choices button").last.click()
    settled(page, 3)
    second = visit.open()
    settled(second, 3)
    chat.person_says("I am Ana.")
    settled(second, 4)
    settled(page, 4)


def test_an_erase_empties_the_page(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "i need a bed")
    settled(page, 1)
    with chat.database.sessions() as session:
        erase.erase(session, session.get_one(Conversation, chat.conversation().id), chat.clock())
        session.commit()
    settled(page, 0)
    expect(page.locator("body")).not_to_contain_text("i need a bed")


def test_leaving_is_immediate_and_leaves_nothing(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "i need a bed")
    settled(page, 1)
    assert [cookie["name"] for cookie in visit.context.cookies()] == ["chat"]
    with page.expect_request("**/chat/leave"):
        page.get_by_role("button", name="Leave now").click()
    page.wait_for_url(WAY_OUT)
    assert page.evaluate("document.referrer") == ""
    assert visit.context.cookies() == []
    # Its place in the history was taken: going back does not lead to it.
    assert page.evaluate("history.length") <= 2
    page.goto(f"{visit.address}/chat")
    assert "i need a bed" not in page.content()


def test_leaving_empties_the_page_even_when_the_way_out_is_slow(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "i need a bed")
    settled(page, 1)
    visit.context.unroute(WAY_OUT + "**")
    # Never answered: the page stays as long as the outside is silent.
    visit.context.route(WAY_OUT + "**", lambda _route: None)
    left: list[str] = []
    page.expose_function("look", lambda shown: left.append(shown))
    page.evaluate(
        "document.addEventListener('click', () => look(document.title + document.body.innerHTML))"
    )
    page.get_by_role("button", name="Leave now").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert left == ["Chat"]


def test_the_way_out_stays_in_sight(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "hello")
    settled(page, 1)
    for number in range(20):
        chat.person_says(f"line {number}")
    settled(page, 21)
    expect(page.locator("#lines .line").last).to_be_in_viewport()
    for y in (0, 300, 99_999):
        page.evaluate("y => window.scrollTo(0, y)", y)
        for name in ("Leave now", "Send"):
            expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)


def test_who_reads_further_up_is_not_pulled_down(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "hello")
    settled(page, 1)
    for number in range(20):
        chat.person_says(f"line {number}")
    settled(page, 21)
    page.evaluate("window.scrollTo(0, 0)")
    chat.person_says("a new line")
    settled(page, 22)
    assert page.evaluate("window.scrollY") == 0


def test_a_screen_reader_hears_new_lines_and_knows_each_part(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "hello")
    settled(page, 1)
    chat.says(OFFER)
    settled(page, 2)
    log = page.get_by_role("log", name="Chat")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_contain_text("You")
    expect(log).to_contain_text("Automated assistant")
    expect(page.get_by_role("navigation", name="Language")).to_be_visible()
    expect(page.get_by_role("link", name="Español")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chat")


def test_everything_can_be_reached_by_keyboard(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "hello")
    settled(page, 1)
    chat.says(OFFER)
    settled(page, 2)
    page.reload()
    settled(page, 2)
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    yes, no = chat.lines()[-1].choices
    assert reached == ["Leave now", "English", "Español", yes, no, "", "Send"]


def test_targets_are_large_and_letters_too(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "hello")
    settled(page, 1)
    chat.says(OFFER)
    settled(page, 2)
    for target in page.locator("button:visible, a:visible, textarea:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44, target.text_content()
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    assert page.locator("#lines .words").first.evaluate(size) == 18
    assert page.get_by_role("textbox").evaluate(size) == 18


def test_hostile_text_stays_text(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, HOSTILE)
    settled(page, 1)
    chat.person_says(HOSTILE)
    settled(page, 2)
    assert words(page) == [HOSTILE, HOSTILE]
    assert page.locator("#lines img, #lines script").count() == 0


def test_the_page_keeps_nothing_but_the_cookie(chat: Chat, visit: Visit) -> None:
    page = visit.open()
    write(page, "hello")
    settled(page, 1)
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == [
        "",
        0,
        0,
    ]
    [cookie] = visit.context.cookies()
    assert (cookie["expires"], cookie["path"]) == (-1, "/chat")


# Without scripts.


def test_without_scripts_one_writes_chooses_reads_and_leaves(chat: Chat, plain: Visit) -> None:
    page = plain.open()
    write(page, "hello")
    page.wait_for_url("**/chat?language=en")
    assert words(page) == ["hello"]
    chat.says(OFFER)
    page.get_by_role("link", name="Show new messages").click()
    assert len(words(page)) == 2
    page.locator(".choices button").first.click()
    page.wait_for_url("**/chat?language=en")
    assert words(page)[-1] == chat.lines()[1].choices[0]
    page.get_by_role("link", name="Español").click()
    expect(page.get_by_role("button", name="Enviar")).to_be_visible()
    page.get_by_role("button", name="Salir ya").click()
    page.wait_for_url(WAY_OUT)
    assert plain.context.cookies() == []

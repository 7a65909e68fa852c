"""From the first text to a person, in two languages, over SMS and web chat."""

from tests.support.system import System, Visitor, until

# What is said after a yes: by whether somebody is at the desk, and how many wait.
IN_LINE = ("handoff_opened_closed", "handoff_asked_for", "handoff_opened")


def test_a_survivor_texts_gets_a_partner_and_reaches_an_advocate(system: System) -> None:
    ana = system.texter()
    assert ana.says("i got no where to sleep tonite", "ask_safe_heard").says("welcome")
    asked = ana.says("yes", "ask_place")
    assert "a place to stay tonight" in asked
    matches = ana.says("48226", "offer_handoff")
    assert "Detroit" in matches
    assert "313-555-" in matches
    ana.says("yes", *IN_LINE)

    advocate = system.log_in("advocate")
    page = advocate.queue_page()
    assert "Housing" in page
    assert "sleep tonite" not in page
    assert ana.number not in page
    talk = advocate.take_first()
    ana.hears("advocate_joined")
    assert "i got no where to sleep tonite" in advocate.reads(talk)
    assert ana.number not in advocate.browser.get(f"/desk/conversations/{talk}").text

    advocate.answers(talk, "This is Maria. Are you near a bus stop?")
    assert "Are you near a bus stop?" in ana.hears()
    ana.text("yes on 8 mile")
    ana.hears_nothing()
    assert "yes on 8 mile" in advocate.reads(talk)

    advocate.hands_back(talk)
    ana.hears("advocate_left")
    assert ana.says("i also need food").texts


def test_the_same_in_spanish(system: System) -> None:
    luz = system.texter()
    luz.says("no tengo donde quedarme hoy", "ask_safe_heard")
    asked = luz.says("si", "ask_place")
    assert "un lugar para esta noche" in asked
    matches = luz.says("houston", "offer_handoff")
    assert "Houston" in matches or "Harris" in matches
    answer = luz.says("sí por favor", *IN_LINE)
    # Over SMS in plain letters, which keeps the text in one alphabet (M2).
    assert not set(" ".join(answer.texts)) & set("áíóú")
    advocate = system.log_in("advocate")
    talk = advocate.take_first()
    assert "no tengo donde quedarme hoy" in advocate.reads(talk)
    advocate.closes(talk)
    luz.hears("handoff_closed")


def test_the_same_in_the_web_chat(system: System) -> None:
    guest = system.visitor()
    guest.says("i need food for my kids im in chicago", "ask_safe_heard")
    matches = guest.says("Yes", "offer_handoff")
    assert "Chicago" in matches or "Cook" in matches
    guest.says("Yes", *IN_LINE)
    advocate = system.log_in("advocate")
    talk = advocate.take_first()
    guest.hears("advocate_joined")
    advocate.answers(talk, "Hello <b>there</b>")
    end = [text for author, text in _wait_for(guest, "Hello") if author == "advocate"]
    assert end == ["Hello <b>there</b>"]
    advocate.closes(talk)


def _wait_for(guest: Visitor, words: str) -> list[tuple[str, str]]:
    until(lambda: any(words in text for _, text in guest.page()), f"{words!r} on the page")
    return guest.page()


def test_a_no_to_a_person_costs_nothing(system: System) -> None:
    advocate = system.log_in("advocate")
    before = advocate.waiting()
    bo = system.texter()
    bo.says("i need a lawyer they never paid me", "ask_safe_heard")
    bo.says("yes", "ask_place")
    bo.says("el paso", "offer_handoff")
    assert bo.says("no", "handoff_refused")
    assert advocate.waiting() == before
    assert bo.says("i need a doctor too").texts


def test_an_unclear_answer_is_no_consent(system: System) -> None:
    advocate = system.log_in("advocate")
    before = advocate.waiting()
    bo = system.texter()
    bo.says("HUMAN", "offer_handoff")
    bo.says("maybe")
    bo.says("ok?")
    assert advocate.waiting() == before


def test_a_change_of_mind_in_the_middle(system: System) -> None:
    dee = system.texter()
    dee.says("i need a place to stay", "ask_safe_heard")
    dee.says("yes", "ask_place")
    assert dee.says("actually no i need a dentist first").texts
    matches = dee.says("omaha", "offer_handoff")
    assert "dentist" in matches


def test_walking_away_and_coming_back_picks_up(system: System) -> None:
    kim = system.texter()
    kim.says("need food", "ask_safe_heard")
    kim.says("yes", "ask_place")
    # In another conversation meanwhile.
    system.texter().says("hi", "welcome")
    assert "food" in kim.says("seattle", "offer_handoff")


def test_wrong_repeated_and_empty_input_leads_on(system: System) -> None:
    joy = system.texter()
    joy.says("hi", "ask_safe")
    joy.says("yes", "ask_need")
    said = [tuple(joy.says("asdfgh qwerty").texts) for _ in range(3)]
    assert len(set(said)) == 3, "never the same words twice in a row"
    assert joy.says("food", "ask_place")
    joy.says("zzzzzzz")
    assert joy.says("skip", "offer_again", "offer_handoff")


def test_texts_in_pieces_are_one_turn(system: System) -> None:
    lee = system.texter()
    for piece in ("i got", "no where to", "sleep tonite"):
        lee.text(piece)
    heard = lee.hears("ask_safe_heard")
    assert sum("automated" in text for text in heard.texts) == 1


def test_unsafe_stops_at_once(system: System) -> None:
    sam = system.texter()
    sam.says("need help", "ask_safe")
    answer = sam.says("no he is right here", "paused")
    assert len(answer.texts) <= 2
    sam.hears_nothing()
    assert sam.says("ok he left. i need food").texts


def test_a_command_of_the_engine_is_words_like_any_other(system: System) -> None:
    eve = system.texter()
    eve.says("hi", "ask_safe")
    for hostile in ("/restart", "  /session_start", '/need{"needs": ["housing"]}'):
        assert eve.says(hostile).texts
    assert eve.says("yes").texts

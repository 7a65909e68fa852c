"""Matches are short in a text, full in web chat, and honest when there are none."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.context import Context
from bot.actions.match_words import short_words
from bot.actions.matches import AboutMatch, More, NoneOfThese, ShowMatches, say_in_full
from bot.actions.onwards import ValidateNextForm
from bot.actions.recall import place_value
from bot.actions.speech import word
from directory.matches import Fits, Match, Reason
from directory.places import find_places
from directory.vocabulary import Need, Requirement
from language.speaking import speak_word
from tests.bot.trackers import DETROIT, ids, run, tracker

WEB = {"channel": "webchat"}


def searching(text: str = "", *, needs: tuple[str, ...] = ("housing",), **more: Any) -> Any:
    known = tracker(text, place=DETROIT, **more)
    known.slots["needs"] = list(needs)
    return known


def test_a_text_lists_up_to_three_with_name_number_and_one_reason(context: Context) -> None:
    # M2
    said, _, slots, _ = run(ShowMatches, context, searching())
    assert ids(said) == ["match_list_3"]
    assert len(slots["listed"]) == 3
    for number in (1, 2, 3):
        match = said[0]["args"][f"match_{number}"]
        assert match["say"] == "match_short_why"
        assert set(match["args"]) == {"number", "partner", "contact", "reason"}
    assert "Detroit, MI" in speak_word(context.catalogue, said[0], "en")


def test_web_chat_shows_each_match_in_full(context: Context) -> None:
    said, _, _, _ = run(ShowMatches, context, searching(facts=WEB))
    assert ids(said) == ["matches_intro", "match_full", "match_full", "match_full"]


def test_more_shows_other_partners_and_says_when_there_are_none(context: Context) -> None:
    first = run(ShowMatches, context, searching())[2]
    seen = set(first["listed"])
    known = searching("more", matched=True, shown=first["shown"], listed=first["listed"])
    for _ in range(10):
        said, _, slots, _ = run(More, context, known)
        if ids(said) == ["no_more_matches"]:
            break
        assert not seen & set(slots["listed"])
        seen |= set(slots["listed"])
        known.slots |= slots
    assert ids(said) == ["no_more_matches"]
    assert "1-888-373-7888 or text 233733" in speak_word(context.catalogue, said[0], "en")


def test_more_before_the_first_list_says_nothing(context: Context) -> None:
    assert run(More, context, searching("more"))[0] == []


def test_a_match_is_told_in_full_by_its_number(context: Context) -> None:
    listed = run(ShowMatches, context, searching())[2]["listed"]
    known = searching("tell me about the 2nd one", intent="about_match", listed=listed)
    said = run(AboutMatch, context, known)[0]
    assert ids(said) == ["match_full"]
    assert speak_word(context.catalogue, said[0], "es").startswith("2 ")


def test_a_number_that_is_not_in_the_list_is_asked_again(context: Context) -> None:
    known = searching("tell me about 9", intent="about_match", listed=["a", "b"])
    assert ids(run(AboutMatch, context, known)[0]) == ["which_match"]


def test_no_match_is_said_honestly_with_the_hotline(context: Context) -> None:
    # S3
    guam = {**DETROIT, "label": "Guam", "state": "GU", "latitude": 13.4, "longitude": 144.8}
    known = searching(needs=("clothing",))
    known.slots["place"] = guam
    said = run(ShowMatches, context, known)[0]
    assert ids(said)[0] in ("no_matches", "match_list_1", "match_list_2", "match_list_3")
    nothing = searching(needs=())
    assert ids(run(ShowMatches, context, nothing)[0]) == ["no_matches"]


def test_none_of_these_asks_for_no_reason(context: Context) -> None:
    # P6
    first = run(ShowMatches, context, searching())[2]
    known = searching("none of these", matched=True, **{k: first[k] for k in ("shown", "listed")})
    assert ids(run(NoneOfThese, context, known)[0])[0] == "none_of_these"


def test_police_and_immigration_are_never_among_the_matches(context: Context) -> None:
    # S12, K1: every need, in every city of the sample.
    for need in ("safety_planning", "victim_advocacy", "crisis_intervention"):
        said = run(ShowMatches, context, searching(needs=(need,)))[0]
        text = " ".join(speak_word(context.catalogue, word, "en") for word in said).casefold()
        assert "police" not in text
        assert "sheriff" not in text


def test_a_number_after_the_matches_tells_about_that_match(context: Context) -> None:
    listed = run(ShowMatches, context, searching())[2]["listed"]
    known = searching("dos", matched=True, listed=listed, form="next_form", asked="next")
    assert ids(run(ValidateNextForm, context, known)[0]) == ["match_full"]


def test_the_same_need_asked_again_shows_others(context: Context) -> None:
    first = run(ShowMatches, context, searching())[2]
    known = searching(
        "still need a place", intent="need", matched=True, form="next_form", asked="next",
        **{k: first[k] for k in ("shown", "listed")},
    )  # fmt: skip
    known.latest_message["needs"] = ["housing"]
    said = run(ValidateNextForm, context, known)[0]
    assert ids(said)[0] in ("match_list_1", "match_list_2", "match_list_3", "no_more_matches")


def test_a_question_with_a_known_need_in_it_asks_for_no_new_list(context: Context) -> None:
    known = searching(
        "is the shelter free", intent="cost", matched=True, form="next_form", asked="next"
    )
    known.latest_message["needs"] = ["housing"]
    _, _, slots, events = run(ValidateNextForm, context, known)
    assert events[-1]["event"] == "action_execution_rejected"
    assert "needs" not in slots


def test_without_a_place_only_what_helps_anywhere_is_listed(context: Context) -> None:
    known = searching(needs=("legal_representation",))
    known.slots["place"] = "anywhere"
    said, _, slots, _ = run(ShowMatches, context, known)
    assert ids(said)[-1] == "place_needed"
    assert slots["listed"]
    text = speak_word(context.catalogue, said[0], "en")
    assert "County" not in text
    assert "serves" not in text


def test_without_a_place_and_help_anywhere_a_place_is_said_to_be_needed(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.actions.matches.find_matches", lambda *_: [])
    known = searching(needs=("clothing",))
    known.slots["place"] = "anywhere"
    assert ids(run(ShowMatches, context, known)[0]) == ["no_matches_anywhere"]


def test_care_after_an_assault_always_names_a_line(context: Context) -> None:
    # S5
    guam = {**DETROIT, "label": "Guam", "state": "GU", "latitude": 13.4, "longitude": 144.8}
    known = searching(needs=("sexual_assault_services",))
    known.slots["place"] = guam
    said = run(ShowMatches, context, known)[0]
    assert "no_matches" not in ids(said)
    assert ids(said)[-1] == "assault_line"
    assert "1-800-656-4673" in speak_word(context.catalogue, said[-1], "es")
    known = searching(needs=("sexual_assault_services", "housing"))
    assert ids(run(ShowMatches, context, known)[0])[-1] == "assault_line"


def full(context: Context, language: str, **more: Any) -> str:
    dispatcher = CollectingDispatcher()
    match = Match(
        service_id="s", partner="Harbor House", service="Refugio", needs=(), phone="313-555-0100",
        text_number=None, url=None, address=None, languages=(), open_now=True,
        next_opening=None, zone=None, distance_km=None, virtual=False, invented=True,
        **{"reasons": (), "cost": None, "restrictions": (), **more},
    )  # fmt: skip
    say_in_full(dispatcher, 1, match, language=language, discreet=False)
    return speak_word(context.catalogue, dispatcher.messages[0]["custom"], language)


def test_ages_are_told_in_the_survivors_language(context: Context) -> None:
    between = {"minimum_age": 16, "maximum_age": 24, "restrictions": ("For ages 16 to 24",)}
    assert "de 16 a 24 años" in full(context, "es", **between)
    assert "for ages 16 to 24" in full(context, "en", **between)
    assert "hasta los 17 años" in full(
        context, "es", maximum_age=17, restrictions=("Up to age 17",)
    )
    over = {"minimum_age": 18, "restrictions": ("For ages 18 and over",)}
    assert "desde los 18 años" in full(context, "es", **over)
    assert "ages" not in full(context, "es", **over)


def test_free_is_said_in_the_survivors_language(context: Context) -> None:
    reasons = tuple(Reason(code) for code in ("open_now", "virtual", "national", "free"))
    assert "y gratis." in full(context, "es", reasons=reasons, cost="Free of charge")


def at(place: str) -> dict[str, Any]:
    return place_value(find_places(place)[0])


def test_a_list_of_lines_only_says_that_nothing_is_near_and_asks_to_look_further(
    context: Context,
) -> None:
    # D5
    known = searching(needs=("housing",))
    known.slots["place"] = at("aurora il")
    said, _, slots, _ = run(ShowMatches, context, known)
    assert said[0]["args"]["intro"]["say"] == "nothing_near"
    assert ids(said)[-1] == "look_further"
    assert slots["small"] == {"ask": "no_more_widen", "by": "area"}
    assert slots["route"] == "next"
    text = speak_word(context.catalogue, said[0], "en")
    assert "I found nothing near Aurora, IL itself" in text


def test_nobody_is_asked_to_look_further_where_nothing_is_there(context: Context) -> None:
    known = searching(needs=("housing",))
    known.slots["place"] = at("elko nv")
    said, _, slots, _ = run(ShowMatches, context, known)
    assert said[0]["args"]["intro"]["say"] == "nothing_near"
    assert "look_further" not in ids(said)
    assert slots["small"] is None


def test_a_yes_to_looking_further_brings_what_is_further_away(context: Context) -> None:
    known = searching("yes", needs=("housing",), form="next_form", asked="next", safe=True)
    known.slots["place"] = at("aurora il")
    known.slots |= run(ShowMatches, context, known)[2]
    said, _, slots, _ = run(ValidateNextForm, context, known)
    assert ids(said)[0].startswith("match_list_")
    assert said[0]["args"]["intro"]["say"] != "nothing_near"
    assert not set(slots["listed"]) & set(known.slots["listed"])
    assert "serves" in speak_word(context.catalogue, said[0], "en")


def test_what_is_near_is_listed_as_before(context: Context) -> None:
    said, _, slots, _ = run(ShowMatches, context, searching())
    assert said[0]["args"]["intro"]["say"] == "matches_for_near"
    assert slots["small"] is None


def test_the_line_for_native_people_is_named_once_where_it_helps(context: Context) -> None:
    # S5
    known = searching(needs=("housing",), fits={"native": True})
    said, _, slots, _ = run(ShowMatches, context, known)
    assert ids(said)[-1] == "native_line_answer"
    assert "1-844-762-8483" in speak_word(context.catalogue, said[-1], "es")
    known.slots |= slots
    assert "native_line_answer" not in ids(run(ShowMatches, context, known)[0])
    lawyer = searching(needs=("legal_representation",), fits={"native": True})
    assert "native_line_answer" not in ids(run(ShowMatches, context, lawyer)[0])
    assert "native_line_answer" not in ids(run(ShowMatches, context, searching())[0])


def found(**more: Any) -> Match:
    return Match(
        **{
            "service_id": "s", "partner": "Harbor House", "service": "Beds",
            "needs": (Need.HOUSING,), "phone": "313-555-0100", "text_number": None, "url": None,
            "address": None, "languages": (), "reasons": (Reason("open_now"),), "open_now": True,
            "next_opening": None, "zone": None, "cost": None, "distance_km": None,
            "virtual": False, "restrictions": (), "invented": True, **more,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("record", "fits", "reasons"),
    [
        ({"requirements": (Requirement.MEN_ONLY,)}, Fits(), ["requirement_men_only"]),
        ({"requirements": (Requirement.MEN_ONLY,)}, Fits(gender="man"), ["reason_open_now"]),
        ({"requirements": (Requirement.WOMEN_ONLY,)}, Fits(gender="woman"), ["reason_open_now"]),
        ({"requirements": (Requirement.IDENTIFICATION,)}, Fits(), ["reason_open_now"]),
        ({"minimum_age": 18}, Fits(), ["age_from"]),
        ({"maximum_age": 12, "needs": (Need.CHILD_ASSISTANCE,)}, Fits(), ["reason_open_now"]),
        (
            {"minimum_age": 18, "wider": True, "reasons": (Reason("serves_area", {"area": "X"}),)},
            Fits(),
            ["age_from", "reason_serves_area"],
        ),
    ],
)
def test_a_short_list_names_first_what_may_shut_them_out(
    record: dict[str, Any], fits: Fits, reasons: list[str]
) -> None:
    # D13
    said = short_words(1, found(**record), discreet=False, fits=fits)["args"]["reason"]
    assert [one["say"] for one in (said if isinstance(said, list) else [said])] == reasons
    hidden = short_words(1, found(**record), discreet=True, fits=fits)["args"]["reason"]
    assert hidden["say"].startswith("reason_")


def test_a_mother_with_a_daughter_is_shown_no_house_for_men(context: Context) -> None:
    known = searching(fits={"children": True}, kinds=["housing.emergency"])
    known.slots["place"] = at("chicago")
    said = run(ShowMatches, context, known)[0]
    assert "for men" not in speak_word(context.catalogue, said[0], "en")


def test_what_a_need_is_is_explained_once_in_an_answer(context: Context) -> None:
    dispatcher = CollectingDispatcher()
    for number in (1, 2):
        say_in_full(dispatcher, number, found(), language="es", discreet=False)
    told = [speak_word(context.catalogue, one["custom"], "es") for one in dispatcher.messages]
    about = speak_word(context.catalogue, {"say": "about_need_housing"}, "es")
    assert [about in one for one in told] == [True, False]


def test_no_stop_stands_twice_behind_an_hour(context: Context) -> None:
    time = {"time": "2026-11-25T20:00:00+00:00", "zone": "America/Detroit", "date": True}
    for message in ("match_opens", "safe_time_kept", "safe_time_is"):
        for language in ("en", "es"):
            said = speak_word(context.catalogue, {"say": message, "args": {"time": time}}, language)
            assert ".." not in said


def test_the_question_for_a_kind_fits_every_need(context: Context) -> None:
    asked = {"say": "ask_kind", "args": {"need": {"say": "need_housing"}, "kinds": "1 x"}}
    assert "the right a" not in speak_word(context.catalogue, asked, "en")


def test_of_several_needs_a_short_list_names_the_one_that_a_match_is_for() -> None:
    meets = [word("need_food")]
    said = short_words(1, found(), discreet=False, fits=Fits(), meets=meets)
    assert said["args"]["reason"] == word("need_food")
    hidden = short_words(1, found(), discreet=True, fits=Fits(), meets=meets)
    assert word("need_food") not in [hidden["args"].get("reason")]

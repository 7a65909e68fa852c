"""Short answers are read by their exact words, in every language, and never guessed."""

import pytest

from bot.actions.answers import (
    Answer,
    begins_to_leave,
    is_question,
    leaves,
    numbers_inside,
    plain,
    read_short,
)


@pytest.mark.parametrize(
    "text",
    [
        "y",
        "YES",
        "yes.",
        "Sí",
        "si",
        "yes yes",
        "claro que sí",
        "oui",
        "wi",
        "да",
        "是",
        "हाँ",
        "نعم",
    ],
)
def test_a_yes_is_read_in_many_spellings(text: str) -> None:
    assert read_short(text).answer is Answer.YES


@pytest.mark.parametrize(
    "text", ["ok", "OK?", "maybe", "idk", "no sé", "tal vez", "bueno", "i guess so"]
)
def test_ok_and_maybe_are_neither_yes_nor_no(text: str) -> None:
    assert read_short(text).answer is Answer.WEAK


@pytest.mark.parametrize(
    "text", ["n", "No.", "nope", "no thanks", "mejor no", "no gracias", "non", "нет"]
)
def test_a_no_is_read_in_many_spellings(text: str) -> None:
    assert read_short(text).answer is Answer.NO


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2), ("two", 2), ("dos", 2), ("the 2nd one", 2), ("the second one please", 2),
        ("la segunda", 2), ("#2", 2), ("2.", 2), ("option 2", 2), ("number two", 2), ("el 3", 3),
        ("tell me about 2", 2), ("cuénteme del 2", 2), ("dezyèm", 2), ("二", 2), ("один", 1),
        ("one", 1), ("the first one", 1), ("7", 7),
    ],
)  # fmt: skip
def test_a_number_is_read_as_a_digit_or_a_word(text: str, number: int) -> None:
    assert read_short(text).numbers == (number,)


def test_a_number_is_found_inside_a_question_about_one() -> None:
    assert numbers_inside("whats the first one") == (1,)
    assert numbers_inside("y la segunda donde esta?") == (2,)


def test_several_numbers_keep_their_order() -> None:
    assert read_short("3 and 1").numbers == (3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2 kids and me in a car",
        "48226",
        "i have 2",
        "since 2 years",
        "room 5 at the motel",
        "i do",
        "",
    ],
)
def test_a_number_among_other_words_chooses_nothing(text: str) -> None:
    assert read_short(text).numbers == ()


def test_only_a_bare_number_is_bare() -> None:
    assert read_short("2").bare
    assert not read_short("tell me about 2").bare


@pytest.mark.parametrize(
    "text",
    [
        "nvm take me out", "take me out of the line", "i dont want to wait anymore", "cancel that",
        "ok forget it please", "never mind, thanks", "nvm i changed my mind", "I'm done waiting",
        "please remove me from the list i found somebody", "leave it", "cancel my request pls",
        "you know what nvm", "i don't want to talk to anyone anymore", "get me out of line please",
        "ya no quiero esperar dejelo", "sáqueme de la fila por favor", "ya no espero, gracias",
        "mejor olvídelo", "cancele eso", "ya me arrepentí",
        "quíteme de la lista ya encontré a alguien",
        "me quiero salir de la fila", "no quiero esperar más", "ya no quiero hablar con nadie",
        "olvídelo, ya no quiero", "déjelo así gracias", "não quero mais esperar", "算了，我不等了",
        "не хочу больше ждать",
    ],
)  # fmt: skip
def test_out_of_the_line_is_understood_in_parts_and_in_many_words(text: str) -> None:
    assert leaves(text)


@pytest.mark.parametrize(
    "text",
    [
        "take me out", "sáqueme", "get me out please", "dont take me out of the line",
        "no me saque de la fila", "no quiero salir de la fila", 
        "if you take me off the list i lose it",
        "please", "ok", "how long", "i dont want to lose my place", "nvm i need food",
        "cancel", "he was out of line", "ya", "i need someone now",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_stays_in_line(text: str) -> None:
    assert not leaves(text)


def test_a_text_that_begins_with_never_mind_is_told_from_one_that_goes_on() -> None:
    assert begins_to_leave("nvm im good now")
    assert begins_to_leave("Olvídelo, ya se arregló")
    assert not begins_to_leave("nvmi")
    assert not begins_to_leave("i never mind the cold")


def test_never_mind_and_back_are_told_apart() -> None:
    assert read_short("never mind").answer is Answer.NEVER_MIND
    assert read_short("olvídelo").answer is Answer.NEVER_MIND
    assert read_short("ATRÁS").answer is Answer.BACK


def test_marks_case_and_accents_do_not_matter() -> None:
    assert plain("  ¿QUÉ   Más? ") == "que mas"


@pytest.mark.parametrize("text", ["ok?", "yes?", "¿sí", "نعم؟"])
def test_asking_back_is_seen(text: str) -> None:
    assert is_question(text)

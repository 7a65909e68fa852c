"""Short answers are read by their exact words, in every language, and never guessed."""

import pytest

from bot.actions.answers import Answer, is_question, numbers_inside, plain, read_short


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


def test_never_mind_and_back_are_told_apart() -> None:
    assert read_short("never mind").answer is Answer.NEVER_MIND
    assert read_short("olvídelo").answer is Answer.NEVER_MIND
    assert read_short("ATRÁS").answer is Answer.BACK


def test_marks_case_and_accents_do_not_matter() -> None:
    assert plain("  ¿QUÉ   Más? ") == "que mas"


@pytest.mark.parametrize("text", ["ok?", "yes?", "¿sí", "نعم؟"])
def test_asking_back_is_seen(text: str) -> None:
    assert is_question(text)

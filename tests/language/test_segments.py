"""Proves that texts are counted as carriers count them, and cut without loss."""

import re

import pytest
import smsutil  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from language.segments import Segments, fold_accents, segments, split_for_sms

GSM_LETTERS = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./09:;<=>?¡AZÄÖÑÜ§¿azäöñüà\n\r"
EXTENDED = "^{}\\[~]|€"
TEXTS = st.text(
    st.one_of(st.sampled_from(GSM_LETTERS + EXTENDED), st.characters(exclude_categories=["Cs"])),
    max_size=400,
)
GSM_TEXTS = st.text(st.sampled_from(GSM_LETTERS + EXTENDED), max_size=700)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", Segments("GSM-7", 0, 0)),
        ("a" * 160, Segments("GSM-7", 160, 1)),
        ("a" * 161, Segments("GSM-7", 161, 2)),
        ("a" * 306, Segments("GSM-7", 306, 2)),
        ("a" * 307, Segments("GSM-7", 307, 3)),
        ("€" * 80, Segments("GSM-7", 160, 1)),
        ("a" * 159 + "€", Segments("GSM-7", 161, 2)),
        ("á", Segments("UCS-2", 1, 1)),
        ("á" * 70, Segments("UCS-2", 70, 1)),
        ("á" * 71, Segments("UCS-2", 71, 2)),
        ("á" * 201, Segments("UCS-2", 201, 3)),
        ("á" * 202, Segments("UCS-2", 202, 4)),
        ("\U0001f64f" * 35, Segments("UCS-2", 70, 1)),
        ("\U0001f64f" * 36, Segments("UCS-2", 72, 2)),
    ],
)
def test_a_text_is_counted_in_its_encoding(text: str, counted: Segments) -> None:
    assert segments(text) == counted


@pytest.mark.parametrize(
    ("text", "count"), [("a" * 152 + "€" + "a" * 152, 3), ("b" + "\U0001f64f" * 67, 3)]
)
def test_a_character_of_two_units_never_straddles_two_segments(text: str, count: int) -> None:
    assert segments(text).count == count


@given(TEXTS | GSM_TEXTS)
def test_another_implementation_counts_the_same(text: str) -> None:
    if text:
        # smsutil's check looks past one line break at the end of a text.
        whole = smsutil.gsm_split if smsutil.is_valid_gsm(text + ".") else smsutil.unicode_split
        other = whole(text)
        unit = 1 if other.encoding == "gsm0338" else 2
        assert segments(text).encoding == ("GSM-7" if unit == 1 else "UCS-2")
        assert segments(text).characters == other.total_bytes // unit
        assert segments(text).count == len(other.parts)


def test_folding_makes_spanish_fit_and_keeps_what_gsm7_has() -> None:
    assert fold_accents("¿Mañana? ¡Aquí está él! Ú É ü") == "¿Mañana? ¡Aqui esta él! U É ü"
    assert fold_accents("a\u0301 n\u0303") == "a ñ"
    assert segments(fold_accents("¿Dónde está el albergue más próximo, señor?")).encoding == "GSM-7"


def test_a_text_that_fits_is_not_cut() -> None:
    assert split_for_sms("  We found two places.\n1. Harbor House ", 1) == [
        "We found two places.\n1. Harbor House"
    ]


def test_a_list_is_cut_between_its_entries() -> None:
    entries = [f"{n}. Harbor House, {n}13-555-0100, open now and free of cost" for n in range(1, 6)]
    parts = split_for_sms("\n".join(entries), 1)
    assert "\n".join(parts).split("\n") == entries
    assert len(parts) == 3


def test_sentences_are_cut_before_words() -> None:
    text = "First sentence here. " + "word " * 20 + "ends. " + "More words " * 8 + "and the end."
    parts = split_for_sms(text, 1)
    assert len(parts) == 2
    assert parts[0].endswith("ends.")


def test_a_phone_number_stays_in_one_piece() -> None:
    for padding in range(140, 160):
        parts = split_for_sms("x" * padding + " call (313) 555 0100 today", 1)
        assert any("(313) 555 0100" in part for part in parts)


def test_a_text_without_spaces_is_cut_between_characters() -> None:
    text = "我们可以帮您找律师" * 20
    parts = split_for_sms(text, 1)
    assert "".join(parts) == text
    assert all(len(part) <= 70 for part in parts)


def test_a_letter_and_its_marks_stay_together() -> None:
    text = "नि" * 100
    assert not any(part.startswith("ि") for part in split_for_sms(text, 1))


@given(TEXTS | GSM_TEXTS, st.integers(1, 4))
def test_cutting_loses_only_white_space_and_every_part_fits(text: str, limit: int) -> None:
    parts = split_for_sms(text, limit)
    assert all(1 <= segments(part).count <= limit for part in parts)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text)


@given(st.lists(st.sampled_from(["help", "a", "shelter.", "near", "you,"]), max_size=200))
def test_words_are_never_glued_together_or_broken(words: list[str]) -> None:
    assert " ".join(split_for_sms(" ".join(words), 1)).split() == words


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="give 1 or more"):
        split_for_sms("hello", 0)

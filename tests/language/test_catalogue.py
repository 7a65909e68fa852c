"""Proves that messages are found, filled in, and spoken in English where a language lacks them."""

from pathlib import Path

import pytest

from language import LANGUAGES
from language.catalogue import Catalogue, embed
from language.general import General, Lines

GOOD = Path(__file__).parent / "fixtures" / "good"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(folder=GOOD)


def test_a_message_is_spoken_in_its_language(catalogue: Catalogue) -> None:
    assert catalogue.speak("need_food", {}, "es") == "comida"
    assert catalogue.speak("looking", {"needs": "comida"}, "es") == "Estoy preguntando por comida."


@pytest.mark.parametrize("language", ["ru", "vi", "xx"])
def test_what_a_language_lacks_is_spoken_in_english(catalogue: Catalogue, language: str) -> None:
    assert catalogue.speak("choice_yes", {}, language) == "Yes"
    assert "choice_yes" in catalogue.missing(language)


def test_what_is_written_is_not_missing(catalogue: Catalogue) -> None:
    assert catalogue.languages() == ["en", "es", "ru", "ar"]
    assert catalogue.missing("en") == catalogue.missing("es") == []
    assert catalogue.missing("ar")[0] == "welcome"
    assert "call" in catalogue.missing("ru")  # the entry is there, its text is empty


def test_an_unknown_message_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError, match="nonsense"):
        catalogue.speak("nonsense", {}, "en")


def test_an_argument_not_given_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="'call' needs the argument 'phone'"):
        catalogue.speak("call", {"number": "911"}, "en")


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        (1, "en", "One person is before you."),
        (0, "en", "0 people are before you."),
        (1, "es", "Hay una persona antes que usted."),
        (21, "ru", "Перед вами 21 человек."),
        (3, "ru", "Перед вами 3 человека."),
        (11, "ru", "Перед вами 11 человек, подождите."),
        (1, "vi", "One person is before you."),
    ],
)
def test_the_number_chooses_the_plural_form(
    catalogue: Catalogue, number: int, language: str, said: str
) -> None:
    assert catalogue.speak("ahead", {"n": number}, language) == said


def test_a_plural_message_without_its_number_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="give a whole number as 'n'"):
        catalogue.speak("ahead", {}, "en")


def test_general_placeholders_fill_themselves_in_each_language(tmp_path: Path) -> None:
    for code, days in (("en", ("day", "days")), ("es", ("día", "días"))):
        (tmp_path / f"{code}.po").write_text(
            'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
            'msgid "days"\nmsgid_plural "days"\n'
            f'msgstr[0] "{{n}} {days[0]}"\nmsgstr[1] "{{n}} {days[1]}"\n\n'
            'msgid "kept"\nmsgstr "{organization}: {keep_days}, {emergency}"\n',
            "utf-8",
        )
    lines = Lines(emergency="112")
    loaded = Catalogue.load(tmp_path, General("Harbor Line", 30, lines))
    assert loaded.speak("kept", {}, "en") == "Harbor Line: 30 days, 112"
    assert loaded.speak("kept", {"organization": "Other"}, "es") == "Other: 30 días, 112"
    assert loaded.general_in("es")["keep_days"] == "30 días"
    loaded = Catalogue.load(tmp_path, General("Harbor Line", 1, lines))
    assert loaded.speak("kept", {}, "es") == "Harbor Line: 1 día, 112"


def test_a_text_laid_over_is_spoken_until_it_is_taken_away() -> None:
    loaded = Catalogue.load(folder=GOOD)
    loaded.lay_over({("es", "need_food"): ("alimentos",), ("ru", "call"): ("Звоните: {phone}",)})
    assert loaded.speak("need_food", {}, "es") == "alimentos"
    assert loaded.speak("need_food", {}, "en") == "food"
    assert loaded.speak("call", {"phone": "988"}, "ru") == "Звоните: 988"
    assert "call" not in loaded.missing("ru")
    loaded.lay_over({})
    assert loaded.speak("need_food", {}, "es") == "comida"
    assert loaded.edition == 2


def test_braces_in_an_argument_are_left_alone(catalogue: Catalogue) -> None:
    assert catalogue.speak("call", {"phone": "{phone} {0}"}, "en") == "Call {phone} {0}."


def test_a_number_keeps_its_order_inside_arabic(catalogue: Catalogue) -> None:
    said = catalogue.speak("call", {"phone": "1-888-373-7888"}, "ar")
    assert said == "اتصل على \u200e1-888-373-7888\u200e."
    assert embed("\u200e1-888\u200e", "ar") == "\u200e1-888\u200e"
    assert embed("988", "ar") == "988"
    assert embed("بيت الأمان 12-3", "ar") == "بيت الأمان 12-3"


def test_the_spoken_language_decides_about_marks_not_the_wanted_one(catalogue: Catalogue) -> None:
    assert "\u200e" not in catalogue.speak("looking", {"needs": "Harbor House"}, "ar")


def test_a_folder_without_english_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"holds no en\.po"):
        Catalogue.load(folder=tmp_path)


def test_a_file_of_no_language_of_ours_is_refused(tmp_path: Path) -> None:
    for name in ("en.po", "xx.po"):
        (tmp_path / name).write_text((GOOD / "en.po").read_text("utf-8"), "utf-8")
    with pytest.raises(ValueError, match="'xx' is not in LANGUAGES"):
        Catalogue.load(folder=tmp_path)


def test_a_fuzzy_text_is_not_spoken(tmp_path: Path) -> None:
    (tmp_path / "en.po").write_text((GOOD / "en.po").read_text("utf-8"), "utf-8")
    fuzzy = (
        (GOOD / "es.po")
        .read_text("utf-8")
        .replace('msgid "need_food"', '#, fuzzy\nmsgid "need_food"')
    )
    (tmp_path / "es.po").write_text(fuzzy, "utf-8")
    loaded = Catalogue.load(folder=tmp_path)
    assert loaded.speak("need_food", {}, "es") == "food"
    assert loaded.missing("es") == ["need_food"]


def test_every_language_is_described() -> None:
    assert " ".join(LANGUAGES) == "en es fr pt ht zh vi tl ru ko ar hi"
    assert [code for code, info in LANGUAGES.items() if info.direction == "rtl"] == ["ar"]
    assert [code for code, info in LANGUAGES.items() if info.gsm7] == ["en", "es", "ht", "tl"]
    assert [code for code, info in LANGUAGES.items() if info.complete] == ["en", "es"]

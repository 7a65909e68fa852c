"""Proves that the proofreader finds each mistake, and that the shipped catalogues have none."""

from pathlib import Path

import pytest

from language import LANGUAGES
from language.catalogue import FOLDER, PLACEHOLDER
from language.general import General
from language.proofreading import placeholders, problems
from language.segments import PER_TEXT, fold_accents, segments, split_for_sms
from language.shipped import Shipped

GOOD = Path(__file__).parent / "fixtures" / "good"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the good catalogues, to be spoiled."""
    for file in GOOD.glob("*.po"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    return tmp_path


def spoil(folder: Path, code: str, old: str, new: str) -> list[str]:
    """The problems after one change."""
    file = folder / f"{code}.po"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return problems(folder)


def test_good_catalogues_have_no_problem() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("code", "old", "new", "found"),
    [
        ("es", 'msgstr "comida"', 'msgstr ""', "es.po: need_food: missing; write it."),
        ("es", 'msgid "need_food"', 'msgid "need_foot"', "es.po: need_foot: unknown to en.po"),
        ("es", "{needs}", "{need}", "unknown placeholder {need}; en.po has {needs}."),
        ("es", "por {needs}", "por eso", "es.po: looking: lacks the placeholder {needs}."),
        ("es", "por {needs}", "por {needs} {0}", "has a brace that is part of no {placeholder}"),
        ("en", "{n} people", "Some people", "en.po: ahead: has plural forms, but none holds {n}."),
        ("es", "comida", "comida" * 60, "takes 3 segments of a text message (360 characters"),
        ("en", "an automated", "a " * 80 + "automated", "1 are allowed (M2)."),
        ("ar", "اتصل", "اتصل" * 40, "takes 3 segments of a text message"),
        ("en", "Hi,", "Hi \u2013", "has letters outside GSM-7: EN DASH (M1)."),
        ("en", '"food"', '"food!"', "en.po: need_food: has an exclamation mark"),
        ("es", '"comida"', '"¡comida!"', "es.po: need_food: has an exclamation mark"),
        ("en", '"food"', '"today\u2019s food"', "has curly quotes"),
        ("en", '"food"', '"food for Victims"', "says 'victim', which we never do (B7)."),
        ("en", '"food"', '"Why didn\u2019t you eat"', "says \"why didn't you\""),
        ("en", '"food"', '"You must eat"', "says 'you must'"),
        ("en", '"food"', '"Calm down"', "says 'calm down'"),
        ("en", '"food"', '"guaranteed food"', "says 'guaranteed'"),
        ("en", '"food"', '"We rescued it"', "says 'rescued'"),
        ("es", '"comida"', '"comida para víctimas"', "es.po: need_food: says 'víctima'"),
        ("ar", "اتصل على", "للضحية اتصل على", "ar.po: call: says"),
        ("en", "Reply STOP", "Reply end", "teaches 'Reply end', which would silence us"),
        ("en", "STOP to stop", "QUIT to stop", "teaches 'Reply QUIT'"),
        ("es", "Responda STOP", "Responda UNSUBSCRIBE", "es.po: welcome: teaches"),
        ("en", 'msgstr "No"', 'msgstr "Cancel"', "en.po: choice_no: teaches 'Cancel'"),
        ("en", "#. The first message.\n", "", "en.po: welcome: no note for translators"),
        ("en", "#. sms: 1", "#. sms: short", "'#. sms: short' is no number of segments."),
        ("en", "needs=food", "need=food", "names {need}, which the text does not have"),
        ("es", "# review: drafted", "# review: fine", "its review line is neither"),
        ("en", "on 2027-01-31", "last week", "its review line is neither"),
        ("es", 'msgid "need_food"', '#, fuzzy\nmsgid "need_food"', "is marked fuzzy"),
        ("es", 'msgid_plural "ahead"\n', "", "es.po: ahead: missing; write it."),
        ("es", 'msgstr "comida"', 'msgstr "comida', "es.po: line 26 lacks its closing quote"),
        ("es", 'msgstr "comida"', 'msgstr "la "comida""', "es.po: cannot be read"),
        ("en", 'msgstr "food"', 'msgstr "the "food""', "en.po: missing or unreadable"),
        ("ru", "plural=(n%10==1", "plural=(n%10==11", "has 3 plural forms, Plural-Forms says 2."),
        ("es", "nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;", "Plural-Forms says 1."),
        ("es", "plural=(n != 1);", "plural=(n +);", "Plural-Forms is no rule"),
        ("es", '"comida"', '" comida"', "begins or ends with white space."),
        ("en", "Call {phone}.", "Telephone somebody immediately, eventually {phone}.", "at grade"),
        ("es", "Estoy preguntando", "Estamos posteriormente considerando consultar", "at grade"),
        ("en", "#. A need, said inside a sentence.", "#. A need.\n#. sms: 3", "is for lists made"),
        ("es", '"comida"', '"comida por {keep_days}"', "es.po: days: missing; {keep_days} is said"),
        ("es", 'msgid "need_papers"', 'msgid "need_food"', "need_food: stands there twice"),
    ],
)  # fmt: skip
def test_each_mistake_is_found(folder: Path, code: str, old: str, new: str, found: str) -> None:
    assert any(found in problem for problem in spoil(folder, code, old, new))


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("en", '"food"', '"food at the end of the month, you can cancel it"'),
        ("en", '"food"', '"Nothing is certain, and we cannot guarantee a bed"'),
        ("es", '"comida"', '"comida, no tienes que decir por qué, ñandú, aquí y allá"'),
        ("en", "on 2027-01-31", "on 2027-02-01"),
        ("ar", "يفتح الساعة", "يفتح اليوم الساعة"),
        ("en", '"food"', '"food from {organization}, call {emergency} or {native_line}"'),
        ("en", '"food"', '"supplementary nutritional assistance"'),
    ],
)
def test_what_is_right_is_left_alone(folder: Path, code: str, old: str, new: str) -> None:
    assert spoil(folder, code, old, new) == []


VARIANT = """
#. looking, in discreet mode.
# review: drafted
msgid "{id}"
msgstr "{text}"
"""


@pytest.mark.parametrize(
    ("id_", "text", "found"),
    [
        ("looking_discreet", "I am asking.", None),
        ("looking_discreet", "I am asking about {needs}.", None),
        ("need_discreet", "what you asked for", None),
        ("looking_discreet", "{name} is asking.", "uses {name}, which looking does not have."),
        ("gone_discreet", "I am asking.", "is the discreet variant of no message"),
    ],
)
def test_a_discreet_variant_needs_no_more_than_its_message(
    folder: Path, id_: str, text: str, found: str | None
) -> None:
    for code in ("en", "es"):
        with (folder / f"{code}.po").open("a", encoding="utf-8") as file:
            file.write(VARIANT.format(id=id_, text=text))
    problems_found = problems(folder)
    if found is None:
        assert problems_found == []
    else:
        assert any(found in problem for problem in problems_found)


def test_general_placeholders_may_differ_between_languages(folder: Path) -> None:
    assert spoil(folder, "es", '"comida"', '"comida, o llame al {hotline_phone}"') == []
    assert spoil(folder, "ru", "Перед вами {n} человек,", "{organization}: {n} человек,") == []


def test_a_complete_language_without_a_catalogue_is_missed(folder: Path) -> None:
    (folder / "es.po").unlink()
    assert problems(folder) == ["es.po: missing; Spanish has to be complete."]


def test_a_file_of_no_language_of_ours_is_named(folder: Path) -> None:
    (folder / "xx.po").write_text("", "utf-8")
    assert problems(folder) == ["xx.po: 'xx' is not one of our languages; rename it."]


def test_an_example_may_hold_commas(folder: Path) -> None:
    found = spoil(folder, "en", "needs=food, housing", "needs=" + "food, housing, " * 12)
    # English and Spanish: the whole example is counted.
    assert sum("takes 2 segments" in problem for problem in found) == 2


@pytest.mark.parametrize("code", [code for code, info in LANGUAGES.items() if info.complete])
def test_every_complete_language_has_a_shipped_catalogue(code: str) -> None:
    assert (FOLDER / f"{code}.po").is_file()


def test_the_shipped_catalogues_have_no_problem() -> None:
    assert problems(FOLDER) == []


def shipped_forms(*codes: str) -> list[tuple[str, str, str]]:
    """(language, id, form) of every shipped text."""
    shipped = Shipped.load()
    return [
        (code, message_id, form)
        for code in codes or shipped.languages()
        for message_id in shipped.ids()
        for form in shipped.forms(message_id, code)
    ]


def test_no_shipped_text_names_a_number_that_is_a_setting() -> None:
    numbers = set(General().values().values()) - {General().organization}
    assert [found for found in shipped_forms() if any(n in found[2] for n in numbers)] == []


def test_a_list_is_cut_between_its_lines_and_no_text_is_longer_than_others() -> None:
    # M2: what takes more than two segments together goes as several texts of two at the most.
    shipped, lists = Shipped.load(), 0
    for code, message_id, form in shipped_forms("en", "es"):
        notes = shipped.notes(message_id)
        filled = fold_accents(notes.example(form))
        parts = split_for_sms(filled, PER_TEXT["GSM-7"])
        assert all(segments(part).count <= PER_TEXT[segments(part).encoding] for part in parts)
        if len(parts) > 1:
            assert PLACEHOLDER.sub("", form).strip() == "", message_id
        if len(parts) > 1 and "\n" in form:
            lists += 1
            assert "\n".join(parts) == filled, (code, message_id)
    assert lists == 2


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (
            "en",
            {
                "welcome": ("automated", "not a person", "I can look for", "can't promise"),
                "welcome_private": ("can read", "{keep_days}", "have to report", "skip", "STOP"),
                "who_are_you": ("automated", "not a person", "I can look for", "can't"),
                "privacy": ("can read", "{keep_days}", "phone company", "delete this thread"),
                "authorities": ("police", "immigration", "have to report", "before"),
                "trust": ("automated", "can read", "have to report", "You choose"),
                "cost": ("free",),
            },
        ),
        (
            "es",
            {
                "welcome": ("automático", "No soy una persona", "Puedo buscar", "No puedo"),
                "welcome_private": ("puede leer", "{keep_days}", "avisar", "saltar", "STOP"),
                "who_are_you": ("automático", "no una persona", "Puedo buscar", "No puedo"),
                "privacy": ("puede leer", "{keep_days}", "compañía", "borre allí"),
                "authorities": ("policía", "inmigración", "avisar", "antes"),
                "trust": ("automático", "puede leer", "avisar", "Usted decide"),
                "cost": ("gratis",),
            },
        ),
    ],
)
def test_what_we_are_who_reads_how_long_and_what_is_reported_is_said(
    code: str, says: dict[str, tuple[str, ...]]
) -> None:
    # P2, P4, B1, S9: the first two messages come before the first question.
    texts = {message_id: form for _, message_id, form in shipped_forms(code)}
    for message_id, parts in says.items():
        assert [part for part in parts if part not in texts[message_id]] == [], message_id


@pytest.mark.parametrize(
    "claim",
    ["untraceable", "no trace", "anonymous", "cannot be traced", "secret", "sin rastro", "anónim"],
)
def test_no_text_claims_to_leave_no_trace(claim: str) -> None:
    # S9
    assert [found for found in shipped_forms() if claim in found[2].casefold()] == []


def test_the_placeholders_of_a_text_are_named() -> None:
    assert placeholders(("{n} of {places}", "one")) == {"n", "places"}

"""Details of a need are read by exact words in every language, and never out of half a word."""

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import bot.actions
from bot.actions.answers import plain
from bot.actions.details import codes, read_details, takes_back
from directory.vocabulary import Need

FOLDER = Path(bot.actions.__file__).parent / "details"
FILES = sorted(FOLDER.glob("*.toml"))
KIND_CODES = {code for need in Need for code in codes(need)}
TABLES = {
    "kinds": KIND_CODES,
    "children": {"yes", "no", "apart"},
    "wheelchair": {"yes"},
    "gender": {"woman", "man"},
    "takes_back": {"begins"},
}
NATIVE = {"native": {"yes", "no"}}
"""Only where Native people write in the language."""


def words_of(file: Path) -> dict[str, dict[str, list[str]]]:
    """The lists of one language's file."""
    return tomllib.loads(file.read_text("utf-8"))


def under_two_keys(pairs: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Phrases (as they are compared) that stand under more than one key."""
    keys: dict[str, set[str]] = defaultdict(set)
    for key, phrase in pairs:
        keys[plain(phrase)].add(key)
    return {phrase: found for phrase, found in keys.items() if len(found) > 1}


def test_there_are_words_to_read() -> None:
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_has_every_table_and_every_kind(file: Path) -> None:
    words = words_of(file)
    native = NATIVE if file.stem in ("en", "es") else {}
    assert {table: set(lists) for table, lists in words.items()} == TABLES | native
    for table, lists in words.items():
        for key, phrases in lists.items():
            assert phrases, f"{file.name}: [{table}] {key} is empty"
            assert all(map(plain, phrases)), f"{file.name}: [{table}] {key} holds only marks"


def test_no_phrase_stands_under_two_kinds_of_one_need_in_any_language() -> None:
    all_words = [words_of(file)["kinds"] for file in FILES]
    for need in Need:
        pairs = [
            (code, phrase) for kinds in all_words for code in codes(need) for phrase in kinds[code]
        ]
        assert under_two_keys(pairs) == {}


@pytest.mark.parametrize("table", ["children", "gender"])
def test_no_phrase_says_both_sides(table: str) -> None:
    pairs = [
        (key, phrase)
        for file in FILES
        for key, phrases in words_of(file)[table].items()
        for phrase in phrases
    ]
    assert under_two_keys(pairs) == {}


@pytest.mark.parametrize(
    ("text", "need", "kind"),
    [
        # Russian
        ("Выгнали из дома, куда мне теперь?", Need.HOUSING, "emergency"),
        ("хочу снять квартиру на свои", Need.HOUSING, "permanent"),
        ("подала на убежище сама, нужен юрист", Need.LEGAL_REPRESENTATION, "immigration"),
        ("Щёку раздуло, третий день", Need.DENTAL_CARE, "emergency"),
        ("он оформил на меня три кредитки", Need.FINANCIAL_LITERACY, "coerced_debt"),
        ("negde nochevat, pomogite", Need.HOUSING, "emergency"),
        # Arabic
        ("طردوني من البيت وما عندي حدا", Need.HOUSING, "emergency"),
        ("صاحب المطعم ما دفعلي من شهرين", Need.LEGAL_REPRESENTATION, "civil"),
        ("جلسة اللجوء الشهر الجاي", Need.LEGAL_REPRESENTATION, "immigration"),
        ("محتاجة حليب للبيبي", Need.CHILD_ASSISTANCE, "supplies"),
        ("عندي السكري والإنسولين خلص", Need.MEDICAL_CARE, "long_term"),
        # Hindi
        ("ghar se nikal diya, kaha jau", Need.HOUSING, "emergency"),
        ("मालिक तनख्वाह नहीं देता", Need.LEGAL_REPRESENTATION, "civil"),
        ("मालिक कहता है डिपोर्ट करवा देगा", Need.LEGAL_REPRESENTATION, "immigration"),
        ("pati ne mere naam pe loan liya", Need.FINANCIAL_LITERACY, "coerced_debt"),
        ("बच्चों को किसके पास छोड़ूँ", Need.CHILD_ASSISTANCE, "childcare"),
        # Chinese
        ("今晚没地方睡", Need.HOUSING, "emergency"),
        ("老板不给工资", Need.LEGAL_REPRESENTATION, "civil"),
        ("庇護申請怎麼辦", Need.LEGAL_REPRESENTATION, "immigration"),
        ("宝宝没有尿布了", Need.CHILD_ASSISTANCE, "supplies"),
        # Korean
        ("오늘 밤 잘 데가 없어요", Need.HOUSING, "emergency"),
        ("사장이 월급을 안 줘요", Need.LEGAL_REPRESENTATION, "civil"),
        ("비자 만료됐어요 변호사", Need.LEGAL_REPRESENTATION, "immigration"),
        ("기저귀 떨어졌어요", Need.CHILD_ASSISTANCE, "supplies"),
        # Vietnamese
        ("tối nay không có chỗ ngủ", Need.HOUSING, "emergency"),
        ("chủ quỵt lương, cần luật sư", Need.LEGAL_REPRESENTATION, "civil"),
        ("sợ bị trục xuất, cần luật sư", Need.LEGAL_REPRESENTATION, "immigration"),
        ("bé hết tã rồi", Need.CHILD_ASSISTANCE, "supplies"),
    ],
)
def test_words_that_make_a_kind_plain_are_read(text: str, need: Need, kind: str) -> None:
    assert read_details(text).of([need]) == {f"{need}.{kind}"}


@pytest.mark.parametrize(
    ("text", "need"),
    [
        # a swindle, not a divorce; a pledge, not bail; a roof, not asylum
        ("это развод какой-то, нужен юрист", Need.LEGAL_REPRESENTATION),
        ("дали деньги под залог телефона", Need.LEGAL_REPRESENTATION),
        ("ищу убежище от дождя и юриста", Need.LEGAL_REPRESENTATION),
        # "released", "papers issued", "a soldier", "vaccination", "they beat me", "imposed fees"
        ("بعد إطلاق سراحه أريد محامي", Need.LEGAL_REPRESENTATION),
        ("استخراج ورقة لدكتور الأسنان", Need.DENTAL_CARE),
        ("شغلي عسكري وأحتاج دكتور", Need.MEDICAL_CARE),
        ("وين التلقيح", Need.MEDICAL_CARE),
        ("كانوا يضربوني، أحتاج دكتور", Need.MEDICAL_CARE),
        ("رسوم مفروضة على الأولاد", Need.CHILD_ASSISTANCE),
        # a warranty, no warrant; a hand that moves fast; raising children
        ("गाड़ी की वारंटी और वकील", Need.LEGAL_REPRESENTATION),
        ("हाथ जल्दी जल्दी चलाना, डॉक्टर", Need.MEDICAL_CARE),
        ("bachche palna mushkil hai", Need.CHILD_ASSISTANCE),
        ("没有身份证", Need.LEGAL_REPRESENTATION),
    ],
)
def test_a_word_with_another_meaning_makes_no_kind_plain(text: str, need: Need) -> None:
    assert read_details(text).of([need]) == frozenset()


def test_a_kind_belongs_to_a_need_that_is_known() -> None:
    told = read_details("сегодня ночью негде спать, и адвокат")
    assert told.of([Need.HOUSING]) == {"housing.emergency"}
    assert told.of([Need.LEGAL_REPRESENTATION]) == frozenset()


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("я одна с ребенком", {"children": True}),
        ("мы с детьми на вокзале", {"children": True}),
        ("детей нет", {"children": False}),
        ("у меня двое детей на родине", {"children": False}),
        ("я на инвалидной коляске", {"wheelchair": True}),
        ("я женщина, 40", {"gender": "woman"}),
        ("معي أولادي", {"children": True}),
        ("ما عندي أطفال", {"children": False}),
        ("أنا على كرسي متحرك", {"wheelchair": True}),
        ("أنا امرأة وحيدة", {"gender": "woman"}),
        ("bachche mere saath hai", {"children": True}),
        ("मेरे साथ बच्चे नहीं", {"children": False}),
        ("mai aadmi hu", {"gender": "man"}),
        ("मैं औरत हूँ", {"gender": "woman"}),
        ("व्हीलचेयर पर हूँ", {"wheelchair": True}),
        ("我带着孩子", {"children": True}),
        ("我没有孩子", {"children": False}),
        ("我是女的", {"gender": "woman"}),
        ("저는 여자예요", {"gender": "woman"}),
        ("휠체어 타요", {"wheelchair": True}),
        ("tôi là phụ nữ", {"gender": "woman"}),
        ("tôi ngồi xe lăn", {"wheelchair": True}),
    ],
)
def test_what_must_fit_is_read_when_it_is_told(text: str, fits: dict[str, Any]) -> None:
    assert read_details(text).fits == fits


@pytest.mark.parametrize(
    "text",
    [
        # work with children, a vow, a pram, a husband's or a leg's word, someone else
        "ищу работу сидеть с ребенком",
        "без детей не уйду",
        "нужна коляска малышу",
        "она женщина строгая",
        "я мать ищу, потерялись",
        "صابني مرض",
        "بدون ولادي ما بروح",
        "أنا رجلي توجعني",
        "أنا راجلي كيضربني",
        "أنا ست شهور هنا",
        "انا شبعانة الحمد لله",
        "أحكي مع أطفالي بالتلفون",
        "bachcho ko leke pareshan hu",
        "bina bachcho ke nahi jaungi",
        "wo aurat bahut buri hai",
        "baisakhi ka tyohar",
        "没有女朋友",
        "여자 사장님이 무서워요",
        "유모차 필요해요",
        "bà chủ là phụ nữ",
        "xe đẩy em bé",
    ],
)
def test_what_must_fit_is_never_guessed(text: str) -> None:
    assert read_details(text).fits == {}


@pytest.mark.parametrize(
    "text",
    [
        "больше не нужен адвокат", "не ищите больше жилье", "еда уже не нужна",
        "ما عدت أحتاج محامي", "خلاص مش محتاجة سكن", "لا تدورون دكتور",
        "vakil ki ab zarurat nahi", "खाना अब नहीं चाहिए", "ab mat dhundo ghar",
        "不用找律师了",
    ],
)  # fmt: skip
def test_a_need_is_taken_back_in_plain_words(text: str) -> None:
    assert takes_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "не нужен адвокат, нужно жилье", "не могу больше, нужен врач", "больше ничего не ем",
        "ما بدي محامي بدي سكن", "ما عاد بدي عيش", "راح يلغوا الإقامة",
        "vakil nahi chahiye, ghar chahiye", "visa radd kar denge", "मुझे खाना चाहिए",
        "我要找律师",
    ],
)  # fmt: skip
def test_another_need_is_not_taken_for_one_taken_back(text: str) -> None:
    assert not takes_back(text)


@pytest.mark.parametrize(
    "text",
    ["im navajo", "I'm Native and need a bed", "native american woman", "he hurts me on the rez",
     "tribal member here", "soy nativa americana"],
)  # fmt: skip
def test_who_says_to_be_native_is_heard(text: str) -> None:
    assert read_details(text).fits["native"] is True


@pytest.mark.parametrize(
    "text",
    ["im from india", "im native spanish speaker", "im in apache junction", "a hotel reservation",
     "soy indigena de guatemala"],
)  # fmt: skip
def test_nobody_is_taken_for_native_by_half_a_word(text: str) -> None:
    assert "native" not in read_details(text).fits

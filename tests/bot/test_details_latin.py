"""The word lists for details, in the six languages written with Latin letters.

They say what the words make plain, and no more: each sentence is one that a person could text.
"""

from typing import Any

import pytest

from bot.actions.answers import plain
from bot.actions.details import read_details, takes_back
from directory.vocabulary import KINDS, Need
from tests.bot.test_details import FILES, KIND_CODES, words_of

LANGUAGES = ("en", "es", "fr", "pt", "ht", "tl")
ALL = {file.stem: words_of(file) for file in FILES if file.stem in LANGUAGES}


# "just me and my son" tells both: a place that takes children is the safer one.
CHILDREN = {
    frozenset(): None,
    frozenset({"yes"}): True,
    frozenset({"no"}): False,
    frozenset({"yes", "no"}): True,
}


def _kinds(need: str, text: str) -> set[str]:
    return {code.partition(".")[2] for code in read_details(text).of((Need(need),))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_is_there_and_full_of_phrases(language: str) -> None:
    tables: Any = ALL[language]
    for lists in tables.values():
        for phrases in lists.values():
            assert len(phrases) >= 8
            assert all(isinstance(phrase, str) and plain(phrase) for phrase in phrases)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_stands_twice_in_a_list_or_in_two_lists_of_one_question(language: str) -> None:
    tables = ALL[language]
    groups = [tables[table] for table in tables if table != "kinds"]
    groups += [
        {code: tables["kinds"][code] for code in KIND_CODES if code.startswith(f"{need}.")}
        for need, kinds in KINDS.items()
        if kinds
    ]
    for lists in groups:
        folded = [plain(phrase) for phrases in lists.values() for phrase in phrases]
        twice = {phrase for phrase in folded if folded.count(phrase) > 1}
        assert not twice


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_mean_too_much_alone_stand_in_no_list(language: str) -> None:
    bare = {
        "record", "ice", "charge", "now", "today", "cleaning", "papers", "court", "money", "alone",
        "papeles", "ahora", "hoy", "corte", "carro", "papiers", "maintenant", "garde", "audience",
        "papel", "agora", "hoje", "guarda", "visto", "papye", "kounye a", "ngayon", "kaso", "tahi",
        "bali", "yaya", "pasta", "depo", "couche", "baba", "puntos", "sola", "solo",
    }  # fmt: skip
    stand = {plain(p) for lists in ALL[language].values() for ps in lists.values() for p in ps}
    assert not bare & stand


@pytest.mark.parametrize(
    ("language", "need", "text", "kinds"),
    [
        ("en", "housing", "Need a bed TONIGHT", {"emergency"}),
        ("en", "housing", "my boyfriend kicked me out, sleeping in my car", {"emergency"}),
        ("en", "housing", "in a shelter, transitional housing?", {"emergency", "transitional"}),
        ("en", "housing", "a place till i find work, after the shelter", {"transitional"}),
        ("en", "housing", "cant pay rent this month", {"permanent"}),
        ("en", "housing", "want my own place", {"permanent"}),
        ("en", "housing", "somewhere safe to live", set()),
        ("en", "housing", "i worked there for a year on my feet all day", set()),
        ("en", "legal_representation", "can i get a T-visa", {"immigration"}),
        ("en", "legal_representation", "theres an ICE hold on my husband", {"immigration"}),
        ("en", "legal_representation", "boss says he'll call ice on us", {"immigration"}),
        ("en", "legal_representation", "i have charges from when he made me", {"criminal"}),
        ("en", "legal_representation", "want to clear my record", {"criminal"}),
        ("en", "legal_representation", "custody of my girl", {"civil"}),
        ("en", "legal_representation", "my brother is in custody", {"criminal"}),
        ("en", "legal_representation", "hes in ICE custody", {"immigration"}),
        ("en", "legal_representation", "she charges me for the van every day", {"civil"}),
        ("en", "legal_representation", "never paid me and no papers", {"civil", "immigration"}),
        ("en", "legal_representation", "told us to vacate the apartment", {"civil"}),
        ("en", "legal_representation", "i need a lawyer to charge my phone lol", set()),
        ("en", "legal_representation", "he runs a record label", set()),
        ("en", "legal_representation", "they had us work in the ice plant", set()),
        ("en", "medical_care", "i passed out in the field, fever", {"emergency"}),
        ("en", "medical_care", "ran out of meds, out of meds for my asthma", {"long_term"}),
        ("en", "medical_care", "a lot of physical abuse, need a doctor", set()),
        ("en", "dental_care", "my tooth broke and its swollen", {"emergency"}),
        ("en", "dental_care", "teeth cleaning and a filling", {"long_term"}),
        ("en", "dental_care", "i do cleaning jobs and need a dentist", set()),
        ("en", "mental_health_care", "having a panic attack", {"emergency"}),
        ("en", "mental_health_care", "a therapist for my nightmares", {"long_term"}),
        ("en", "child_assistance", "who can watch my kids while i work", {"childcare"}),
        ("en", "child_assistance", "diapers n formula", {"supplies"}),
        ("en", "financial_literacy", "he opened cards in my name", {"coerced_debt"}),
        ("en", "financial_literacy", "how do i open a bank account", set()),
        ("es", "housing", "ocupo donde dormir esta noche", {"emergency"}),
        ("es", "housing", "me corrieron, ando en la calle", {"emergency"}),
        ("es", "housing", "no me alcanza pa la renta", {"permanent"}),
        ("es", "housing", "ya voy saliendo del albergue, vivienda de transición", {"transitional"}),
        ("es", "housing", "el departamento de policia no me ayudo", set()),
        ("es", "legal_representation", "me quieren deportar", {"immigration"}),
        ("es", "legal_representation", "necesito arreglar papeles", {"immigration"}),
        ("es", "legal_representation", "tengo cargos y una orden de arresto", {"criminal"}),
        ("es", "legal_representation", "quiero poner cargos", {"civil"}),
        ("es", "legal_representation", "no nos pagaron la cosecha", {"civil"}),
        ("es", "legal_representation", "me llego un papel de la corte", set()),
        ("es", "medical_care", "trae calentura y vomita sangre", {"emergency"}),
        ("es", "medical_care", "se me acabaron las pastillas de la presión", {"long_term"}),
        ("es", "dental_care", "se me quebró la muela", {"emergency"}),
        ("es", "dental_care", "una limpieza dental", {"long_term"}),
        ("es", "mental_health_care", "un ataque de pánico", {"emergency"}),
        ("es", "mental_health_care", "terapia por las pesadillas", {"long_term"}),
        ("es", "child_assistance", "pañales para el niño", {"supplies"}),
        ("es", "child_assistance", "con quién dejar al bebé mientras trabajo", {"childcare"}),
        ("es", "financial_literacy", "sacó tarjetas a mi nombre", {"coerced_debt"}),
        ("fr", "housing", "je dors dehors, un lit pour ce soir", {"emergency"}),
        ("fr", "housing", "une place au foyer", {"emergency"}),
        ("fr", "housing", "louer une chambre, payer le loyer", {"permanent"}),
        ("fr", "legal_representation", "j'ai demandé l'asile", {"immigration"}),
        ("fr", "legal_representation", "ma demande d’asile", {"immigration"}),
        ("fr", "legal_representation", "effacer mon casier", {"criminal"}),
        ("fr", "legal_representation", "la garde des enfants", {"civil"}),
        ("fr", "child_assistance", "des couches", {"supplies"}),
        ("fr", "child_assistance", "je couche dans le salon avec lui", set()),
        ("fr", "mental_health_care", "il m'a suivi, je veux parler à un psy", {"long_term"}),
        ("pt", "housing", "dormindo no carro, me botaram pra fora", {"emergency"}),
        ("pt", "housing", "ajuda com o aluguel", {"permanent"}),
        ("pt", "legal_representation", "meu visto venceu", {"immigration"}),
        ("pt", "legal_representation", "ja tinha visto ele antes", set()),
        ("pt", "legal_representation", "perder a guarda dos meus filhos", {"civil"}),
        ("pt", "legal_representation", "moro numa pensao", set()),
        ("pt", "dental_care", "dor de dente", {"emergency"}),
        ("ht", "housing", "m pa gen kote pou m domi aswe a", {"emergency"}),
        ("ht", "housing", "lajan pou peye lwaye", {"permanent"}),
        ("ht", "housing", "m travay nan depo", set()),
        ("ht", "legal_representation", "yo vle depòte m", {"immigration"}),
        ("ht", "legal_representation", "patwon an pa peye m", {"civil"}),
        ("ht", "legal_representation", "lapolis te arete m", {"criminal"}),
        ("ht", "child_assistance", "kouchèt pou tibebe a", {"supplies"}),
        ("tl", "housing", "wala akong matulugan ngayong gabi", {"emergency"}),
        ("tl", "housing", "naghahanap ng apartment, pambayad sa upa", {"permanent"}),
        ("tl", "legal_representation", "idedeport daw ako", {"immigration"}),
        ("tl", "legal_representation", "hindi ako binayaran, sweldo ko", {"civil"}),
        ("tl", "medical_care", "bali po ganito kasi", set()),
        ("tl", "medical_care", "nagtatrabaho ako sa tahi", set()),
        ("tl", "child_assistance", "yaya ako dati", set()),
        ("tl", "child_assistance", "diaper at gatas ng baby", {"supplies"}),
    ],
)  # fmt: skip
def test_a_text_says_which_kind_or_none(
    language: str, need: str, text: str, kinds: set[str]
) -> None:
    assert _kinds(need, text) == kinds


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("en", "me and my 2 yr old", {"yes"}),
        ("en", "im pregnant", set()),
        ("en", "just me", {"no"}),
        ("en", "without my kids", {"no"}),
        ("en", "they took my kids", {"no"}),
        ("en", "no child support since may", set()),
        ("en", "my boyfriend and i", set()),
        ("en", "im alone now its safe", set()),
        ("en", "dont want to go to court by myself", set()),
        ("en", "just me and my son", {"yes", "no"}),
        ("es", "con mis hijos", {"yes"}),
        ("es", "sin mis hijos", {"no"}),
        ("es", "nomás yo", {"no"}),
        ("es", "yo solo quiero un abogado", set()),
        ("es", "estoy embarazada", set()),
        ("es", "si estoy sola puedo escribir", set()),
        ("fr", "moi et mes enfants", {"yes"}),
        ("fr", "sans mes enfants", {"no"}),
        ("fr", "fils de pute", set()),
        ("fr", "je veux une seule personne qui suit tout", set()),
        ("fr", "une personne m'a donné ce numero", set()),
        ("pt", "to na rua com meus filhos", {"yes"}),
        ("pt", "só eu", {"no"}),
        ("ht", "mwen nan lari ak timoun mwen yo", {"yes"}),
        ("ht", "m pa gen pitit", {"no"}),
        ("ht", "m pa pou kont mwen", set()),
        ("tl", "kasama mga anak ko", {"yes"}),
        ("tl", "wala akong anak", {"no"}),
        ("tl", "nasa pinas mga anak ko", {"no"}),
    ],
)
def test_a_text_says_whether_children_come_along(
    language: str, text: str, answer: set[str]
) -> None:
    assert read_details(text).children is CHILDREN[frozenset(answer)]


@pytest.mark.parametrize(
    ("language", "text", "needed"),
    [
        ("en", "I use a wheelchair", True),
        ("en", "a room with no stairs", True),
        ("en", "i cant walk there its too far", False),
        ("es", "ando en silla de ruedas", True),
        ("es", "no puedo caminar hasta alla", False),
        ("fr", "je suis en fauteuil roulant", True),
        ("fr", "mon tel marche mal", False),
        ("pt", "sou cadeirante", True),
        ("ht", "m sou chèz woulant", True),
        ("tl", "naka-wheelchair ako", True),
        ("tl", "napilay ako noon", False),
    ],
)
def test_a_text_says_whether_it_must_be_reached_without_steps(
    language: str, text: str, needed: bool
) -> None:
    assert read_details(text).wheelchair is needed


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "I'm a woman", {"woman"}),
        ("en", "as a guy is there any place", {"man"}),
        ("en", "the woman here took my passport", set()),
        ("en", "is there a man i can talk to", set()),
        ("es", "soy mujer", {"woman"}),
        ("es", "soy hombre", {"man"}),
        ("es", "esos son para puras mujeres", set()),
        ("es", "estoy sola", set()),
        ("fr", "je suis un homme", {"man"}),
        ("fr", "il cherche une femme de ménage", set()),
        ("pt", "sou mulher", {"woman"}),
        ("pt", "o homem me trouxe", set()),
        ("ht", "mwen se yon gason", {"man"}),
        ("ht", "fanm nan pran paspo m", set()),
        ("tl", "babae po ako", {"woman"}),
        ("tl", "may babae dito", set()),
    ],
)
def test_a_gender_is_only_what_people_say_of_themselves(
    language: str, text: str, said: set[str]
) -> None:
    assert read_details(text).gender == (min(said) if said else None)


@pytest.mark.parametrize(
    ("language", "text", "back"),
    [
        ("en", "I don't need food any more", True),
        ("en", "forget the lawyer", True),
        ("en", "never mind, i need food", False),
        ("en", "i dont want to lose my apartment", False),
        ("en", "i need food", False),
        ("es", "ya no ocupo albergue", True),
        ("es", "olvídese del dentista", True),
        ("es", "olvidé el pasaporte en su casa", False),
        ("es", "dejé la casa anoche", False),
        ("es", "ya no quiero vivir en la calle", False),
        ("fr", "j'ai plus besoin de nourriture", True),
        ("fr", "pas besoin de papiers ?", False),
        ("pt", "não preciso mais de comida", True),
        ("pt", "tira a gente daqui, precisamos de abrigo", False),
        ("ht", "m pa bezwen manje ankò", True),
        ("ht", "retire m nan kay sa a", False),
        ("tl", "di ko na kailangan ng pagkain", True),
        ("tl", "kailangan ko ng pagkain", False),
    ],
)
def test_a_text_takes_a_need_back_only_in_plain_words(language: str, text: str, back: bool) -> None:
    assert takes_back(text) is back

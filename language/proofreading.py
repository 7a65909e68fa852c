"""Part of the language room: finds what is wrong with the catalogues before somebody reads it.

It must never change a catalogue. `python -m language.proofreading` prints what it finds.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib

from language import LANGUAGES
from language.catalogue import (
    DISCREET,
    FALLBACK,
    FOLDER,
    NUMBER,
    PLACEHOLDER,
    Forms,
    forms_of,
    plural_rule,
    read_file,
)
from language.general import DAYS_KEPT, DAYS_MESSAGE, EXAMPLES
from language.grade import HIGHEST
from language.measures import measure, own_words
from language.notes import SEGMENTS_ALLOWED, Notes
from language.segments import fold_accents, segments

# B7, and the same in the other languages, as patterns that begin at a word. "We cannot guarantee"
# is honest and allowed: only what sounds like a promise is not.
_NEVER_SAID: dict[str, tuple[str, ...]] = {
    "en": ("victim", "you must", "calm down", "guaranteed", "rescued", "why didn't you"),
    "es": ("víctima", "cálmate", "cálmese", "tranquilízate", "garantizad[oa]", "rescatad[oa]"),
    "fr": ("victime", "vous devez", "calmez-vous", r"garantie?s?\b"),
    "pt": ("vítima", "acalme-se", "garantid[oa]", "resgatad[oa]"),
    "ht": ("viktim", r"kalme w\b"),
    "vi": ("nạn nhân", "bình tĩnh đi"),
    "tl": ("biktima", "kumalma ka", "garantisado"),
    "zh": ("受害者", "冷静点"),
    "ru": ("жертв", "успокойтесь", "вы должны", "гарантирован"),
    "ko": ("피해자", "진정하세요", "보장됩니다"),
    "ar": ("ضحية", "ضحايا", "اهدأ"),
    "hi": ("पीड़ित", "शांत हो जा"),
}
# M3: one of these texted to us would silence us for good. STOP itself has to be taught (M4).
_OPT_OUT = "STOPALL|UNSUBSCRIBE|END|QUIT|CANCEL|REVOKE|OPTOUT"
_TAUGHT = re.compile(
    rf"\b(?:{_OPT_OUT})\b"
    r"|(?i:\b(?:reply|text|send|type|write|say|answer|press|responda|responde|escriba|escribe"
    rf"|env[ií]e|env[ií]a|mande|manda)\s+[\"']?(?:{_OPT_OUT})\b)"
    rf"|(?i:\A\W*(?:{_OPT_OUT})\W*\Z)"
)
_CURLY = "\u2018\u2019\u201c\u201d"
_EXCLAMATION = "!¡\uff01"
REVIEW = re.compile(r"review: (?:drafted|reviewed by \S.* on \d{4}-\d{2}-\d{2})")
_OPEN_LINE = re.compile(r'(?:msg\S+\s+)?"(?:[^"]*[^"\\])?$')


def problems(catalogue_folder: Path = FOLDER) -> list[str]:
    """Everything wrong with the catalogues in the folder, each with file, message and remedy.

    Catches unreadable files, ids that are missing (in a complete language), unknown or doubled,
    placeholders and plural forms that differ, segments over the limit and letters outside GSM-7
    (M1, M2), words never used (B7), opt-out words taught (M3), exclamation marks and curly
    quotes, a reading grade over the limit, notes for translators that are missing, review lines
    that are none, and discreet variants that need what their message does not (S8).
    """
    found: list[str] = []
    files: dict[str, polib.POFile] = {}
    for file in sorted(catalogue_folder.glob("*.po")):
        if file.stem not in LANGUAGES:
            found.append(f"{file.name}: {file.stem!r} is not one of our languages; rename it.")
            continue
        try:
            files[file.stem] = read_file(file)
            found += _of_quotes(file)
        except (OSError, UnicodeDecodeError) as error:
            found.append(f"{file.name}: cannot be read: {error}")
    english = files.get(FALLBACK)
    if english is None:
        return [*found, f"{FALLBACK}.po: missing or unreadable; every message starts there."]
    originals = {entry.msgid: entry for entry in english if not entry.obsolete}
    for entry in originals.values():
        found += (f"{FALLBACK}.po: {entry.msgid}: {what}" for what in _of_notes(entry))
        found += (f"{FALLBACK}.po: {entry.msgid}: {what}" for what in _of_variant(entry, originals))
    for code, po in files.items():
        found += (f"{code}.po: {what}" for what in _of_file(code, po, originals))
    for code, info in LANGUAGES.items():
        if info.complete and code not in files:
            found.append(f"{code}.po: missing; {info.english_name} has to be complete.")
    return found


def _of_quotes(file: Path) -> Iterator[str]:
    # polib takes a line without its closing quote, and drops the last letter.
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if _OPEN_LINE.match(line.strip()):
            yield f"{file.name}: line {number} lacks its closing quote."


def _of_notes(entry: polib.POEntry) -> Iterator[str]:
    notes = Notes.of(entry)
    if not notes.note:
        yield "no note for translators; say in a '#.' line when it is said."
    if notes.allowed is None:
        yield f"'#. sms: {notes.sms}' is no number of segments."
    elif notes.allowed > SEGMENTS_ALLOWED and any(map(own_words, forms_of(entry))):
        # What is longer goes as several texts, and only a list has places to part it (M2).
        yield f"'#. sms: {notes.sms}' is for lists made of other messages only; say it shorter."
    unknown = notes.examples.keys() - placeholders(forms_of(entry))
    if unknown:
        yield f"'#. example:' names {_listed(unknown)}, which the text does not have."


def _of_variant(entry: polib.POEntry, originals: dict[str, polib.POEntry]) -> Iterator[str]:
    """A discreet variant gets what the plain message gets, and may use less of it (S8)."""
    if not entry.msgid.endswith(DISCREET):
        return
    plain = originals.get(entry.msgid.removesuffix(DISCREET))
    if plain is None:
        # "need_discreet" stands for every need.
        if entry.msgid != f"need{DISCREET}":
            yield "is the discreet variant of no message; rename it or take it out."
        return
    unknown = placeholders(forms_of(entry)) - placeholders(forms_of(plain))
    if unknown:
        yield f"uses {_listed(unknown)}, which {plain.msgid} does not have."


def _of_file(code: str, po: polib.POFile, originals: dict[str, polib.POEntry]) -> Iterator[str]:
    seen: set[str] = set()
    counts_days = False
    try:
        count = plural_count(po)
    except ValueError as error:
        yield f"Plural-Forms is no rule: {error}"
        return
    for entry in po:
        id_ = entry.msgid
        if entry.obsolete:
            continue
        if id_ in seen:
            yield f"{id_}: stands there twice; keep one."
        seen.add(id_)
        if id_ not in originals:
            yield f"{id_}: unknown to {FALLBACK}.po; add it there or take it out here."
            continue
        forms = forms_of(entry)
        if not forms:
            seen.discard(id_)
            continue
        counts_days |= DAYS_KEPT in placeholders(forms)
        for what in _of_entry(code, entry, originals[id_]):
            yield f"{id_}: {what}"
        for what in wrong_with(code, forms, originals[id_], count):
            yield f"{id_}: {what}"
    if counts_days and DAYS_MESSAGE not in seen:
        yield f"{DAYS_MESSAGE}: missing; {{{DAYS_KEPT}}} is said with it."
    if LANGUAGES[code].complete:
        yield from (f"{id_}: missing; write it." for id_ in originals if id_ not in seen)


def _of_entry(code: str, entry: polib.POEntry, original: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "is marked fuzzy and will not be spoken; use the review line."
    if bool(entry.msgid_plural) != bool(original.msgid_plural):
        yield f"has plural forms in one of {code} and {FALLBACK} only."
    for line in entry.tcomment.splitlines():
        if line.startswith("review") and not REVIEW.fullmatch(line.strip()):
            yield "its review line is neither 'drafted' nor 'reviewed by NAME on YYYY-MM-DD'."


def plural_count(po: polib.POFile) -> int:
    """How many plural forms the language of a file has; 0 without a rule. ValueError: a bad one."""
    rule = plural_rule(po)
    return len({rule(number) for number in range(1000)}) if rule else 0


def wrong_with(
    code: str,
    forms: Forms,
    original: polib.POEntry,
    plural_forms: int,
    general: Mapping[str, str] | None = None,
) -> list[str]:
    """What is wrong with a text of a message whose entry in en.po is `original`, each in words.

    `plural_forms` is how many the language has, `general` the organisation's own values of the
    general placeholders, where they are known.
    """
    plural = bool(original.msgid_plural)
    found: list[str] = []
    if plural and len(forms) != plural_forms:
        found.append(f"has {len(forms)} plural forms, Plural-Forms says {plural_forms}.")
    if not plural and len(forms) != 1:
        found.append("has several forms; this message has no plural.")
    found += _of_placeholders(forms, forms_of(original), plural=plural)
    for form in dict.fromkeys(forms):
        found += _of_words(code, form)
        found += _of_length(code, form, Notes.of(original), general)
    return found


def _of_placeholders(forms: Forms, original: Forms, *, plural: bool) -> Iterator[str]:
    known, used = placeholders(original), placeholders(forms)
    unknown = used - known - EXAMPLES.keys()
    if unknown:
        yield f"unknown placeholder {_listed(unknown)}; {FALLBACK}.po has {_listed(known)}."
    for form in forms:
        missing = known - placeholders((form,)) - EXAMPLES.keys() - ({NUMBER} if plural else set())
        if missing:
            yield f"lacks the placeholder {_listed(missing)}."
        if re.search(r"[{}]", PLACEHOLDER.sub("", form)):
            yield "has a brace that is part of no {placeholder}."
    if plural and NUMBER not in used:
        yield "has plural forms, but none holds {n}."


def _of_words(code: str, form: str) -> Iterator[str]:
    plain = form.replace("\u2019", "'").casefold()
    # Chinese and Korean words follow one another without a space, Arabic ones take an article.
    start = "" if code in ("zh", "ko", "ar") else r"\b"
    for pattern in _NEVER_SAID[code]:
        word = re.search(start + pattern, plain)
        if word:
            yield f"says {word[0]!r}, which we never do (B7)."
    taught = _TAUGHT.search(form)
    if taught:
        yield f"teaches {taught[0]!r}, which would silence us for good (M3); say BYE or PAUSE."
    if any(sign in form for sign in _EXCLAMATION):
        yield "has an exclamation mark; say it calmly."
    # Chinese has no other quotes, and is UCS-2 anyhow.
    if code != "zh" and any(sign in form for sign in _CURLY):
        yield "has curly quotes, which make it UCS-2; use straight ones (M1)."
    if form != form.strip():
        yield "begins or ends with white space."


def _of_length(
    code: str, form: str, notes: Notes, general: Mapping[str, str] | None
) -> Iterator[str]:
    text = fold_accents(form) if code == "es" else form
    gsm7 = LANGUAGES[code].gsm7
    foreign = {letter for letter in text if segments(letter).encoding == "UCS-2"} - set(_CURLY)
    if gsm7 and foreign:
        names = ", ".join(unicodedata.name(letter, repr(letter)) for letter in sorted(foreign))
        yield f"has letters outside GSM-7: {names} (M1)."
    measured = measure(form, notes, code, general)
    if notes.allowed is not None and measured.segments > (limit := limit_of(notes, code)):
        yield (
            f"takes {measured.segments} segments of a text message "
            f"({measured.characters} characters, {measured.encoding}); {limit} are allowed (M2)."
        )
    if measured.grade is not None and round(measured.grade, 1) > HIGHEST:
        yield (
            f"reads at grade {measured.grade:.1f}; {HIGHEST:.1f} is the limit: "
            "shorter sentences and words."
        )


def limit_of(notes: Notes, code: str) -> int:
    """The segments that a message may take in a language (M2)."""
    return (notes.allowed or SEGMENTS_ALLOWED) + (0 if LANGUAGES[code].gsm7 else 1)


def placeholders(forms: Forms) -> set[str]:
    """The names of all placeholders in a text."""
    return {name for form in forms for name in PLACEHOLDER.findall(form)}


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def main() -> int:
    """Prints the problems of a folder (the one given, or ours) and returns 1 if there are any."""
    found = problems(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    for problem in found:
        print(problem)
    print(f"{len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Part of the language room: how many syllables a word is spoken with, in English and Spanish.

It must never need a dictionary: the words that organisations will write are not known.
"""

import re
import unicodedata

# -- English: a group of vowel letters is a syllable, but for those that are silent or apart --
_GROUPS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    # The last e of "have", not of "table"; that of "walked" and "times", not of "needed", "pages".
    r"(?<![^aeiouyrwl]l)e$|(?<![td])(?<![^aeiouyrwl]l)ed$"
    r"|(?<![scgxz])(?<!ch)(?<!sh)(?<![^aeiouyrwl]l)es$"
    # The e before an ending, as in "safely" and "something".
    r"|(?<=[a-z]{2})(?<!ll)e(?=(?:ly|ty|ful|less|ment|ments|thing|times?|where|one|body)$)"
)
# Vowels side by side that are spoken apart.
_APART = re.compile(
    r"i(?:a(?!l|n$|ns$|r)|o(?!u|n)|u)|(?<![tcsgqx])i(?:al|an)|(?<![qg])ua(?!r)|(?<!g)ui(?=ci|d|ti|n)"
    r"|eo(?!us|ple|n$)|(?<=[aeoy])ing$|(?<=[dlmp])uel|(?<=u)ou|ie(?=t|n[ct]|r$|st$)|(?<!s)crea"
    r"|oe(?=m|t)|[aeo]y(?=[aeo])|sm$|(?:an|vr)yon$"
)
# What "n't" follows as a syllable of its own.
_FULL_END = re.compile(r"[^aeiouyn]$|[vs]e$")
_CONTRACTED = re.compile(r"(.*?)n't$")
LONGEST_INITIALS = 4
_IRREGULAR = {"ok": 2, "id": 2, "area": 3, "business": 2, "evening": 2, "maybe": 2}


# -- Spanish: the spelling says it. Weak vowels join a neighbour unless they carry an accent --
_STRONG = "aeoáéóíú"


def english_syllables(word: str) -> int:
    """Syllables of an English word in lower case; a number counts one."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.isalpha() and len(word) <= LONGEST_INITIALS and not _GROUPS.search(word):
        return len(word)  # letters said one by one: "TV"
    extra = 0
    word = re.sub("^every", "evry", word)
    contracted = _CONTRACTED.match(word)
    if contracted:
        word = contracted[1]
        # "didn't" has one more than "did", "don't" and "aren't" have not.
        extra = 1 if _FULL_END.search(word) else 0
    word = word.partition("'")[0]
    spoken = _SILENT.sub("", word)
    count = len(_GROUPS.findall(spoken)) + len(_APART.findall(spoken))
    return max(count, 1) + extra


def spanish_syllables(word: str) -> int:
    """Syllables of a Spanish word in lower case; a number counts one."""
    count, before = 0, ""
    letters = unicodedata.normalize("NFC", word)
    for place, letter in enumerate(letters):
        last = place == len(letters) - 1
        if letter not in "aeiouáéíóúü" and not (letter == "y" and last):
            before = ""
            continue
        # Two strong vowels are two syllables; "qu" and "gu" lend their u to the next vowel.
        if not before or (letter in _STRONG and before in _STRONG):
            count += 1
        before = letter
    return max(count, 1)

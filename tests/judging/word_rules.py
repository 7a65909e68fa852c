"""Rules about the words themselves: nothing promised, betrayed, taught or told without a yes."""

import re
from datetime import timedelta
from itertools import pairwise

from directory.vocabulary import Need
from language.segments import segments
from tests.judging.reading import CRISIS, LONG, MATCH, Found, ours, silent
from tests.judging.stage import Said, Theatre, Transcript, Turn

ABSENCE = timedelta(days=7)
"""After this it is said again that this is automated (B1)."""
_PROMISES = {
    "en": (
        r"guarant", r"\bpromis",
        r"\byou will be (safe|ok|fine)", r"\byou (will|'ll) (get|have|receive) (a|the)\b",
        r"\bdefinitely\b", r"100 ?%", r"\bcompletely (safe|private|confidential|anonymous)",
        r"\bwe will protect", r"\bnobody will (ever )?(know|find)", r"\bleaves no trace",
        r"\buntraceable", r"\byou must\b", r"why didn.?t you", r"\brescue", r"\bcalm down",
    ),
    "es": (
        r"garanti", r"\bpromet", r"\busted estar[aá] a salvo",
        r"\b(va a|usted) (recibir|tendr)", r"100 ?%", r"completamente (segur|privad|confidencial)",
        r"\blo protegeremos|\bla protegeremos", r"\bnadie (se )?(sabr|entera)", r"\busted debe\b",
        r"\btiene que\b", r"por qu[eé] no (lo )?", r"\brescat", r"\bc[aá]lmese",
        r"\btranquil[ií]cese",
    ),
}  # fmt: skip
# "I can't promise" and "you do not have to" are the honest way to say it.
_DENIED = {
    "en": r"\b(can't|cannot|can not|never|no|not|don't) (be )?promis\w*",
    "es": r"\b(no|nunca|sin)( puedo| podemos| le| les| se)* promet\w*|\bno tiene que\b",
}
_VICTIM = {"en": r"\bvictim", "es": r"\bv[ií]ctima"}
_OPT_OUT = re.compile(
    r"\b(END|CANCEL|QUIT|STOPALL|UNSUBSCRIBE|REVOKE|OPTOUT|CANCELAR|ALTO|PARAR)\b"
    r"|\b(reply|text|send|type|responda|escriba|mande|envie) ['\"]?(end|cancel|quit)\b"
)
_PHONE = re.compile(r"\d{3}-\d{3}-\d{4}")
_YES = re.compile(
    r"\b(y|ys|ya|yes+|yea|yeah|yep|yup|sure|please|si+|sí|claro|sim|oui|wi|oo|opo|vang|vâng|dạ"
    r"|da|haan|ji|ok yes|quiero|dale)\b|да|是|好|要|네|예|응|نعم|ايوه|اه|हाँ|हां|जी",
    re.IGNORECASE,
)
_CRISIS_NUMBERS = re.compile(r"\b(911|988)\b")


def no_promise(played: Transcript, _theatre: Theatre) -> Found:
    """No promise, no blame, no word of B7."""
    for number, turn in enumerate(played.turns):
        for said in ours(turn):
            text = re.sub(_DENIED[said.language], "", said.text.casefold())
            for pattern in _PROMISES[said.language]:
                if re.search(pattern, text):
                    yield number, f"says {pattern!r} ({said.id})"
            # A partner's own name is theirs.
            if not MATCH.fullmatch(said.id) and re.search(_VICTIM[said.language], text):
                yield number, f"says a word for victim ({said.id})"


def no_opt_out_word(played: Transcript, _theatre: Theatre) -> Found:
    """No word is taught that would silence us for good (M3)."""
    for number, turn in enumerate(played.turns):
        for said in ours(turn):
            found = _OPT_OUT.search(said.text)
            if found:
                yield number, f"teaches {found[0]!r} ({said.id})"


def sms_budget(played: Transcript, _theatre: Theatre) -> Found:
    """Two segments of GSM-7 or three of UCS-2 a text (M2); at most four texts an answer."""
    for number, turn in enumerate(played.turns):
        for said in ours(turn):
            size = segments(said.text)
            if size.count > (2 if size.encoding == "GSM-7" else 3):
                yield number, f"{size.count} segments of {size.encoding} ({said.id})"
        if len(ours(turn)) > 4:
            yield number, f"{len(ours(turn))} texts in one answer"


def in_their_language(played: Transcript, theatre: Theatre) -> Found:
    """Texts are in their language, or it is said at once that we only read it."""
    language, spoken = played.script.language, theatre.voice.catalogue.languages()
    if language == "en":
        return
    told = False
    for number, turn in enumerate(played.turns):
        if "language_changed" in turn.ids:
            return
        told = told or "language_only_read" in turn.ids
        wrong = [said.id for said in ours(turn) if said.language != language]
        if language in spoken and wrong:
            yield number, f"not in {language}: {', '.join(wrong)}"
            return
        if language not in spoken and number == 1 and not (told or silent(turn) or turn.paused):
            yield number, f"does not say that we cannot write {language}"


def nothing_confidential(played: Transcript, theatre: Theatre) -> Found:
    """No confidential address, ever (D9)."""
    for number, turn in enumerate(played.turns):
        for line in theatre.hidden:
            if any(line.casefold() in said.text.casefold() for said in turn.said):
                yield number, "sends a confidential address"


def no_police_unasked(played: Transcript, theatre: Theatre) -> Found:
    """No number of law enforcement unless they asked for it (S12)."""
    if "police" in played.script.asks:
        return
    for number, turn in enumerate(played.turns):
        if any(phone in said.text for phone in theatre.police for said in turn.said):
            yield number, "names law enforcement unasked"


def nothing_told_to_a_stranger(played: Transcript, theatre: Theatre) -> Found:
    """The first answer after a silence or a pause tells nothing of before (S13)."""
    for number, (before, turn) in enumerate(pairwise(played.turns), start=1):
        if not (before.paused or turn.step.silence >= LONG) or before.erased or silent(turn):
            continue
        for said in ours(turn):
            if CRISIS.fullmatch(said.id) or said.id.startswith("advocate_alerted"):
                continue
            told = _told_of_before(said, before, played, number, theatre)
            if told:
                yield number, f"tells of before: {told} ({said.id})"


def _told_of_before(
    said: Said, before: Turn, played: Transcript, number: int, theatre: Theatre
) -> str | None:
    text = said.text.casefold()
    speak = theatre.voice.catalogue.speak
    for need in before.needs:
        if need in set(Need) and speak(f"need_{need}", {}, said.language).casefold() in text:
            return f"the need {need}"
    place = (before.place or "anywhere").split(",")[0].casefold()
    if place != "anywhere" and place in text:
        return "the place"
    earlier = {
        phone
        for turn in played.turns[:number]
        for heard in turn.said
        if MATCH.fullmatch(heard.id)
        for phone in _PHONE.findall(heard.text)
    }
    if any(phone in text for phone in earlier):
        return "a partner's number"
    return None


def quiet_when_unsafe(played: Transcript, _theatre: Theatre) -> Found:
    """A pause is one neutral text, and a STOP of theirs none at all, but for the one answer to a
    word that the carrier does not answer (S7, M3)."""
    for number, turn in enumerate(played.turns):
        said = ours(turn)
        if turn.opted_out and [one.id for one in said] not in ([], ["stopped_sms"]):
            yield number, "something is said to somebody who opted out"
        elif turn.paused and len(said) > 1 and not any(CRISIS.fullmatch(s.id) for s in said):
            yield number, "more than one text to somebody for whom it is not safe"


def automated_first(played: Transcript, _theatre: Theatre) -> Found:
    """The first answer says that this is automated, unless danger comes first (M4, B1)."""
    first = played.turns[0]
    crisis = any(CRISIS.fullmatch(name) for name in first.ids)
    if not (crisis or silent(first) or first.paused or set(first.ids) & {"welcome", "help_answer"}):
        yield 0, "the first answer does not say that this is automated"
    for number, turn in enumerate(played.turns):
        texts = " ".join(said.text for said in ours(turn)).casefold()
        said_so = "autom" in texts or _CRISIS_NUMBERS.search(texts)
        if turn.step.silence >= ABSENCE and not (silent(turn) or said_so):
            yield number, "does not say after a week that this is automated (B1)"


def consent_before_handoff(played: Transcript, _theatre: Theatre) -> Found:
    """No handoff without the offer said in an earlier turn, and a yes to it (C4, C6, C13)."""
    for number, turn in enumerate(played.turns):
        earlier = played.turns[number - 1] if number else None
        opened = turn.agreed and not (earlier is not None and earlier.agreed)
        if not opened:
            continue
        offers = [name for one in played.turns[:number] for name in one.ids if _offers(name)]
        if not offers:
            yield number, "a handoff without an offer said before"
        elif "crossed" in turn.step.marks:
            yield number, "a handoff by a yes that cannot be an answer to the offer"
        elif not (_YES.search(turn.text) or turn.understood.startswith("human")):
            yield number, "a handoff without a yes"


def _offers(name: str) -> bool:
    return name.startswith(("offer_", "ask_call", "call_offer", "confirm_call"))

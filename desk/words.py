"""The desk's own words, in English: what advocates read about needs, channels and deliveries."""

from dataclasses import dataclass

from conversation.models import Author, Channel, Delivery
from language import LANGUAGES

# The taxonomy of needs (N1-N26), as it is said at the desk.
NEED_NAMES: dict[str, str] = {
    "case_management": "Case management",
    "child_assistance": "Help for a child",
    "clothing": "Clothing",
    "crisis_intervention": "Crisis intervention",
    "cultural_community_support": "Cultural and community support",
    "dental_care": "Dental care",
    "education_ged": "Education and GED",
    "english_classes": "English classes",
    "financial_literacy": "Money and debt",
    "family_contact": "Family contact",
    "food": "Food",
    "housing": "Housing",
    "identification_documents": "ID documents",
    "job_preparation": "Work",
    "legal_representation": "Legal help",
    "medical_care": "Medical care",
    "mental_health_care": "Mental health care",
    "public_benefits": "Public benefits",
    "religious_spiritual": "Religious and spiritual",
    "repatriation": "Return to home country",
    "safety_planning": "Safety planning",
    "sexual_assault_services": "Sexual assault services",
    "substance_abuse_services": "Substance use services",
    "interpretation": "Interpretation",
    "transportation": "Transportation",
    "victim_advocacy": "Advocacy",
}

CHANNEL_NAMES: dict[Channel, str] = {
    Channel.SMS: "Text message (SMS)",
    Channel.WHATSAPP: "WhatsApp",
    Channel.WEBCHAT: "Web chat",
    Channel.TERMINAL: "Terminal",
}
CHANNEL_SHORT: dict[Channel, str] = {**CHANNEL_NAMES, Channel.SMS: "SMS"}

AUTHOR_NAMES: dict[Author, str] = {
    Author.SURVIVOR: "Survivor",
    Author.BOT: "Bot",
    Author.ADVOCATE: "Advocate",
}

# What the carrier's codes mean for the advocate: what happened, and what can be done (M3, M7).
CARRIER_CODES: dict[str, tuple[str, str]] = {
    "21610": (
        "They replied STOP.",
        "Nothing can be sent until they text START. Do not try to reach them another way "
        "unless they agreed to it before.",
    ),
    "21211": (
        "The number does not exist.",
        "Nothing can be sent to it. If they are in the web chat, they will see your answer there.",
    ),
    "30003": (
        "Their phone could not be reached.",
        "It may be off or out of range. Send it again later, if it is still safe.",
    ),
    "30004": (
        "Their phone or carrier blocks our messages.",
        "Sending again will not help. Use a way to reach them that they agreed to.",
    ),
    "30005": (
        "The number is unknown to the carrier.",
        "It may have been given up. Use a way to reach them that they agreed to.",
    ),
    "30006": (
        "The number cannot take texts.",
        "It may be a landline. Use a way to reach them that they agreed to.",
    ),
    "30007": (
        "The carrier filtered this message.",
        "Say it again in other words, without links. If that fails, use a way to reach them "
        "that they agreed to.",
    ),
    "30008": (
        "The carrier gives no reason.",
        "Send it once more. If that fails, use a way to reach them that they agreed to.",
    ),
    "30034": (
        "Our sending number is not registered with the carriers.",
        "Tell your administrator now: no text of ours arrives. Use a way to reach them that "
        "they agreed to.",
    ),
}
OTHER_FAILURE = (
    "The carrier did not take it.",
    "Send it once more. If that fails, use a way to reach them that they agreed to.",
)


@dataclass(frozen=True)
class DeliveryWords:
    """How a delivery is said: a shape, a word, and for a failure what happened, what to do."""

    shape: str
    word: str
    failed: bool = False
    what: str = ""
    do: str = ""


_STATES: dict[Delivery, tuple[str, str]] = {
    Delivery.QUEUED: ("○", "waiting to be sent"),
    Delivery.SENDING: ("○", "on its way"),
    Delivery.SENT: ("✓", "sent"),
    Delivery.DELIVERED: ("✓✓", "delivered"),
}


def delivery_words(channel: Channel, state: Delivery, error: str | None) -> DeliveryWords | None:
    """What to say about an outbound message; None for what came in."""
    if state == Delivery.RECEIVED:
        return None
    if state == Delivery.EXPIRED:
        return DeliveryWords(
            "✕",
            "not sent",
            failed=True,
            what="It was held back.",
            do="It came too late to fit, or they asked us to stop. What is late is never sent.",
        )
    if state in (Delivery.UNDELIVERED, Delivery.FAILED):
        what, do = CARRIER_CODES.get(error or "", OTHER_FAILURE)
        return DeliveryWords("✕", "not delivered", failed=True, what=what, do=do)
    if channel in (Channel.WEBCHAT, Channel.TERMINAL):
        return DeliveryWords("✓", "in the chat")
    return DeliveryWords(*_STATES[state])


# Why somebody is first in line (S1, S2).
ALARM_NAMES = {"danger": "Danger", "self_harm": "Self-harm"}


def need_name(slug: str) -> str:
    """A need by its name."""
    return NEED_NAMES.get(slug, slug.replace("_", " ").capitalize())


def language_name(code: str | None) -> str:
    """A language by its English name; an unknown one by its code."""
    if code is None:
        return "Language unknown"
    info = LANGUAGES.get(code)
    return info.english_name if info else code


def media_words(count: int) -> str:
    """What stands in the transcript for pictures that were sent: they are never fetched."""
    if count == 1:
        return "(they sent a picture; it was not opened)"
    return f"(they sent {count} pictures; they were not opened)"


# Why an advocate's words stay here: in discreet mode only an answer may go (S8).
NOT_FIRST = "They asked not to be texted first. Your words can go when they write."

# Every action has a key: `data-key` in the templates is one of these (a test sees to it).
KEYS: dict[str, str] = {
    "?": "Show or hide these keys",
    "q": "Go to the queue",
    "t": "Take the first in line",
    "n": "Go to the next of my conversations",
    "a": "Write an answer",
    "Ctrl Enter": "Send the answer",
    "d": "Search the directory",
    "b": "Hand back to the bot",
    "c": "Close the conversation",
    "s": "Sound on or off",
    "Esc": "Leave the field you are in",
}

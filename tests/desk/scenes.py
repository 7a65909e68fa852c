"""Each page of the desk in each of its states, filled with invented people."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from conversation import transcript
from conversation.access import Role
from conversation.models import Author, Channel, Delivery
from directory.vocabulary import Need
from tests.desk.world import World, minutes


@dataclass(frozen=True)
class Scene:
    """A page in a state: who looks, at what, and what is done before the picture is taken."""

    name: str
    who: str | None
    path: str
    then: Callable[[Page], object] = lambda page: None


def scenes(world: World) -> list[Scene]:
    """Fill the world, and say what there is to see."""
    world.account("maria", display_name="Maria Lopez")
    world.account("noor", display_name="Noor Haddad")
    world.account("busy", display_name="Busy Advocate")
    world.account("idle", display_name="Idle Advocate")
    world.account("sam", Role.SUPERVISOR, "Sam Okafor")
    world.account("ada", Role.ADMIN, "Ada Admin")
    _partners(world)
    talk = _long_talk(world)
    stopped = world.taken("maria", "no more please", needs=["food"])
    world.stops(stopped)
    arabic = world.taken(
        "maria",
        "مرحبا، أحتاج مكانا للنوم الليلة مع طفلي",
        needs=["housing"],
        language="ar",
        place="Detroit, MI",
    )
    many = world.taken("busy", "first line", needs=["legal_representation"])
    for number in range(2, 500):
        world.says(
            many, f"Line {number} of a long talk.", Author.BOT if number % 3 else Author.ADVOCATE
        )
    gone = world.taken("noor", "thank you", needs=["food"])
    noor = world.browser("noor")
    noor.post(f"/desk/conversations/{gone}/close")
    taken = _queue(world)
    noor.post(f"/desk/queue/{taken}/claim")
    conversation = f"/desk/conversations/{talk}"
    return [
        Scene("login", None, "/desk/login"),
        Scene("login-wrong", None, "/desk/login", _wrong_password),
        Scene("queue", "maria", "/desk"),
        Scene("queue-supervisor", "sam", "/desk"),
        Scene("queue-keys", "maria", "/desk", lambda page: page.keyboard.press("?")),
        Scene("queue-taken", "maria", "/desk", lambda page: _claim(page, taken)),
        Scene("conversation", "maria", conversation),
        Scene("conversation-known", "maria", f"{conversation}#side"),
        Scene("conversation-queue", "maria", f"{conversation}#queue"),
        Scene("conversation-insert", "maria", conversation, _insert),
        Scene("conversation-empty-answer", "maria", conversation, _send_nothing),
        Scene("conversation-stopped", "maria", f"/desk/conversations/{stopped}"),
        Scene("conversation-arabic", "maria", f"/desk/conversations/{arabic}"),
        Scene("conversation-500", "busy", f"/desk/conversations/{many}"),
        Scene("conversation-500-all", "busy", f"/desk/conversations/{many}?lines=all"),
        Scene("conversation-read-along", "sam", conversation),
        Scene("hand-back", "maria", f"{conversation}/hand-back"),
        Scene("close", "maria", f"{conversation}/close"),
        Scene("not-yours", "noor", conversation),
        Scene("not-your-role", "ada", "/desk"),
        Scene("nothing-here", "maria", "/desk/nowhere"),
        Scene("gone", "noor", f"/desk/conversations/{gone}"),
        Scene("directory", "ada", "/desk/directory"),
        Scene("account", "maria", "/desk/account"),
    ]


def _partners(world: World) -> None:
    for name, service, need, number, url in (
        (
            "Harbor House",
            "Emergency shelter for women and families",
            Need.HOUSING,
            "+13135550111",
            "https://harbor-house.example/help/shelter-and-transitional-housing",
        ),
        ("Casa Amiga", "Transitional homes", Need.HOUSING, "+13135550112", None),
        ("Motor City Pantry", "Food boxes", Need.FOOD, "+13135550113", "https://pantry.example"),
        (
            "Great Lakes Legal Aid",
            "Immigration lawyers",
            Need.LEGAL_REPRESENTATION,
            "+13135550114",
            "https://lakes-legal.example",
        ),
    ):
        world.partner(name, service, need, number, url)


def _long_talk(world: World) -> str:
    now = world.clock()
    talk = world.texts("hola necesito ayuda", at=now - minutes(42))
    world.says(
        talk,
        "Hola. Soy un asistente automatico de Harbor Line. Puedo buscar ayuda cerca. "
        "Es seguro escribir ahora?",
        at=now - minutes(41),
    )
    world.texts("si. estoy con mi hija, no tengo donde quedarme hoy", at=now - minutes(39))
    seq = world.says(talk, "Entiendo. En que ciudad o codigo postal esta?", at=now - minutes(38))
    world.delivered(talk, seq, Delivery.DELIVERED)
    world.texts("48226 <script>alert('x')</script> \u202eevil", at=now - minutes(36))
    world.texts("", media=2, at=now - minutes(35))
    handoff = world.asks_for_a_person(
        talk,
        needs=["housing", "legal_representation"],
        place="Detroit, MI 48226",
        language="es",
        urgent=True,
        at=now - minutes(33),
    )
    world.claims("maria", handoff, at=now - minutes(21))
    seq = world.says(
        talk,
        "Hola, soy Maria. Estoy aqui con usted. Estan seguras en este momento?",
        Author.ADVOCATE,
        at=now - minutes(20),
    )
    world.delivered(talk, seq, Delivery.UNDELIVERED, "30003")
    world.texts("si, estamos en la estacion de buses. el no sabe donde", at=now - minutes(2))
    seq = world.says(
        talk,
        "Bien. Quedese donde hay gente. Le busco un lugar para esta noche.",
        Author.ADVOCATE,
        at=now - minutes(1),
    )
    world.delivered(talk, seq, Delivery.UNDELIVERED, "30007")
    with world.database.reading() as session:
        on_their_way = [
            line.seq for line in transcript.lines(session, talk) if line.delivery == Delivery.QUEUED
        ]
    for seq in on_their_way:
        world.delivered(talk, seq, Delivery.DELIVERED)
    return talk


def _queue(world: World) -> str:
    now = world.clock()
    first = ""
    for number, (needs, language, urgent, waited, channel) in enumerate(
        (
            (["housing", "food", "child_assistance"], "es", True, 3, Channel.SMS),
            (["legal_representation"], "en", False, 41, Channel.WEBCHAT),
            ([], None, False, 17, Channel.SMS),
            (["medical_care", "identification_documents"], "ht", False, 6, Channel.WHATSAPP),
            (["food"], "ar", False, 1, Channel.SMS),
        )
    ):
        at = now - minutes(waited)
        talk = world.texts(
            "somebody's words", sender=f"+1248555{number:04d}", channel=channel, at=at
        )
        first = world.asks_for_a_person(talk, needs=needs, language=language, urgent=urgent, at=at)
    return first


def _wrong_password(page: Page) -> None:
    page.fill("#name", "maria")
    page.fill("#password", "not this one at all")
    page.click("button.main")


def _claim(page: Page, handoff_id: str) -> None:
    """Press Take on a row that a colleague has taken since the page was loaded."""
    page.evaluate(
        """(id) => { const form = document.querySelector('form[action*="/claim"]');
        form.action = '/desk/queue/' + id + '/claim'; form.submit(); }""",
        handoff_id,
    )
    page.wait_for_selector(".notice h2")


def _insert(page: Page) -> None:
    page.fill("#answer", "Este lugar puede ayudarle hoy:")
    page.locator("button.insert").first.dispatch_event("click")
    expect(page.locator("#segments")).to_contain_text("characters")


def _send_nothing(page: Page) -> None:
    page.click("#send")
    page.wait_for_selector("#answer-problem")

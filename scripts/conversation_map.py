"""Writes docs/conversation.md, the map of the conversation: `make map`.

Everything in it is read from the project's own files: rules and domain in bot/, the messages that
actions say (found in their code), the words of the core, and the English catalogue.
"""

import ast
import itertools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from scripts.messages_said import ROOT, Catalogue, Code

PAGE = ROOT / "docs" / "conversation.md"
MOST_SHOWN = 4  # words of one language that stand for a core word
LABEL = 30  # characters in a line of an edge's label
# The boxes of the chart by the slot that is asked for or the action: a title, and the question.
TITLES = {
    "safe": ("Safe?", "ask_safe"),
    "needs": ("What?", "ask_need"),
    "place": ("Where?", "ask_place_again"),
    "detail": ("Details", "ask_with_children"),
    "agree": ("Offer of a person", "offer_again"),
    "next": ("Next", "ask_next"),
    "action_show_matches": ("Matches: who can help", None),
    "action_open_handoff": ("In line for an advocate", None),
    "action_pause": ("Pause: quiet until they write", None),
}
# Actions that are boxes of their own; all others answer on the way from one box to the next.
BOXES = ("action_show_matches", "action_open_handoff", "action_pause")
FAMILIES = ("about_need_", "match_list_")
UNFIT = ("abuse",)  # intents whose examples are not shown
ONLY_LABELS = ("speech", "context")  # modules whose messages stand inside others
MANY = 6  # a rule for so many intents is a crossing, not an interruption
# What the core does at each of its words, and the messages it says then.
CORE = {
    "stop": (
        "nothing more is sent; the carrier says so, or in web chat we do",
        "stopped_webchat stopped_sms",
    ),
    "start": ("texts may come again", "opted_in"),
    "help": ("what this is and what may be texted, and a number for now", "help_answer"),
    "human": (
        "a person is offered; in line already, the wait is said",
        "offer_handoff still_waiting",
    ),
    "pause": ("quiet until they write", "paused"),
    "erase": (
        "asked if it is meant; a bare yes is not enough",
        "erase_confirm erase_confirm_again",
    ),
    "erase_wish": (
        "the same, in a sentence: made of verbs of erasing and the words around them",
        "erase_confirm erase_confirm_again",
    ),
    "erase_yes": (
        "a yes to the question about erasing; the word is asked for",
        "erase_confirm_again",
    ),
    "confirm_erase": ("erased; anything else keeps it", "erase_done erase_kept"),
    "yes": (
        "a permission the core asked for is given",
        "handoff_opened handoff_asked_for handoff_opened_closed ask_check_ins ask_safe_time "
        "check_ins_on safe_time_kept",
    ),
    "no": (
        "a permission the core asked for is not given",
        "handoff_refused check_ins_off safe_time_forgotten",
    ),
    "discreet": ("texts in words that tell a stranger nothing, from now on", "discreet_on"),
    "normal": ("plain words again", "discreet_off"),
    "quiet": ("nobody asks later how it went", "check_ins_off"),
    "danger": (
        "answered at once, and an advocate is alerted",
        "danger_answer danger_again advocate_alerted advocate_alerted_closed",
    ),
    "harm_done": (
        "told to call now; after thoughts of self-harm `taken` is enough",
        "harm_done_answer harm_done_again",
    ),
    "medical": ("told to call now", "medical_answer medical_again"),
    "danger_other": (
        "danger, in words for who writes for another",
        "danger_other_answer danger_other_again",
    ),
    "self_harm_other": ("self-harm of another", "self_harm_other_answer self_harm_other_again"),
    "self_harm": (
        "answered at once, and an advocate is alerted",
        "self_harm_answer self_harm_again advocate_alerted advocate_alerted_closed",
    ),
    "taken": ("after thoughts of self-harm: as harm_done", "harm_done_answer harm_done_again"),
    "symptom": ("a symptom, where minutes count", "harm_done_again medical_again"),
    "help_coming": ("after an alarm: help is on its way", "help_coming help_coming_again"),
    "cannot_call": ("after danger: texts to the emergency number", "cannot_call danger_again"),
    "call_for_us": ("an alarm; we cannot call for them", "cannot_call_for_you danger_again"),
    "no_english": ("after an alarm: interpreters at 911", "emergency_language danger_again"),
    "languages": (
        "we write in it, or say that we only read it",
        "language_changed language_only_read",
    ),
}
INTRO = """# The conversation

*Written by `make map` from the bot's own files. Change those, then run it again; a test says when
this page is out of date.*

How a talk goes, what may be said in between, and every sentence the assistant has. Survivors write
in their own words: what a text means is learned from examples ([how](understanding.md)). Words in
`{braces}` are filled in; where the texts show one, an example stands in its place. The sentences
are in `language/catalogues/`, and [CONTRIBUTING](../CONTRIBUTING.md) says how to change one.
"""


def cell(text: str) -> str:
    """A text as one cell of a table."""
    return " ".join(text.replace("|", "\\|").split())


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of these rows."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines)


def codes(ids: Iterable[str]) -> str:
    """Ids as code, with commas between; of a large family only its common beginning."""
    short = (next((f"{f}..." for f in FAMILIES if each.startswith(f)), each) for each in ids)
    return ", ".join(f"`{each}`" for each in dict.fromkeys(short))


def sentence(doc: str | None) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((doc or "").split("\n\n")[0].split())


@dataclass(frozen=True)
class Rule:
    """One rule of bot/data/rules."""

    topic: str
    name: str
    intents: tuple[str, ...]
    actions: tuple[str, ...]

    @classmethod
    def of(cls, topic: str, rule: dict[str, Any]) -> "Rule":
        """From a rule as YAML holds it."""
        steps = rule["steps"]
        either = [step for first in steps for step in first.get("or", [first])]
        intents = tuple(step["intent"] for step in either if "intent" in step)
        return cls(
            topic,
            rule["rule"],
            intents,
            tuple(step["action"] for step in steps if "action" in step),
        )


@dataclass(frozen=True)
class Bot:
    """The Rasa project and its actions."""

    catalogue: Catalogue

    @cached_property
    def domain(self) -> dict[str, dict[str, Any]]:
        """The domain's topics in alphabetical order."""
        files = sorted((ROOT / "bot" / "domain").glob("*.yml"))
        return {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in files}

    @cached_property
    def forms(self) -> dict[str, list[str]]:
        """Each form's questions, by slot."""
        forms = [topic.get("forms") or {} for topic in self.domain.values()]
        return {name: form["required_slots"] for each in forms for name, form in each.items()}

    @cached_property
    def rules(self) -> list[Rule]:
        """All rules, topic by topic."""
        files = sorted((ROOT / "bot" / "data" / "rules").glob("*.yml"))
        read = ((file.stem, yaml.safe_load(file.read_text("utf-8"))) for file in files)
        return [Rule.of(topic, rule) for topic, rules in read for rule in rules["rules"]]

    @cached_property
    def code(self) -> Code:
        """The actions' code."""
        files = sorted((ROOT / "bot" / "actions").glob("*.py"))
        return Code.read(files, self.catalogue.entries)

    @cached_property
    def actions(self) -> dict[str, tuple[str, ast.ClassDef]]:
        """Each action's module and class, by the name in the domain (`called = …`)."""
        found = {}
        for (module, _), node in self.code.parts.items():
            for line in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "called":
                    found[ast.literal_eval(line.value)] = (module, node)
        return found

    def said(self, action: str) -> list[str]:
        """The messages that an action, a form or a response says."""
        if action.startswith("utter_"):
            return [action.removeprefix("utter_")]
        if action in self.forms:
            asks = [f"action_ask_{action}_{slot}" for slot in self.forms[action]]
            parts = [part for part in (*asks, f"validate_{action}") if part in self.actions]
            return [each for part in parts for each in self.said(part)]
        module, node = self.actions[action]
        return self.code.said(module, node)

    def what(self, action: str) -> str:
        """What an action does, in its own words; of a response, its text."""
        if action.startswith("utter_"):
            return self.catalogue.english(action.removeprefix("utter_"))
        return sentence(ast.get_docstring(self.actions[action][1]))

    @cached_property
    def first_texts(self) -> dict[str, str]:
        """The first English example of each intent."""
        found: dict[str, str] = {}
        for file in sorted((ROOT / "bot" / "data" / "nlu" / "en").glob("*.yml")):
            for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
                text = block["examples"].splitlines()[0].removeprefix("- ")
                if not block.get("metadata") or block["intent"] not in found:
                    found.setdefault(block["intent"], text)
        return found


def boxes(bot: Bot) -> dict[str, str]:
    """The chart's boxes by action or question, with what they show."""
    asked = [slot for slots in bot.forms.values() for slot in slots]
    shown = {}
    for name in (*asked, *BOXES):
        title, message = TITLES.get(name, (name.replace("_", " ").capitalize(), None))
        lines = [title]
        if message in bot.catalogue.entries:
            lines += wrapped(re.split(r"(?<=[.?]) |<br>", bot.catalogue.english(message))[0])
        shown[name] = "<br/>".join(map(quoted, lines))
    return shown


def wrapped(text: str) -> list[str]:
    """A text in lines of about LABEL characters."""
    lines = [""]
    for each in text.split():
        if len(lines[-1]) + len(each) >= LABEL:
            lines.append("")
        lines[-1] = f"{lines[-1]} {each}".strip()
    return lines


def quoted(text: str) -> str:
    """A text as it may stand between the quotes of a label."""
    return (
        text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
    )


def edges(bot: Bot) -> dict[tuple[str, str], list[str]]:
    """From box to box, with the names of the rules that lead there.

    What is said in between leads back by itself, so it is drawn only where nothing else leads.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for rule in sorted(bot.rules, key=_drawn_when):
        stops = [each for each in rule.actions if each in bot.forms or each in BOXES]
        if rule.topic == "first_contact":
            stops = ["first", *stops]
        elif rule.intents:
            reached = {there for _, there in found}
            stops = [] if not stops or stops[0] in reached else ["any", *stops]
        elif rule.actions[0] not in stops:
            continue
        for number, (here, there) in enumerate(itertools.pairwise(stops)):
            named = found.setdefault((here, there), [])
            named += [rule.name] if number == 0 else []
    return found


def _drawn_when(rule: Rule) -> int:
    """First contact first, what is said in between last."""
    return 0 if rule.topic == "first_contact" else 1 + bool(rule.intents)


def chart(bot: Bot) -> str:
    """The Mermaid flow chart: a form of several questions is a frame around them."""
    shown = boxes(bot)
    arrows = edges(bot)
    lines = ["flowchart TD", '  first(["First contact"])']
    if any(here == "any" for here, _ in arrows):
        lines.append('  any(["Said at any moment"])')
    ends = {"first": "first", "any": "any"}
    for form, slots in bot.forms.items():
        ends[form] = f"form_{form}" if len(slots) > 1 else f"ask_{slots[0]}"
        if len(slots) > 1:
            lines.append(f'  subgraph form_{form}["The questions"]')
            lines.append("    direction TB")
        inset = "    " if len(slots) > 1 else "  "
        lines += [f'{inset}ask_{slot}["{shown[slot]}"]' for slot in slots]
        lines += [f"    ask_{one} --> ask_{two}" for one, two in itertools.pairwise(slots)]
        lines += ["  end"] if len(slots) > 1 else []
    for action in BOXES:
        ends[action] = f"do_{action}"
        lines.append(f'  do_{action}(["{shown[action]}"])')
    for (here, there), names in arrows.items():
        label = "<br/>or: ".join("<br/>".join(map(quoted, wrapped(name))) for name in names)
        arrow = f'-->|"{label}"|' if label else "-->"
        lines.append(f"  {ends[here]} {arrow} {ends[there]}")
    return "\n".join(["```mermaid", *lines, "```"])


def interruptions(bot: Bot) -> str:
    """What may be said from anywhere, an intent a line."""
    answers: dict[str, list[Rule]] = {}
    for rule in bot.rules:
        for intent in rule.intents if len(rule.intents) < MANY else ():
            answers.setdefault(intent, []).append(rule)
    rows = []
    for intent, rules in answers.items():
        actions = list(
            dict.fromkeys(a for rule in rules for a in rule.actions if a not in bot.forms)
        )
        said = list(dict.fromkeys(each for action in actions for each in bot.said(action)))
        what = " ".join(map(bot.what, actions)) or rules[0].name
        example = "" if intent in UNFIT else bot.first_texts.get(intent, "")
        rows.append((f"`{intent}`", example, what, codes(said)))
    return table(("what is meant", "for example", "what answers", "messages"), rows)


def core(catalogue: Catalogue) -> str:
    """What is decided without the engine, a word a line, danger and languages among them."""
    folder = ROOT / "conversation"
    words = tomllib.loads((folder / "core_words.toml").read_text("utf-8"))
    danger = tomllib.loads((folder / "danger.toml").read_text("utf-8"))
    texts = {word: entry["words"] for word, entry in words.items() if "words" in entry}
    danger |= tomllib.loads((folder / "after_alarm.toml").read_text("utf-8"))
    texts |= {kind: phrases["en"] for kind, phrases in danger.items() if "en" in phrases}
    texts["languages"] = [names[0] for names in words["languages"].values()]
    rows = []
    for word, examples in texts.items():
        what, said = CORE.get(word, ("", ""))
        ids = [each for each in said.split() if each in catalogue.entries]
        rows.append((f"`{word}`", ", ".join(examples[:MOST_SHOWN]), what, codes(ids)))
    return table(("what is meant", "for example", "what happens", "messages"), rows)


def sentences(bot: Bot) -> str:
    """Every message that is said by itself, in the catalogue's sections."""
    catalogue = bot.catalogue
    said = {
        each
        for (module, _), part in bot.code.parts.items()
        for each in (bot.code.said(module, part) if module not in ONLY_LABELS else ())
    }
    for topic in bot.domain.values():
        said |= {name.removeprefix("utter_") for name in topic.get("responses") or {}}
    core = Code.read((ROOT / "conversation").glob("*.py"), catalogue.entries)
    said |= {each for (module, _), part in core.parts.items() for each in core.said(module, part)}
    parts = []
    for section in dict.fromkeys(catalogue.sections.values()):
        mine = [each for each, its in catalogue.sections.items() if its == section and each in said]
        rows = [(f"`{each}`", catalogue.note(each), catalogue.english(each)) for each in mine]
        if rows:
            parts += [f"### {section}", table(("message", "when", "in English"), rows)]
    return "\n\n".join(parts)


def page() -> str:
    """The whole page."""
    catalogue = Catalogue.read()
    bot = Bot(catalogue)
    return "\n\n".join(
        [
            INTRO.strip(),
            "## The way",
            "Each arrow carries the names of the rules that lead along it (`bot/data/rules/`).\n"
            "What is asked in between, danger and a pause may come at any box: see the next table.",
            chart(bot),
            "## What may come in between",
            "It is answered, and then the open question comes again in other words.",
            interruptions(bot),
            "## What is answered without the engine",
            "These texts always work, also when nothing can be understood (`conversation/`). A\n"
            "word counts when it is the whole text, a phrase of danger anywhere in it.",
            core(catalogue),
            "## Every sentence",
            sentences(bot),
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

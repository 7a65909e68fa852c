"""Reads which messages code says, and the English texts, for the map of the conversation.

Finds ids of messages as strings in Python files; runs none of them.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Catalogue:
    """The English messages in their order, each with its section."""

    entries: dict[str, polib.POEntry]
    sections: dict[str, str]

    @classmethod
    def read(cls) -> "Catalogue":
        """From language/catalogues/en.po."""
        file = ROOT / "language" / "catalogues" / "en.po"
        entries = {e.msgid: e for e in polib.pofile(str(file), encoding="utf-8") if not e.obsolete}
        sections, section = {}, ""
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("# -- "):
                section = line.removeprefix("# -- ").removesuffix(" --")
            elif line.startswith("msgid ") and line != 'msgid ""':
                sections[line.removeprefix("msgid ").strip('"')] = section
        return cls(entries, sections)

    def english(self, message: str) -> str:
        """A message's text with its examples filled in, its lines with breaks between."""
        entry = self.entries[message]
        text = entry.msgstr or " / ".join(entry.msgstr_plural.values())
        pairs = re.findall(
            r"([a-z][a-z0-9_]*)=(.*?)(?=,\s*[a-z][a-z0-9_]*=|$)", self._example(entry)
        )
        examples = dict(pairs)
        filled = re.sub(r"\{(\w+)\}", lambda found: examples.get(found[1], found[0]), text)
        return filled.replace("\n", "<br>")

    @staticmethod
    def _example(entry: polib.POEntry) -> str:
        lines = [line for line in entry.comment.splitlines() if line.startswith("example:")]
        return lines[0].removeprefix("example:").strip() if lines else ""

    def note(self, message: str) -> str:
        """When a message is said: the note for translators."""
        lines = self.entries[message].comment.splitlines()
        return " ".join(line for line in lines if not re.match(r"(sms|example):", line))


@dataclass
class Code:
    """The functions, classes and constants of a folder's files, and the messages in each."""

    known: frozenset[str]
    parts: dict[tuple[str, str], ast.AST] = field(default_factory=dict)

    @classmethod
    def read(cls, files: Iterable[Path], known: Iterable[str]) -> "Code":
        """Read Python files; `known` are the ids of all messages."""
        # Labels to tap are no messages by themselves.
        code = cls(frozenset(each for each in known if not each.startswith("choice_")))
        for file in files:
            for node in ast.parse(file.read_text("utf-8")).body:
                for name in _names_of(node):
                    code.parts[file.stem, name] = node
        return code

    def said(
        self, module: str, node: ast.AST, seen: set[tuple[str, str]] | None = None
    ) -> list[str]:
        """The messages said in a part and in what it uses of its own module, in order.

        Messages that only stand inside others (the argument of `word`) are left out.
        """
        seen = set() if seen is None else seen
        calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
        inside = {id(call.args[0]) for call in calls if _called(call) == "word" and call.args}
        spoken = {id(each) for call in calls if _called(call) == "say" for each in call.args}
        found: list[str] = []
        for each in _in_order(node):
            if isinstance(each, ast.JoinedStr) and id(each) in spoken:
                found += self._members(each)
            if (
                isinstance(each, ast.Constant)
                and each.value in self.known
                and id(each) not in inside
            ):
                found.append(str(each.value))
            elif isinstance(each, ast.Name) and (module, each.id) not in seen:
                seen.add((module, each.id))
                if (module, each.id) in self.parts:
                    found += self.said(module, self.parts[module, each.id], seen)
            elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
                # A constant of another module: `consent.OFFER`.
                other = self.parts.get((each.value.id, each.attr))
                if isinstance(other, ast.Assign | ast.AnnAssign):
                    found += self.said(each.value.id, other, seen)
        return list(dict.fromkeys(found))

    def _members(self, node: ast.JoinedStr) -> list[str]:
        """The messages that an id put together may be: those that begin as it does."""
        start = node.values[0]
        if not isinstance(start, ast.Constant) or not str(start.value).endswith("_"):
            return []
        return sorted(each for each in self.known if each.startswith(str(start.value)))


def _names_of(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        flat = (name for target in node.targets for name in ast.walk(target))
        return [name.id for name in flat if isinstance(name, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    """A part's nodes as they stand in the text."""
    for child in ast.iter_child_nodes(node):
        yield child
        yield from _in_order(child)

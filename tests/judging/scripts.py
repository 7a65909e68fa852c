"""Reads the judged conversations: only the survivor's side, and what the run should reach.

== a title that says what is proved
wants: match            what must have happened by the end: see WANTS, several with a space
needs: housing food     needs that must have been understood by the end
dropped: food           needs that were taken back: not searched for at the end
never: ask_child.*      message ids (patterns) that must not be said at all
asks: police            they asked for law enforcement themselves
> a text
>> a further piece within the settle time: joined with a newline to one turn
~ place need            told by the text above, so never asked from here on
= cost|privacy          one of these is said in answer to the text above
!= place_unknown        none of these is said in answer to the text above
=~ Ocotillo|Letterbox   words (a pattern) that are in the answer to the text above
!~ 0 people             words that are not
@ silence=2d            before the next text: see MARKS
? ask_child* no kids    asked this last, they answer so before they go on; above the first ==
                        it holds for the whole file, and "-" switches it off in a conversation
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

FOLDER = Path(__file__).parent / "conversations"
WANTS = frozenset({"match", "handoff", "pause", "stop", "alarm", "erased", "none"})
TOLD = frozenset({"place", "need", "children", "kind"})
# Without a value: what happens before the next text.
MARKS = {
    "crossed": "the next text was written a second before our last one was handed over",
    "closed": "no advocate is at the desk from here on",
    "open": "an advocate is at the desk again",
    "joined": "an advocate takes the conversation",
    "handed_back": "the advocate gives it back to the bot",
    "again": "they ask for the same words again, so these may come twice",
}
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class BadScript(ValueError):
    """A file of conversations cannot be read; the message names the line and what is wrong."""


@dataclass
class Step:
    """One turn of the survivor's: one text, or several within the settle time."""

    texts: list[str]
    line: int
    marks: frozenset[str] = frozenset()
    silence: timedelta = timedelta(0)
    told: frozenset[str] = frozenset()
    says: tuple[str, ...] = ()
    not_says: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()


@dataclass
class Script:
    """One conversation as it is written in the file."""

    title: str
    language: str
    where: str
    wants: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    asks: frozenset[str] = frozenset()
    steps: list[Step] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name in a test's report."""
        return f"{self.language}: {self.title}"


def read_all(folder: Path = FOLDER) -> list[Script]:
    """Every conversation of every language. Raises BadScript."""
    return [script for file in sorted(folder.glob("*.txt")) for script in read(file)]


def read(file: Path) -> list[Script]:
    """The conversations of one file, named by its language. Raises BadScript."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return list(_scripts(file.stem, file.name, lines))


def _scripts(language: str, name: str, lines: list[str]) -> Iterator[Script]:
    script: Script | None = None
    replies: dict[str, str] = {}
    marks: set[str] = set()
    silence = timedelta(0)
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{name}:{number}"
        mark, _, rest = line.partition(" ")
        rest = rest.strip()
        if mark == "==":
            if script is not None:
                yield _whole(script)
            script, marks, silence = Script(rest, language, where), set(), timedelta(0)
            script.replies |= replies
            continue
        if mark == "?":
            pattern, _, reply = rest.partition(" ")
            (replies if script is None else script.replies)[pattern] = reply.strip()
            continue
        if script is None:
            raise BadScript(f"{where}: a conversation begins with == and a title")
        if mark.endswith(":"):
            _header(script, mark[:-1], rest, where)
        elif mark == "@":
            silence += _happens(rest, marks, where)
        elif mark == ">":
            script.steps.append(Step([rest], number, frozenset(marks), silence))
            marks, silence = set(), timedelta(0)
        elif mark in (">>", "~", "=", "!=", "=~", "!~"):
            if not script.steps or marks:
                raise BadScript(f"{where}: {mark} belongs right under a text")
            _beside(script.steps[-1], mark, rest, where)
        else:
            raise BadScript(f"{where}: begins with none of == wants: @ ? > >> ~ = != =~ !~")
    if script is not None:
        yield _whole(script)


def _whole(script: Script) -> Script:
    if not script.steps or not script.wants:
        raise BadScript(f"{script.where}: a conversation has wants: and at least one text")
    return script


def _header(script: Script, name: str, rest: str, where: str) -> None:
    words = tuple(rest.split())
    if name == "wants":
        script.wants = _known(frozenset(words), WANTS, where)
    elif name == "asks":
        script.asks = _known(frozenset(words), frozenset({"police"}), where)
    elif name in ("needs", "dropped", "never"):
        setattr(script, name, words)
    else:
        raise BadScript(f"{where}: no such heading; there are wants: needs: dropped: never: asks:")


def _happens(rest: str, marks: set[str], where: str) -> timedelta:
    """Adds a mark, or gives the silence that is kept."""
    found = re.fullmatch(r"silence=(\d+)([mhd])", rest)
    if found:
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    marks |= _known(frozenset({rest}), frozenset(MARKS), where)
    return timedelta(0)


def _beside(step: Step, mark: str, rest: str, where: str) -> None:
    if mark == ">>":
        step.texts.append(rest)
    elif mark == "~":
        step.told |= _known(frozenset(rest.split()), TOLD, where)
    elif mark == "=":
        step.says = (*step.says, *rest.split())
    elif mark == "!=":
        step.not_says = (*step.not_says, *rest.split())
    elif mark == "=~":
        step.words = (*step.words, rest)
    else:
        step.not_words = (*step.not_words, rest)


def _known(words: frozenset[str], known: frozenset[str], where: str) -> frozenset[str]:
    if words - known:
        raise BadScript(f"{where}: {sorted(words - known)} is none of {sorted(known)}")
    return words

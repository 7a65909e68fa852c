"""The map of the conversation (docs/conversation.md) is what the bot's own files say."""

import re
import tomllib

from scripts.conversation_map import CORE, PAGE, page
from scripts.messages_said import ROOT, Catalogue

MEND = "docs/conversation.md is out of date: run `make map` and look at what changed."
NODE = r'\w+(?:\(\["[^"]+"\]\)|\["[^"]+"\])'
ARROW = r'(\w+) -->(?:\|"[^"]+"\|)? (\w+)'


def test_the_map_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), MEND


def chart() -> list[str]:
    found = re.search(r"```mermaid\n(.+?)\n```", page(), re.DOTALL)
    assert found is not None
    return found[1].splitlines()


def test_every_line_of_the_chart_is_a_box_a_frame_or_an_arrow() -> None:
    first, *lines = chart()
    assert first == "flowchart TD"
    for line in lines:
        frame = re.fullmatch(r'subgraph \w+\["[^"]+"\]|direction TB|end', line.strip())
        assert frame or re.fullmatch(f"{NODE}|{ARROW}", line.strip()), line


def test_every_arrow_joins_boxes_of_the_chart_and_every_box_is_reached() -> None:
    text = "\n".join(chart())
    boxes = set(re.findall(r"(?:subgraph )?(\w+)(?=\(?\[)", text))
    arrows = re.findall(ARROW, text)
    assert {end for arrow in arrows for end in arrow} <= boxes
    # The intake's first question stands in the frame that is reached.
    unreached = boxes - {there for _, there in arrows} - {"first", "any", "ask_safe"}
    assert unreached == set()


def test_the_map_answers_for_every_rule_that_comes_in_between() -> None:
    text = page()
    for intent in ("danger", "cost", "human", "wrong_number", "asks_about_someone"):
        assert re.search(rf"^\| `{intent}` \| .+ \| .+ \| `", text, re.MULTILINE), intent


def test_the_map_tells_of_each_word_of_the_core_and_only_what_the_core_says() -> None:
    words = tomllib.loads((ROOT / "conversation" / "core_words.toml").read_text("utf-8"))
    missing = words.keys() - CORE.keys()
    assert not missing, f"CORE in scripts/conversation_map.py lacks {missing}"
    code = "".join(file.read_text("utf-8") for file in (ROOT / "conversation").glob("*.py"))
    for word in words:
        for message in CORE[word][1].split():
            assert message not in Catalogue.read().entries or f'"{message}"' in code, message

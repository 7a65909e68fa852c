"""The map of the conversation (docs/conversation.md) is what the bot's own files say."""

import re

from scripts.conversation_map import PAGE, page

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


def test_the_map_shows_what_the_core_says_for_each_of_its_words() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", page(), re.MULTILINE))
    assert "`erase_confirm`" in rows["erase"]
    assert "`offer_handoff`" in rows["human"]
    assert "`self_harm_answer`" in rows["self_harm"]
    assert "`danger_answer`" not in rows["self_harm"]

import os
from pathlib import Path

from conversation.voice import Voice
from language.catalogue import FOLDER, Catalogue
from tests.bot.talking import Talk

HERE = Path(__file__).parent / "conversations"


def test_play(talk: Talk) -> None:
    only = os.environ.get("ONLY", "")
    words = bool(os.environ.get("WORDS"))
    voice = Voice(Catalogue.load(FOLDER), "Waymark of Wayne County", "America/Detroit")
    for file in sorted(HERE.glob("*.txt")):
        out = []
        lines = file.read_text().splitlines()
        from tests.bot import talking

        scripts = talking._read(file)
        queue = []
        for script in scripts:
            if only and only not in script.title:
                queue.append(None)
                continue
            got = []
            for turn, answer in talk.answers(script):
                ids = [talking._id(w) for w in answer["words"]]
                got.append((turn, answer))
                asks = {"ask_kind", "ask_kind_soon", "ask_with_children"} & set(ids)
                if asks and "match_list" in turn.says + ["match_list" if "match_full" in turn.says else ""]:
                    at = script.turns.index(turn)
                    script.turns.insert(at + 1, talking.Turn("skip", {}, says=turn.says, does=turn.does))
            queue.append(got)
        index = -1
        turns = None
        skipping = False
        for line in lines:
            mark = line.partition(" ")[0]
            if mark == "==" and turns is not None:
                for turn, answer in turns:
                    while out and not out[-1].strip(): out.pop()
                    out.append("> " + turn.text); out.append("< " + " ".join(talking._id(w) for w in answer["words"])); out += ["! " + c for c in talking._names(answer["commands"])]; out.append("")
            if mark == "==":
                index += 1
                turns = iter(queue[index]) if queue[index] is not None else None
                lang = scripts[index].facts.get("language", "en")
                chan = scripts[index].facts.get("channel", "sms")
                out.append(line)
            elif mark == ">" and turns is not None:
                out.append(line)
                turn, answer = next(turns)
                while turn.text == "skip" and line != "> skip" and turn.facts == {} and line[2:] != turn.text:
                    out.insert(len(out) - 1, "> skip")
                    ids = [talking._id(w) for w in answer["words"]]
                    out.insert(len(out) - 1, "< " + (" ".join(ids) or "-"))
                    turn, answer = next(turns)
                ids = [talking._id(w) for w in answer["words"]]
                out.append("< " + (" ".join(ids) or "-"))
                if words:
                    for s in voice.speak(answer["words"], lang, chan):
                        out.append("    # " + s.text.replace("\n", "\n    # "))
                out += ["! " + c for c in talking._names(answer["commands"])]
            elif mark in ("<", "!") and turns is not None:
                continue
            else:
                out.append(line)
        Path("/tmp/out/" + file.name).write_text("\n".join(out) + "\n")

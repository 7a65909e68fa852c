import os
from pathlib import Path
from tests.bot.talking import Talk, read_scripts
from language.catalogue import Catalogue, FOLDER
from conversation.voice import Voice

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
            queue.append(list(talk.answers(script)))
        index = -1
        turns = None
        skipping = False
        for line in lines:
            mark = line.partition(" ")[0]
            if mark == "==":
                index += 1
                turns = iter(queue[index]) if queue[index] is not None else None
                lang = scripts[index].facts.get("language", "en")
                chan = scripts[index].facts.get("channel", "sms")
                out.append(line)
            elif mark == ">" and turns is not None:
                out.append(line)
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

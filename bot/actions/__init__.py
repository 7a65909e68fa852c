"""Part of the bot: looks things up for a turn and answers with ids. Must never write anything.

No text that a survivor reads stands in here: message ids only. No text that a survivor wrote may
reach a log, an exception or the memory.
"""

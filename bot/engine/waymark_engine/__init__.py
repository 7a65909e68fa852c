"""The engine's extensions of Rasa: part of bot/. Knows no channel, no directory and no database.

A turn is a function: (memory, text) -> (memory', words, commands). Nothing stays here after it.
"""

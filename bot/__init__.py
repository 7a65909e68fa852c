"""WHAT is said: the Rasa project and its actions. Must never write, and never hold a text."""

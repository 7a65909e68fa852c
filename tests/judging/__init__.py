"""Judges whole conversations: what survivors text, through the real core and engine, by rule."""

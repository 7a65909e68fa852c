"""How words come and go: Twilio, web chat. Each channel writes to the core and reads from it.

A channel must never know what is said, or why: it carries words, and proves whose they are.
"""

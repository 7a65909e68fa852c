"""Part of the bot's actions: the numbers of people who answer day and night. Knows no survivor."""

NATIONAL = {"hotline_phone": "1-888-373-7888", "hotline_text": "233733"}
"""The National Human Trafficking Hotline (S3): arguments of the messages that name it."""

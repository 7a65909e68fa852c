"""Part of the bot's actions: the numbers of people who answer day and night. Knows no survivor."""

NATIONAL = {"hotline_phone": "1-888-373-7888", "hotline_text": "233733"}
"""The National Human Trafficking Hotline (S3): arguments of the messages that name it."""
YOUNG = {"phone": "1-800-843-5678"}
"""NCMEC, for those under 18 (S4)."""
ASSAULT = {"phone": "1-800-656-4673"}
"""RAINN, for care after an assault (S5)."""

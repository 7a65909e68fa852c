"""Part of the bot's actions: hears when somebody says that they are under 18. Must never ask it
(D7), keep an age, or take "my sister is 15" for the survivor's own."""

import re

from bot.actions.answers import plain

# From 9 to 17, in figures and as the words that people text.
_AGE = (
    r"(?:9|1[0-7]|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete)"
)
# "im 15 minutes away" and "im 10 weeks along" tell no age, "tengo 15 anos aqui" tells how long.
_NO_AGE = (
    r"(?!\s*(?:st|nd|rd|th|percent|of|or|to|in|out|over|times|miles?|mi|km|blocks?|feet|ft|weeks?"
    r"|wks?|months?|mos?|mins?|minutes?|hours?|hrs?|days?|dollars?|bucks|people|kids"
    r"|years? (?:clean|sober|in|into|here|older|younger)|semanas?|meses|dias?|horas?|minutos?"
    r"|an(?:os|itos) (?:aqui|en|con|sin|de(?! edad)|\w+ndo))\b)"
)
_PATTERNS = (
    rf"\b(?:im|i am|iam|i m) (?:only |just |like |still |about |almost )*{_AGE}\b{_NO_AGE}",
    rf"\b(?:im|i am|iam) (?:only |just )*an? {_AGE} (?:years?|yrs?|yo|y o)\b",
    r"\b(?:im|i am|iam) (?:only |just |still )*(?:a minor|underage|under age|under 18|not 18)\b",
    r"\bi(?: am|m)? not (?:yet |even )?18\b",
    rf"\b(?:yo )?tengo (?:solo |apenas |como |nomas )*{_AGE} an(?:os|itos)\b"
    r"(?! (?:aqui|en|con|sin|de(?! edad)|\w+ndo)\b)",
    rf"\btengo (?:solo |apenas )?{_AGE}$",
    r"\bsoy (?:una? )?(?:menor\b(?! que)|menor de edad\b)",
    r"\bjai (?:9|1[0-7]) ans\b|\bje suis mineure?\b",
    r"\btenho (?:9|1[0-7]) anos\b|\bsou (?:de )?menor\b",
    r"\bmwen gen (?:9|1[0-7]) an\b|\bmwen minè\b|\bmwen mine\b",
    r"\b(?:toi|em|con|minh) (?:moi )?(?:9|1[0-7]) tuoi\b",
    r"\b(?:9|1[0-7]) (?:anyos|taong gulang|na taon) (?:na |pa lang )?ako\b|\bmenor de edad ako\b",
    r"\bмне (?:всего |только )?(?:9|1[0-7])(?: лет)?(?! (?:минут|час|дн|недел|месяц))\b",
    r"\bя несовершеннолетн",
    r"我(?:今年|才|只有)? ?(?:9|1[0-7]) ?岁|我(?:是)?未成年",
    r"(?:저는|나는|전|난|제가|내가) ?(?:9|1[0-7]) ?살|미성년자(?:예요|입니다|이에요)",
    r"عمري (?:9|1[0-7])\b|انا قاصر",
    r"(?:मैं|मेरी उम्र) (?:9|1[0-7])\b|मैं नाबालिग",
)
_SAID = re.compile("|".join(f"(?:{pattern})" for pattern in map(str, _PATTERNS)))


def says_minor(lines: tuple[str, ...]) -> bool:
    """Whether one of these lines, or all of them read on, says that its writer is under 18 (S4)."""
    return any(_SAID.search(plain(text)) for text in (*lines, " ".join(lines)))

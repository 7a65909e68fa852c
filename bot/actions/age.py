"""Part of the bot's actions: hears when somebody says that they are under 18. Must never ask it
(D7), keep an age, or take "my sister is 15" for the survivor's own."""

import re

from bot.actions.answers import plain

# From 9 to 17, in figures and as the words that people text.
_AGE = (
    r"(?:9|1[0-7]|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|nueve|diez(?! y)|once|doce|trece|catorce|quince|dieciseis|diecisiete|diez y (?:seis|siete))"
)
_FIGURES = r"(?:9|1[0-7])"
# "im 15 minutes away" and "im 10 weeks along" tell no age, "tengo 15 anos aqui" tells how long.
_NO_AGE = (
    r"(?!\s*(?:st|nd|rd|th|percent|of|or|to|in|out|over|times|miles?|mi|km|blocks?|feet|ft|weeks?"
    r"|wks?|months?|mos?|mins?|minutes?|hours?|hrs?|days?|dollars?|bucks|people|kids"
    r"|years? (?:clean|sober|in|into|here|older|younger)|semanas?|meses|dias?|horas?|minutos?"
    r"|an(?:os|itos) (?:aqui|en|con|sin|de(?! edad)|\w+ndo))\b)"
)
# "tengo 16 y no tengo donde dormir": a bare number is an age at the end of a text, or where it goes
# on about the writer; not in "tengo 16 dolares", "tengo 10 y necesito 20", "tengo 12 y medio".
_GOES_ON = (
    r"(?:$| (?:pero|estoy|ando|soy|vivo|vine|vengo|trabajo|trabajaba|llevo|estudio|salgo|sali|hui"
    r"|escape|me|mi|mis|busco|quiero|necesito|porque|por favor|ayud\w+|voy|fui|llegue|cumplo|creo"
    r"|ya no|no(?! mas))\b"
    r"(?! (?:(?:me )?(?:falta\w*|queda\w*|cuesta\w*|cobra\w*)|\d))"
    r"(?! (?:necesito|quiero|debo|ocupo) \d)"
    r"| (?:y|e) (?!\d|medi[oa]\b|pico\b|algo\b|un[oa]?\b|dos\b|tres\b|otr[oa]s?\b"
    r"|me (?:falta|queda)|(?:necesito|quiero|debo|ocupo) \d))"
)
# "sè m gen 17 an" is my sister's age, "depi m gen 9 an" is since I was nine.
_I_HT = (
    r"(?<!depi )(?<!\bse )(?<!\bfre )(?<!pitit )(?<!\bfi )(?<!gason )(?<!zanmi )"
    r"(?<!kouzin )(?<!neve )\b(?:mwen|m)"
)
_GOES_ON_PT = (
    r"(?:$| (?:mas|pero|estou|to|sou|moro|nao|preciso|quero|fugi|vim|venho|trabalho|meu|minha|me)\b"
    r"(?! (?:de )?\d)"
    r"| e (?!\d|mei[oa]\b|pouco\b|um\b|dois\b|(?:preciso|quero|devo) (?:de )?\d))"
)
_PATTERNS = (
    rf"\b(?:im|i am|iam|i m) (?:only |just |like |still |about |almost )*{_AGE}\b{_NO_AGE}",
    rf"\b(?:im|i am|iam) (?:only |just )*an? {_AGE} (?:years?|yrs?|yo|y o)\b",
    r"\b(?:im|i am|iam) (?:only |just |still )*(?:a minor|underage|under age|under 18|not 18)\b",
    r"\bi(?: am|m)? not (?:yet |even )?18\b",
    rf"\b(?:im|i am) {_FIGURES}[fm]\b",
    rf"\bi (?:just |only )*turned {_AGE}\b",
    rf"\bi have (?:only |just )*{_AGE} years?(?: old)?\b"
    r"(?! (?:of|experience|here|in|with|clean|sober|working|left|to|on|as)\b)",
    rf"\b(?:yo )?tengo (?:solo |apenas |como |nomas )*{_AGE} an(?:os|itos)\b"
    r"(?! (?:aqui|en|con|sin|de(?! edad)|\w+ndo)\b)",
    rf"\btengo (?:solo |apenas |como |nomas )*{_AGE}{_GOES_ON}",
    r"\bsoy (?:una? )?(?:menor\b(?! que)|menor de edad\b)",
    rf"\bjai (?:que |seulement |bientot )?{_FIGURES} ans\b"
    r"(?! (?:ici|de|dexperience|en|que|avec|dans)\b)",
    rf"\bjai (?:que |seulement )?{_FIGURES}"
    r"(?:$| (?:et|mais)? ?(?:je|jai|on|mon|ma|personne|pas)\b(?! \d))",
    r"\bje suis mineure?\b",
    rf"\btenho (?:so |apenas |quase )*{_FIGURES} anos\b"
    r"(?! (?:aqui|de(?! idade)|em|n[oa]s?|com|\w+ndo)\b)",
    rf"\btenho (?:so |apenas |quase )*{_FIGURES}{_GOES_ON_PT}",
    r"\bsou (?:de )?menor\b(?! que)",
    rf"{_I_HT} gen (?:selman )?{_FIGURES} an\b(?! (?:isit|nan|depi|ap)\b)",
    rf"{_I_HT} gen (?:selman )?{_FIGURES}(?:$| (?:e|epi|men)? ?(?:m|mwen) (?!bezwen \d|dwe))",
    r"\bmwen min[eè]\b",
    rf"\b(?:toi|em|con|minh) (?:moi |duoc |nam nay )*{_FIGURES} tuoi\b",
    rf"\b(?:toi|em|con|minh) moi {_FIGURES}(?:$| (?:ma|va|thoi|khong)\b)",
    rf"\b{_FIGURES} (?:anyos|taong gulang|na taon) (?:na |pa lang |lang |po )*ako\b",
    rf"^{_FIGURES} (?:na |pa |lang |po )*ako(?:$| (?:at|tapos|wala|walang|pero) (?!\d))",
    r"\bmenor de edad ako\b",
    rf"\bмне (?:всего |только |еще )?{_FIGURES}(?: лет)?\b"
    r"(?! (?:минут|час|дн|недел|месяц|долл|руб|раз|км|тыс|цент|баксов|человек"
    r"|лет (?:здесь|как|назад)))",
    r"\bя несовершеннолетн",
    rf"我(?:今年|才|只有)? ?{_FIGURES} ?[岁歲]|我(?:是)?未成年",
    rf"^我(?:今年|才|只有)?{_FIGURES}(?:$| (?=[没沒无無不被我]))",
    rf"(?:저는|나는|전|난|제가|내가) ?(?:{_FIGURES}|열(?:한|두|세|네|다섯|여섯|일곱)?) ?살",
    r"미성년자(?:예요|입니다|이에요)",
    rf"عمري {_FIGURES}\b|انا (?:عندي )?{_FIGURES} سنة(?! (?:هنا|في))|انا قاصر",
    rf"(?:मैं|मेरी उम्र) {_FIGURES}\b|मैं नाबालिग",
    rf"\b(?:main|mai|mein) (?:abhi |sirf )*{_FIGURES} (?:saal |sal )?(?:ki|ka|ke) h(?:u|oo)n?\b",
    rf"\bmeri (?:umar|umr) (?:abhi |sirf )?{_FIGURES}\b",
)
# "tengo 17, mi tio …": after a comma they go on about themselves.
_COMMA = re.compile(r"(\d)\s*[,.;!]+\s+(?=[^\W\d])")
_SAID = re.compile("|".join(f"(?:{pattern})" for pattern in map(str, _PATTERNS)))


_UNDER_16 = re.compile(
    r"(?<!\d)(?:9|1[0-5])(?!\d)|열(?:한|두|세|네|다섯)? ?살"
    r"|\b(?:nine|ten|eleven|twelve|thirteen|fourteen|fifteen)\b"
    r"|\b(?:nueve|diez(?! y)|once|doce|trece|catorce|quince)\b"
)


def says_minor(lines: tuple[str, ...]) -> bool:
    """Whether one of these lines, or all of them read on, says that its writer is under 18 (S4)."""
    return bool(_said(lines))


def says_under_16(lines: tuple[str, ...]) -> bool:
    """Whether the age that is said so is no more than 15; only this is kept, never the age."""
    return any(_UNDER_16.search(said) for said in _said(lines))


def _said(lines: tuple[str, ...]) -> list[str]:
    """The words in which their age is said."""
    texts = (*lines, " ".join(lines))
    read = (*texts, *(_COMMA.sub(r"\1 pero ", text) for text in texts))
    return [found.group() for text in read if (found := _SAID.search(plain(text)))]

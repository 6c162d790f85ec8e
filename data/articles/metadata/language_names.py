"""What tables call a language: codes with two letters or three, with a country or not, and names."""

import re

_NAMES = """
en eng english anglais englisch inglés inglese
de ger deu german deutsch allemand alemán tedesco
fr fre fra french français französisch francés francese
es spa spanish español castilian castellano espagnol spanisch spagnolo
it ita italian italiano italienisch italien
pt por portuguese português brazilian
nl dut nld dutch nederlands flemish
af afr afrikaans
da dan danish dansk
no nor nob nno nb nn norwegian norsk bokmål nynorsk
sv swe swedish svenska
is ice isl icelandic
fi fin finnish suomi
et est estonian eesti
lv lav latvian
lt lit lithuanian
hu hun hungarian magyar
pl pol polish polski
cs cze ces czech čeština
sk slo slk slovak
sl slv slovenian slovene
hr hrv croatian hrvatski bs bos bosnian
sr srp serbian
mk mac mkd macedonian
bg bul bulgarian български
ro rum ron romanian română
sq alb sqi albanian shqip
el gre ell greek
tr tur turkish türkçe
az aze azerbaijani
ru rus russian русский russisch russe
uk ukr ukrainian українська
be bel belarusian
kk kaz kazakh
ka geo kat georgian
hy arm hye armenian
ar ara arabic العربية
fa per fas persian farsi
ur urd urdu
he heb iw hebrew
hi hin hindi
bn ben bengali bangla
ta tam tamil
th tha thai
vi vie vietnamese
id ind in indonesian
ms may msa malay
tl fil tgl filipino tagalog
zh chi zho cmn chinese mandarin 中文
ja jpn jp japanese 日本語
ko kor kr korean 한국어
ca cat catalan català
gl glg galician
eu baq eus basque
ga gle irish
cy wel cym welsh
sw swa swahili
so som somali
ha hau hausa
am amh amharic
sco scots
"""
_CODES = {name: line.split()[0] for line in _NAMES.split("\n") if line for name in line.split()}


def language_code(words: str) -> str | None:
    """Return the code of a language by its name; None for other words.

    >>> [language_code(words) for words in ("en-US", "English", "eng", "pt_BR", "Deutsch (DE)", "n/a")]
    ['en', 'en', 'en', 'pt', 'de', None]
    """
    first = re.match(r"\W*(\w+)", words.casefold())
    return _CODES.get(re.split("_", first[1])[0]) if first else None

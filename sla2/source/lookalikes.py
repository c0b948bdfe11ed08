"""Letters and names that an eye takes for others: `p1` and `pl`, a Cyrillic letter in a Latin word.

In: a name. Out: the Latin letters that it seems to have, or a form that two names share if they look alike. The letters
are those of Unicode's list of confusable characters (UTS 39) that look like a Latin letter or digit in most typefaces.
Used by `mistakes` and `overview`. It reports nothing.
"""

from __future__ import annotations

import unicodedata

_CYRILLIC = dict(zip("аеорсухіјѕԁһӏԛԝвАВЕКМНОРСТХІЈЅԌԚԜЗУ", "aeopcyxijsdhlqwbABEKMHOPCTXIJSGQW3Y", strict=True))
_GREEK = dict(zip("οανικρυτχεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oavikputxeABEZHIKMNOPTYX", strict=True))
_LATIN = {**_CYRILLIC, **_GREEK}
_SHAPES = (("rn", "m"), ("vv", "w"), ("0", "o"), ("O", "o"), ("1", "l"), ("I", "l"), ("5", "s"), ("S", "s"))


def latin(word: str) -> str:
    """`word` with each letter that only looks Latin as the Latin one."""
    return "".join(_LATIN.get(letter, letter) for letter in word)


def strangers(word: str) -> str:
    """The letters of `word` that only look Latin, each once."""
    return "".join(dict.fromkeys(letter for letter in word if letter in _LATIN))


def shapes(name: str) -> tuple[str, str]:
    """Two forms of `name`: names that share one of them look alike. One is by shape, the other without capitals."""
    plain = unicodedata.normalize("NFC", latin(name))
    shape = plain
    for sign, other in _SHAPES:
        shape = shape.replace(sign, other)
    return f"shape {shape}", f"letters {plain.casefold()}"

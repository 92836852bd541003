"""Numbers that name a person (号码): telephone and identity numbers are taken out of what residents wrote."""

import re
import unicodedata

_NUMBERS = re.compile(
    r"(?<!\d)(?:"
    r"[1-9]\d{5}(?:19|20)\d{9}[\dXx]"  # identity number
    r"|(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}"  # mobile
    r"|\(?0\d{2,3}\)?[- ]?[2-9]\d{6,7}"  # landline with area code
    r")(?!\d)"
)
HIDDEN = "［号码略］"


def without_numbers(text: str) -> str:
    """The text with every telephone and identity number replaced; it stays as written where there is none."""
    plain = unicodedata.normalize("NFKC", text)
    return _NUMBERS.sub(HIDDEN, plain) if _NUMBERS.search(plain) else text


def names_a_person(text: str) -> bool:
    """Whether a text holds such a number."""
    return bool(_NUMBERS.search(unicodedata.normalize("NFKC", text)))

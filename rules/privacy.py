"""Numbers that name a person (号码): telephone and identity numbers are taken out of what residents wrote."""

import re

_NUMBERS = re.compile(
    r"(?<!\d)(?:"
    r"[1-9]\d{5}(?:19|20)\d{9}[\dXx]"  # identity number
    r"|(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}"  # mobile
    r"|\(?0\d{2,3}\)?[- ]?[2-9]\d{6,7}"  # landline with area code
    r")(?!\d)"
)
_WIDE = str.maketrans("０１２３４５６７８９＋－（）　", "0123456789+-() ")
HIDDEN = "［号码略］"


def without_numbers(text: str) -> str:
    """The text with every telephone and identity number replaced; all else stays as it was written."""
    kept, end = "", 0
    for found in _NUMBERS.finditer(text.translate(_WIDE)):
        kept += text[end : found.start()] + HIDDEN
        end = found.end()
    return kept + text[end:]


def names_a_person(text: str) -> bool:
    """Whether a text holds such a number."""
    return bool(_NUMBERS.search(text.translate(_WIDE)))

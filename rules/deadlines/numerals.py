"""Chinese numerals (中文数字): 十二, 二十, 廿五, 二〇二一, 两, 百 and plain digits as integers."""

from functools import lru_cache

NUMERALS = "〇一二两三四五六七八九十百廿卅"
_VALUES = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"两": 2, "元": 1}
_TENS = {"十": 10, "百": 100, "廿": 20, "卅": 30}


@lru_cache(maxsize=4096)
def number(text: str) -> int:
    """Digit by digit where no 十 or 百 stands in it (二〇二一 = 2021), else by tens and hundreds."""
    if text[0] in "0123456789":
        return int(text)
    if not _TENS.keys() & set(text):
        return int("".join(str(_VALUES[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in "廿卅":
            total, digit = total + _TENS[char], 0
        else:
            total, digit = total + max(digit, 1) * _TENS[char], 0
    return total + digit

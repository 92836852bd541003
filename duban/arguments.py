"""Numbers (编号) and names as arguments: numbers as everything prints them, D3, or bare; names that can be said."""

import re
import unicodedata
from collections.abc import Callable

import typer

LONGEST_NAME = 60


def number_of(letter: str) -> Callable[[str], int]:
    """A reader of such numbers. No longer than any that was ever given: a database holds no others."""

    def number(written: str) -> int:
        read = re.fullmatch(rf"{letter}?0*([1-9][0-9]{{0,14}})", unicodedata.normalize("NFKC", written).strip().upper())
        if not read:
            raise typer.BadParameter(f"“{written}”不是编号，请写成 {letter}3 或 3 · write {letter}3 or 3")
        return int(read[1])

    return number


def name(written: str) -> str:
    """What something is to be called: not nothing, and one line."""
    said = written.strip()
    if not said or len(said) > LONGEST_NAME or not said.isprintable():
        raise typer.BadParameter(f"名称不能空着，也不能超过 {LONGEST_NAME} 字 · a name has 1 to {LONGEST_NAME} letters")
    return said


def channel_name(written: str) -> str:
    """A name that rosters and lists refer to: letters and figures, with a few signs between them."""
    said = name(written)
    if not re.fullmatch(r"\w[\w .·()（）+-]*", said):
        raise typer.BadParameter("渠道名用文字、数字，如 邮件-2 · letters and figures, such as mail-2")
    return said

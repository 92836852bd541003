"""Numbers of duties, findings and rounds (编号) as arguments: as everything prints them, D3, or bare."""

import re
import unicodedata
from collections.abc import Callable

import typer


def number_of(letter: str) -> Callable[[str], int]:
    """A reader of such numbers. No longer than any that was ever given: a database holds no others."""

    def number(written: str) -> int:
        read = re.fullmatch(rf"{letter}?0*([1-9][0-9]{{0,14}})", unicodedata.normalize("NFKC", written).strip().upper())
        if not read:
            raise typer.BadParameter(f"“{written}”不是编号，请写成 {letter}3 或 3 · write {letter}3 or 3")
        return int(read[1])

    return number

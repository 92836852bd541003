"""The matrix of responsibility on the screen and as JSON (责任矩阵)."""

from collections.abc import Mapping, Sequence
from typing import Any

from rules.language import Text
from rules.matrix_words import held_by, totals
from rules.place_matrix import Matrix, MatrixRow
from rules.places import PART_LABELS, Site


def matrix_lines(matrix: Matrix) -> Sequence[Text]:
    """A line for each area and site, indented by the areas around it, and the vacancies counted last."""
    counted = totals(matrix)
    return [
        Text(f"责任矩阵 {matrix.on}", f"Responsibility on {matrix.on}"),
        *map(_line, matrix.rows),
        Text(f"{counted.zh}。", f"{counted.en}."),
    ]


def _line(row: MatrixRow) -> Text:
    seats = [(PART_LABELS[part], held_by(seat)) for part, seat in row.seats.items()]
    zh = "；".join(f"{label.zh} {held.zh}" for label, held in seats)
    en = "; ".join(f"{label.en} {held.en}" for label, held in seats)
    indent, name = "  " * row.depth, row.place.key
    kind_zh, kind_en = (f"（{row.kind}）", f" ({row.kind})") if row.kind else ("", "")
    return Text(f"{indent}{name}{kind_zh}：{zh}", f"{indent}{name}{kind_en}: {en}")


def matrix_json(matrix: Matrix) -> Mapping[str, Any]:
    """The matrix as data: seats by part, vacant ones with nobody in them."""
    return {"on": matrix.on, "rows": list(map(_row, matrix.rows)), "vacancies": matrix.vacancies}


def _row(row: MatrixRow) -> Mapping[str, Any]:
    place = row.place
    return {
        "place": f"site:{place.key}" if isinstance(place, Site) else f"area:{place.key}",
        "kind": row.kind,
        "area": place.area if isinstance(place, Site) else place.parent,
        "seats": {
            part: {"holders": seat.holders, "via": seat.via, "left": seat.left} for part, seat in row.seats.items()
        },
    }

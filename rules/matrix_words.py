"""The matrix of responsibility in words (矩阵用语), the same on the screen and in a spreadsheet."""

from rules.language import Text
from rules.place_matrix import Matrix, Seat
from rules.places import PART_LABELS


def held_by(seat: Seat) -> Text:
    """Who holds a seat, from which area they are taken over, or that nobody does."""
    holders = Text("、".join(seat.holders), ", ".join(seat.holders))
    if seat.is_vacant:
        gone = "、".join(seat.left)
        return (
            Text(f"空缺（{gone} 已不在名册）", f"vacant ({gone} left the roster)") if gone else Text("空缺", "vacant")
        )
    if seat.via:
        return Text(f"{holders.zh}（{seat.via}）", f"{holders.en} ({seat.via})")
    return holders


def totals(matrix: Matrix) -> Text:
    """空缺: how many in all, and in which parts."""
    if not matrix.rows:
        return Text("还没有登记网格和点位", "no areas or sites are registered")
    vacancies = matrix.vacancies
    if not vacancies:
        return Text("没有空缺", "no vacancies")
    zh = "，".join(f"{PART_LABELS[part].zh} {count}" for part, count in vacancies.items())
    en = ", ".join(f"{PART_LABELS[part].en} {count}" for part, count in vacancies.items())
    total = sum(vacancies.values())
    return Text(f"空缺 {total} 处：{zh}", f"{total} vacancies: {en}")

"""Fields written into running text (标签): 牵头单位：…；配合单位：…, 完成时限：…; without them, a closing bracket's."""

import re
from dataclasses import dataclass

from rules.table.brackets import bracketed_units, closing_bracket
from rules.table.dated import is_time, time_apart
from rules.table.fields import Field
from rules.table.unit_words import are_authorities, looks_like_units

_UNIT = r"(?:单位|部门|科室|股室|处室|镇街|主体)"
_LABELS: tuple[tuple[Field, str], ...] = (
    (Field.METHOD, r"(?:测评|考核|考评|评价|检查|验收)(?:方法|方式|办法)"),
    (Field.ASSESSOR, rf"(?:考核|验收|督查|督导|督办|评分)(?:责任|负责)?(?:{_UNIT}|领导)"),
    (Field.LEADER, r"(?:责任|分管|牵头|配合|主管|包联|包保|包抓|挂点)领导"),
    (Field.RESPONSIBLE, r"(?:责任人|负责人|联系人|联络员|经办人|承办人)"),
    (Field.SUPPORT, rf"(?:配合|协办|协助|协同|参与)(?:责任)?{_UNIT}?"),
    (Field.LEAD, rf"(?:牵头|主办|责任|承办|负责|落实|实施|主责|完成|整改)(?:责任)?{_UNIT}|牵头|主办|责任"),
    (
        Field.DEADLINE,
        r"(?:完成|整改|办结|办理|实施|推进|任务)(?:时间|时段|日期)(?:要求|安排)?|(?:完成|整改|办理)?(?:时限|时间节点|期限)(?:要求)?",
    ),
)
# A short label needs a boundary before it; a full one (责任单位：) is told even where the words run together.
_SHORT = r"(?:牵头|主办|责任|配合|协办|协助|协同|参与|时限|期限)\s*[:：]"
_LABEL = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?!{_SHORT}))(?P<open>[（(【\[]?)\s*(?:"
    + "|".join(f"(?P<{field.name}>{form})" for field, form in _LABELS)
    + r")\s*[:：]"
)
_MARKED = re.compile(r"[:：)）】\]]|——")
"""A colon, a closing bracket or a dash, without which nothing is labelled."""
_STOP = re.compile(r"[。\n)）】\]]|\s+(?:主要|重点|工作|具体|整治)*(?:任务|内容|措施|要求|目标|标准|做法)\s*[:：]")
"""The value of a label ends with its sentence or line, or where words of another kind are announced."""
_ADDRESSED = re.compile(
    r"\s*(?P<who>[^:：。；（）()\n]{2,40})[:：。]\s*(?:(?P<does>负责|牵头|做好|承担|落实|完成|组织|配合|加强|开展)|(?!现将|为|根据|按|经|近[日期年])(?=\S{4}))"
)
_FRONT = re.compile(r"\s*[【\[](?P<units>[^【】\[\]]{2,60})[】\]]\s*(?=.{4})", re.DOTALL)
_BEHIND = re.compile(r"\s*——\s*(?P<units>[^—\n（()）]{2,60}?)(?:[（(](?P<time>[^（()）]{2,30})[)）])?[。；;]?\s*$")
_UNIT_LABELS = frozenset({Field.LEAD, Field.SUPPORT, Field.ASSESSOR})


@dataclass(frozen=True, slots=True)
class Labelled:
    """带标签的文字: the text without its labelled parts, the units' part as written, and the other fields."""

    text: str
    units: str
    fields: dict[Field, str]


def labelled(text: str) -> Labelled:
    """Take the labelled parts out of a text; without a label for units, a closing bracket that names them."""
    if not _MARKED.search(text):
        return Labelled(text, "", {})
    found = list(_LABEL.finditer(text))
    if not found:
        return _closing(text)
    fields: dict[Field, str] = {}
    units: list[str] = []
    kept, place, opened = "", 0, False
    for label, following in zip(found, [*found[1:], None], strict=True):
        end = _end(text, label, following.start() if following else len(text))
        kind = Field[str(label.lastgroup)] if label.lastgroup != "open" else _kind(label)
        value = text[label.end() : end].strip(" 　;；，,。、（(")
        if kind in _UNIT_LABELS:
            value, time = time_apart(value)
            if time:
                fields.setdefault(Field.DEADLINE, time)
            units.append(text[label.end("open") : label.end()].strip() + value)
        elif value and not (kind is Field.RESPONSIBLE and kind in fields):  # 责任人 comes before 联络员
            fields[kind] = value
        kept += text[place : label.start()]
        opened = opened or bool(label["open"])
        closes = opened and end < len(text) and text[end] in ")）】]"
        place = end + closes
        opened = opened and not closes
    kept = re.sub(r"[;；，,、\s（(]+$", "", kept + text[place:]).strip()
    kept = re.sub(r"(?<=[。；;])[。；;\s]+(?=[。；;]|$)", "", kept)
    if units:
        return Labelled(kept, "；".join(units), fields)
    rest = _closing(kept)
    return Labelled(rest.text, rest.units, {**rest.fields, **fields})


def _kind(label: re.Match[str]) -> Field:
    return next(field for field, _ in _LABELS if label[field.name])


def _end(text: str, label: re.Match[str], limit: int) -> int:
    """Where the value of a label ends: the next label, the sentence, or the bracket it stands in."""
    if label["METHOD"]:  # its numbers 1)3) are no brackets
        return next((place for place in range(label.end(), limit) if text[place] in "\n。"), limit)
    depth = 0
    for place in range(label.end(), limit):
        mark = text[place]
        if mark in "（(【[":
            depth += 1
        elif mark in ")）】]" and depth:
            depth -= 1
        elif _STOP.match(text, place) and not depth:
            return place
    return limit


def _closing(text: str) -> Labelled:
    if closing := closing_bracket(text):
        fields = {Field.DEADLINE: closing.time} if closing.time else {}
        return Labelled(closing.text, closing.units, fields)
    if marked := _front(text) or _behind(text):
        return marked
    addressed = _ADDRESSED.match(text)
    if addressed and (are_authorities(addressed["who"]) or (addressed["does"] and looks_like_units(addressed["who"]))):
        return Labelled(text, addressed["who"], {})
    return Labelled(text, "", {})


def _front(text: str) -> Labelled | None:
    """【区住建局】修补路面."""
    match = _FRONT.match(text)
    units = bracketed_units(match["units"]) if match else ""
    return Labelled(text[match.end() :], units, {}) if match and units else None


def _behind(text: str) -> Labelled | None:
    """修补路面——区住建局（6月底前）, or nothing but the time: 修补路面——6月底前."""
    match = _BEHIND.search(text, max(0, text.rfind("——"))) if "——" in text else None
    if not match or not match.start():
        return None
    if is_time(match["units"]):
        rest = text[: match.start()].strip()
        named = _behind(rest) or Labelled(rest, "", {})
        return Labelled(named.text, named.units, {**named.fields, Field.DEADLINE: match["units"]})
    if not (units := bracketed_units(match["units"])):
        return None
    if match["time"] and not is_time(match["time"]):
        return None
    return Labelled(text[: match.start()].strip(), units, {Field.DEADLINE: match["time"]} if match["time"] else {})

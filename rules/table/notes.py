"""Duties in the small print (附注里的任务): in the notes of a table, in closing sentences and in a notice around them.

Only what states a duty is one: who is asked or by when, and what is to be sent or done. What explains the table, its
points or its figures never is.
"""

import re
from collections.abc import Iterator

from rules.doubts import CONFIRMED, DROPPED
from rules.language import Text
from rules.reading import DeadlineKind, Question, Source
from rules.table.fields import Field
from rules.table.phrases import Phrases
from rules.table.records import Cell, Record

_HEAD = re.compile(r"\s*[※*＊]?\s*[（(]?\s*(附?注|备注|说明|填表说明|填报说明|备注说明|编制说明)\s*\d*\s*[:：.．、]\s*")
_SENTENCE = re.compile(r"[。；;！!\n]+|(?<![\d.．])(?=\d{1,2}\s*[.．、)）](?!\d))|(?=[（(]\d{1,2}[)）])|(?=[①-⑳])")
_HAN = "[一二三四五六七八九十]{1,3}"
_MARK = re.compile(rf"^\s*(?:[（(]?\d{{1,2}}\s*[.．、)）]|[①-⑳]|{_HAN}、|[（(]{_HAN}[)）])?\s*")
_SENDS = re.compile(
    r"报送|上报|呈报|填报|申报|报(?=[至给送])|(?<=[日前内后时须应请况单结表料果案息展度账片稿册，,并])报(?![到告表道名刊纸社警销考价酬])|提交|递交|送交|反馈|告知|备案|报备|汇总"
)
_DOES = re.compile(r"制定|印发|召开|组织|建立|更新|自查|公示|启动|明确|确定|指定|开展|梳理|编制|张贴|培训")
_ASKS = re.compile(r"^请|[，,]\s*请|务必|必须|[须应需要](?=[于在将每按向把及指])")
_BEFORE = re.compile(
    r"[\d日月周天底末旬年度时号一二三四五六](?:之)?前|[日天时月周]内|每[年月周季天日旬]|每个?工作日|\d日"
)
_FIRST_TIME = re.compile(
    r"^于?(?:每个?[年月周季天日旬]|[今明]年|[本下]个?[年月周季]|20\d\d年|\d{1,2}[月日号])[^，,。由请各]{0,12}?前[，,]?\s*"
)
_BARE_DEMAND = re.compile(rf"^请|^[本此]表|{_FIRST_TIME.pattern}")
"""A demand that leaves out who is asked: it begins with 请, with its time, or with the table itself."""
_MODAL = re.compile(r"[，,：:]|务必|必须|[请于在将每按向把应须需要](?!求)")
_POLITE = re.compile(r"^(?:另|同时|此外)?[，,]?\s*(?:请|望|要求|由)?")
_EXPLAINS = re.compile(
    r"扣\s*\d|扣分|计分|得分|加分|分值|赋分|解释|截至|截止到|是指|口径|为准|已[经于]?|未[^，。]{0,12}的"
)
_SUPPOSES = re.compile(r"^[如若凡遇]|[，,]?(?:如果|如有|如遇|若有|凡是|原则上)")
_CLAUSE = re.compile(r"[，,](?![^（(]*[)）])")
_SHORTEST, _LONGEST = 6, 200

_IS_IT_ONE = Question(
    "row",
    Text("附注或结尾里的要求，是否作为一项任务？", "A demand in a note or closing sentence: is it a task of its own?"),
    (CONFIRMED, DROPPED),
)
_NOBODY = Question("lead_units", Text("没有写由谁负责。", "It does not say by whom."))


def duties_in(text: str, source: Source, phrases: Phrases, *, in_table: bool, named: bool = False) -> Iterator[Record]:
    """The duties a note states, one a sentence. Outside a table only what is to be sent to somebody counts.

    `named` says that the title already tells who answers.
    """
    for sentence in _SENTENCE.split(_HEAD.sub("", text, count=1)):
        words = _MARK.sub("", sentence, count=1).strip(" 　，,")
        states = _SENDS.search(words) or (in_table and _DOES.search(words))
        if states and _SHORTEST <= len(words) <= _LONGEST and not _EXPLAINS.search(words):
            before, report = _report_apart(words)
            asked = next((who for clause in before if (who := _asked(clause, phrases))), ())
            record = _duty(report, source, phrases, named, asked)
            if record:
                yield record


def _report_apart(words: str) -> tuple[list[str], str]:
    """A report with a time of its own (于6月5日前完成，总结于9日前报…): the clauses before it, and its own words."""
    clauses = _CLAUSE.split(words)
    timed = [place for place, clause in enumerate(clauses) if _BEFORE.search(clause)]
    if len(timed) > 1 and _SENDS.search(clauses[timed[-1]]) and not _SENDS.search(clauses[timed[0]]):
        return clauses[: timed[-1]], "，".join(clauses[timed[-1] :])
    return [], words


def _duty(words: str, source: Source, phrases: Phrases, named: bool, asked: tuple[str, ...]) -> Record | None:
    sends = _SENDS.search(words) is not None
    times = [one for one in phrases.deadlines(words, "").readings if one.kind is not DeadlineKind.NONE]
    by_when = bool(times) and _BEFORE.search(words) is not None
    who = _asked(words, phrases) or asked
    told = bool(who) or _BARE_DEMAND.match(words) is not None
    if not (by_when and who) and not (sends and told and (by_when or _ASKS.search(words))):
        return None
    record = Record(source)
    record.add(Field.TASK, Cell(words, source))
    if who:
        record.add(Field.LEAD, Cell("、".join(who), source))
    elif not named:
        record.doubts.append(_NOBODY)
    if not by_when or not who or _SUPPOSES.search(words):
        record.doubts.append(_IS_IT_ONE)
    return record


def _asked(words: str, phrases: Phrases) -> tuple[str, ...]:
    """The units a sentence begins with, its time aside; units named later receive, check or are spoken of."""
    rest = _POLITE.sub("", _FIRST_TIME.sub("", _POLITE.sub("", words, count=1), count=1), count=1)
    found = (pattern.search(rest) for pattern in (_BEFORE, _SENDS, _DOES))
    front = rest[: min((one.start() for one in found if one), default=len(rest))]
    lead = phrases.units(_MODAL.split(front, maxsplit=1)[0]).lead
    return lead if lead and rest.startswith(lead[0]) else ()

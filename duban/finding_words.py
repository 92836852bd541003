"""Findings in words (问题的显示): a line of the queue, one finding with its story, figures with their rates."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from duban.labels import actor_label, label_of
from rules.finding_measures import COUNT_LABELS, RATES, Count, Counts
from rules.findings import SEVERITY_LABELS, SOURCE_LABELS, STATE_LABELS, FindingState, Source
from rules.language import Text
from rules.lifecycle import STATE_LABELS as DUTY_LABELS
from rules.lifecycle import DutyState
from rules.policy import Severity
from rules.worktime import WorkCalendar


def listed(row: Any, calendar: WorkCalendar) -> Text:
    """One line: number, state, owner, place, type, what is to be noticed, the first words."""
    state, severity = STATE_LABELS[FindingState(row.state)], SEVERITY_LABELS[Severity(row.severity)]
    duty, notes = _duty(row, calendar), _notes(row)
    where, unit = row.site or row.place, row.unit or "—"
    words = " ".join(row.text.split())[:40]
    return Text(
        f"F{row.id}  {state.zh}{duty.zh}  {unit}  {where}·{row.type}（{severity.zh}）{notes.zh}  {words}",
        f"F{row.id}  {state.en}{duty.en}  {unit}  {where}·{row.type} ({severity.en}){notes.en}  {words}",
    )


def described(
    row: Any, merged: Sequence[int], files: Sequence[Any], events: Sequence[Any], calendar: WorkCalendar
) -> Iterator[Text]:
    """The finding, where it came from, what is shown for it, and all that happened to it."""
    yield listed(row, calendar)
    yield Text(f"  {row.text}", f"  {row.text}")
    source, at = SOURCE_LABELS[Source(row.source)], f"{calendar.local(row.found_at):%Y-%m-%d %H:%M}"
    by, case = row.finder or "—", row.source_key or "—"
    yield Text(
        f"  来源 {source.zh}，案件编号 {case}，{at} 发现，发现人 {by}",
        f"  from {source.en}, case {case}, found {at} by {by}",
    )
    if merged:
        numbers = "、".join(f"F{number}" for number in merged)
        yield Text(f"  并入本案：{numbers}", f"  merged into it: {numbers}")
    for file in files:
        line = f"  {file.name}  {file.media_type}  {file.size // 1024} KB  {file.sha256}"
        yield Text(line, line)
    for event in events:
        moment, who, what = calendar.local(event.at), actor_label(event.actor), label_of(event.kind, event.data)
        yield Text(
            f"  {moment:%Y-%m-%d %H:%M}  {who.zh}  {what.zh}（{event.id}）",
            f"  {moment:%Y-%m-%d %H:%M}  {who.en}  {what.en} ({event.id})",
        )


def figure_lines(counted: Mapping[str, Counts]) -> Iterator[Text]:
    """For each key its counts, and below them the rates that have something to be counted from."""
    for key, counts in counted.items():
        told = [(COUNT_LABELS[count], counts[count].value) for count in Count if count in counts]
        yield Text(
            f"{key}：" + "，".join(f"{label.zh} {value}" for label, value in told),
            f"{key}: " + ", ".join(f"{label.en} {value}" for label, value in told),
        )
        rates = [(rate.label, value) for rate in RATES if (value := rate.of(counts)) is not None]
        yield Text(
            "  " + "，".join(f"{label.zh} {value:.1%}" for label, value in rates),
            "  " + ", ".join(f"{label.en} {value:.1%}" for label, value in rates),
        )


def figures_json(counts: Counts) -> dict[str, Any]:
    """Each count with the events it was counted from, and every rate with how it is counted."""
    return {
        "counts": {count: {"value": figure.value, "events": list(figure.events)} for count, figure in counts.items()},
        "rates": {rate.key: {"value": rate.of(counts), "meaning": rate.meaning.zh} for rate in RATES},
    }


def _duty(row: Any, calendar: WorkCalendar) -> Text:
    if row.duty_id is None:
        return Text("", "")
    state, due = DUTY_LABELS[DutyState(row.duty_state)], f"{calendar.local(row.due_at):%Y-%m-%d %H:%M}"
    returns = Text(f"，返工 {row.returns} 次", f", returned {row.returns} times") if row.returns else Text("", "")
    return Text(
        f" → D{row.duty_id} {state.zh}，时限 {due}{returns.zh}", f" → D{row.duty_id} {state.en}, due {due}{returns.en}"
    )


def _notes(row: Any) -> Text:
    """What a person has to notice: a relapse, a likely duplicate (a proposal), a merge, an answer owed."""
    notes = []
    if row.relapse_of:
        notes.append(Text(f"［回潮，原 F{row.relapse_of}］", f" [relapse of F{row.relapse_of}]"))
    if row.duplicate_of:
        notes.append(Text(f"［并入 F{row.duplicate_of}］", f" [merged into F{row.duplicate_of}]"))
    elif row.resembles:
        notes.append(Text(f"［疑似与 F{row.resembles} 重复］", f" [looks like F{row.resembles}]"))
    if row.answered_at:
        notes.append(Text("［已答复］", " [answered]"))
    return Text("".join(note.zh for note in notes), "".join(note.en for note in notes))

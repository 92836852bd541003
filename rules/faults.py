"""What is wrong with a value that was filled in (填写有误), in words: what pydantic finds, Chinese first."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rules.language import Text

_WORDS: Mapping[str, Text] = {
    "missing": Text("没有填", "not given"),
    "extra_forbidden": Text("没有这一项", "there is no such field"),
    "int_parsing": Text("须是整数", "must be a whole number"),
    "int_type": Text("须是整数", "must be a whole number"),
    "int_from_float": Text("须是整数", "must be a whole number"),
    "int_parsing_size": Text("数字太大", "the number is too large"),
    "float_parsing": Text("须是数字", "must be a number"),
    "float_type": Text("须是数字", "must be a number"),
    "finite_number": Text("须是有限的数", "must be a finite number"),
    "bool_parsing": Text("须是 true 或 false", "must be true or false"),
    "bool_type": Text("须是 true 或 false", "must be true or false"),
    "string_type": Text("须是文字", "must be text"),
    "string_pattern_mismatch": Text("含有不允许的字符", "has characters that are not allowed"),
    "string_too_short": Text("不能为空", "must not be empty"),
    "string_too_long": Text("太长", "is too long"),
    "literal_error": Text("只能填 {expected} 之一", "must be one of {expected}"),
    "enum": Text("只能填 {expected} 之一", "must be one of {expected}"),
    "greater_than": Text("须大于 {gt}", "must be greater than {gt}"),
    "greater_than_equal": Text("不能小于 {ge}", "must be at least {ge}"),
    "less_than": Text("须小于 {lt}", "must be less than {lt}"),
    "less_than_equal": Text("不能大于 {le}", "must be at most {le}"),
    "dict_type": Text("须是 JSON 对象 {{…}}", "must be a JSON object {{…}}"),
    "model_type": Text("须是 JSON 对象 {{…}}", "must be a JSON object {{…}}"),
    "tuple_type": Text("须是 JSON 数组 […]", "must be a JSON array […]"),
    "list_type": Text("须是 JSON 数组 […]", "must be a JSON array […]"),
    "time_parsing": Text("须是时刻，如 09:00", "must be a time such as 09:00"),
    "json_invalid": Text("不是完整的 JSON（{error}）", "it is no whole JSON ({error})"),
}


def fault(found: Mapping[str, Any]) -> Text:
    """One thing that pydantic found wrong; what our own validators say is repeated as it is."""
    known, facts = _WORDS.get(found["type"]), {**found.get("ctx", {})}
    if known is None:
        said = found["msg"].removeprefix("Value error, ")
        return Text(said if found["type"] == "value_error" else f"填写有误：{said}", said)
    listed = re.sub(r" or |, ?", "、", str(facts.get("expected", "")))
    return Text(known.zh.format(**facts | {"expected": listed}), known.en.format(**facts))


def faults(found: Sequence[Mapping[str, Any]]) -> Text:
    """Everything that pydantic found wrong, each with the place where it stands."""
    told = [(".".join(map(str, one["loc"])), fault(one)) for one in found]
    zh, en = ([f"{place}: {what[n]}" if place else what[n] for place, what in told] for n in (0, 1))
    return Text("；".join(zh), "; ".join(en))

"""Filling in, storing and showing a channel's form. Encryption itself is the store's."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import SecretStr, TypeAdapter, ValidationError

from channels.errors import BadForm, UnknownKind
from channels.kinds import ChannelConfig, Form, Inbox, Paper, Wrong
from channels.masking import mask_secret
from rules.faults import fault
from rules.language import Text

KINDS: Mapping[str, type[Form]] = {
    form.model_fields["kind"].default: form for form in get_args(get_args(ChannelConfig)[0])
}
_ADAPTER: TypeAdapter[ChannelConfig] = TypeAdapter(ChannelConfig)


def fill(kind: str, settings: Mapping[str, Any], endpoint: str | None = None) -> ChannelConfig:
    """A checked channel from what the office typed (texts are enough).

    Raises UnknownKind, or BadForm with one sentence per wrong field; no value is repeated in either.
    """
    if kind not in KINDS:
        raise UnknownKind(kind=kind, known="、".join(KINDS))
    typed = dict(settings) | ({"endpoint": endpoint} if endpoint else {})
    try:
        return _ADAPTER.validate_python(typed | {"kind": kind})
    except ValidationError as refused:
        problems = [_problem(error) for error in refused.errors(include_input=False, include_url=False)]
    raise BadForm(kind, problems, fields_of(kind))


def fields_of(kind: str) -> list[str]:
    """The names a form takes, in order; those that must be filled in carry a star."""
    fields = {name: field for name, field in KINDS[kind].model_fields.items() if name != "kind"}
    return [f"{name}*" if field.is_required() else name for name, field in fields.items()]


def secrets_of(channel: Form) -> dict[str, str]:
    """The secret fields in clear: to be encrypted, or to be looked for in logs. Never to be shown."""
    values = {name: getattr(channel, name) for name in type(channel).model_fields}
    return {name: value.get_secret_value() for name, value in values.items() if isinstance(value, SecretStr)}


def plain_of(channel: Form) -> dict[str, Any]:
    """The other fields, as JSON. `fill(kind, plain | secrets)` gives the channel back."""
    return channel.model_dump(mode="json", exclude={"kind", *secrets_of(channel)}, exclude_none=True)


def masked(channel: Form) -> dict[str, Any]:
    """The form as it may be shown: secrets reduced to a hint."""
    return plain_of(channel) | {name: mask_secret(value) for name, value in secrets_of(channel).items()}


def at_home(channel: ChannelConfig, home: Path) -> ChannelConfig:
    """The channel as it works in this office: a folder of files is taken from DUBAN_HOME on."""
    return (
        channel.model_copy(update={"folder": home / channel.folder}) if isinstance(channel, Inbox | Paper) else channel
    )


_PROBLEMS = {
    "not_an_address": Text(
        "须是一个 {schemes} 地址，不能含空白或逗号", "must be one {schemes} address without spaces or commas"
    ),
    "user_in_address": Text("地址里不能带用户名和密码", "the address must not carry a user name or password"),
    "more_than_server": Text(
        "只填 协议://主机:端口，路径由渠道自己决定", "give scheme://host:port only; the channel knows the path"
    ),
    "magic_option": Text(
        "地址里不能带 {names}：超时、重试、转向由督办统一掌握",
        "the address must not carry {names}: time-outs, retries and redirects are Duban's",
    ),
    "not_a_token": Text(
        "只能含字母、数字、下划线、点和短横；请只填凭据本身，不要填整个地址",
        "only letters, digits, underscores, dots and hyphens; give the credential itself, not the whole address",
    ),
    "not_a_mailbox": Text("须是一个邮箱地址", "must be one mail address"),
    "half_a_login": Text("user 和 password 要么都填，要么都不填", "give both user and password, or neither"),
}


def _problem(error: Mapping[str, Any]) -> tuple[str, Text]:
    name = ".".join(str(part) for part in error["loc"] if part not in KINDS)
    wrong = error.get("ctx", {}).get("error")
    if not isinstance(wrong, Wrong):
        return name, fault(error)
    known = _PROBLEMS[wrong.code]
    return name, Text(known.zh.format(**wrong.facts), known.en.format(**wrong.facts))

"""The channel kinds as typed forms (渠道填写项): what the office fills in, never a raw Apprise URL.

How a message travels over a kind stands in the carriers; how a form is stored and shown in channels.forms.
"""

import re
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    model_validator,
)

# Query options that change Apprise's behaviour behind one's back; timing, retries and redirects are Duban's alone.
MAGIC_OPTIONS = frozenset({
    "cto", "emojis", "format", "optional", "overflow", "redirect", "retry", "rto", "store", "tags", "tz",
    "verify", "wait",
})  # fmt: skip
MAILBOX = re.compile(r"[!-9;=?A-Z^-~]+@[A-Za-z0-9.\-]+")
"""One plain mail address: no list, no display name, nothing that could end a header line."""


class Wrong(ValueError):
    """What is wrong with a field; the sentence for a code stands in channels.forms, in both languages."""

    def __init__(self, code: str, **facts: str) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


def _split(value: str, *schemes: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.scheme not in schemes or re.search(r"[\s,\\]", value):
        raise Wrong("not_an_address", schemes=" / ".join(schemes))
    if parts.username is not None:
        raise Wrong("user_in_address")
    return parts


def _base_address(value: str) -> str:
    """`scheme://host[:port]` and nothing more."""
    parts = _split(value, "http", "https")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise Wrong("more_than_server")
    return f"{parts.scheme}://{parts.netloc}"


def _secret_address(value: SecretStr) -> SecretStr:
    parts = _split(value.get_secret_value(), "http", "https")
    magic = sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True) if _is_magic(name))
    if magic:
        raise Wrong("magic_option", names="、".join(magic))
    return value


def _is_magic(name: str) -> bool:
    return name.lower() in MAGIC_OPTIONS or name[:1] in (" ", "+", "-", ":")  # "+" is read as a space.


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[\w.\-]+", value.get_secret_value(), re.ASCII):
        raise Wrong("not_a_token")
    return value


def _mailbox(value: str) -> str:
    if not MAILBOX.fullmatch(value):
        raise Wrong("not_a_mailbox")
    return value


def _pairs(value: Any) -> Any:
    """`name=value, name=value` from a command line, or a mapping."""
    if isinstance(value, str):
        value = [tuple(pair.split("=", 1)) for pair in re.split(r"[,\n]\s*", value.strip()) if pair]
    return tuple(value.items()) if isinstance(value, dict) else value


Endpoint = Annotated[str, AfterValidator(_base_address)]
SecretAddress = Annotated[SecretStr, AfterValidator(_secret_address)]
Token = Annotated[SecretStr, AfterValidator(_token)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
Pairs = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_pairs)]
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Form(BaseModel):
    """渠道填写项的共同部分. Frozen and hashable; validation errors never repeat a value."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: str
    target_title: ClassVar[str] = ""
    """What a person's address on this channel is (收件人地址填什么)."""
    identity: ClassVar[tuple[str, ...]] = ("endpoint",)
    """The fields that say which robot, account or server it is: the vendor counts its limits by them."""

    def test_target(self) -> str | None:
        """试发对象: where a trial message goes; None where only a person can say."""
        return ""


class WecomRobot(Form):
    """企业微信群机器人."""

    target_title: ClassVar[str] = "群里要提醒的人：成员账号或手机号，@all 提醒全体，空着不提醒"
    identity: ClassVar[tuple[str, ...]] = ("endpoint", "key")
    kind: Literal["wecom_robot"] = "wecom_robot"
    key: Token = Field(title="机器人 key", description="机器人地址里 key= 后面的一段")
    endpoint: Endpoint = Field("https://qyapi.weixin.qq.com", title="接口地址", description="私有部署时改填")


class WecomApp(Form):
    """企业微信应用消息，逐人送达."""

    target_title: ClassVar[str] = "成员账号 (userid)"
    identity: ClassVar[tuple[str, ...]] = ("endpoint", "corp_id", "agent_id")
    kind: Literal["wecom_app"] = "wecom_app"
    corp_id: Filled = Field(title="企业 ID")
    secret: Token = Field(title="应用 Secret")
    agent_id: int = Field(title="应用 AgentId", ge=0, le=10**12)
    endpoint: Endpoint = Field("https://qyapi.weixin.qq.com", title="接口地址", description="私有部署时改填")

    def test_target(self) -> str | None:
        return "@all"


class DingtalkRobot(Form):
    """钉钉群机器人."""

    target_title: ClassVar[str] = "群里要提醒的人：手机号或成员账号，@all 提醒全体，空着不提醒"
    identity: ClassVar[tuple[str, ...]] = ("endpoint", "token")
    kind: Literal["dingtalk_robot"] = "dingtalk_robot"
    token: Token = Field(title="access_token", description="机器人地址里 access_token= 后面的一段")
    secret: Token | None = Field(None, title="加签密钥", description="安全设置选了加签时必填")
    endpoint: Endpoint = Field("https://oapi.dingtalk.com", title="接口地址")


class FeishuRobot(Form):
    """飞书群机器人."""

    target_title: ClassVar[str] = "群里要提醒的人：open_id 或 user_id，@all 提醒全体，空着不提醒"
    identity: ClassVar[tuple[str, ...]] = ("endpoint", "token")
    kind: Literal["feishu_robot"] = "feishu_robot"
    token: Token = Field(title="机器人凭据", description="机器人地址最后一段")
    secret: Token | None = Field(None, title="签名密钥", description="安全设置选了签名校验时必填")
    endpoint: Endpoint = Field("https://open.feishu.cn", title="接口地址", description="私有部署时改填")


class Email(Form):
    """电子邮件，每封只有一个收件人."""

    target_title: ClassVar[str] = "邮箱地址"
    identity: ClassVar[tuple[str, ...]] = ("host", "port", "sender")
    kind: Literal["email"] = "email"
    host: str = Field(title="SMTP 主机", pattern=r"^[A-Za-z0-9.:\-]+$")
    port: int = Field(587, title="端口", description="不填时随加密方式", ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = Field("starttls", title="加密方式")
    user: str | None = Field(None, title="登录名")
    password: SecretStr | None = Field(None, title="密码")
    sender: Mailbox = Field(title="发件人邮箱")

    @model_validator(mode="before")
    @classmethod
    def _fill_server(cls, data: Any) -> Any:
        """An endpoint (smtp://host:port, smtps://…) stands for host, port and security; each has its usual port."""
        if not isinstance(data, dict):
            return data
        data = dict(data)
        if endpoint := data.pop("endpoint", None):
            data |= _mail_server(endpoint)
        return {"port": _MAIL_PORTS.get(data.get("security", "starttls"), 25)} | data

    @model_validator(mode="after")
    def _need_user(self) -> Self:
        if (self.user is None) != (self.password is None):
            raise Wrong("half_a_login")
        return self

    def test_target(self) -> str | None:
        return self.sender


_MAIL_PORTS = {"tls": 465, "starttls": 587, "none": 25}


def _mail_server(endpoint: str) -> dict[str, Any]:
    parts = _split(endpoint, "smtp", "smtps")
    if parts.path.strip("/") or parts.query:
        raise Wrong("more_than_server")
    security = "tls" if parts.scheme == "smtps" else "none"
    return {"host": parts.hostname, "port": parts.port or _MAIL_PORTS[security], "security": security}


class Webhook(Form):
    """通用 JSON 接口，可验签."""

    target_title: ClassVar[str] = "原样写进 JSON 的 target，由对方系统解释，可空"
    identity: ClassVar[tuple[str, ...]] = ("endpoint", "url")
    kind: Literal["webhook"] = "webhook"
    url: SecretAddress = Field(title="接收地址", description="整个地址按密文保存，因为里面常带凭据")
    secret: SecretStr | None = Field(
        None, title="签名密钥", description="填了就对正文作 HMAC-SHA256 签名", min_length=1
    )
    endpoint: Endpoint | None = Field(None, title="替换地址", description="替换 url 的协议、主机、端口，路径不变")


class Ntfy(Form):
    """ntfy 推送."""

    target_title: ClassVar[str] = "主题 (topic)，空着用渠道的主题"
    kind: Literal["ntfy"] = "ntfy"
    topic: str = Field(title="主题", pattern=r"^[A-Za-z0-9_-]{1,64}$")
    token: Token | None = Field(None, title="访问令牌")
    endpoint: Endpoint = Field("https://ntfy.sh", title="服务器地址", description="一般是单位自己的服务器")


class Sms(Form):
    """短信，经一个可配置的 HTTP 网关.

    `fields` and `headers` may use {phone} {text} {number} {secret}. Success is `success` = one of `success_values`.
    """

    target_title: ClassVar[str] = "手机号"
    identity: ClassVar[tuple[str, ...]] = ("endpoint", "url")
    kind: Literal["sms"] = "sms"
    url: SecretAddress = Field(title="网关地址")
    secret: SecretStr | None = Field(None, title="网关密钥", description="在 fields 或 headers 里用 {secret} 引用")
    format: Literal["json", "form"] = Field("json", title="正文格式")
    fields: Pairs = Field((("phone", "{phone}"), ("text", "{text}")), title="正文字段", description="名=值，逗号分隔")
    headers: Pairs = Field((), title="请求头", description="名=值，逗号分隔")
    success: str = Field("code", title="回执里的结果字段", description="多层用点连接，如 result.code")
    success_values: str = Field("0", title="表示成功的值", description="多个用竖线分隔")
    throttle_values: str = Field("", title="表示限流的值", description="多个用竖线分隔")
    signature: str = Field("【督办】", title="短信签名", max_length=20)
    max_chars: int = Field(300, title="最多字数", ge=70, le=1000)
    test_phone: str | None = Field(None, title="试发号码", pattern=r"^\+?\d{5,15}$")
    endpoint: Endpoint | None = Field(None, title="替换地址", description="替换 url 的协议、主机、端口，路径不变")

    def test_target(self) -> str | None:
        return self.test_phone


class Inbox(Form):
    """本机收件箱：每人一个文件夹，每条消息一个文件."""

    target_title: ClassVar[str] = "收件人姓名或职务，作文件夹名"
    identity: ClassVar[tuple[str, ...]] = ("folder",)
    kind: Literal["inbox"] = "inbox"
    folder: Path = Field(Path("inbox"), title="文件夹", description="相对路径从 DUBAN_HOME 算起")

    def test_target(self) -> str | None:
        return "试发"


class Paper(Form):
    """纸质督办单：生成可打印的文件，由经办人送达后登记."""

    target_title: ClassVar[str] = "收件人姓名或职务"
    identity: ClassVar[tuple[str, ...]] = ("folder",)
    kind: Literal["paper"] = "paper"
    folder: Path = Field(Path("paper"), title="文件夹", description="相对路径从 DUBAN_HOME 算起")

    def test_target(self) -> str | None:
        return "试发"


ChannelConfig = Annotated[
    WecomRobot | WecomApp | DingtalkRobot | FeishuRobot | Email | Webhook | Ntfy | Sms | Inbox | Paper,
    Field(discriminator="kind"),
]
"""渠道: any filled-in form."""

"""Keeping secrets and phone numbers out of what people and logs see (遮蔽)."""

import logging
import re
from collections.abc import Iterable

HIDDEN = "****"
_PHONE = re.compile(r"(?<!\d)((?:(?:00)?86[- ]?)?1[3-9]\d)\d{6}(\d{2})(?!\d)")
_IN_ADDRESS = re.compile(
    r"(?i)((?:access_token|corpsecret|secret|password|token|sign|key)[\"']?\s*[=:]\s*[\"']?|bearer\s+)[^\s&\"',;)}\]]+"
)
_IN_PATH = re.compile(r"(?i)(/hook/)[^\s/?\"']+")
_SHORTEST_SECRET = 4


def mask_secret(value: str) -> str:
    """A hint at a secret: an address's server, or the last three characters of a long token."""
    if "://" in value:
        return "/".join([*value.split("/")[:3], HIDDEN])
    return HIDDEN + (value[-3:] if len(value) >= 16 else "")


def mask_phones(text: str) -> str:
    return _PHONE.sub(r"\1******\2", text)


def mask(text: str, secrets: Iterable[str] = ()) -> str:
    """Text without the given secrets, without anything that looks like one, and without whole phone numbers."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, HIDDEN)
    text = _IN_ADDRESS.sub(rf"\1{HIDDEN}", text)
    return mask_phones(_IN_PATH.sub(rf"\1{HIDDEN}", text))


class SecretsFilter(logging.Filter):
    """日志遮蔽: rewrites a record, its arguments and its traceback before any handler sees them."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), None
        if record.exc_info:
            record.exc_text = mask(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


def guard_logs(*names: str) -> None:
    """Put the filter on these loggers; doing it again changes nothing."""
    for name in names:
        logger = logging.getLogger(name)
        if not any(isinstance(present, SecretsFilter) for present in logger.filters):
            logger.addFilter(SecretsFilter())

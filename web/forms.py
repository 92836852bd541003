"""Reading what a page's form sends (表单): a few short fields, never more than a little."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from rules.errors import Refusal

MOST_BYTES = 64 * 1024
MOST_FIELDS = 20
LONGEST = 2000


class TooMuch(Refusal):
    """内容过长: a form holds more than a page ever asks for."""

    zh = f"填写的内容过长，没有办理。每栏请不超过 {LONGEST} 字。"
    en = f"What was written is too long; nothing was done. Keep each field to {LONGEST} characters."


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form by name; TooMuch before more is read than a page may send."""
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > MOST_BYTES:
            raise TooMuch
    try:
        fields = dict(parse_qsl(read.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS))
    except ValueError:
        raise TooMuch from None
    if any(len(value) > LONGEST for value in fields.values()):
        raise TooMuch
    return fields

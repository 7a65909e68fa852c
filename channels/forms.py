"""Part of the channels room: reads the form of a request, to the letter and never without a limit.

It must never know what the fields mean.
"""

from urllib.parse import parse_qsl

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 200


async def read_form(request: Request, largest: int) -> FormData | None:
    """The fields of a form of at most `largest` bytes, in order; None for anything else.

    Nothing is trimmed, and empty and repeated fields are kept: a signature covers them (M5).
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return None
    body = bytearray()
    # Read in pieces: a body may be longer than its headers say, or say nothing.
    async for piece in request.stream():
        body += piece
        if len(body) > largest:
            return None
    text = body.decode("utf-8", "replace")
    fields: list[tuple[str, str | UploadFile]]
    try:
        fields = [*parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)]
    except ValueError:
        return None
    return FormData(fields)

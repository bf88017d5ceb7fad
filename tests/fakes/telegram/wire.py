"""HTTP in: the fields of a call, however they were sent (form, multipart, JSON, query)."""

from collections.abc import Mapping

from aiohttp import web

from tests.fakes.telegram.errors import misuse
from tests.fakes.telegram.spec import Text, Upload


async def fields_of(request: web.Request) -> dict[str, object]:
    """Returns each field as `Text` (to be read by its type), an `Upload`, or a value straight from JSON."""
    given: dict[str, object] = {name: Text(value) for name, value in request.query.items()}
    if request.content_type == "application/json":
        return {**given, **await _json_of(request)}
    for name, value in (await request.post()).items():
        if name in given:
            raise misuse(f"field {name} is given twice")
        given[name] = Text(value) if isinstance(value, str) else _upload(value)
    return given


async def _json_of(request: web.Request) -> Mapping[str, object]:
    try:
        body: object = await request.json()
    except ValueError:
        raise misuse("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise misuse("JSON object expected")
    return body


def _upload(part: object) -> Upload:
    if isinstance(part, web.FileField):
        return Upload(part.filename, part.content_type, part.file.read())
    raise misuse("a part of the body is neither text nor a file with a name")

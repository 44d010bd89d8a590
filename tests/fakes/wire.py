"""How a request comes over the wire: as query, JSON, urlencoded or multipart, read as the servers read it."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web

from tests.fakes.calls import Refused, Upload, bad_request

_CHUNK: Final = 256 * 1024
_LARGEST_VALUE: Final = 1024 * 1024
_TOO_LARGE: Final = "Request Entity Too Large"

Read = tuple[dict[str, Any], dict[str, Upload]]


async def read(request: web.Request, largest_upload: int) -> Read:
    """Give parameters and uploads; raises Refused."""
    params: dict[str, Any] = dict(parse_qsl(request.query_string, keep_blank_values=True))
    files: dict[str, Upload] = {}
    kind = request.content_type
    if request.method == "GET" or not request.can_read_body:
        return params, files
    if kind == "application/json":
        params |= _object(await _body(request))
    elif kind == "application/x-www-form-urlencoded":
        params |= dict(parse_qsl((await _body(request)).decode(), keep_blank_values=True))
    elif kind.startswith("multipart/"):
        more, files = await _parts(await request.multipart(), largest_upload)
        params |= more
    return params, files


async def _body(request: web.Request) -> bytes:
    body = await request.content.read(_LARGEST_VALUE + 1)
    chunks = [body]
    while body and sum(map(len, chunks)) <= _LARGEST_VALUE:
        body = await request.content.read(_LARGEST_VALUE + 1)
        chunks.append(body)
    if sum(map(len, chunks)) > _LARGEST_VALUE:
        raise Refused(413, f"{_TOO_LARGE}: too much parameters")
    return b"".join(chunks)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad_request("JSON object expected")
    return found


async def _parts(reader: MultipartReader, largest_upload: int) -> Read:
    params: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    while (part := await reader.next()) is not None:
        assert isinstance(part, BodyPartReader)
        named = _disposition(part.headers.get("Content-Disposition", ""))
        if "name" not in named:
            raise bad_request("field name in multipart/form-data not found")
        if "filename" in named:
            media = part.headers.get("Content-Type", "application/octet-stream").partition(";")[0]
            files[named["name"]] = Upload(named["filename"], media, await _content(part, largest_upload))
        else:
            params[named["name"]] = (await _content(part, _LARGEST_VALUE)).decode()
    return params, files


def _disposition(header: str) -> dict[str, str]:
    """Read a header as the server does: names stand as they are, nothing is decoded, filename* counts for nothing."""
    kind, _, rest = header.partition(";")
    if kind.strip() != "form-data":
        raise bad_request("expected form-data content disposition")
    named = {}
    for piece in rest.split(";"):
        key, _, value = piece.strip().partition("=")
        value = value.strip()
        named[key.strip()] = value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
    return named


async def _content(part: BodyPartReader, most: int) -> bytes:
    """Read a part to its end; what is too large is not kept."""
    chunks, size = [], 0
    while chunk := await part.read_chunk(_CHUNK):
        size += len(chunk)
        if size <= most:
            chunks.append(chunk)
    if size > most:
        raise Refused(413, _TOO_LARGE)
    return b"".join(chunks)

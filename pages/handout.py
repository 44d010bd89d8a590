"""Files handed out under signed paths, to be saved and never shown by the browser itself.

In the conversation they are the reader's own. A messenger that carries no files is given a link for the chat: whoever
holds it may save the file, until it is too old or the chat has ended; looking at it saves nothing.
"""

from pathlib import Path
from typing import Final

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from models.addresses import Chat
from models.papers import StoredFile
from models.rules.text import t
from pages.bubbles import file_signer, size
from pages.views import Given
from pages.visit import visit

_WEEK: Final = 7 * 24 * 3600
_LINK_LASTS: Final = 30 * 24 * 3600
_NOT_KEPT: Final = t("This file is no longer kept; please ask the secretariat.")
_TOO_OLD: Final = t(
    "This link is no longer valid; please write “vanban” to the assistant for the documents of your tasks."
)
_NOT_VALID: Final = t("This path to a file is no longer valid; please open it from the conversation.")


async def hand_out(request: Request) -> Response:
    """Hand out the file that a signed path names, to the reader for whom it was made."""
    come = await visit(request)
    if come.reader is None:
        return come.to("/signin")
    try:
        chat, sha256, name = file_signer(come.desk.key).loads(request.path_params["signed"], max_age=_WEEK)
        path = come.desk.files.path(sha256)
    except (BadSignature, ValueError, TypeError):
        return come.refused(_NOT_VALID, 404)
    if chat != come.reader.chat.id:
        return come.refused(_NOT_VALID, 404)
    if not path.is_file():
        return come.refused(_NOT_KEPT, 404)
    return _saved(path, name)


def _saved(path: Path, name: str) -> Response:
    return FileResponse(path, filename=name, media_type="application/octet-stream")


def link_path(key: bytes, chat_id: int, file_id: int) -> str:
    """Give the path of the link under which a file is handed out to a chat."""
    return f"/given/{_link_signer(key).dumps([chat_id, file_id])}"


def _link_signer(key: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="given")


async def give(request: Request) -> Response:
    """Show what a link hands out; its button saves it."""
    come = await visit(request)
    try:
        chat_id, file_id = _link_signer(come.desk.key).loads(request.path_params["signed"], max_age=_LINK_LASTS)
    except (BadSignature, ValueError, TypeError):
        return come.refused(_TOO_OLD, 404)
    async with come.desk.read() as session:
        chat, file = await session.get(Chat, chat_id), await session.get(StoredFile, file_id)
    if chat is None or chat.ended_at is not None:
        return come.refused(_TOO_OLD, 404)
    path = come.desk.files.path(file.sha256) if file is not None else None
    if file is None or path is None or not path.is_file():
        return come.refused(_NOT_KEPT, 404)
    if request.method == "POST":
        return _saved(path, file.name)
    return come.page("given.html", given=Given(request.url.path, file.name, size(file.size)))


routes = [Route("/files/{signed}", hand_out)]
links = [Route("/given/{signed}", give, methods=["GET", "POST"])]

"""Files handed out under signed paths, to be saved and never shown by the browser itself."""

from typing import Final

from itsdangerous import BadSignature
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from models.rules.text import t
from pages.bubbles import file_signer
from pages.visit import visit

_WEEK: Final = 7 * 24 * 3600
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
        return come.refused(t("This file is no longer kept; please ask the secretariat."), 404)
    return FileResponse(path, filename=name, media_type="application/octet-stream")


routes = [Route("/files/{signed}", hand_out)]

"""One visit to a page: who reads, in which language, and how he is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from models.rules.text import Text, t
from pages.desk import Desk, desk_of
from pages.reader import Reader, frame, is_own_form, keep_seed, reader_of, seed_of
from pages.render import render
from pages.views import ErrorPage, Frame

FORGED: Final = t("This form is too old or was not made by these pages; please load the page again and repeat.")


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at one of our pages; `reader` is None until he has signed in."""

    request: Request
    desk: Desk
    reader: Reader | None
    frame: Frame
    seed: str

    @property
    def speak(self) -> Callable[[Text | str], str]:
        """Say sentences in the reader's language."""
        return self.desk.speech(self.frame.locale)

    @property
    def by_script(self) -> bool:
        """Whether our script asks, which shows what came of it in its place."""
        return asks_by_script(self.request)

    def page(self, template: str, *, status: int = 200, **views: object) -> Response:
        """Answer with a page."""
        response = HTMLResponse(self.part(template, **views), status)
        keep_seed(self.request, response, self.seed)
        return response

    def part(self, template: str, **views: object) -> str:
        """Fill a template, or the part of a page that comes after it was loaded."""
        return render(self.desk.templates, template, self.speak, frame=self.frame, **views)

    def refused(self, sentence: Text | str, status: int = 400) -> Response:
        """Refuse with a sentence: to the script as such, to a person as a page."""
        said = self.speak(sentence)
        if self.by_script:
            return JSONResponse({"message": said}, status)
        return self.page("error.html", status=status, error=ErrorPage(status, refusal=said))

    def to(self, path: str) -> Response:
        """Lead on to another page of this reader."""
        return RedirectResponse(f"{self.frame.root}{path}", 303)

    def own_form(self, sent: object) -> bool:
        """Tell whether a posted form was made by us for this browser."""
        return is_own_form(self.request, sent)


def asks_by_script(request: Request) -> bool:
    """Tell whether our script asks, not a person's browser by itself."""
    return "application/json" in request.headers.get("accept", "")


async def visit(request: Request) -> Visit:
    """Find out who comes."""
    desk = desk_of(request)
    seed = seed_of(request)
    async with desk.glance() as session:
        reader = await reader_of(request, session)
        around = await frame(request, session, reader, seed)
    return Visit(request, desk, reader, around, seed)

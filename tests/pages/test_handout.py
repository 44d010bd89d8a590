"""Files are handed out under signed paths: to the reader for whom they were made, for a week, to be saved."""

import re

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from tests.chats import Council
from tests.pages.browsers import Browser, words


class LongAgo(TimestampSigner):
    def get_timestamp(self) -> int:
        return super().get_timestamp() - 8 * 24 * 3600


async def path_of(browser: Browser) -> str:
    """Send a file; give the path under which its sender finds it."""
    await browser.post("/chat/say", {"text": ""}, files={"files": ("báo cáo.txt", b"rieng", "text/plain")})
    return str(re.findall(r'href="(/files/[^"]+)"', (await browser.get("/chat")).text)[-1])


async def test_a_file_bears_its_name_in_vietnamese(browser: Browser) -> None:
    await browser.signs_in("Lan")
    handed = await browser.get(await path_of(browser))
    assert handed.headers["content-disposition"] == "attachment; filename*=utf-8''b%C3%A1o%20c%C3%A1o.txt"


async def test_a_path_ends_after_a_week(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    signed = (await path_of(browser)).removeprefix("/files/")
    serializer = URLSafeTimedSerializer(council.assistant.key, salt="file")
    old = URLSafeTimedSerializer(council.assistant.key, salt="file", signer=LongAgo)
    named = serializer.loads(signed)
    assert (await browser.get(f"/files/{serializer.dumps(named)}")).status_code == 200
    assert (await browser.get(f"/files/{old.dumps(named)}")).status_code == 404


@pytest.mark.parametrize("digest", ["../../secret.key", "0" * 63, "0" * 64, "", None, ["x"]])
async def test_no_path_leads_out_of_the_files(council: Council, browser: Browser, digest: object) -> None:
    await browser.signs_in("Lan")
    serializer = URLSafeTimedSerializer(council.assistant.key, salt="file")
    chat, _, name = serializer.loads((await path_of(browser)).removeprefix("/files/"))
    response = await browser.get(f"/files/{serializer.dumps([chat, digest, name])}")
    assert response.status_code == 404
    assert words(response)


async def test_a_path_signed_for_something_else_is_no_path_to_a_file(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    cookie = browser.http.cookies["dondoc"]
    assert (await browser.get(f"/files/{cookie}")).status_code == 404

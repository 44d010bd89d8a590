"""The ways in: a code typed, or a link that only its button spends; and everybody whom they must keep out."""

from sqlalchemy import func, select, update

from models.addresses import Address, AddressState, Chat, Consent, JoinCode
from tests.chats import Council
from tests.handlers.enrolling import code_of
from tests.pages.browsers import Browser, Site, code_for, link_for, words


async def test_a_code_opens_the_conversation(council: Council, browser: Browser) -> None:
    response = await browser.post("/signin", {"code": await code_for(council, "Lan")})
    assert (response.status_code, response.headers["location"]) == (303, "/chat")
    assert "Kênh này hiện phục vụ đồng chí Lan" in words(await browser.get("/chat"))
    assert (await browser.get("/")).headers["location"] == "/chat"


async def test_cookies_cannot_be_read_by_scripts_nor_sent_from_elsewhere(council: Council, browser: Browser) -> None:
    response = await browser.post("/signin", {"code": await code_for(council, "Lan")})
    kept = [cookie.lower() for cookie in response.headers.get_list("set-cookie")]
    assert kept
    assert all("httponly" in cookie and "samesite=lax" in cookie for cookie in kept)


async def test_a_wrong_code_is_refused_at_the_door(browser: Browser) -> None:
    response = await browser.post("/signin", {"code": "1111 2222 3333"})
    assert response.status_code == 400
    assert "còn được thử 4 lần" in words(response)
    assert 'value="1111 2222 3333"' in response.text
    assert (await browser.get("/chat")).headers["location"] == "/signin"


async def test_a_code_works_once(council: Council, site: Site, browser: Browser) -> None:
    code = await code_for(council, "Lan")
    await browser.post("/signin", {"code": code})
    async with site.browser() as another:
        assert (await another.post("/signin", {"code": code})).status_code == 400
        assert (await another.get("/chat")).status_code == 303


async def test_whoever_is_signed_in_already_is_not_let_in_by_any_code(site: Site, browser: Browser) -> None:
    await browser.signs_in("Lan")
    browser.http.cookies.delete("dondoc")
    assert (await browser.post("/signin", {"code": "1111 2222 3333"})).status_code == 400
    assert (await browser.get("/chat")).headers["location"] == "/signin"


async def test_the_next_person_at_a_browser_gets_a_conversation_of_his_own(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    await browser.post("/chat/say", {"text": "chuyện riêng"})
    await browser.signs_in("Minh")
    page = words(await browser.get("/chat"))
    assert ("đồng chí Minh" in page, "chuyện riêng" in page, "đồng chí Lan" in page) == (True, False, False)


async def test_a_link_shows_for_whom_it_is_and_only_its_button_spends_it(council: Council, browser: Browser) -> None:
    token = await link_for(council, "Lan")
    for _ in range(3):
        page = await browser.get(f"/link/{token}")
        assert "Lan" in words(page)
        assert f'action="/link/{token}"' in page.text
    assert (await browser.http.head(f"/link/{token}")).status_code == 200
    assert (await browser.post(f"/link/{token}", {})).headers["location"] == "/chat"


async def test_a_link_that_was_spent_says_so(council: Council, site: Site, browser: Browser) -> None:
    token = await link_for(council, "Lan")
    await browser.post(f"/link/{token}", {})
    async with site.browser() as another:
        assert (await another.post(f"/link/{token}", {})).status_code == 400
        page = await another.get(f"/link/{token}")
        assert "Đường dẫn này đã được dùng hoặc đã hết hạn" in words(page)
        assert "Lan" not in words(page)


async def test_a_link_ends_after_a_quarter_of_an_hour(council: Council, browser: Browser) -> None:
    token = await link_for(council, "Lan")
    await council.clock.move(minutes=16)
    assert (await browser.post(f"/link/{token}", {})).status_code == 400


async def test_a_form_of_another_site_opens_nothing(council: Council, site: Site, browser: Browser) -> None:
    code, token = await code_for(council, "Lan"), await link_for(council, "Lan")
    async with site.browser() as another:
        foreign = await another.csrf()
    await browser.csrf()
    for csrf in ("", "0" * 64, "lạ", foreign):
        assert (await browser.http.post("/signin", data={"csrf": csrf, "code": code})).status_code == 403
        assert (await browser.http.post(f"/link/{token}", data={"csrf": csrf})).status_code == 403
    async with council.read() as session:
        used = select(func.count()).where(JoinCode.used_at.is_not(None))
        assert await session.scalar(used) == 0


async def test_guessing_from_one_address_is_stopped_and_from_another_goes_on(site: Site) -> None:
    async with site.browser("10.0.0.66") as guesser:
        statuses = []
        for _ in range(31):
            guesser.http.cookies.clear()
            statuses.append((await guesser.post("/signin", {"code": "1111 2222 3333"})).status_code)
        assert statuses == [400] * 30 + [429]
    async with site.browser("10.0.0.67") as another:
        await another.signs_in("Lan")


async def test_who_has_not_consented_yet_sees_the_question_and_nothing_else(council: Council, browser: Browser) -> None:
    async with council.write() as session:
        for table in (Address, Consent):
            for row in await session.scalars(select(table).where(table.person_id == council.people["Minh"])):
                await session.delete(row)
    await browser.signs_in("Minh")
    page = await browser.get("/chat")
    assert "Đồng chí có đồng ý không?" in words(page)
    assert 'name="text" value="nhiemvu"' not in page.text
    assert (await browser.get("/progress")).status_code == 403
    await browser.post("/chat/say", {"text": "nhiemvu"})
    assert "12 chữ số" in words(await browser.get("/chat"))


async def test_signing_out_ends_the_browsers_conversation(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    assert (await browser.http.post("/signout", data={"csrf": "0" * 64})).status_code == 403
    assert (await browser.post("/signout", {})).headers["location"] == "/"
    assert (await browser.get("/chat")).headers["location"] == "/signin"
    assert dict(browser.http.cookies) == {}


async def test_a_forged_or_foreign_cookie_is_nobodys(council: Council, site: Site, browser: Browser) -> None:
    await browser.signs_in("Lan")
    whole = browser.http.cookies["dondoc"]
    for cookie in (whole[:-1], "Lan", whole.replace(".", "", 1), "%C3%A4", f"{whole}x"):
        browser.http.cookies.clear()
        answer = await browser.get("/chat", cookie=f"dondoc={cookie}")
        assert answer.headers["location"] == "/signin"


async def test_a_chat_that_was_left_is_served_no_more(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    async with council.write() as session:
        ours = select(Chat.id).where(Chat.external_id != "Lan")
        await session.execute(update(Address).where(Address.chat_id.in_(ours)).values(state=AddressState.LEFT))
    await browser.post("/chat/say", {"text": "nhiemvu"})
    assert (await browser.get("/progress")).status_code == 403
    assert "12 chữ số" in words(await browser.get("/chat"))


async def test_a_browser_on_a_lost_telephone_is_signed_out_until_a_new_code(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    thu = council.chat("Thu")
    await thu.says("capma Lan")
    await thu.presses("Mất điện thoại: Lan")
    await thu.presses("Kết thúc tất cả, cấp mã mới")
    assert (await browser.get("/chat")).headers["location"] == "/signin"
    assert (await browser.get("/chat/events")).status_code == 401
    assert (await browser.post("/chat/say", {"text": "nhiemvu"})).status_code == 401
    await browser.post("/signin", {"code": await code_for(council, "Lan")})
    assert (await browser.get("/chat")).status_code == 200


async def test_whoever_comes_after_somebody_who_left_sees_nothing_of_him(council: Council, browser: Browser) -> None:
    await browser.signs_in("Lan")
    await browser.post("/chat/say", {"text": "chuyện riêng"})
    await browser.post("/chat/say", {"text": "ngungnhan"})
    async with council.write() as session:
        await session.execute(update(Address).values(state=AddressState.LEFT))
    await browser.post("/signin", {"code": await code_for(council, "Minh")})
    page = words(await browser.get("/chat"))
    assert ("đồng chí Minh" in page, "chuyện riêng" in page) == (True, False)


async def test_a_units_code_opens_a_conversation_in_which_nothing_of_the_council_is_seen(
    council: Council, browser: Browser
) -> None:
    await council.given("Báo cáo quý I", ("SCT",), "2022-06-20")
    code = await code_of(council, "SCT")
    response = await browser.post("/signin", {"code": f"{code[:4]} {code[4:8]} {code[8:]}"})
    assert (response.status_code, response.headers["location"]) == (303, "/chat")
    page = words(await browser.get("/chat"))
    assert ("mã của Sở Công Thương" in page, "Báo cáo quý I" in page) == (True, False)
    await browser.post("/chat/say", {"text": "nhiemvu"})
    assert "Báo cáo quý I" not in words(await browser.get("/chat"))
    assert (await browser.get("/progress")).status_code != 200

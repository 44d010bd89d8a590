"""Telegram, from telephone to telephone: over HTTP, against a server that refuses what Telegram refuses."""

from pathlib import Path

from sqlalchemy import select

from bot.app import WEBCHAT, offerings
from handlers.kit import FileOut, Message
from models.addresses import Address
from models.addresses import Chat as ChatRow
from models.inbox import Inbound
from models.papers import StoredFile
from models.tasks import ReportFile
from tests.chats import Chat
from tests.phones import Phone, TelegramCouncil

PDF = b"%PDF-1.4 " + b"x" * 1_000_000
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


async def test_a_press_is_acknowledged_at_once_and_answered(council: TelegramCouncil, lan: Phone) -> None:
    await lan.says("trogiup")
    await lan.presses("Nhiệm vụ")
    assert len(council.world.calls("answerCallbackQuery")) == 1


async def test_a_council_on_two_channels_is_one_council(council: TelegramCouncil, lan: Phone) -> None:
    async with council.write() as session:
        hoas = ChatRow(channel=WEBCHAT, bot="browser", external_id="Hoa")
        session.add(hoas)
        await session.flush()
        address = await session.scalar(select(Address).where(Address.person_id == council.people["Hoa"]))
        assert address is not None
        address.chat_id = hoas.id
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-13")
    await council.at("2022-06-10 07:30")
    hoa = Chat(council, "Hoa")
    assert (await hoa.seen())[-1].lines == (await lan.seen())[-1].lines
    await hoa.says("xong 1")
    assert "Hoa" in "".join(lan.person.seen()[-1].text)
    assert lan.person.seen()[-1].edited


async def test_marks_of_html_are_shown_as_they_were_written(lan: Phone, council: TelegramCouncil) -> None:
    await council.given("Tổng hợp <b>số liệu</b> & báo cáo", ("SYT",), "2022-06-13")
    assert "Tổng hợp <b>số liệu</b> & báo cáo" in await lan.says("nhiemvu 1")


async def test_a_document_and_a_picture_belong_to_a_report(
    council: TelegramCouncil, lan: Phone, tmp_path: Path
) -> None:
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-13")
    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(PDF)
    assert "Báo cáo quý I" in await lan.says("", path)
    assert "Đã ghi nhận số 1" in await lan.presses(lan.person.seen()[-1].labels[0])
    async with council.read() as session:
        kept = (await session.scalars(select(StoredFile).join(ReportFile, ReportFile.file_id == StoredFile.id))).one()
    assert (kept.name, kept.size) == ("bao-cao.pdf", len(PDF))
    assert council.assistant.files.path(kept.sha256).read_bytes() == PDF


async def test_the_pages_of_an_album_are_one_message_and_asked_about_once(council: TelegramCouncil, lan: Phone) -> None:
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-13")
    lan.person.sends_album([GIF, GIF + b"2", GIF + b"3"], caption="Báo cáo quý I đã ký")
    await council.settle()
    assert len(lan.person.seen()) == 1
    await lan.presses(lan.person.seen()[-1].labels[0])
    async with council.read() as session:
        assert len((await session.scalars(select(ReportFile))).all()) == 3
        assert set(await session.scalars(select(Inbound.handled_at.is_(None)))) == {False}


async def test_a_file_that_telegram_does_not_hand_out_is_refused_with_what_to_do(lan: Phone, tmp_path: Path) -> None:
    path = tmp_path / "video.pdf"
    path.write_bytes(b"x" * 21_000_000)
    assert "lớn hơn 20 MB" in await lan.says("", path)


async def test_a_notice_with_a_file_is_uploaded_once_and_then_named(council: TelegramCouncil, tmp_path: Path) -> None:
    await council.at("2022-06-09 08:00")
    path = tmp_path / "cong-van.pdf"
    path.write_bytes(PDF)
    thu = council.chat("Thu")
    await thu.says("guithongbao SYT, STC, VB: Mời xem văn bản kèm theo.")
    await thu.presses("Đính kèm tệp")
    await thu.says("", path)
    before = len(council.world.calls("sendDocument"))
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    await council.passes(seconds=3)
    sent = council.world.calls("sendDocument")[before:]
    for name in ("Lan", "Hoa", "Minh", "Tùng"):
        assert council.owner(name).seen()[-1].files == ("cong-van.pdf",)
    assert sum(bool(each.files) for each in council.world.calls("sendDocument")) == 1
    assert len(sent) == 4


async def test_each_sees_behind_the_menu_button_what_he_may_say(council: TelegramCouncil, lan: Phone) -> None:
    (offering,) = offerings(council.assistant)
    assert await council.waiting(offering.once()) == len(council.people)
    assert lan.person.menu()["nhiemvu"]
    assert "guithongbao" not in lan.person.menu()
    assert "guithongbao" in council.owner("Thu").menu()
    assert await council.waiting(offering.once()) == 0
    assert council.telegram.invitation("", "1234") == f"https://t.me/{council.world.bot.username}?start=1234"


async def test_start_pressed_again_says_who_is_served_here(lan: Phone) -> None:
    lan.person.starts()
    assert (await lan.answer()).startswith("Kênh này hiện phục vụ đồng chí Lan")


async def test_a_picture_goes_out_as_it_is_and_its_words_are_never_cut(council: TelegramCouncil, lan: Phone) -> None:
    kept = await council.assistant.files.keep(GIF, "so-do.gif", "image/gif")
    file = FileOut(1, kept.sha256, kept.name, kept.media, kept.size)
    telegram, chat = council.telegram, str(lan.person.id)
    sent = await telegram.send("", chat, Message(5, ("Sơ đồ",), (("Đã nhận", True),), (file,)))
    assert (lan.person.seen()[-1].files, lan.person.seen()[-1].labels) == (("so-do.gif",), ["Đã nhận"])
    await telegram.edit("", chat, sent.id, Message(6, ("chữ " * 300,), ()))
    assert (lan.person.seen()[-1].text, lan.person.seen()[-1].labels) == ("Sơ đồ", [])


async def test_a_received_notice_keeps_its_words_beneath_its_file(
    council: TelegramCouncil, lan: Phone, tmp_path: Path
) -> None:
    words = "Đề nghị các đơn vị rà soát, báo cáo kết quả thực hiện. " * 17
    path = tmp_path / "cong-van.pdf"
    path.write_bytes(PDF)
    kept = await council.assistant.files.keep(path, path.name, "application/pdf")
    file = FileOut(1, kept.sha256, kept.name, kept.media, kept.size)
    sent = await council.telegram.send(
        "", str(lan.person.id), Message(5, (words,), (("Đã nhận", True),), (file,), card=True)
    )
    await council.telegram.edit(
        "", str(lan.person.id), sent.id, Message(6, (words,), (), (file,), "x" * 200, card=True)
    )
    assert lan.person.seen()[-1].text == words.strip()
    assert lan.person.seen()[-1].labels == []

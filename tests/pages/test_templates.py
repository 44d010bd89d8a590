import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from models.rules.text import Text
from pages.devices import Device, Role, RoleGroup, SamplePage
from pages.render import STATIC, render, templates
from pages.views import (
    Bubble,
    ChoiceView,
    ClockStep,
    Command,
    Conversation,
    Day,
    ErrorPage,
    FileView,
    Frame,
    Landing,
    Link,
    Messages,
    Option,
    ProgressPage,
    SampleBar,
    SignIn,
    Status,
    TaskRow,
    Total,
    UnitRow,
)

MOMENT = datetime(2022, 6, 9, 0, 30, tzinfo=UTC)
FILE = FileView("du-thao.docx", "245 KB", "/files/signed")
CARD = Bubble(
    id="8",
    side="left",
    moment=MOMENT,
    lines=("Hạn 14/6: Báo cáo sơ kết", "", "Còn 03 ngày làm việc."),
    card=True,
    status=Status("Sắp đến hạn", "due_soon"),
    choices=(ChoiceView("Báo cáo hoàn thành", 0, primary=True), ChoiceView("Đang soạn", 1)),
    press="12",
)
CLOSED = replace(CARD, id="9", closed=True, result="Đ/c Hoa đã báo cáo lúc 09:12.", choices=())
WRITTEN = Bubble("10", "right", MOMENT, ("Đã nhận.",), files=(FILE,), state="gửi lại", failed=True, client_id="c1")
DAY = Day("2022-06-09", "Thứ Năm, 09/6/2022", (CARD, CLOSED, WRITTEN))
CONVERSATION = Conversation(
    title="Đôn Đốc",
    person="Đ/c Hoa",
    unit="Sở Y tế",
    messages=Messages((DAY,), earlier="8"),
    cursor="10",
    client_id="fresh",
    asking="Đề nghị gia hạn đến ngày nào?",
    commands=(Command("Nhiệm vụ", "nhiemvu"),),
    older=True,
)
EMPTY = replace(CONVERSATION, unit="", messages=Messages(()), asking=None, commands=(), older=False)
ROLE = Role("f1", "Đ/c Hoa", "Chuyên viên", "Sở Y tế", unread=3)
GROUPS = (RoleGroup("Đầu mối", (ROLE,), by_unit=True), RoleGroup("Thành viên", (ROLE,)))
DEVICES = (
    Device("phone", "Đầu mối", ROLE, GROUPS, "/device/1", "/as/12"),
    Device("member", "Thành viên", ROLE, GROUPS, "/device/1", "/as/12"),
    Device("desk", "Cán bộ", ROLE, GROUPS, "/device/1", "/as/12", follows=True),
)
SAMPLE = SamplePage(GROUPS, DEVICES, FILE)
UNIT = UnitRow("7", "Sở Y tế", Status("Chờ xác nhận", "waiting"), "Đã gửi", "Đã nhắc 1 lần")
ROW = TaskRow(
    id="12",
    title="Báo cáo sơ kết",
    document="02/KH-HĐTĐKT",
    deadline="14/6/2022",
    status=Status("Quá hạn", "overdue"),
    given=60,
    done=50,
    waiting=3,
    working=2,
    silent=5,
    note="quá 03 ngày",
    units=(UNIT,),
)
FOLDED = replace(ROW, id="13", units=None)
TOTALS = (Total("done", "hoàn thành", 50, "done"), Total("given", "lượt giao", 60))
PROGRESS = ProgressPage((ROW, FOLDED), TOTALS, "07:40", "5", states=(Option("", "Tất cả", chosen=True),))
VIEWS: dict[str, tuple[str, dict[str, object]]] = {
    "the conversation": ("chat.html", {"conversation": CONVERSATION}),
    "an empty conversation": ("chat.html", {"conversation": EMPTY}),
    "older messages": ("_messages.html", {"messages": Messages((DAY,))}),
    "one bubble": ("_bubble.html", {"bubble": CARD, "day": DAY}),
    "the entry by code": ("signin.html", {"sign_in": SignIn()}),
    "a refused code": ("signin.html", {"sign_in": SignIn(error="Mã không đúng.", code="123")}),
    "a single-use link": ("signin.html", {"sign_in": SignIn(token="t1", person="Đ/c Hoa", unit="Sở Y tế")}),
    "the first page": ("landing.html", {"landing": Landing("Ban Thi đua - Khen thưởng")}),
    "the sample": ("sample.html", {"sample": SAMPLE}),
    "the list of tasks": ("progress.html", {"progress": PROGRESS}),
    "no task yet": ("progress.html", {"progress": replace(PROGRESS, rows=())}),
    "no task found": ("progress.html", {"progress": replace(PROGRESS, rows=(), search="kế hoạch")}),
    "the units of a task": ("_units.html", {"row": ROW}),
    "a changed task": ("_task.html", {"row": ROW, "totals": TOTALS, "moment": "07:40 ngày 09/6/2022"}),
    "403": ("error.html", {"error": ErrorPage(403)}),
    "404": ("error.html", {"error": ErrorPage(404)}),
    "429": ("error.html", {"error": ErrorPage(429)}),
    "500": ("error.html", {"error": ErrorPage(500, incident="7K3F")}),
    "a refusal": ("error.html", {"error": ErrorPage(403, refusal="Không có quyền.")}),
}
FRAMES = {
    "in the sample": Frame(
        council="Hội đồng",
        locale="vi",
        csrf="token",
        root="/as/12",
        path="/chat",
        links=(Link("Trao đổi", "/chat", current=True),),
        sample=SampleBar("Thứ Năm, 09/6/2022, 07:25", (ClockStep("+15 phút", "15m"), ClockStep("Sáng mai", "morning"))),
    ),
    "within a frame": Frame("Hội đồng", "vi", "token", "/as/12", within=True),
    "in earnest": Frame("Hội đồng", "vi", "token", sign_out=True),
}


def shown(name: str, frame: Frame = FRAMES["in the sample"], **views: object) -> str:
    def english(text: Text) -> str:
        return text.id.format(**text.values)

    return render(templates(ZoneInfo("Asia/Ho_Chi_Minh")), name, english, frame=frame, **views)


@pytest.fixture(params=[(view, frame) for view in VIEWS for frame in FRAMES], ids=" ".join)
def page(request: pytest.FixtureRequest) -> str:
    view, frame = request.param
    name, views = VIEWS[view]
    return shown(name, FRAMES[frame], **views)


def test_a_page_carries_no_script_and_no_style_of_its_own(page: str) -> None:
    inline = re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert inline == []


def test_every_form_that_posts_carries_the_token(page: str) -> None:
    forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
    assert [form for form in forms if '<input type="hidden" name="csrf" value="token">' not in form] == []


def test_a_page_loads_only_files_that_are_there(page: str) -> None:
    named = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    assert [name for name in named if not (STATIC / name).is_file()] == []


def test_a_page_names_no_other_site(page: str) -> None:
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*', page) == []


def test_ids_on_a_page_are_unique(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_what_a_person_wrote_is_shown_as_written_and_never_as_markup() -> None:
    bubble = replace(WRITTEN, lines=("<img src=x onerror=alert(1)>",), files=(replace(FILE, name='"><b>.docx'),))
    html = shown("_bubble.html", bubble=bubble, day=DAY)
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<b>" not in html


def test_a_message_is_shown_at_the_councils_time_of_day() -> None:
    html = shown("_bubble.html", bubble=CARD, day=DAY)
    assert '<time datetime="2022-06-09T07:30+07:00">07:30</time>' in html


def test_a_button_posts_its_parcel_and_its_place() -> None:
    html = shown("_bubble.html", bubble=CARD, day=DAY)
    assert '<input type="hidden" name="parcel" value="12">' in html
    assert re.findall(r'name="index" value="(\d+)"', html) == ["0", "1"]


def test_a_closed_card_has_its_result_on_top_and_no_button() -> None:
    html = shown("_bubble.html", bubble=CLOSED, day=DAY)
    assert html.index("Đ/c Hoa đã báo cáo") < html.index("Hạn 14/6")
    assert "<button" not in html


def test_every_path_of_a_role_stands_behind_its_root_but_the_way_to_another_role() -> None:
    html = shown("chat.html", conversation=CONVERSATION)
    paths = re.findall(r'(?:action|href|data-earlier)="(/[^"]*)"', html)
    shared = ("/static/", "/sample/", "/signin", "/as/12/")
    assert [path for path in paths if not path.startswith(shared)] == ["/"] * 2


def test_our_scripts_and_styles_reach_for_no_other_site() -> None:
    own = [file for kind in ("*.css", "*.js") for file in STATIC.glob(kind)]
    assert [file.name for file in own if re.search(r'https?://|@import|url\("(?!fonts/)', file.read_text())] == []

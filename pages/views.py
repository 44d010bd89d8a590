"""What the pages are given to show: values without queries, every sentence already in the reader's language.

Paths; all but `/` and `/sample/…` stand behind `Frame.root`, every form that is posted carries `csrf`:

- `GET /` Landing or role picker · `GET|POST /signin` (`code`) · `GET|POST /link/{token}` · `POST /signout`
- `GET /chat[?before=ID]` the conversation · `GET /chat/before?id=ID` `_messages.html` with what was said before that
- `POST /chat/say` (`text`, `files`, `client_id`) · `POST /chat/press` (`parcel`, `index`; by script `client_id`)
- `POST /chat/read` (`message`, several), by script: these have been on the screen
- `GET|POST /given/{signed}` Given, outside `Frame.root` and open to whoever holds the link
- `GET|POST /upload/{signed}` (`files`, several; `text`), likewise; by script 202 or 4xx as below
- `GET /files/{signed}` · `GET /progress[?q=&state=&open=ID]` · `GET /progress/units?task=ID` `_units.html`
- `GET /[?phone=ID&member=ID&desk=ID]` of the sample: who holds which device
- `POST /sample/take` (`role`) · `POST /sample/clock` (`step`, `back`: the path to return to; by script `{"now": …}`)

A form posted by script asks `Accept: application/json` and is answered 202, or 4xx with `{"message": sentence}`; by a
person without script 303 to `/chat#end`. The same `client_id` again is answered likewise and recorded once.

`GET /chat/events?after=CURSOR` (or Last-Event-ID) sends `bubble` and `edit` (data: `_bubble.html`), `asking` (the
pending question in one line, or nothing) and `clock` (`SampleBar.now`). `GET /progress/events` sends `task` (data:
`_task.html`) and `clock`. Each event carries an id from which a connection that broke goes on. `GET /sample/events`
sends those of all addresses that `of` names: `0.bubble` is of the first, `1.bubble` of the second.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Side = Literal["left", "right"]
Tone = Literal["in_time", "due_soon", "overdue", "done", "waiting", "undated"]


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page, `current` where it leads to the page that shows it; `url` without the root."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ClockStep:
    """One press on the sample's clock: what the button says, and the step that is posted."""

    label: str
    step: str


@dataclass(frozen=True, slots=True)
class SampleBar:
    """The sample's moved clock as it now stands ("Thứ Năm, 09/6/2022, 07:25"); the first step is always in sight."""

    now: str
    steps: tuple[ClockStep, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page: the council, the reader's locale, the form token, the ways to the other pages.

    `root` is the path before every page of this reader ("" or, where several roles are open at once, "/as/12").
    `within` says that the page stands in a frame of another, which shows the clock and whose it is.
    """

    council: str
    locale: str
    csrf: str
    root: str = ""
    path: str = "/"
    links: tuple[Link, ...] = ()
    sample: SampleBar | None = None
    sign_out: bool = False
    within: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """A status in its word; the tone only colours it."""

    word: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that came with a message: its size in words ("245 KB"), its signed path."""

    name: str
    size: str
    url: str


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A button of a parcel, by its place in the parcel; a card has at most one primary."""

    label: str
    index: int
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message: the assistant's left, the person's right; `id` is the parcel's, or the inbound message's.

    A card's first line is its date and matter. A closed card has its `result` and no choices. `state` is a short remark
    beside the time ("gửi lại"); `client_id` is the mark under which the person's own message was sent.
    `press` names the parcel whose buttons are shown: the newest edit of a card has an id of its own. `unread` names the
    message where its sender waits to be told that it was on the screen.
    """

    id: str
    side: Side
    moment: datetime
    lines: tuple[str, ...]
    card: bool = False
    closed: bool = False
    result: str | None = None
    status: Status | None = None
    choices: tuple[ChoiceView, ...] = ()
    files: tuple[FileView, ...] = ()
    failed: bool = False
    state: str = ""
    client_id: str = ""
    press: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """The messages of one local day, oldest first; `key` is the date ("2022-06-09"), `label` says it in full."""

    key: str
    label: str
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """A quick command above the composer, and the text it says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Messages:
    """Consecutive days of one conversation; `earlier` is the id of the oldest shown, if something came before."""

    days: tuple[Day, ...]
    earlier: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A person's page with the assistant; `asking` repeats the pending question in one line.

    `cursor` is the newest event already shown, `client_id` a fresh mark for a form sent without script, `older` says
    that the messages shown are not the newest. Files larger than `file_limit` (bytes) are refused before they are sent.
    """

    title: str
    person: str
    unit: str
    messages: Messages
    cursor: str
    client_id: str
    asking: str | None = None
    commands: tuple[Command, ...] = ()
    older: bool = False
    file_limit: int = 20_000_000


@dataclass(frozen=True, slots=True)
class SignIn:
    """The entry by a join code of twelve digits, or by a single-use link, which is spent only by the button.

    `error` is the refusal to show, `code` what was typed. With `token` the page names the `person` and the `unit` that
    the link was made for.
    """

    error: str | None = None
    code: str = ""
    token: str | None = None
    person: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that a link hands out: the path to which its button is posted, name and size as they are read."""

    path: str
    name: str
    size: str


@dataclass(frozen=True, slots=True)
class Landing:
    """The first page of a council that runs in earnest; `secretariat` says whom to ask for a code."""

    secretariat: str


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list to choose from."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class UnitRow:
    """How one unit stands with a task: its status, the last answer with its time, how it is being reminded."""

    id: str
    unit: str
    status: Status
    answer: str = ""
    reminded: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task with its counts, which add up to `given`: done, awaiting acceptance, under way, silent.

    `units` is None while the row is folded. `deadline` is a date or a moment in words, `note` what is said below it.
    """

    id: str
    title: str
    document: str
    deadline: str
    status: Status
    given: int
    done: int
    waiting: int
    working: int
    silent: int
    note: str = ""
    units: tuple[UnitRow, ...] | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """One figure at the head of the list, `id` stable so that it can change in place."""

    id: str
    label: str
    count: int
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """The secretariat's list of tasks; `shown` repeats what was searched for, `moment` says as of when."""

    rows: tuple[TaskRow, ...]
    totals: tuple[Total, ...]
    moment: str
    cursor: str
    search: str = ""
    states: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What could not be shown: 403, 404, 429 or 500, with the incident's number or the refusal where there is one."""

    code: int
    incident: str = ""
    refusal: str = ""

"""Reading a document: what it is, its heading and rows, and what must be asked before anything of it is taken in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from documents.annex import TASKS, annex
from documents.assigned import assigned
from documents.body import Body, Paragraph, clean, label
from documents.columns import listings
from documents.conclusions import Concluded, concluded
from documents.directory import directory
from documents.excel import read_excel
from documents.heading import Heading, heading
from documents.limits import DEFAULT_LIMITS, Form, Limits, Unreadable, form_of, unreadable
from documents.oversight import assigned_in_prose, oversight
from documents.register import register
from documents.rows import Item, OversightRow, PersonRow, Question, RegisterRow, UnitRow
from documents.word import read_word
from models.rules.secrecy import secret_mark, secret_name
from models.rules.text import N_, Text, t
from models.rules.units import Named


class Sort(StrEnum):
    """What a document is to the council."""

    DIRECTORY = "directory"
    OVERSIGHT = "oversight"
    TASKS = "tasks"
    REGISTER = "register"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as read: nothing in it is decided yet, and nothing of it is stored.

    `questions` are about the document and its directory rows; a task's own question stands in its item. `concluded`
    tells the meeting of a notice of conclusions, `left_out` the paragraphs of its running text that assign nothing.
    """

    sort: Sort
    name: str
    heading: Heading
    items: tuple[Item, ...] = ()
    oversight: tuple[OversightRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    register: tuple[RegisterRow, ...] = ()
    questions: tuple[Question, ...] = ()
    concluded: Concluded | None = None
    left_out: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """Tell whether the document has no row of any kind."""
        return not (self.items or self.oversight or self.units or self.people or self.register)


_SECRET = N_(
    "The file {name} bears the mark of a state secret; nothing of it was kept. State secrets do not go through chat: "
    "please do not send it again."
)
_NO_TABLE = {
    Sort.DIRECTORY: N_(
        "The file {name} has no directory: units need the columns Mã and Tên, people Họ và tên and Mã đơn vị. Correct "
        "the heading row and send it again."
    ),
    Sort.OVERSIGHT: N_(
        "The file {name} assigns no members: it needs the columns Thành viên and Cơ quan, đơn vị được phân công theo "
        "dõi. Correct the heading row and send it again."
    ),
    Sort.TASKS: N_(
        "The file {name} has no table of tasks: it needs the columns Nội dung nhiệm vụ, Cơ quan chủ trì and Thời gian. "
        "Correct the heading row and send it again."
    ),
    Sort.REGISTER: N_(
        "The file {name} is no incoming register: it needs the columns Ngày đến, Số đến, Tác giả and Số, ký hiệu. "
        "Correct the heading row and send it again."
    ),
}
_NO_ROWS = N_("The table in the file {name} has a heading row and nothing below it; fill it in and send it again.")
_BLANK = N_("The file {name} holds neither text nor a table; please choose the right file and send it again.")
_NO_UNICODE = N_("The text file {name} is not in Unicode; save it as UTF-8, or as .docx, and send it again.")


def read(
    path: Path,
    name: str | None = None,
    as_: Sort | None = None,
    names: Sequence[Named] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Paper:
    """Read one file into a Paper; `as_` overrides what the file is taken for, `names` is the directory known so far.

    Plain and synchronous, for a worker process. Raises Unreadable (a Refusal that crosses processes whole) for a file
    that cannot or must not be read, its `secret` set for the mark of a state secret, and for a table without rows.
    """
    called = _called(name or path.name)
    body = _unmarked(path, called, limits)
    if not any(isinstance(block, Paragraph) or block.rows for block in body.blocks):
        raise unreadable(_BLANK, called)
    return _paper(body, called, as_, names)


def refuse_marked(path: Path, name: str, limits: Limits = DEFAULT_LIMITS) -> None:
    """Look for the mark of a state secret in a file's name and all of its text, and for nothing else.

    Raises Unreadable as `read` does; for a worker process.
    """
    _unmarked(path, _called(name), limits)


def _called(name: str) -> str:
    return clean(name).replace("\n", " ")


def _unmarked(path: Path, name: str, limits: Limits) -> Body:
    if secret_name(name):
        raise _secret(name)
    body = _body(path, name, limits)
    if any(secret_mark(text) for text in body.everything()):
        raise _secret(name)
    return body


def _secret(name: str) -> Unreadable:
    """Refuse a marked file: the fact and the file's name, nothing else."""
    return Unreadable(Text(_SECRET, {"name": name[:120]}), secret=True)


def _body(path: Path, name: str, limits: Limits) -> Body:
    match form_of(path, name, limits):
        case Form.WORD:
            return read_word(path, name, limits)
        case Form.EXCEL:
            return read_excel(path, name, limits)
        case Form.PLAIN:
            return Body(tuple(Paragraph(line) for line in clean(_decoded(path, name)).split("\n") if line))


def _decoded(path: Path, name: str) -> str:
    content = path.read_bytes()
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise unreadable(_NO_UNICODE, name) from None


def _paper(body: Body, name: str, as_: Sort | None, names: Sequence[Named]) -> Paper:
    head = heading(body)
    paper = Paper(Sort.PROSE, name, head, questions=tuple(_unread(body)), concluded=concluded(body, head))
    for sort in _order(body) if as_ is None else (as_,):
        found = _rows(body, replace(paper, sort=sort), names, told=as_ is not None)
        if found is not None and found.is_empty():
            raise unreadable(_NO_ROWS, name)
        if found is not None:
            return found
    if as_ in _NO_TABLE:
        raise unreadable(_NO_TABLE[as_], name)
    ask = t("No table was found in the document; send the annex with the tasks as a Word or Excel table.")
    return _with_questions(paper, Question("", ask))


def _order(body: Body) -> tuple[Sort, ...]:
    """Order what a document may be: a table of members is a notice unless it has deadlines."""
    has_deadlines = any("phrase" in listing.columns for listing in listings(body, TASKS))
    last = (Sort.TASKS, Sort.OVERSIGHT) if has_deadlines else (Sort.OVERSIGHT, Sort.TASKS)
    return (Sort.REGISTER, Sort.DIRECTORY, *last)


def _rows(body: Body, paper: Paper, names: Sequence[Named], *, told: bool) -> Paper | None:
    if paper.sort is Sort.REGISTER:
        papers = register(body)
        return None if papers is None else replace(paper, register=papers)
    if paper.sort is Sort.DIRECTORY:
        found = directory(body)
        if found is None:
            return None
        asked = (*paper.questions, *found.questions)
        return replace(paper, units=found.units, people=found.people, questions=asked)
    if paper.sort is Sort.TASKS:
        items = annex(body, names)
        return _concluded(body, paper, names) if items is None else _with_questions(replace(paper, items=items))
    if paper.sort is Sort.OVERSIGHT:
        rows = oversight(body, names)
        if rows is None and (told or "phan cong" in label(paper.heading.subject)):
            rows = assigned_in_prose(body, names)
        return None if rows is None else _with_questions(replace(paper, oversight=rows))
    return None


def _concluded(body: Body, paper: Paper, names: Sequence[Named]) -> Paper | None:
    """Read a notice of conclusions without a table; None where it is none, or assigns nothing."""
    if paper.concluded is None:
        return None
    found = assigned(body, paper.heading.dated, names)
    return _with_questions(replace(paper, items=found.items, left_out=found.left_out)) if found.items else None


def _with_questions(paper: Paper, *more: Question) -> Paper:
    asked = (Question("", text) for text in paper.heading.questions())
    return replace(paper, questions=(*paper.questions, *asked, *more))


def _unread(body: Body) -> Iterator[Question]:
    for table in body.tables():
        for cell in table.unread:
            ask = t(
                "Cell {cell} of the sheet {sheet} holds a formula that was never computed; open the file in Excel, "
                "save it and send it again.",
                cell=cell,
                sheet=table.title,
            )
            yield Question(f"{table.title}!{cell}", ask)

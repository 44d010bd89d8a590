"""What the sample's front page is given to show: who has which place, and who holds which of its devices."""

from dataclasses import dataclass

from pages.views import FileView


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody of the sample whose place can be taken; `key` is posted, `unread` counts what waits for him."""

    key: str
    name: str
    post: str
    unit: str
    unread: int = 0


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Officers, members or focal points, in the order of the directory; `by_unit` puts the unit before the name."""

    label: str
    roles: tuple[Role, ...]
    by_unit: bool = False


@dataclass(frozen=True, slots=True)
class Device:
    """A screen of the sample's front page, with whoever holds it and all who may; `name` is its word in the address.

    `address` is the path of his pages in the frame, `window` of those in a window of their own; `follows` says that his
    list of tasks stands above his conversation.
    """

    name: str
    label: str
    role: Role
    groups: tuple[RoleGroup, ...]
    address: str
    window: str
    follows: bool = False


@dataclass(frozen=True, slots=True)
class SamplePage:
    """The sample's front page: three devices side by side, everybody's place, the document not yet imported."""

    groups: tuple[RoleGroup, ...]
    devices: tuple[Device, ...]
    document: FileView

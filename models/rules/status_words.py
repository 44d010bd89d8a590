"""How statuses and deadlines are said: in the words that agencies report with, in chat and on pages alike."""

from collections.abc import Mapping

from models.rules.status import DeadlineState, Status
from models.rules.text import Text, t

STATUS_WORDS: Mapping[Status, Text] = {
    Status.NOT_STARTED: t("not started"),
    Status.IN_PROGRESS: t("in progress"),
    Status.AWAITING_ACCEPTANCE: t("awaiting acceptance"),
    Status.TO_COMPLETE: t("to be completed"),
    Status.AWAITING_EXTENSION: t("awaiting the decision on an extension"),
    Status.DONE_ON_TIME: t("done on time"),
    Status.DONE_LATE: t("done late"),
    Status.SUSPENDED: t("suspended"),
    Status.CANCELLED: t("cancelled"),
}

DEADLINE_WORDS: Mapping[DeadlineState, Text] = {
    DeadlineState.IN_TIME: t("in time"),
    DeadlineState.DUE_SOON: t("due soon"),
    DeadlineState.OVERDUE: t("overdue"),
    DeadlineState.UNDATED: t("no deadline"),
}

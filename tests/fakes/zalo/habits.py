"""What nobody knows of the platform for certain, or what differs from day to day: a test sets it as it needs it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Habits:
    """How this platform behaves; changed at any time, it holds from the next call.

    `status_200` answers refusals with HTTP 200, `zero_code` adds `error_code: 0` to success. `wrapped` posts updates as
    `{"ok": true, "result": …}` instead of bare; `retries` is how often a posting that failed is tried anew. With
    `reappearing` what was read comes again on every poll, at once. `photo_field` names a picture's address ("photo_url"
    or "photo"). `echoes` hands what the bot says back to it. `users`, `groups` and `quota` (messages a month) are what
    one bot is granted, `trials` the calls of testWebhook a day; an address of media is good for `media_seconds`.
    """

    status_200: bool = False
    zero_code: bool = False
    wrapped: bool = True
    retries: int = 0
    reappearing: bool = False
    photo_field: str = "photo_url"
    echoes: bool = False
    users: int = 50
    groups: int = 3
    quota: int = 3000
    trials: int = 20
    media_seconds: float = 24 * 3600.0

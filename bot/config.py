"""What the operator sets: DONDOC_… variables, each also as DONDOC_…_FILE naming a file that holds the value."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.i18n import languages
from bot.loopback import LOOPBACK

PREFIX = "DONDOC_"
_ENV_FILE = ".env"
_SHORTEST_KEY = 32
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{8,100}", re.ASCII)
ROLES = frozenset({"web", "clock", "courier"})


class Config(BaseSettings):
    """All settings of one process; a wrong one is refused with a sentence that names the variable."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=_ENV_FILE, extra="ignore", frozen=True)

    database_url: str = "sqlite+aiosqlite:///data/dondoc.db"
    roles: Annotated[frozenset[str], NoDecode] = ROLES
    http: str = "127.0.0.1:8080"
    public_url: str = ""
    timezone: str = "Asia/Ho_Chi_Minh"
    locale: str = "vi"
    files: Path = Path("data/files")
    secret_key: str = Field(default="", repr=False)
    webhook_secret: str = Field(default="", repr=False)
    telegram_token: str = Field(default="", repr=False)
    telegram_api: str = "https://api.telegram.org"
    telegram_proxy: str = Field(default="", repr=False)
    telegram_rate: Annotated[float, Field(ge=1, le=1000)] = 28
    zalo_tokens: Annotated[tuple[str, ...], NoDecode] = Field(default=(), repr=False)
    zalo_api: str = "https://bot-api.zaloplatforms.com"
    zalo_monthly_quota: Annotated[int, Field(ge=1)] = 3000
    zalo_users_per_bot: Annotated[int, Field(ge=1)] = 50

    @field_validator("roles", mode="before")
    @classmethod
    def _split_roles(cls, value: object) -> object:
        return frozenset(part.strip() for part in value.split(",")) if isinstance(value, str) else value

    @field_validator("roles")
    @classmethod
    def _known_roles(cls, value: frozenset[str]) -> frozenset[str]:
        if not value or value - ROLES:
            raise ValueError(f"names of roles are {', '.join(sorted(ROLES))}, separated by commas")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("a time zone such as Asia/Ho_Chi_Minh is needed") from error
        return value

    @field_validator("database_url")
    @classmethod
    def _known_engine(cls, value: str) -> str:
        if not value.startswith(("sqlite", "postgresql")):
            raise ValueError("sqlite+aiosqlite:///FILE or postgresql+psycopg://… is needed")
        return value

    @field_validator("http")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        if not urlsplit(f"//{value}").port:
            raise ValueError("HOST:PORT is needed, such as 127.0.0.1:8080")
        return value

    @field_validator("zalo_tokens", mode="before")
    @classmethod
    def _split_tokens(cls, value: object) -> object:
        return tuple(part for part in re.split(r"[\s,;]+", value) if part) if isinstance(value, str) else value

    @field_validator("zalo_tokens")
    @classmethod
    def _are_tokens(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_TOKEN.fullmatch(token) for token in value):
            raise ValueError("each token is needed as Bot Creator writes it: digits, a colon, letters; commas between")
        if len({token.partition(":")[0] for token in value}) < len(value):
            raise ValueError("two tokens are of the same bot; the newest alone is needed")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, value: str) -> str:
        if value and not _TOKEN.fullmatch(value):
            raise ValueError("the token is needed as @BotFather writes it: digits, a colon, letters")
        return value

    @field_validator("telegram_api", "telegram_proxy", "zalo_api")
    @classmethod
    def _whole_server(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("a whole address is needed, such as https://api.telegram.org")
        return value

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("the whole address of the pages is needed, such as https://dondoc.example.gov.vn")
        return value

    @field_validator("locale")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in languages():
            raise ValueError(f"a language of the assistant is needed: {', '.join(languages())}")
        return value

    @field_validator("secret_key", "webhook_secret")
    @classmethod
    def _long_key(cls, value: str) -> str:
        if value and len(value) < _SHORTEST_KEY:
            raise ValueError(f"a random text of at least {_SHORTEST_KEY} characters is needed")
        return value

    @model_validator(mode="after")
    def _secrets_are_given_where_processes_share(self) -> Self:
        if self.database_url.startswith("postgresql") and not self.secret_key:
            raise ValueError("with PostgreSQL several processes share DONDOC_SECRET_KEY: set it to a long random text")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The Council's zone."""
        return ZoneInfo(self.timezone)

    @property
    def host(self) -> str:
        """The address that the web part listens on."""
        return urlsplit(f"//{self.http}").hostname or "127.0.0.1"

    @property
    def port(self) -> int:
        """The port that the web part listens on."""
        return urlsplit(f"//{self.http}").port or 8080

    @property
    def site(self) -> str:
        """The address of our pages as people type it, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http://{self.http}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the pages."""
        return self.host in LOOPBACK and not self.public_url


class ConfigError(Exception):
    """Settings that cannot be used; `faults` are all of them, a sentence each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def load(environment: Mapping[str, str] | None = None, **given: Any) -> Config:
    """Read the settings from the environment, `.env` and what is given; raises ConfigError naming every fault."""
    written = {name: value for name, value in dotenv_values(_ENV_FILE).items() if value}
    values, faults = _from_files({**written, **(os.environ if environment is None else environment)})
    try:
        config = Config(**{**values, **given})
    except ValidationError as error:
        faults += [
            f"{_variable(fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}" for fault in error.errors()
        ]
        raise ConfigError(tuple(faults)) from error
    if faults:
        raise ConfigError(tuple(faults))
    return config


def _variable(location: tuple[int | str, ...]) -> str:
    return PREFIX + str(location[0]).upper() if location else "settings"


def _from_files(environment: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Read the values that files hold; those that cannot be read are faults."""
    found: dict[str, str] = {}
    faults: list[str] = []
    for name, path in environment.items():
        if name.startswith(PREFIX) and name.endswith("_FILE") and path:
            try:
                found[name.removeprefix(PREFIX).removesuffix("_FILE").lower()] = Path(path).read_text("utf-8").strip()
            except OSError as error:
                faults.append(f"{name}: {path} cannot be read ({error.strerror}).")
            except UnicodeDecodeError:
                faults.append(f"{name}: {path} holds no text.")
    return found, faults


def secret_key(config: Config) -> bytes:
    """Give the key under which codes, cookies and links are kept; on first start one is made in the data folder."""
    if config.secret_key:
        return config.secret_key.encode()
    path = config.files.parent / "secret.key"
    if not path.exists():
        _make_key(path)
    key = path.read_text("ascii").strip().encode()
    if len(key) < _SHORTEST_KEY:
        raise ConfigError((f"{path}: this is no key; remove the file (all sign-ins and codes end) or restore it.",))
    return key


def _make_key(path: Path) -> None:
    """Make a key that is there whole or not at all; of two processes that begin at once, one makes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="ascii", dir=path.parent, prefix=".key") as written:
        written.write(secrets.token_hex(32))
        written.flush()
        os.fsync(written.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(written.name)

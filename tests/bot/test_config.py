"""What the operator sets: each variable also from a file, every fault named at once, and no weak key."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, ConfigError, load, secret_key
from bot.i18n import languages

KEY = "k" * 32


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read no `.env` of this folder."""
    monkeypatch.chdir(tmp_path)


def faults(environment: dict[str, str] | None = None, **given: Any) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        load(environment or {}, **given)
    return list(refused.value.faults)


def test_without_settings_one_process_runs_on_this_machine_alone() -> None:
    config = load({})
    assert config.roles == {"web", "clock", "courier"}
    assert (config.host, config.port) == ("127.0.0.1", 8080)
    assert (config.site, config.loopback, config.zone.key) == ("http://127.0.0.1:8080", True, "Asia/Ho_Chi_Minh")


def test_a_value_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f" {KEY}\n")
    assert load({"DONDOC_SECRET_KEY_FILE": str(file)}).secret_key == KEY


def test_the_settings_file_may_name_such_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY)
    (tmp_path / ".env").write_text("DONDOC_SECRET_KEY_FILE=key\nDONDOC_HTTP=127.0.0.1:9090\n")
    config = load({})
    assert (config.secret_key, config.port) == (KEY, 9090)


def test_every_fault_is_named_at_once_with_its_variable(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\xff\xfe\x00")
    found = faults(
        {
            "DONDOC_SECRET_KEY_FILE": str(tmp_path / "none"),
            "DONDOC_TELEGRAM_TOKEN_FILE": str(tmp_path / "picture"),
            "DONDOC_HTTP_FILE": "",
        },
        roles="web,cook",
        timezone="Hà Nội",
        locale="fr",
        http="8080",
        database_url="mysql://x",
        public_url="dondoc.example.gov.vn",
    )
    assert {fault.partition(":")[0] for fault in found} == {
        "DONDOC_SECRET_KEY_FILE",
        "DONDOC_TELEGRAM_TOKEN_FILE",
        "DONDOC_ROLES",
        "DONDOC_TIMEZONE",
        "DONDOC_LOCALE",
        "DONDOC_HTTP",
        "DONDOC_DATABASE_URL",
        "DONDOC_PUBLIC_URL",
    }
    assert [fault for fault in found if "Value error" in fault] == []


@pytest.mark.parametrize(
    ("http", "wrong"), [("127.0.0.1", True), (":x", True), ("h:99999", True), ("0.0.0.0:80", False)]
)
def test_an_address_names_its_port(http: str, *, wrong: bool) -> None:
    if wrong:
        assert [fault.partition(":")[0] for fault in faults(http=http)] == ["DONDOC_HTTP"]
    else:
        assert load({}, http=http).loopback is False


@pytest.mark.parametrize(
    "address", ["ftp://x", "https://", "javascript:alert(1)", "//x", "https://x?a=1", "https://x#a", "x"]
)
def test_the_public_address_is_a_whole_one(address: str) -> None:
    assert [fault.partition(":")[0] for fault in faults(public_url=address)] == ["DONDOC_PUBLIC_URL"]


def test_the_public_address_is_what_links_begin_with() -> None:
    config = load({}, public_url="https://dondoc.example.gov.vn/")
    assert (config.site, config.loopback) == ("https://dondoc.example.gov.vn", False)


@pytest.mark.parametrize("written", ["web", "web, clock", " courier ,web,clock"])
def test_roles_are_separated_by_commas(written: str) -> None:
    assert load({}, roles=written).roles == {part.strip() for part in written.split(",")}


def test_with_a_shared_store_the_key_must_be_given_and_long() -> None:
    url = "postgresql+psycopg://dondoc@localhost/dondoc"
    (missing,) = faults(database_url=url)
    assert "DONDOC_SECRET_KEY" in missing
    assert [fault.partition(":")[0] for fault in faults(database_url=url, secret_key="short")] == ["DONDOC_SECRET_KEY"]
    assert load({}, database_url=url, secret_key=KEY).secret_key == KEY


def test_the_key_is_never_shown() -> None:
    assert KEY not in repr(load({}, secret_key=KEY))


def config_in(folder: Path) -> Config:
    return load({}, files=folder / "data" / "files")


def test_on_first_start_a_key_is_made_that_only_the_owner_reads(tmp_path: Path) -> None:
    first = secret_key(config_in(tmp_path))
    assert len(first) == 64
    assert secret_key(config_in(tmp_path)) == first
    made = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert [path.name for path in made.parent.iterdir()] == ["secret.key"]


def test_those_who_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as starters:
        keys = set(starters.map(lambda _: secret_key(config_in(tmp_path)), range(64)))
    assert len(keys) == 1


@pytest.mark.parametrize("content", ["", "\n", "short"])
def test_a_torn_key_is_refused_and_never_used(tmp_path: Path, content: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_text(content)
    with pytest.raises(ConfigError):
        secret_key(config_in(tmp_path))


def test_the_languages_are_those_of_the_catalogues() -> None:
    assert languages() == ("en", "vi")

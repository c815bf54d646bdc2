"""Settings: typed, read from the environment (``CONSULT_*``), checked when the app starts.

Every setting is documented in docs/operate.md; a test compares the two.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "CONSULT_"
_SCANNER = re.compile(r"/\S+|\S+:\d+")


class ConfigurationError(RuntimeError):
    """A setting that cannot be used; the message names it and says what is expected."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of an installation.

    Attributes:
        instance: Folder of the database, the uploads, the queue and the secret key.
        database_url: SQLAlchemy URL; empty means SQLite in the instance folder.
        base_url: Address that links in mails start with.
        secret_key: Signs sessions; empty means a random one kept in the instance folder.
        mail_url: ``smtp://user:password@host:port`` (``smtps`` for TLS from the first byte,
            ``smtp+starttls``), or ``inbox`` for the local inbox page of a trial installation.
        mail_from: Sender of every mail.
        upload_limit_mb: Largest file that may be sent in, in megabytes.
        video_limit_mb: Largest video that may be sent in with an answer, in megabytes.
        trusted_proxies: How many proxies stand in front and set ``X-Forwarded-*``; 0 trusts none.
        secure_cookies: Send cookies over HTTPS only.
        default_locale: Interface language of a visitor who asks for none that exists.
        queue: ``sqlite`` (in the instance folder), ``immediate`` (tests), or a URL of PostgreSQL.
        contact_email: Where people report problems and barriers.
        intake_mailbox: Where mails with answers arrive: ``maildir:///folder`` or
            ``imaps://user:password@host/folder``; empty means nowhere.
        clamd: Where the virus scanner listens, ``host:port`` or the path of a socket; empty means
            that files are not scanned.
        intake_round: Short name of the round that mails are for whose address names none.
        testing: Turns off what only a live site needs.
    """

    instance: Path = field(default_factory=lambda: Path("instance").absolute())
    database_url: str = ""
    base_url: str = "http://localhost:8000"
    secret_key: str = ""
    mail_url: str = "inbox"
    mail_from: str = "consult <no-reply@consult.example>"
    upload_limit_mb: int = 60
    video_limit_mb: int = 200
    trusted_proxies: int = 0
    secure_cookies: bool = False
    default_locale: str = "nb"
    queue: str = "sqlite"
    contact_email: str = "hjelp@consult.example"
    intake_mailbox: str = ""
    intake_round: str = ""
    clamd: str = ""
    testing: bool = False

    @property
    def resolved_database_url(self) -> str:
        """The database's URL with the embedded default filled in."""
        return self.database_url or f"sqlite:///{self.instance / 'consult.db'}"

    @property
    def shows_local_inbox(self) -> bool:
        """Whether mails end in the local inbox page instead of a mail server."""
        return self.mail_url == "inbox"

    def resolved_secret_key(self) -> str:
        """The signing key; made and kept (owner-readable only) on the first start when unset."""
        if self.secret_key:
            return self.secret_key
        path = self.instance / "secret_key"
        if not path.exists():
            self.instance.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48))
        return path.read_text()


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment. Raises :class:`ConfigurationError` naming a bad one."""
    source = os.environ if environment is None else environment
    known = {f"{PREFIX}{item.name.upper()}": item for item in fields(Settings)}
    for name in source:
        if name.startswith(PREFIX) and name not in known:
            raise ConfigurationError(f"{name} is not a setting of consult (see docs/operate.md)")
    values: dict[str, object] = {}
    for name, item in known.items():
        if (raw := source.get(name)) is not None:
            values[item.name] = _convert(name, raw, str(item.type))
    if "instance" not in values and (folder := source.get("INSTANCE")):
        values["instance"] = Path(folder).absolute()
    if "base_url" not in values and (port := source.get("PORT")):
        values["base_url"] = f"http://localhost:{port}"
    return _check(Settings(**values))  # type: ignore[arg-type]


def _convert(name: str, raw: str, kind: str) -> object:
    if "Path" in kind:
        return Path(raw).absolute()
    if "bool" in kind:
        if raw.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise ConfigurationError(f"{name}={raw!r}: expected 1 or 0")
        return raw.lower() in {"1", "true", "yes"}
    if "int" in kind:
        if not raw.isdigit():
            raise ConfigurationError(f"{name}={raw!r}: expected a whole number")
        return int(raw)
    return raw


def _check(settings: Settings) -> Settings:
    if settings.default_locale not in {"nb", "nn", "en"}:
        raise ConfigurationError(f"{PREFIX}DEFAULT_LOCALE: expected nb, nn or en")
    if not settings.base_url.startswith(("http://", "https://")):
        raise ConfigurationError(f"{PREFIX}BASE_URL: expected http://… or https://…")
    host = urlsplit(settings.base_url).hostname
    if settings.shows_local_inbox and host not in {"localhost", "127.0.0.1", "::1"}:
        raise ConfigurationError(
            f"{PREFIX}MAIL_URL: the local inbox shows everybody's mail to everybody and serves "
            f"only localhost; give a mail server for {settings.base_url}"
        )
    if not settings.shows_local_inbox and "://" not in settings.mail_url:
        raise ConfigurationError(f"{PREFIX}MAIL_URL: expected inbox or smtp://host:port")
    if settings.intake_mailbox and not settings.intake_mailbox.startswith(
        ("maildir:///", "imaps://", "imap://localhost", "imap://127.0.0.1")
    ):
        raise ConfigurationError(
            f"{PREFIX}INTAKE_MAILBOX: expected maildir:///folder or "
            "imaps://user:password@host/folder (without TLS on this machine only)"
        )
    if settings.clamd and not _SCANNER.fullmatch(settings.clamd):
        raise ConfigurationError(f"{PREFIX}CLAMD: expected host:port or /path/of/a/socket")
    if not 1 <= settings.upload_limit_mb <= 500:
        raise ConfigurationError(f"{PREFIX}UPLOAD_LIMIT_MB: expected 1 to 500")
    if not 1 <= settings.video_limit_mb <= 2000:
        raise ConfigurationError(f"{PREFIX}VIDEO_LIMIT_MB: expected 1 to 2000")
    return settings

"""Every setting of Duban, typed and described; read at the edges only (command line and flows)."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from rules.language import Language


class Settings(BaseSettings):
    """设置: from environment variables named DUBAN_…, or a .env file in the working folder."""

    model_config = SettingsConfigDict(env_prefix="DUBAN_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(Path("duban-data"), description="数据文件夹：内嵌数据库、收件箱、证据、文档 · the data folder")
    database_url: str = Field(
        "",
        description="数据库地址，空着即内嵌 SQLite · postgresql+asyncpg://… at scale; empty: SQLite in the home folder",
    )
    timezone: str = Field("Asia/Shanghai", description="办公所在时区 · the office's time zone")
    language: Language = Field(Language.ZH, description="消息与输出的语言 zh/en · language of messages and output")
    lease_s: float = Field(120, gt=0, description="发送租约秒数 · seconds a process may hold a message it is sending")
    send_timeout_s: float = Field(10, gt=0, description="单次发送超时秒数 · time-out of one sending, in seconds")
    poll_s: float = Field(0.1, gt=0, description="常驻投递查看间隔秒数 · how often prompt delivery looks, in seconds")
    prefect_port: int = Field(
        4200, ge=1, le=65535, description="内嵌 Prefect 页面端口 · port of the embedded Prefect page"
    )

    web_host: str = Field(
        "127.0.0.1",
        description="网页监听地址，0.0.0.0 为本机所有地址 · address the pages listen on; 0.0.0.0: all of them",
    )
    web_port: int = Field(4280, ge=0, le=65535, description="网页端口，0 为不开网页 · port of the pages; 0: no pages")
    web_url: str = Field(
        "",
        description="收件人打开网页用的地址，如 https://duban.example；空着则消息里不带链接 · "
        "the address under which recipients reach the pages; empty: messages carry no links",
    )
    link_days: int = Field(30, ge=1, le=366, description="消息链接有效天数 · days a message's link opens")

    @field_validator("web_url")
    @classmethod
    def _whole_address(cls, url: str) -> str:
        if url and not re.fullmatch(r"https?://[^\s/?#@()]+(/[^\s?#()]*)?", url):
            raise ValueError("应是 http:// 或 https:// 开头的地址，不带参数 · write an http(s) address without a query")
        return url.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("没有这个时区，例如 Asia/Shanghai · no such time zone; write one such as that") from None
        return name

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            raise ValueError("应以 postgresql+asyncpg:// 或 sqlite+aiosqlite:// 开头 · begin with one of these")
        return url

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever kept here: the embedded database is not there yet."""
        return not self.database_url and not (self.home / "duban.db").exists()

    @property
    def url(self) -> str:
        """The database to open: the one that was set, else `duban.db` in the home folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.home / 'duban.db'}"

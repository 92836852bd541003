"""What the command line declines: refusals about its own input, and troubles of the machine put into words."""

from socket import gaierror
from typing import TYPE_CHECKING

from rules.errors import Refusal

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class BadLine(Refusal):
    """坏行: a line of JSON Lines input cannot be used. `line` counts from 1."""

    zh = "第 {line} 行无法读取：{reason}。每行应为一个 JSON 对象，例如 {example}"
    en = "Line {line} cannot be read: {reason}. Each line must be one JSON object, such as {example}"


class WrongUsage(Refusal):
    """用法不对: what stands on the command line cannot be meant. Such a refusal exits with 2."""


class BadDay(WrongUsage):
    """日期不明: a date given on the command line cannot be read."""

    zh = "“{given}”不是可用的日期，请写成 2026-03-02，年份在 1949 至 2200 之间。"
    en = "“{given}” is no usable date; write 2026-03-02, in a year from 1949 to 2200."


class BadSettings(Refusal):
    """设置有误: an environment variable (or a line of .env) holds what Duban cannot use. Values are not repeated."""

    zh = "设置有误：{what}。请改正环境变量或 .env 文件，写法见 docs/settings.md。"
    en = "Wrong settings: {what}. Correct the environment variable or the .env file; see docs/settings.md."


class FileTrouble(Refusal):
    """文件读写不了: the system would not let a file or folder be read or written."""

    zh = "{file} 读写不了：{why}。请检查路径、权限和磁盘空间。"
    en = "{file} cannot be read or written: {why}. Check the path, the permissions and the space on the disk."


class DatabaseTrouble(Refusal):
    """数据库不能用: it cannot be reached, opened or written."""

    zh = (
        "数据库不能用：{why}。请检查 DUBAN_HOME 或 DUBAN_DATABASE_URL 所指之处、权限和磁盘空间；"
        "文件损坏时用 duban restore 恢复备份。"
    )
    en = (
        "The database cannot be used: {why}. Check the place that DUBAN_HOME or DUBAN_DATABASE_URL names, "
        "its permissions and the disk; where the file is damaged, restore a backup with duban restore."
    )


def in_words(error: Exception) -> Refusal | None:
    """What happened on this machine, as a refusal a person can act on; None for an error that is our own."""
    from pydantic import ValidationError

    match error:
        case Refusal():
            return error
        case ValidationError() if error.title == "Settings":
            return BadSettings(what="；".join(map(_setting, error.errors(include_url=False, include_input=False))))
        case ModuleNotFoundError(name="asyncpg"):
            return BadSettings(what="DUBAN_DATABASE_URL: pip install 'duban[postgres]'")
        case ConnectionError() | gaierror():
            return DatabaseTrouble(why=error)
        case OSError():
            return FileTrouble(file=error.filename or "文件 (a file)", why=error.strerror or error)
    if unwritten := _unwritten_workbook(error):
        return in_words(unwritten)
    return DatabaseTrouble(why=getattr(error, "orig", error)) if _is_of_database(error) else None


def _setting(wrong: "ErrorDetails") -> str:
    return f"DUBAN_{'_'.join(map(str, wrong['loc'])).upper()}: {wrong['msg'].removeprefix('Value error, ')}"


def _unwritten_workbook(error: Exception) -> OSError | None:
    """What kept XlsxWriter from writing a file, which it wraps in an error of its own."""
    from xlsxwriter.exceptions import FileCreateError

    return error.args[0] if isinstance(error, FileCreateError) else None


def _is_of_database(error: Exception) -> bool:
    """Whether the database itself is out of order. A statement it does not take is our own error."""
    from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError

    told = isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError
    return told or type(error).__module__.startswith("asyncpg.")

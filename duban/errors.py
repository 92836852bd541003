"""What the command line declines: refusals about its own input, and troubles of the machine put into words."""

from socket import gaierror
from typing import TYPE_CHECKING

from rules.errors import Refusal
from rules.faults import faults
from rules.language import Text
from rules.system_words import system_words

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class BadLine(Refusal):
    """坏行: a line of JSON Lines input cannot be used. `line` counts from 1."""

    zh = "第 {line} 行无法读取：{reason.zh}。每行应为一个 JSON 对象，例如 {example}"
    en = "Line {line} cannot be read: {reason.en}. Each line must be one JSON object, such as {example}"


class WrongUsage(Refusal):
    """用法不对: what stands on the command line cannot be meant. Such a refusal exits with 2."""


class BadDay(WrongUsage):
    """日期不明: a date given on the command line cannot be read."""

    zh = "“{given}”不是可用的日期，请写成 2026-03-02，年份在 1949 至 2200 之间。"
    en = "“{given}” is no usable date; write 2026-03-02, in a year from 1949 to 2200."


class BadSettings(Refusal):
    """设置有误: an environment variable (or a line of .env) holds what Duban cannot use. Values are not repeated."""

    zh = "设置有误：{what.zh}。请改正环境变量或 .env 文件，写法见 docs/settings.md。"
    en = "Wrong settings: {what.en}. Correct the environment variable or the .env file; see docs/settings.md."


class FileTrouble(Refusal):
    """文件读写不了: the system would not let a file or folder be read or written."""

    zh = "{file} 读写不了：{why.zh}。请检查路径、权限和磁盘空间。"
    en = "{file} cannot be read or written: {why.en}. Check the path, the permissions and the space on the disk."


class DatabaseTrouble(Refusal):
    """数据库不能用: it cannot be reached, opened or written."""

    zh = "数据库不能用：{why.zh}。请检查 DUBAN_HOME 或 DUBAN_DATABASE_URL 所指之处、权限和磁盘空间。"
    en = (
        "The database cannot be used: {why.en}. Check the place that DUBAN_HOME or DUBAN_DATABASE_URL names, "
        "its permissions and the disk."
    )


class DatabaseBusy(DatabaseTrouble):
    """数据库正忙: another program has been writing into it for as long as we wait."""

    zh = "另一个程序正在使用数据库，一直没有让出来。请稍后再试；一直这样，就看看是谁开着数据文件夹里的 duban.db。"
    en = (
        "Another program is using the database and has not let go of it. Try again later; if it stays so, see which "
        "one has duban.db of the data folder open."
    )


class DatabaseReadOnly(DatabaseTrouble):
    """数据库只读: this user, or this disk, lets nobody write."""

    zh = "数据库是只读的，写不进去。请检查 DUBAN_HOME 所指的文件夹和其中 duban.db 的写权限，以及磁盘是否只读。"
    en = "The database is read-only. Check that this user may write DUBAN_HOME and the duban.db in it, and the disk."


class DatabaseDamaged(DatabaseTrouble):
    """数据库损坏: the file is no database, or not a whole one."""

    zh = "数据库文件已损坏，或不是督办的数据库（{why.en}）。请把备份用 duban restore 恢复到一个空文件夹。"
    en = "The database's file is damaged or none ({why.en}). Restore a backup into an empty folder with duban restore."


_SQLITE = {
    "SQLITE_BUSY": DatabaseBusy,
    "SQLITE_LOCKED": DatabaseBusy,
    "SQLITE_READONLY": DatabaseReadOnly,
    "SQLITE_CORRUPT": DatabaseDamaged,
    "SQLITE_NOTADB": DatabaseDamaged,
}


def in_words(error: Exception) -> Refusal | None:
    """What happened on this machine, as a refusal a person can act on; None for an error that is our own."""
    from pydantic import ValidationError

    match error:
        case Refusal():
            return error
        case ValidationError() if error.title == "Settings":
            found = error.errors(include_url=False, include_input=False)
            return BadSettings(what=faults([{**one, "loc": (_variable(one),)} for one in found]))
        case ModuleNotFoundError(name="asyncpg"):
            need = "DUBAN_DATABASE_URL: pip install 'duban[postgres]'"
            return BadSettings(what=Text(need, need))
        case gaierror():
            return DatabaseTrouble(why=Text("找不到数据库服务器的地址", "its server's address is not known"))
        case ConnectionError():
            return DatabaseTrouble(why=system_words(error))
        case OSError():
            return FileTrouble(file=error.filename or "文件 (a file)", why=system_words(error))
    if unwritten := _unwritten_workbook(error):
        return in_words(unwritten)
    return _of_database(error) if _is_of_database(error) else None


def _variable(wrong: "ErrorDetails") -> str:
    return f"DUBAN_{'_'.join(map(str, wrong['loc'])).upper()}"


def _of_database(error: Exception) -> DatabaseTrouble:
    """What the database said; SQLite's kinds of error have a way out each."""
    said = getattr(error, "orig", None) or error
    kind = "_".join(getattr(said, "sqlite_errorname", "").split("_")[:2])
    return _SQLITE.get(kind, DatabaseTrouble)(why=Text(str(said), str(said)))


def _unwritten_workbook(error: Exception) -> OSError | None:
    """What kept XlsxWriter from writing a file, which it wraps in an error of its own."""
    from xlsxwriter.exceptions import FileCreateError

    return error.args[0] if isinstance(error, FileCreateError) else None


def _is_of_database(error: Exception) -> bool:
    """Whether the database itself is out of order. A statement it does not take is our own error."""
    from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError

    told = isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError
    return told or type(error).__module__.startswith("asyncpg.")

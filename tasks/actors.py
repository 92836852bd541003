"""Who is acting (办理人): a person of the roster, by name, title or key."""

from rules.errors import Refusal
from rules.lifecycle import Actor
from rules.roster import Role
from store.rulebook import Rulebook


class NoRosterYet(Refusal):
    """还没有名册: nobody can act before there are people."""

    zh = "还没有名册。请先运行 duban roster template 名册.xlsx，填好后运行 duban roster import 名册.xlsx。"
    en = "There is no roster yet. Run duban roster template FILE.xlsx, fill it in, then duban roster import FILE.xlsx."


class NobodyOfOffice(Refusal):
    """没有创建办: nobody in the roster has the office's role."""

    zh = "名册里没有创建办的人。请在“人员”表的“角色”一列为至少一人填“创建办”，再导入。"
    en = "Nobody in the roster is of the office: give one person at least 创建办 in the column 角色."


class WhoActs(Refusal):
    """办理人不明: nobody was named as acting, and several could be."""

    zh = "请用 --as 说明由谁办理，创建办有：{office}"
    en = "Say who is acting with --as; of the office there are: {office}"


class NotInRoster(Refusal):
    """办理人不在名册: the person named cannot be told from the roster."""

    zh = "名册里认不出办理人“{written}”{near.zh}。请用 --as 写姓名或职务。"
    en = "“{written}” cannot be told from the roster{near.en}. Give a name or title with --as."


class OfficeOnly(Refusal):
    """只限创建办: what binds everyone is set by someone of the office."""

    zh = "只有创建办的人可以这样做，“{who}”不是。请用 --as 写明创建办的人：{office}"
    en = "Only someone of the office may do this, and “{who}” is not. Name one with --as: {office}"


def actor_in(book: Rulebook, written: str | None) -> Actor:
    """The person named; where nobody is, the only person of the office (创建办), if there is just one."""
    if not book.roster.people:
        raise NoRosterYet
    key = _only_one(book) if written is None else _named(book, written)
    person = book.roster.people[key]
    return Actor(key, person.unit, person.roles)


def office_in(book: Rulebook, written: str | None) -> Actor:
    """The same for what only the office may do: OfficeOnly where the person named is somebody else."""
    actor = actor_in(book, written)
    if Role.OFFICE not in actor.roles:
        raise OfficeOnly(who=actor.key, office="、".join(book.office) or "—")
    return actor


def _only_one(book: Rulebook) -> str:
    if not book.office:
        raise NobodyOfOffice
    if len(book.office) > 1:
        raise WhoActs(office="、".join(book.office))
    return book.office[0]


def _named(book: Rulebook, written: str) -> str:
    match = book.index.match_person(written)
    if match.found is None:
        raise NotInRoster(written=written, near=match.offered)
    return match.found

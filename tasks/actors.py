"""Who is acting (办理人): a person of the roster, by name, title or key."""

from rules.errors import Refusal
from rules.lifecycle import Actor
from store.rulebook import Rulebook


class WhoActs(Refusal):
    """办理人不明: nobody, or nobody known, was named as acting."""

    zh = "请说明由谁办理（命令行用 --as）：名册里{why}。相近或可选的有：{near}"
    en = "Say who is acting (--as on the command line): {why_en}. Near or possible: {near}"


def actor_in(book: Rulebook, written: str | None) -> Actor:
    """The person named; where nobody is, the only person of the office (创建办), if there is just one."""
    if written is None:
        if len(book.office) != 1:
            raise WhoActs(
                why="的创建办人员不止一位或没有",
                why_en="the roster has not exactly one person of the office",
                near="、".join(book.office) or "—",
            )
        key = book.office[0]
    else:
        match = book.index.match_person(written)
        if match.found is None:
            raise WhoActs(
                why=f"没有“{written}”", why_en=f"“{written}” is not in the roster", near="、".join(match.near) or "—"
            )
        key = match.found
    person = book.roster.people[key]
    return Actor(key, person.unit, person.roles)

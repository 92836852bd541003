"""The office's own words for messages (消息模板), by name. What may stand in one is channels.wording's."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from store.ledger import Writing
from store.setup_schema import templates


async def own_words(connection: AsyncConnection) -> dict[str, str]:
    """The texts the office has set, by name."""
    rows = await connection.execute(select(templates.c.name, templates.c.text))
    return {row.name: row.text for row in rows}


async def set_words(write: Writing, name: str, text: str) -> None:
    """Say it so from now on."""
    await write.connection.execute(delete(templates).where(templates.c.name == name))
    await write.add(templates, [{"name": name, "text": text, "set_at": write.now, "set_by": write.actor.key}])
    await write.record("template.set", f"template:{name}", text=text)


async def reset_words(write: Writing, name: str) -> bool:
    """Back to the built-in words; False where they are in use already."""
    gone = await write.connection.execute(delete(templates).where(templates.c.name == name))
    if gone.rowcount:
        await write.record("template.reset", f"template:{name}")
    return bool(gone.rowcount)

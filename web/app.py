"""The pages' addresses (网址): what each answers. What a page shows is web.view's, what a button does web.acting's."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from rules.errors import Refusal
from rules.heart import LIMITS
from rules.language import Language, Text
from rules.lifecycle import TRANSITIONS
from store.heart import pulses_at
from store.links import LinkExpired, NoSuchLink
from store.receipts import mark_opened
from store.rulebook import Rulebook
from web.acting import press
from web.forms import TooMuch, form_of
from web.guard import Guarded
from web.site import NoLongerHere, Site, Visitor, visitor
from web.view import page_for
from web.words import words_in

HERE = Path(__file__).parent
STATUS: Mapping[type[Refusal], int] = {NoSuchLink: 404, LinkExpired: 410, NoLongerHere: 403, TooMuch: 413}
REFUSED = 409
TROUBLE = Text("系统暂时不能办理，请稍后再试。", "This cannot be done at the moment; please try again later.")

_pages = Environment(
    loader=FileSystemLoader(HERE / "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip


def make_app(site: Site) -> FastAPI:
    """The pages of one office."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/static", StaticFiles(directory=HERE / "static"))

    @app.get("/health")
    async def health() -> JSONResponse:
        """For a watchdog: 200 where every part of the engine has said so lately that it is well, else 503."""
        async with site.store.reading() as connection:
            told = await pulses_at(connection, site.clock())
        well = all(one.fresh for one in told)
        return JSONResponse({"ok": well, "beats": {one.name: _beat(one) for one in told}}, 200 if well else 503)

    @app.get("/m/{token}")
    async def message(token: str, request: Request, done: str = "", duty: str = "") -> Response:
        """A message as its duties stand now. Fetching it records nothing: chat programs fetch links to preview them."""
        who, book = await visitor(site, token)
        return await _message(site, book, who, request, token, done=(duty, _label(done, _language(site, request))))

    @app.post("/m/{token}/opened")
    async def opened(token: str) -> Response:
        """The page's script says that a person has it before them."""
        who, _ = await visitor(site, token)
        async with site.acting(who.actor) as (write, _):
            await mark_opened(write, who.message)
        return Response(status_code=204)

    @app.post("/m/{token}/duties/{duty}/{action}")
    async def act(token: str, duty: str, action: str, request: Request) -> Response:
        """A button: done, and back to the page; or the page again, with what stands against it."""
        who, book = await visitor(site, token)
        form = await form_of(request)
        try:
            await press(site, who, int(duty) if duty.isdecimal() and len(duty) < 16 else 0, action, form)
        except Refusal as refusal:
            if type(refusal) in STATUS:
                raise
            kept = {"duty": duty, "action": action, **form}
            return await _message(site, book, who, request, token, refusal=refusal, kept=kept)
        language = _language(site, request)
        return RedirectResponse(f"{site.links.path}/m/{token}?lang={language}&duty={duty}&done={action}#d{duty}", 303)

    @app.exception_handler(Refusal)
    async def refused(request: Request, refusal: Refusal) -> Response:
        return _sorry(site, request, refusal.text, STATUS.get(type(refusal), REFUSED))

    @app.exception_handler(HTTPException)
    async def unknown(request: Request, why: HTTPException) -> Response:
        """An address that is none, or used in another way, gets the answer of a link that is none."""
        return _sorry(site, request, NoSuchLink().text, 404 if why.status_code < 500 else why.status_code)

    @app.exception_handler(Exception)
    async def trouble(request: Request, why: Exception) -> Response:
        return _sorry(site, request, TROUBLE, 500)

    app.add_middleware(Guarded)
    return app


def _beat(one: Any) -> dict[str, Any]:
    at = one.beat_at.isoformat() if one.beat_at else None
    return {"at": at, "age_s": one.age_s, "limit_s": LIMITS[one.name].total_seconds(), "fresh": one.fresh}


async def _message(
    site: Site,
    book: Rulebook,
    who: Visitor,
    request: Request,
    token: str,
    *,
    done: tuple[str, str] = ("", ""),
    refusal: Refusal | None = None,
    kept: Mapping[str, str] | None = None,
) -> Response:
    language = _language(site, request)
    page = await page_for(site, book, who, language)
    person = book.roster.people[who.actor.key]
    told = {
        "page": page,
        "token": token,
        "number": f"M{who.message}",
        "subject": who.subject,
        "name": f"{person.name} {person.title}" if person.title != person.name else person.name,
        "units": sorted(book.roster.units),
        "today": f"{site.calendar.local(site.clock()):%Y-%m-%d}",
        "done": done,
        "refusal": refusal.text.said_in(language) if refusal else "",
        "kept": kept or {},
    }
    return _shown("message.html", site, language, told, REFUSED if refusal else 200)


def _sorry(site: Site, request: Request, why: Text, status: int) -> Response:
    language = _language(site, request)
    return _shown("sorry.html", site, language, {"why": why.said_in(language)}, status)


def _shown(name: str, site: Site, language: Language, told: Mapping[str, Any], status: int) -> Response:
    shared: dict[str, Any] = {
        "say": words_in(language),
        "language": language.value,
        "other_language": (Language.ZH if language is Language.EN else Language.EN).value,
        "root": site.links.path,
    }
    return HTMLResponse(_pages.get_template(name).render({**shared, **told}), status)


def _language(site: Site, request: Request) -> Language:
    asked = request.query_params.get("lang", "")
    return Language(asked) if asked in set(Language) else site.language


def _label(action: str, language: Language) -> str:
    """What an action is called; nothing for one that does not exist."""
    return next((rule.label.said_in(language) for rule in TRANSITIONS if rule.action == action), "")

"""Answer the requests of a browser: which page an address means, and what is refused.

Only GET and HEAD, only under the name that it serves; no page holds a script or asks for anything
elsewhere. What a document or a store says reaches a page as text alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yiyang.core.messages import LANGS, Lang, label, phrase, say
from yiyang.core.schema import PACKAGE
from yiyang.report import typeface
from yiyang.report.served import (
    asked,
    beginning,
    found_documents,
    found_tasks,
    framing,
    listed_agencies,
    one_document,
    originals,
    taken_away,
)
from yiyang.report.served.held import HeldStore, UnansweredError
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.escaping import Markup

STATIC = {
    "served.css": (Path(__file__).with_name("served.css"), "text/css"),
    "yiyang.css": (PACKAGE / "report" / "site" / "static" / "yiyang.css", "text/css"),
    # The style asks for it where a machine has no Chinese; a browser knows the type by its bytes.
    typeface.NAME: (PACKAGE / "assets" / "fonts" / "yiyang-sans.otf", "font/otf"),
}
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
LONGEST = 4_000
"""Bytes of an address with its question."""


class _Guard:
    """Refuse requests under another name or method, and send each answer with the headers."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app, self.names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = dict(message.get("headers", []))
                more = {k.encode(): v.encode() for k, v in HEADERS.items()}
                message = {**message, "headers": list({**more, **said}.items())}
            await send(message)

        request = Request(scope)
        refused = _unfit(request, self.names)
        answer = self.app if refused is None else _refused(request, *refused)
        await answer(scope, receive, send_with_headers)


def _unfit(request: Request, names: frozenset[str]) -> tuple[int, InputError] | None:
    host = request.headers.get("host", "")
    if _name_of(host) not in names or len(request.headers.getlist("host")) != 1:
        return 400, refusal("serve.name", request.url.path[:80], host=repr(host[:80]))
    if (
        request.headers.get("sec-fetch-site") in ("cross-site", "same-site")
        and request.headers.get("sec-fetch-dest") != "document"
    ):  # another page makes a browser ask; a link that a person follows is a document
        return 400, refusal("serve.name", request.url.path[:80], host="cross-site")
    if request.method not in ("GET", "HEAD"):
        return 405, refusal("serve.method", request.url.path[:80], method=request.method[:20])
    if len(request.url.path) + len(request.url.query) > LONGEST:
        return 414, refusal("serve.no_page", request.url.path[:80])
    return None


def _name_of(host: str) -> str:
    """The host of a header, without its port: 127.0.0.1 of 127.0.0.1:8765, ::1 of [::1]:8765."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _lang(request: Request) -> Lang:
    first = request.url.path.split("/")[1]
    if first in LANGS:
        return first
    said = request.headers.get("accept-language", "zh").lower()
    return "zh" if "zh" in said else "en"


def _refused(request: Request, status: int, refused: InputError) -> HTMLResponse:
    """The page that says why there is none."""
    lang = _lang(request)
    parts = {"found": refused.found, "expected": refused.expected, "remedy": refused.remedy}
    said = framing.join(
        Markup("<p>{}</p>\n").format(say(f"served.refused.{key}", lang, text=phrase(text, lang)))
        for key, text in parts.items()
    )
    title = label("served.refused", lang)
    return HTMLResponse(framing.page(lang, title, said), status_code=status)


def _on_refusal(request: Request, error: Exception) -> Response:
    if isinstance(error, UnansweredError):
        return _refused(request, error.status, error.refused)
    if isinstance(error, InputError):
        return _refused(request, 503, error)
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _refused(request, status, refusal("serve.no_page", request.url.path[:80]))


Page = Callable[[HeldStore, Lang, Request], Response]


def _page(store: HeldStore, lang: Lang, make: Page) -> Callable[[Request], Response]:
    """Answer with a page; Starlette calls it in a thread of its own."""

    def answer(request: Request) -> Response:
        return make(store, lang, request)

    return answer


def _html(text: str) -> HTMLResponse:
    return HTMLResponse(text)


def _tasks(store: HeldStore, lang: Lang, request: Request) -> Response:
    choice = asked.choice(request.query_params.multi_items(), asked.OF_TASKS)
    return _html(found_tasks.page(store, lang, choice))


def _export(kind: str, store: HeldStore, lang: Lang, request: Request) -> Response:
    choice = asked.choice(request.query_params.multi_items(), asked.OF_TASKS)
    write, media = taken_away.KINDS[kind]
    name = f'attachment; filename="yiyang-tasks.{kind}"'
    headers = {"content-disposition": name}
    if request.method == "HEAD":
        return Response(headers=headers, media_type=media)
    # The first rows are made before the answer begins: what is refused is said by a page.
    parts = write(store, choice)
    first = b"".join(islice(parts, 2))
    return StreamingResponse(chain([first], parts), headers=headers, media_type=media)


def _documents(store: HeldStore, lang: Lang, request: Request) -> Response:
    choice = asked.choice(request.query_params.multi_items(), asked.OF_DOCUMENTS)
    return _html(found_documents.page(store, lang, choice))


def _doubles(store: HeldStore, lang: Lang, request: Request) -> Response:
    asked.choice(request.query_params.multi_items(), {})
    return _html(found_documents.doubles_page(store, lang))


def _document(store: HeldStore, lang: Lang, request: Request) -> Response:
    wishes = {"page": asked.OF_TASKS["page"]}
    choice = asked.choice(request.query_params.multi_items(), wishes)
    return _html(one_document.page(store, lang, request.path_params["id"], choice))


def _file(store: HeldStore, lang: Lang, request: Request) -> Response:
    name, data = originals.read(store, request.path_params["id"])
    headers = {
        "content-disposition": originals.attachment(name),
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(data, headers=headers, media_type="application/octet-stream")


def _agencies(store: HeldStore, lang: Lang, request: Request) -> Response:
    asked.choice(request.query_params.multi_items(), {})
    return _html(listed_agencies.page(store, lang))


def _agency(store: HeldStore, lang: Lang, request: Request) -> Response:
    asked.choice(request.query_params.multi_items(), {})
    return _html(listed_agencies.agency_page(store, lang, request.path_params["id"]))


def _start(store: HeldStore, lang: Lang, request: Request) -> Response:
    asked.choice(request.query_params.multi_items(), {})
    return _html(beginning.page(store, lang))


def _overview(store: HeldStore, request: Request) -> Response:
    data, media = beginning.overview_file(store, request.path_params["path"])
    return Response(data, headers={"content-security-policy": beginning.POLICY}, media_type=media)


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    path, media = STATIC[name]
    return Response(path.read_bytes(), media_type=media, headers={"cache-control": "max-age=300"})


def _home(request: Request) -> Response:
    return RedirectResponse(f"/{_lang(request)}/")


def application(store: HeldStore, names: frozenset[str]) -> Starlette:
    """Make the application over a store, which answers under these names alone."""
    pages: dict[str, Page] = {
        "": _start,
        "tasks": _tasks,
        "tasks.csv": partial(_export, "csv"),
        "tasks.parquet": partial(_export, "parquet"),
        "documents": _documents,
        "doubles": _doubles,
        "document/{id:path}": _document,
        "file/{id:path}": _file,
        "agencies": _agencies,
        "agency/{id:path}": _agency,
    }
    routes = [
        Route(f"/{lang}/{way}", _page(store, lang, make))
        for lang in LANGS
        for way, make in pages.items()
    ]
    routes += [Route("/", _home), Route("/static/{name}", _static)]
    routes.append(Route("/overview/{path:path}", partial(_overview, store)))

    @asynccontextmanager
    async def open_store(app: Starlette) -> AsyncIterator[None]:
        yield
        store.close()

    return Starlette(
        routes=routes,
        middleware=[Middleware(_Guard, names=names)],
        exception_handlers={
            UnansweredError: _on_refusal,
            InputError: _on_refusal,
            HTTPException: _on_refusal,
        },
        lifespan=open_store,
    )

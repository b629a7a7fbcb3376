"""A paper on A4: what it said when it was issued, drawn from the version of the templates that it was issued on.

`read` collects everything as text while the database is open; `draw` makes the PDF and needs no database. Text is
escaped, and the renderer may fetch nothing: no address in a paper ever leads anywhere.
"""

import base64
import re
import subprocess
import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
import segno
from markupsafe import Markup
from sqlalchemy import Connection

from engine import deadlines
from engine.errors import DubanError, Unavailable
from engine.execution.bundle import Bundle
from engine.store import from_millis, to_millis
from workflows import documents, people, signatures
from workflows.documents import CODES, Document

TEMPLATES = Path(__file__).parent / "paper_templates"
REPORTS = Path(__file__).parent / "report_templates"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fontconfig"
"""Debian's packages that drawing needs."""
_DRAWING = threading.BoundedSemaphore(2)
"""Papers drawn at once: each takes most of a second of one core."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?(@[\w/]+)?)?")
_NOTES = {"ISSUED": "签发", "SERVED": "送达", "RECEIVED": "签收", "REFUSED": "拒签", "VOID": "作废"}
_SIGNED = {"SESSION": "系统登录签名", "DRAWN": "手写签名", "REFUSED": "拒绝签字"}
_STATES = {"match": "与所签内容一致", "differs": "与所签内容不符", "erased": "所签内容已删除"}
_METHODS = {"SYSTEM": "系统送达", "IN_PERSON": "当面送达", "POST": "邮寄送达", "EMAIL": "电子邮件送达"}


class CannotPrint(Unavailable):
    """This machine cannot draw PDFs: Pango or a Chinese font is missing."""


class Fetched(DubanError):
    """A template named an address. Papers fetch nothing."""


Said = str | list["Said"] | dict[str, "Said"]
"""A value in words: text, a list, or a table of label and value."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature in words. `picture`: a `data:` address of the drawn one, or "". `hash`: of what was signed."""

    who: str
    how: str
    when: str
    hash: str
    picture: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Everything on the paper, as text. `blocks`: (who signs, "seal" or ""); `notes`: (what, when, who)."""

    number: str
    hash: str
    name: str
    title: str
    house: str
    preface: str
    rows: tuple[tuple[str, Said], ...]
    closing: str
    blocks: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str, str], ...]
    issuer: str
    issued_at: str
    link: str
    void: str
    version: int
    signed: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """What signatures are read with. `picture`: SHA-256 of a drawn one → a JPEG of ours, None where it is gone."""

    bundle: Callable[[str], Bundle]
    picture: Callable[[str], bytes | None]


def read(connection: Connection, document: Document, site: str = "", signing: Signing | None = None) -> Printed:
    """`site`: the address under which people reach this installation, for the QR code. Without
    `signing` it bears no signatures. Raises DocumentErased."""
    paper = documents.paper(connection, document)
    told = documents.notes(connection, document)
    words = _Words(_templates(document.template), paper.names)
    kind = words.templates["papers"][document.code]
    places = words.places(document, paper.data)
    return Printed(
        number=document.number, hash=document.hash or "", name=CODES[document.code][0], title=paper.title,
        house=words.name(document.station), preface=kind["preface"].format_map(places),
        rows=tuple(words.rows(paper.data, kind)),
        closing=kind["closing"].format_map(places), blocks=tuple((who, seal) for who, seal in kind["blocks"]),
        notes=tuple(words.note(one) for one in told[1:]), issuer=words.name(document.issued_by),
        issued_at=moment(document.issued_at), link=link(document, site),
        void=document.reason or "" if document.state == "VOID" else "", version=document.template,
        signed=tuple(_signed(connection, document, paper.signed_in, signing)) if signing else (),
    )  # fmt: skip


def _signed(connection: Connection, document: Document, elements: Sequence[str], signing: Signing) -> Iterator[Signed]:
    """The signatures under the paper, each computed again from its entry; names of people as they are now."""
    found = signatures.for_paper(connection, document.case_id, elements, document.issued_at, signing.bundle)
    names = people.names(connection, {str(one.signed["person"]) for one in found if "person" in one.signed})
    for one in found:
        said = one.signed
        name = names.get(said["person"], said["person"]) if "person" in said else said["name"]
        who = "　".join(part for part in (name, said.get("employer"), said.get("role")) if part)
        how = _SIGNED[said["method"]] + (f"（见证人：{said['witness']}）" if said.get("witness") else "")
        drawn = signing.picture(said["drawing"]["sha256"]) if said.get("drawing") else None
        address = f"data:image/jpeg;base64,{base64.b64encode(drawn).decode()}" if drawn else ""
        at = moment(to_millis(datetime.fromisoformat(one.at)))
        yield Signed(who, f"{how}，{_STATES[one.state]}", at, said["dataHash"], address)


def link(document: Document, site: str) -> str:
    """What the QR code says: where the paper can be looked up, its number and its hash."""
    place = f"{site.rstrip('/')}/documents/{document.number}" if site else document.number
    return f"{place}#sha256={document.hash}"


def draw(printed: Printed) -> bytes:
    """The PDF. Raises CannotPrint where Pango or a Chinese font is missing."""
    return pdf(page(printed))


def pdf(html: str) -> bytes:
    """A page of ours as PDF; it can fetch nothing. Raises CannotPrint."""
    weasyprint = _weasyprint()
    with _DRAWING:
        drawn: bytes = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing).write_pdf()
    return drawn


def report(template: str, said: Mapping[str, Any]) -> str:
    """A report as HTML, from `report_templates`; every text in it is escaped."""
    style = (REPORTS / "report.css").read_text(encoding="utf-8")
    return _environment().get_template(template).render({**said, "style": Markup(style)})


def page(printed: Printed) -> str:
    """The paper as HTML, for the renderer."""
    said = {field: getattr(printed, field) for field in Printed.__dataclass_fields__}
    style = (TEMPLATES / str(printed.version) / "paper.css").read_text(encoding="utf-8")
    said |= {"link": printed.link.partition("#")[0], "style": Markup(style), "qr": Markup(_qr(printed.link))}
    return _environment().get_template(f"{printed.version}/paper.html").render(said)


def _qr(text: str) -> str:
    return segno.make(text, error="m").svg_inline(border=1, omitsize=True)


def _fetch_nothing(url: str, *_: Any, **__: Any) -> Any:
    """Nothing comes from anywhere; a picture that the page itself holds is read out of its address."""
    kind, comma, content = url.partition(";base64,")
    if kind == "data:image/jpeg" and comma:
        return _weasyprint().urls.URLFetcherResponse(url, base64.b64decode(content), {"Content-Type": "image/jpeg"})
    raise Fetched(f"Expected a template that fetches nothing, but it names {url[:100]!r}.")


@lru_cache(maxsize=1)
def _weasyprint() -> Any:
    """Imported when the first paper is drawn: it loads Pango, which a machine that prints nothing need not have."""
    try:
        import weasyprint
    except OSError as error:
        raise CannotPrint(f"Cannot draw a PDF: {error}. On Debian: apt install {PACKAGES}") from error
    try:
        fonts = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotPrint(f"Cannot list the fonts ({error}). On Debian: apt install {PACKAGES}") from error
    if not fonts.strip():
        raise CannotPrint(f"Cannot draw a PDF: there is no Chinese font. On Debian: apt install {PACKAGES}")
    return weasyprint


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader((TEMPLATES, REPORTS))
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@lru_cache(maxsize=8)
def _templates(version: int) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / str(version) / "papers.toml").read_text(encoding="utf-8"))


# Words -------------------------------------------------------------------------------------------------------------


def moment(millis: int) -> str:
    """2026年3月2日 12:00, in the zone of the house."""
    at = from_millis(millis).astimezone(ZoneInfo(deadlines.ZONE))
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


class _Words:
    """Labels, enumerated values and names, in the words of one version of the templates."""

    def __init__(self, templates: Mapping[str, Any], names: Mapping[str, str]) -> None:
        self.templates, self.names = templates, names

    def name(self, id: str | None) -> str:
        """The name of a person or unit as it was when the paper was issued; anything else as it is."""
        return self.names.get((id or "").rpartition(":")[2], id or "")

    def places(self, document: Document, data: Mapping[str, Any]) -> dict[str, str]:
        """What the templates' sentences name. Nobody known: room to write by hand."""
        unit = data.get("unit") or data.get("unitId") or document.served_to
        named = {"recipient": document.served_to, "station": document.station, "unit": unit}
        return {place: self.name(id if isinstance(id, str) else None) or "　　　　　　" for place, id in named.items()}

    def rows(self, data: Mapping[str, Any], kind: Mapping[str, Any]) -> Iterator[tuple[str, Said]]:
        """What the type of paper puts first, then the rest as it came; what is empty is left out."""
        first = [name for name in kind["fields"] if name in data]
        for name in (*first, *(name for name in data if name not in first)):
            said = self.say(data[name])
            if said:
                yield self.label(name), said

    def label(self, name: str) -> str:
        found: str = self.templates["labels"].get(name, name)
        return found

    def say(self, value: Any) -> Said:
        if isinstance(value, Mapping):
            return {self.label(name): said for name, part in value.items() if (said := self.say(part))}
        if isinstance(value, list):
            parts = [said for part in value if (said := self.say(part))]
            short = all(isinstance(part, str) and len(part) < 20 for part in parts)
            return "、".join(map(str, parts)) if short else parts
        if isinstance(value, bool):
            return "是" if value else "否"
        return "" if value is None else self._text(str(value))

    def _text(self, text: str) -> str:
        if _MOMENT.fullmatch(text):
            return _date(text)
        known: str = self.templates["values"].get(text, self.name(text))
        return known

    def note(self, told: Mapping[str, Any]) -> tuple[str, str, str]:
        said = told["data"]
        who = [self._signatory(said[name]) for name in ("signatory", "witness") if name in said]
        more = [_METHODS.get(str(said.get("method")), ""), self.name(said.get("by")), str(said.get("reason") or "")]
        return _NOTES[told["note"]], moment(told["at"]), "　".join(part for part in (*more, *who) if part)

    def _signatory(self, said: Mapping[str, Any]) -> str:
        return "（已删除）" if "erased" in said else " ".join(part for part in (said["name"], said["employer"]) if part)


def _date(text: str) -> str:
    """A day or moment in Chinese; what only looks like one stays as it is."""
    plain = text.partition("@")[0]
    try:
        at = datetime.fromisoformat(plain)
    except ValueError:
        return text
    return f"{at.year}年{at.month}月{at.day}日" + (f" {at:%H:%M}" if "T" in plain else "")

"""A wording as a page: laid out for any screen, with at most one button, and nothing that is fetched from elsewhere."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Final

from aiohttp.web import Response
from markupsafe import Markup

from bot import markup
from bot.channels.layouts import LAYOUTS, layout
from bot.render import SUBJECT, Wording

LAYOUT: Final = "web.html"
STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
BUTTON: Final = "button"
"""The label of what a page lets one do; none: it only tells."""


def page(wording: Wording, template: str, language: str, *, status: int = 200) -> Response:
    """The template's words below its title (`@`), its button sending a POST to the page's own address."""
    labels = {label.key: label.text for label in wording.labels(template, language)}
    said = markup.write(markup.read(wording.text(template, language, {})))
    html = layout(LAYOUT).render(
        language=language,
        title=labels[SUBJECT],
        sender=markup.visible(wording.text("mail/sender", language, {})),
        body=Markup(said.replace("\n", "<br>\n")),  # noqa: S704 - markup.write escapes what is no tag of ours
        button=labels.get(BUTTON),
    )
    headers = {"Content-Language": language}
    return Response(text=html, content_type="text/html", charset="utf-8", status=status, headers=headers)


@cache
def policy() -> str:
    """What a browser may do with a page: show it with its own style, and send its form back to us."""
    found = STYLE.search((LAYOUTS / LAYOUT).read_text("utf-8"))
    style = b64encode(sha256(found[1].encode()).digest()).decode() if found else ""
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )

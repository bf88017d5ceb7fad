"""Real mails that tests read, and small ones that they make up."""

from __future__ import annotations

from pathlib import Path

MAILS = Path(__file__).parents[2] / "mail"
MESSAGES = sorted((MAILS / "messages").glob("*.eml"))
REPLIES = sorted((MAILS / "replies" / "emails").glob("*.txt"))
FORWARDS = sorted((MAILS / "forwards_fr").glob("*_body.txt"))


def mail(body: str | bytes = "Bonjour", **headers: str) -> bytes:
    """A message from a teacher; `content_type=` and the like replace or add headers, "" leaves one out."""
    said = {
        "from": "Camille <camille@ecole.test>",
        "subject": "Question",
        "message_id": "<1@ecole.test>",
    } | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in said.items() if value]
    text = body.encode() if isinstance(body, str) else body
    return "\n".join((*lines, "", "")).encode(errors="surrogateescape") + text


def parts(*parts: str, kind: str = "mixed", **headers: str) -> bytes:
    """A message of several parts, each with its own headers."""
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    return mail(body, content_type=f"multipart/{kind}; boundary=b", **headers)

"""The fake Telegram's reading of HTML: the tags that Telegram allows, and its words for the rest."""

import pytest

from tests.fakes.telegram.entities import parse_html
from tests.fakes.telegram.errors import Refusal


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot; &#233;", 'a <b> & "c" é', []),
        ("<b>a <i>b</i></b>", "a b", ["bold", "italic"]),
        ("<B>a</B>", "a", ["bold"]),
        ("<b></b>a", "a", []),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", ["spoiler", "spoiler"]),
        ("<s>a</s><del>b</del><u>c</u>", "abc", ["strikethrough", "strikethrough", "underline"]),
        ('<pre><code class="language-python">a</code></pre>', "a", ["pre"]),
        ("<code>a</code><pre>b</pre>", "ab", ["code", "pre"]),
        ("<blockquote expandable>a</blockquote>", "a", ["expandable_blockquote"]),
        ('<a href="tg://user?id=42">Camille</a>', "Camille", ["text_mention"]),
        ('<a href="mailto:a@b.ca">a</a>', "a", []),
        ('<tg-time unix="1647531900" format="wDT">demain</tg-time>', "demain", ["date_time"]),
        ("a > b", "a > b", []),
    ],
)
def test_html_that_telegram_reads(source: str, text: str, kinds: list[str]) -> None:
    read, entities = parse_html(source)
    assert (read, [entity["type"] for entity in entities]) == (text, kinds)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>é</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("12 < 15", "tag at byte offset 3"),
        ("<b", "tag at byte offset 0"),
        ("Marie & Pierre", "Unescaped & at byte offset 6"),
        ("a&nbsp;b", "Unescaped & at byte offset 1"),
    ],
)
def test_html_that_telegram_does_not_read(source: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description.startswith("Bad Request: can't parse entities: ")
    assert said in refused.value.description

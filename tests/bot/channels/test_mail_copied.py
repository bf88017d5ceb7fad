"""What a letter gives to be copied, and a letter to somebody else that opens in the reader's own program."""

from __future__ import annotations

import re

from bot.markup import RULE
from tests.mailed import parsed, text_of, to_mail, written


def test_what_is_to_be_copied_stands_apart_and_opens_in_ones_own_program() -> None:
    link = '<a href="mailto:aide@exemple.test?subject=Un%20mot&amp;body=Bonjour%2C%0D%0A">Ouvrir</a>'
    message = parsed(written(to_mail(f"Copiez\u00a0:\n<pre>Nom\u00a0:\nÉcole\u00a0:</pre>\n{link}\nMerci")))
    plain, html = text_of(message, "plain"), text_of(message, "html")
    assert (
        f"Copiez\u00a0:\n{RULE}\nNom\u00a0:\nÉcole\u00a0:\n{RULE}\nOuvrir (aide@exemple.test)\nMerci" in plain
    )
    framed = re.findall(r'<div class="rule" style="[^"]*dashed[^"]*">(.*?)</div>', html, re.DOTALL)
    assert framed == ["Nom\u00a0:<br>\nÉcole\u00a0:"]
    assert 'href="mailto:aide@exemple.test?subject=Un%20mot&amp;body=Bonjour%2C%0D%0A"' in html

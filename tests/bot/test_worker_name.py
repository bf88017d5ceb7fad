from __future__ import annotations

import socket

import pytest

from bot.cli.run import _worker
from storage.tables import letter

WIDTH = getattr(letter.c.worker.type, "length", 0)
DEPLOYMENT = "assistant-d-aide-a-la-declaration-des-reproductions-6c9d7f"


def test_processes_whose_hosts_differ_only_at_the_end_of_a_long_name_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = []
    for pod in ("x2v8q", "k7m4t"):
        monkeypatch.setattr(socket, "gethostname", lambda pod=pod: f"{DEPLOYMENT}-{pod}")
        names.append(_worker())
    assert len(set(names)) == 2
    assert max(map(len, names)) <= WIDTH

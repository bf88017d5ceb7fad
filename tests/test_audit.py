import json

import pytest

from tests.audit import Verdict, read_report

SOUND = {"name": "rich", "version": "15.0.0", "vulns": []}
SKIPPED = {"name": "uv", "skip_reason": "not found"}
WEAK = {
    "name": "jinja2",
    "version": "3.0",
    "vulns": [{"id": "GHSA-1", "fix_versions": ["3.1.6"]}, {"id": "GHSA-2", "fix_versions": []}],
}


@pytest.mark.parametrize(
    ("packages", "verdict"),
    [
        ([SOUND, SKIPPED], Verdict(checked=1)),
        ([SKIPPED], Verdict(checked=0)),
        (
            [SOUND, WEAK],
            Verdict(2, ("jinja2 3.0: GHSA-1, fixed in 3.1.6", "jinja2 3.0: GHSA-2, fixed in no release yet")),
        ),
    ],
)
def test_a_report_names_each_known_weakness(packages: list[object], verdict: Verdict) -> None:
    assert read_report(json.dumps({"dependencies": packages, "fixes": []})) == verdict


@pytest.mark.parametrize("report", ["", "Traceback (most recent call last)", "[]", "{}"])
def test_no_report_is_a_service_that_does_not_answer(report: str) -> None:
    assert read_report(report) == Verdict(checked=0)

"""What the digests tell of participation: to those who follow it each week, to the operators each morning."""

from __future__ import annotations

from typing import Any, Final

from handlers.declarations.periods import Period
from handlers.reports.report import Report, Terms, read_report
from handlers.reports.views import Reach, View, views_of
from storage.database import Transaction
from storage.people import Person

LOWEST: Final = 5
"""Schools that a digest names."""


def digest_for(tx: Transaction, person: Person, period: Period, terms: Terms) -> dict[str, Any]:
    """Page data: a report of each school and service centre that somebody follows, the least complete first.

    `complete` when nobody is missing anywhere, so that there is nothing to tell.
    """
    views = (view for view in views_of(tx, person) if view.reach is not Reach.ALL)
    reports = sorted((read_report(tx, view, period, terms) for view in views), key=_share)
    return {
        **_facts(period, terms),
        "reports": reports,
        "complete": all(report.total.counts.missing == 0 and not report.total.hidden for report in reports),
    }


def operators_digest(tx: Transaction, view: View, period: Period, terms: Terms) -> dict[str, Any]:
    """Page data: the report of all schools, and those where most are missing. Counts everything: some seconds."""
    report = read_report(tx, view, period, terms)
    return {**_facts(period, terms), "report": report, "lowest": report.lowest[:LOWEST]}


def _facts(period: Period, terms: Terms) -> dict[str, Any]:
    return {"period": period, "today": terms.today, "days_left": (period.deadline - terms.today).days}


def _share(report: Report) -> tuple[bool, int]:
    share = report.total.share
    return share is None, share or 0

"""Whether figures are kept back from a reader: by how many are on the staff lists, whatever anybody did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers.reports.masking import Hidden, hidden
from handlers.reports.views import Reach, View
from storage import participation
from storage.database import Transaction
from storage.figures import SchoolFigures, added


def hidden_from(view: View, schools: Sequence[SchoolFigures]) -> Hidden:
    """What is hidden of these schools, ordered by service centre, from whoever reads this about them."""
    others = [one for one in schools if one.school.id not in view.known]
    return hidden(others, added(one.figures for one in others))


def kept_back(tx: Transaction, views: Iterable[View]) -> frozenset[View]:
    """Of these views those whose report shows no figures."""
    found: dict[tuple[int | None, tuple[int, ...]], Hidden] = {}
    outside = [view for view in views if not view.inside]
    for view in outside:
        seen_from = (view.of_centre, view.known)
        if seen_from not in found:
            found[seen_from] = hidden_from(view, participation.on_rosters(tx, centre_id=view.of_centre))
    return frozenset(view for view in outside if _is_in(found[view.of_centre, view.known], view))


def _is_in(out: Hidden, view: View) -> bool:
    if view.reach is Reach.SCHOOL:
        return view.id in out.schools
    return view.id in out.centres if view.is_part else out.whole

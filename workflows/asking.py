"""What people may ask for while a case runs: an extension, a transfer, whatever an event with `duban:request` offers.

An event that waits for a message offers a form to its candidates. Handing the form in delivers the message, as one
command of that person; `requestedBy` tells the process who asked, so that whoever decides can be somebody else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import feel, store
from engine.cases import Answer, Cases
from engine.errors import Forbidden, NotFound
from engine.execution.commands import DeliverMessage
from engine.notation.forms import Form
from engine.notation.model import Node, Request
from engine.store import Store
from workflows.desk import checked, request_hash
from workflows.sessions import Identity

ASKED_BY = "requestedBy"
"""The variable that tells the process who asked."""


class RequestNotOffered(NotFound):
    """Expected something that may be asked for in this case now, but it is not offered; load the case again."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be asked for now. `n` is the number of the subscription that waits for it."""

    n: int
    node: Node
    form: Form
    zone: str
    variables: Mapping[str, feel.Value]


class Asking:
    """Offers of a case, and taking one up."""

    def __init__(self, store_: Store, cases: Cases) -> None:
        self._store, self._cases, self._releases = store_, cases, cases.releases

    def offers(self, connection: Connection, who: Identity, case_id: str) -> list[Offer]:
        """What this person may ask for in a case that they see, in the order in which it was offered."""
        tokens = {*who.tokens, f"person:{who.person}"}
        return [offer for offer, candidates in self._open(connection, case_id) if tokens & candidates]

    def ask(self, who: Identity, case_id: str, n: int, data: Mapping[str, Any], *, key: str | None) -> Answer:
        """Judge `data` by the offer's form and deliver it. Raises RequestNotOffered, Forbidden, InvalidInput."""
        request = request_hash("ask", f"{case_id}:{n}", data)
        earlier = self._cases.answered(who.person, key, request) if key else None
        if earlier is not None:
            return earlier
        with self._store.reading() as connection:
            offer = self._offered(connection, who, case_id, n)
        variables = {**checked(offer.form, data, offer.variables, offer.zone), ASKED_BY: who.person}
        command = DeliverMessage(n, f"request/{who.person}", variables, actor=who.person)
        return self._cases.handle(case_id, command, key=key, request=request)

    def _offered(self, connection: Connection, who: Identity, case_id: str, n: int) -> Offer:
        for offer, candidates in self._open(connection, case_id):
            if offer.n == n and candidates & {*who.tokens, f"person:{who.person}"}:
                return offer
            if offer.n == n:
                raise Forbidden("Expected somebody who may ask for this in the case, but none of your roles may.")
        raise RequestNotOffered

    def _open(self, connection: Connection, case_id: str) -> Iterator[tuple[Offer, frozenset[str]]]:
        """Every offer of the case, with the tokens of whoever may take it up."""
        s, c = store.subscriptions.c, store.cases.c
        case = connection.execute(sa.select(c.release, c.status).where(c.id == case_id)).first()
        if case is None or case.status != "active":
            return
        bundle = self._releases.bundle(case.release, connection)
        offering = {node.id for each in bundle.processes.values() for node in each.nodes.values() if node.request}
        query = sa.select(s.n, s.page, s.element).where(s.case_id == case_id, s.element.in_(offering)).order_by(s.n)
        for row in connection.execute(query).all() if offering else ():
            process, variables = self._cases.scope(connection, case_id, row.page)
            node = bundle.node(process, row.element)
            if node.request is not None:
                form = bundle.forms[node.request.form]
                yield Offer(row.n, node, form, bundle.zone, variables), _tokens(node.request, variables)


def _tokens(request: Request, variables: Mapping[str, feel.Value]) -> frozenset[str]:
    found = request.candidates(variables)
    listed = found if isinstance(found, list) else [found]
    return frozenset(token for token in listed if isinstance(token, str))

"""Correlation of plain BPMN (clauses 8.4.2 and 10.5.5), read as the key of a message.

A message is told from its likes by correlation properties: a sender makes the key out of the payload (`messagePath`),
a receiver out of its own data (`dataPath` of the process's `correlationSubscription`; without one, by the same paths
as the sender, since what an earlier message of the conversation brought has become the case's data). The values of
several properties are joined by "|".
"""

from collections.abc import Iterator

from lxml import etree

from engine.feel import Expression
from engine.notation import xml
from engine.notation.bpmn_source import Reading, model_elements


def key(reading: Reading, message: str, host: etree._Element, throws: bool) -> Expression | None:
    """The correlation key of the message with this id, as `host` sends or receives it; None if it has none."""
    paths = _message_paths(reading, message)
    subscription = None if throws else _subscription(host)
    bound = _bindings(subscription) if subscription is not None else {}
    names = _properties(reading, subscription, paths)
    texts = [f"string({reading.formal(bound.get(name, paths[name])).text})" for name in names]
    return reading.feel(' + "|" + '.join(texts), host) if texts else None


def _message_paths(reading: Reading, message: str) -> dict[str, etree._Element]:
    """Correlation property id → where the message holds its value, in the order of the file."""
    found = {}
    for declared in model_elements(reading.root):
        if xml.local(declared) != "correlationProperty":
            continue
        for retrieval in xml.children(declared, "correlationPropertyRetrievalExpression"):
            path = xml.child(retrieval, "messagePath")
            if _plain(retrieval.get("messageRef")) == message and path is not None:
                found[declared.get("id", "")] = path
    return found


def _subscription(host: etree._Element) -> etree._Element | None:
    process = next((each for each in host.iterancestors() if xml.local(each) == "process"), None)
    return None if process is None else xml.child(process, "correlationSubscription")


def _bindings(subscription: etree._Element) -> dict[str, etree._Element]:
    found = {}
    for binding in xml.children(subscription, "correlationPropertyBinding"):
        path = xml.child(binding, "dataPath")
        if path is not None:
            found[_plain(binding.get("correlationPropertyRef"))] = path
    return found


def _properties(reading: Reading, subscription: etree._Element | None, paths: dict[str, etree._Element]) -> list[str]:
    """The properties of the key: of the subscribed one, else of the first whose properties the message all has."""
    wanted = _plain(subscription.get("correlationKeyRef")) if subscription is not None else ""
    keys = [(identity, names) for identity, names in _keys(reading) if set(names) <= set(paths)]
    chosen = [names for identity, names in keys if identity == wanted] or [names for _, names in keys]
    return chosen[0] if chosen else list(paths)


def _keys(reading: Reading) -> Iterator[tuple[str, list[str]]]:
    for declared in model_elements(reading.root):
        if xml.local(declared) == "correlationKey":
            yield (
                declared.get("id", ""),
                [_plain(xml.text(each)) for each in xml.children(declared, "correlationPropertyRef")],
            )


def _plain(reference: str | None) -> str:
    return (reference or "").strip().rpartition(":")[2]

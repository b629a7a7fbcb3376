"""The house rules that a program can check, each with the reason that it gives when it is broken.

A rule looks at one parsed Python file. Its examples are tested: what it must catch, and what it must let pass.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

PRODUCT = ("engine/", "workflows/", "api/")


class Source:
    """A Python file: its path in the repository, its text, and what its names stand for."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def imported(self) -> dict[str, str]:
        """Local name → full name, of everything imported anywhere in the file."""
        names: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):  # `import a.b` binds `a`, `import a.b as c` binds `c` to `a.b`
                for alias in node.names:
                    bound = alias.name if alias.asname else alias.name.partition(".")[0]
                    names[alias.asname or bound] = bound
            elif isinstance(node, ast.ImportFrom):
                names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        return names

    def full_name(self, node: ast.AST) -> str:
        """`datetime.datetime.now` for `d.now` after `from datetime import datetime as d`; empty for what is no name."""
        if isinstance(node, ast.Name):
            return self.imported.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            return f"{self.full_name(node.value)}.{node.attr}"
        return ""


Finding = tuple[int, str]
"""A line, and what stands there."""


@dataclass(frozen=True)
class Rule:
    """`only` and `never` are beginnings of paths: where the rule holds, and where it does not."""

    name: str
    why: str
    find: Callable[[Source], Iterator[Finding]]
    caught: tuple[str, ...]
    passes: tuple[str, ...]
    only: tuple[str, ...] = ("",)
    never: tuple[str, ...] = ()

    def holds_in(self, path: str) -> bool:
        return path.startswith(self.only) and not (self.never and path.startswith(self.never))

    def violations(self, source: Source) -> list[str]:
        if not self.holds_in(source.path):
            return []
        return [f"{source.path}:{line}: {what}. {self.why}" for line, what in self.find(source)]


# How to look -------------------------------------------------------------------------------------------------------


def uses(*banned: str) -> Callable[[Source], Iterator[Finding]]:
    """Names in full, such as `datetime.datetime.now`, wherever they are mentioned."""

    def find(source: Source) -> Iterator[Finding]:
        for node in source.nodes:
            if isinstance(node, ast.Name | ast.Attribute) and source.full_name(node) in banned:
                yield node.lineno, source.full_name(node)

    return find


def imports(*banned: str) -> Callable[[Source], Iterator[Finding]]:
    """Packages by name; `flask` means its submodules and its extensions `flask_…` too."""
    pattern = re.compile(rf"({'|'.join(banned)})(\.|_|$)")

    def find(source: Source) -> Iterator[Finding]:
        for line, module in imported_modules(source):
            if pattern.match(module):
                yield line, f"import of {module}"

    return find


def either(*finders: Callable[[Source], Iterator[Finding]]) -> Callable[[Source], Iterator[Finding]]:
    return lambda source: (finding for find in finders for finding in find(source))


def imported_modules(source: Source) -> Iterator[tuple[int, str]]:
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def method_calls(name: str) -> Callable[[Source], Iterator[Finding]]:
    def find(source: Source) -> Iterator[Finding]:
        for node in source.nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                yield node.lineno, f".{name}(…)"

    return find


def text_matches(pattern: str) -> Callable[[Source], Iterator[Finding]]:
    compiled = re.compile(pattern)

    def find(source: Source) -> Iterator[Finding]:
        for number, line in enumerate(source.text.splitlines(), 1):
            if found := compiled.search(line):
                yield number, found.group().strip()

    return find


def blanket_excepts(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and _catches_all(node.type) and not _ends_here(node):
            yield node.lineno, f"except {ast.unparse(node.type)}" if node.type else "bare except"


def _catches_all(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_catches_all(element) for element in kind.elts)
    return kind is None or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException"))


def _ends_here(handler: ast.ExceptHandler) -> bool:
    """It raises again, or ends the process, as a forked child must."""
    last = ast.unparse(handler.body[-1])
    return last == "raise" or last.startswith("os._exit(")


def long_functions(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > 60:
                yield node.lineno, f"{node.name} has {length} lines"


def long_files(source: Source) -> Iterator[Finding]:
    length = source.text.count("\n")
    if length > 1000:
        yield 1, f"{length} lines"


def tests_that_cannot_fail(source: Source) -> Iterator[Finding]:
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not _can_fail(node):
            yield node.lineno, f"{node.name} asserts nothing"


def _can_fail(test: ast.FunctionDef) -> bool:
    """It asserts, or calls what promises to: `pytest.raises`, `assert_whole(…)`, `expect(…)`, `check_…(…)`."""
    calls = (node.func for node in ast.walk(test) if isinstance(node, ast.Call))
    return any(isinstance(node, ast.Assert) for node in ast.walk(test)) or any(
        re.search(r"\b(raises|fail|_?(assert|expect|check)\w*)$", ast.unparse(call)) for call in calls
    )


def foreign_imports(source: Source) -> Iterator[Finding]:
    """Whatever is neither in the standard library nor `cryptography`."""
    for line, module in imported_modules(source):
        if module.partition(".")[0] not in {*sys.stdlib_module_names, "cryptography"}:
            yield line, f"import of {module}"


# The rules ---------------------------------------------------------------------------------------------------------

RULES = (
    Rule(
        "one commit",
        "Store.transaction() makes the only commit: an entry and all that follows from it stand or fall together.",
        method_calls("commit"),
        only=PRODUCT,
        never=("engine/store.py",),
        caught=("connection.commit()", "self.session.commit()"),
        passes=("with store.transaction() as connection:\n    pass", "commit = 1"),
    ),
    Rule(
        "one clock",
        "Ask engine.clock.now(), or take the time from the command: what reads the clock itself cannot be replayed.",
        uses(
            "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
            "time.time", "time.time_ns", "sqlalchemy.func.now", "sqlalchemy.func.current_timestamp",
        ),
        only=PRODUCT,
        never=("engine/clock.py",),
        caught=(
            "from datetime import datetime as d\nd.now()", "import datetime\ndatetime.date.today()",
            "import time as t\nt.time()", "from time import time\nread = time", "import sqlalchemy as s\ns.func.now()",
        ),
        passes=("from engine import clock\nclock.now()", "import time\ntime.monotonic()", "feel.now()"),
    ),
    Rule(
        "no evaluation of text",
        "Expressions are FEEL, compiled by engine.feel; data is JSON: nothing that a person typed may become Python.",
        either(uses("eval", "exec", "builtins.eval", "builtins.exec"), imports("pickle", "marshal", "shelve", "dill")),
        caught=("eval('1')", "exec(text)", "run = eval", "import pickle", "from marshal import loads"),
        passes=("expression.eval()", "from engine import feel\nfeel.compile('1')", "page.evaluate('1')"),
    ),
    Rule(
        "HTTP stays in api/",
        "The engine and the supervision method know nothing of HTTP: the command line and the worker use them too.",
        imports("flask", "werkzeug"),
        only=("engine/", "workflows/"),
        caught=("import flask", "from flask_smorest import abort", "from werkzeug.exceptions import NotFound"),
        passes=("import sqlalchemy",),
    ),
    Rule(
        "XML and SpiffWorkflow stay in engine/notation",
        "One place reads hostile XML, hardened; everything else sees the immutable model that it makes.",
        imports("lxml", "SpiffWorkflow", "xml"),
        only=PRODUCT,
        never=("engine/notation/",),
        caught=("from lxml import etree", "import SpiffWorkflow.bpmn", "import xml.etree.ElementTree"),
        passes=("from engine import notation", "import xmlrpclib"),
    ),
    Rule(
        "no SQL in api/",
        "Queries live in engine/ and workflows/, where visibility is part of them; a route calls a named function.",
        imports("sqlalchemy", "psycopg", "sqlite3"),
        only=("api/",),
        caught=("import sqlalchemy as sa", "from sqlalchemy import select"),
        passes=("from engine import worklist",),
    ),
    Rule(
        "no print",
        "Only the command line talks to a terminal; everything else returns, raises or logs.",
        uses("print"),
        only=PRODUCT,
        never=("api/cli",),
        caught=("print('here')",),
        passes=("logger.info('here')", "blueprint = 1"),
    ),
    Rule(
        "no blanket except",
        "Name the errors you can handle; anything else is a bug and must be seen. (Clean up and raise again is fine.)",
        blanket_excepts,
        never=("engine/worker.py",),  # runs handlers by others: what they raise becomes an incident
        caught=(
            "try:\n    f()\nexcept:\n    pass", "try:\n    f()\nexcept Exception:\n    log()",
            "try:\n    f()\nexcept (KeyError, BaseException) as error:\n    raise Other from error",
        ),
        passes=(
            "try:\n    f()\nexcept (KeyError, ValueError):\n    pass",
            "try:\n    f()\nexcept BaseException:\n    undo()\n    raise",
            "try:\n    f()\nexcept BaseException:\n    os._exit(3)",
        ),
    ),
    Rule(
        "short functions",
        "A function has about ten lines and at most sixty: give its parts names.",
        long_functions,
        never=("tests/", "engine/migrations/versions/"),
        caught=("def f():\n" + "    x = 1\n" * 60,),
        passes=("def f():\n" + "    x = 1\n" * 59,),
    ),
    Rule(
        "bounded files",
        "A file has at most a thousand lines: split it along a decision that one part hides from the other.",
        long_files,
        caught=("x = 1\n" * 1001,),
        passes=("x = 1\n" * 1000,),
    ),
    Rule(
        "tests can fail",
        "A test that asserts nothing proves nothing.",
        tests_that_cannot_fail,
        only=("tests/",),
        caught=("def test_it():\n    run()", "def test_it():\n    checked = run()"),
        passes=(
            "def test_it():\n    assert run()", "def test_it():\n    with pytest.raises(E):\n        run()",
            "def test_it():\n    assert_whole(run())", "def test_it():\n    expect(page).to_be()",
        ),
    ),
    Rule(
        "no skipped tests",
        "A skipped test rots. A missing part of the machine is reported by tests.support.components.absent, loudly.",
        text_matches(r"pytest\.mark\.(skip|xfail)|pytest\.(skip|xfail|importorskip)\("),
        only=("tests/",),
        never=("tests/support/components.py", "tests/house/rules.py"),
        caught=("@pytest.mark.skip\ndef f(): ...", "pytest.skip('later')", "@pytest.mark.skipif(True)\ndef f(): ..."),
        passes=("components.need_corpora()",),
    ),
    Rule(
        "nothing left for later in the code",
        "Finish it, or write it where work is planned.",
        text_matches(r"\b(TODO|FIXME|XXX)\b"),
        never=("tests/house/rules.py",),
        caught=("x = 1  # TODO: more", "# FIXME"),
        passes=("TODOS = 1",),
    ),
    Rule(
        "silencing a type error needs a reason",
        "Write why after it: `# type: ignore[code]  # the reason`.",
        text_matches(r"# type: ignore(\[[^]]*\])?\s*$"),
        never=("tests/house/rules.py",),
        caught=("x = f()  # type: ignore", "x = f()  # type: ignore[arg-type]"),
        passes=("x = f()  # type: ignore[arg-type]  # lark has no stubs",),
    ),
    Rule(
        "the verifier stands alone",
        "A stranger runs engine/audit/verify.py with Python and cryptography, without this repository.",
        foreign_imports,
        only=("engine/audit/verify.py",),
        caught=("from engine import errors", "import sqlalchemy"),
        passes=("import hashlib, json", "from cryptography.hazmat.primitives import hashes"),
    ),
)  # fmt: skip

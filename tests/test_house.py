"""The house stands as its plan says: who may import whom, and what each verb's process never loads.

Imports are read from the syntax tree, those inside functions and those for type checkers alone included;
what a process really loads is looked up in that process. The plan is in `docs/architecture.md`.
"""

import ast
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "trustkit"

BASE = {"errors", "later", "parsing", "paths", "settings", "hardening"}
MAY_IMPORT: dict[str, set[str]] = {
    "model": {"model", "parsing"},
    "text_width": {"text_width", "model"},
    "library": {"library", "model", "errors", "parsing", "paths"},
    "vault": {"vault", "model", "errors", "later", "parsing", "paths"},
    "companion": {"companion", "library", "vault", "model", *BASE},
    "exercises": {"exercises", "companion", "model"},
    "tui": {"tui", "exercises", "companion", "text_width", "model", "version", *BASE},
    "cli": {"cli", "tui", "exercises", "companion", "text_width", "model", "version", *BASE},
    "main": {"cli", "hardening", "version"},
    "version": set(),
    **dict.fromkeys(BASE, BASE),
}
"""Each room, and the rooms whose modules its own may import. `cli` and `tui`: see the test of its own."""

MAY_USE: dict[str, set[str]] = {
    "vault": {"cryptography", "tomli_w"},
    "paths": {"platformdirs"},
    "settings": {"tomli_w"},
    "cli": {"click"},
    "text_width": {"rich"},
    "tui": {"textual", "rich"},
}
"""Each room, and what it may import that is neither ours nor the standard library's."""

NETWORK = {
    "aiohttp", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "websockets", "wsgiref", "xmlrpc",
}  # fmt: skip
"""Ways out. trustkit has none."""

DISK_AND_CLOCK = {"fcntl", "glob", "io", "mmap", "os", "pathlib", "shutil", "sqlite3", "subprocess", "tempfile", "time"}
"""What a pure module has no use for."""

PARSERS = {("json", "load"), ("json", "loads"), ("json", "JSONDecoder"), ("ast", "literal_eval")}
"""Ways from a text to a structure that nothing bounds; `tomllib` and the modules below have no other use at all."""
PARSER_MODULES = {"tomllib", "pickle", "marshal", "csv", "configparser", "plistlib", "xml"}

CLOCK_CALLS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
"""Calls that read the clock of the day."""


@dataclass(frozen=True)
class Import:
    """One name that a module imports."""

    module: str
    line: int
    in_function: bool

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def name_of(file: Path) -> str:
    """A module's place in the package, for a test's name: `vault/age.py`."""
    return file.relative_to(PACKAGE).as_posix()


def room_of(module: str) -> str:
    """The room that `trustkit.x.y` belongs to."""
    parts = module.split(".")
    return "version" if len(parts) == 1 else {"__main__": "main"}.get(parts[1], parts[1])


def home_of(file: Path) -> str:
    """The room a file stands in."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return room_of(".".join(["trustkit", *(part for part in parts if part != "__init__")]))


@cache
def tree_of(file: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports_of(file: Path) -> tuple[Import, ...]:
    """Everything a module imports, wherever it does so."""
    return tuple(_imports(file))


def _imports(file: Path) -> Iterator[Import]:
    tree = tree_of(file)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, id(node) in inside)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(file)}:{node.lineno} imports by dots; say where from"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                place = ROOT / whole.replace(".", "/")
                is_module = place.is_dir() or place.with_suffix(".py").exists()
                yield Import(whole if is_module else str(node.module), node.lineno, id(node) in inside)


def own_version(imported: Import) -> bool:
    """`from trustkit import __version__`, which anybody may have."""
    return imported.module == "trustkit"


every_module = pytest.mark.parametrize("file", modules(), ids=name_of)


@every_module
def test_a_room_imports_only_what_stands_before_it(file: Path) -> None:
    allowed = MAY_IMPORT[home_of(file)]

    wrong = [
        f"line {imported.line}: {imported.module}"
        for imported in imports_of(file)
        if imported.top == "trustkit" and not own_version(imported) and room_of(imported.module) not in allowed
    ]

    assert not wrong


@every_module
def test_a_room_uses_no_package_but_its_own(file: Path) -> None:
    allowed = MAY_USE.get(home_of(file), set()) | set(sys.stdlib_module_names) | {"trustkit"}

    assert [f"line {i.line}: {i.module}" for i in imports_of(file) if i.top not in allowed] == []


@every_module
def test_nothing_imports_a_way_out(file: Path) -> None:
    assert [f"line {i.line}: {i.module}" for i in imports_of(file) if i.top in NETWORK] == []


@every_module
def test_toml_and_json_are_read_in_one_bounded_place(file: Path) -> None:
    if home_of(file) == "parsing":
        return

    used = {
        (node.value.id, node.attr)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    used |= {
        (str(node.module), alias.name)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    if name_of(file) == "vault/quick.py":
        used.discard(("json", "JSONDecoder"))  # only ever given one string, which its own pattern has matched

    assert not used & PARSERS
    assert not {i.top for i in imports_of(file)} & PARSER_MODULES


@pytest.mark.parametrize("file", [f for f in modules() if home_of(f) == "model"], ids=name_of)
def test_the_model_touches_neither_disk_nor_clock(file: Path) -> None:
    assert [f"line {i.line}: {i.module}" for i in imports_of(file) if i.top in DISK_AND_CLOCK] == []
    assert "open" not in {
        node.func.id
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


@every_module
def test_the_day_s_clock_is_read_in_one_place(file: Path) -> None:
    if home_of(file) == "companion":
        return

    calls = [
        f"line {node.lineno}: {node.func.value.id}.{node.func.attr}"
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in CLOCK_CALLS
    ]

    assert calls == []


@pytest.mark.parametrize("file", [f for f in modules() if home_of(f) == "tui"], ids=name_of)
def test_screens_reach_no_file_and_read_no_format(file: Path) -> None:
    assert [f"line {i.line}" for i in imports_of(file) if i.top in {"pathlib", "tomllib", "tomli_w", "shutil"}] == []


@pytest.mark.parametrize("file", [f for f in modules() if home_of(f) == "cli"], ids=name_of)
def test_only_the_verb_that_opens_the_app_imports_it_and_only_when_it_does(file: Path) -> None:
    found = [i for i in imports_of(file) if i.module.startswith("trustkit.tui")]

    assert all(i.in_function for i in found)
    assert not found or name_of(file) == "cli/opening.py"


def test_the_version_s_module_imports_nothing() -> None:
    assert imports_of(PACKAGE / "__init__.py") == ()


@every_module
def test_every_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(tree_of(file))


LOOK = """
import sys
sys.argv = ["trustkit", *{arguments!r}]
from trustkit.__main__ import main
code = main()
print(f"\\nended {{code:d}} having loaded", *sys.modules, file=sys.stderr)
"""


@dataclass(frozen=True)
class Looked:
    """How a verb's process ended, and the modules it had loaded by then."""

    code: int
    modules: frozenset[str]


def look_into(*arguments: str, stop_at_first_line: bool = False) -> Looked:
    """Run a verb in a process of its own, without a journal or a terminal, and look at what it loaded."""
    with subprocess.Popen(
        [sys.executable, "-c", LOOK.format(arguments=arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as verb:
        if stop_at_first_line:
            assert verb.stdout is not None
            assert verb.stdout.readline()
            verb.send_signal(signal.SIGINT)
        _, said = verb.communicate(timeout=60)
    ended = re.search(r"^ended (\d+) having loaded (.*)$", said, re.MULTILINE)
    assert ended, said
    return Looked(int(ended[1]), frozenset(ended[2].split()))


SCREEN = {"textual", "rich", "asyncio", "trustkit.tui"}
CIPHER = {"cryptography"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--version",), 0),
        (("--help",), 0),
        ((), 0),
        (("support",), 0),
        (("ground",), 0),
        (("practice", "list"), 0),
        (("read",), 0),
        (("read", "calm-body"), 0),
        (("write",), 5),
        (("journal", "list"), 5),
        (("journal", "show", "aaaa"), 5),
        (("journal", "search", "-"), 5),
        (("vault", "status"), 5),
        (("check", str(ROOT / "content" / "en" / "guides" / "calm-body.toml")), 0),
        (("preview", "calm-body"), 0),
        (("no-such-verb",), 2),
    ],
    ids=lambda words: " ".join(Path(word).name for word in words) or "no verb" if isinstance(words, tuple) else None,
)
def test_no_verb_loads_the_screen_and_none_without_a_journal_a_cipher(arguments: tuple[str, ...], code: int) -> None:
    looked = look_into(*arguments)

    assert looked.code == code
    assert looked.modules & (SCREEN | CIPHER) == set()


def test_a_breath_in_the_terminal_loads_neither_screen_nor_vault() -> None:
    looked = look_into("breathe", "--plain", stop_at_first_line=True)

    assert looked.code == 130
    assert looked.modules & (SCREEN | CIPHER | {"trustkit.vault"}) == set()


def test_the_version_is_answered_before_anything_heavy_is_loaded() -> None:
    heavy = {"click", "dataclasses", "tomllib", "pathlib", "trustkit.companion", "trustkit.cli"}

    assert look_into("--version").modules & heavy == set()

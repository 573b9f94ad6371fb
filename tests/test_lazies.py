"""Everything that is filled when it is first asked for, with why no two threads fill it at once.

A lazy that two threads filled left a locked vault behind an open screen. So each is found in the source and stands here
with what guards it; a new one has to be thought about before it is written down.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import trustkit

ROOT: Final = Path(trustkit.__file__).parent

OWN_LOCK: Final = "filled while its own lock is held: tests/companion/test_threads.py, tests/vault/test_threads.py"
VAULTS_LOCK: Final = "filled while the vault's lock is held: tests/vault/test_threads.py"
LOOP: Final = "a screen's or a widget's: the event loop alone reaches it"
ONE: Final = "belongs to one call or one verb, which has one thread"
INPUT: Final = "the thread that reads the terminal alone reaches it"
PURE: Final = "made of what never changes: made twice, the two are equal"

LAZIES: Final = {
    "cli/inline_terminal.py Keyboard._fd": ONE,
    "cli/inline_terminal.py Keyboard._wake": ONE,
    "cli/key_reader.py KeyReader._hidden": ONE,
    "cli/key_reader.py KeyReader._line": ONE,
    "cli/key_reader.py LineKeys._lines": ONE,
    "cli/playing_drafts.py Drafts._told": ONE,
    "cli/playing_runs.py _keys": ONE,
    "companion/handing.py _Weighing._seen": ONE,
    "companion/holding.py Holding._library": OWN_LOCK,
    "companion/holding.py Holding._vault": OWN_LOCK,
    "companion/own.py _Everything._kept": ONE,
    "exercises/timed.py TimedSession._started": ONE,
    "library/document.py Document._lines": PURE,
    "library/document.py Document.thing": PURE,
    "library/lines.py Lines._counts": ONE,
    "library/lines.py Lines._known": ONE,
    "library/readability.py syllables": PURE,
    "library/reader.py Reader._kept": OWN_LOCK,
    "library/reader.py Reader._noted": OWN_LOCK,
    "library/survey.py Catalogue._steps": ONE,
    "library/survey.py Survey._found": ONE,
    "library/tryout.py Unfinished.thing": PURE,
    "model/breath.py _course": PURE,
    "model/pages.py _defaults": PURE,
    "model/query.py same": PURE,
    "parsing.py _quoted": PURE,
    "text_width.py _joining": PURE,
    "tui/clock.py ForwardWallTime._last": LOOP,
    "tui/players/listing.py ListingPlayer._rows": LOOP,
    "tui/players/stages.py Stage._answer": LOOP,
    "tui/players/worded.py WordedPlayer._changed": LOOP,
    "tui/players/worded.py WordedPlayer._unsealed_since": LOOP,
    "tui/players/wordless.py WordlessPlayer._has_run": LOOP,
    "tui/screens/editor.py EditorScreen._pause": LOOP,
    "tui/screens/editor.py EditorScreen._unsealed_since": LOOP,
    "tui/screens/journal.py JournalScreen._private": LOOP,
    "tui/screens/own.py Making._unsealed_since": LOOP,
    "tui/screens/own_moments.py MomentsMaking._moments": LOOP,
    "tui/screens/reader.py ReaderScreen._other_open": LOOP,
    "tui/screens/signs.py SignsScreen._only_words": LOOP,
    "tui/terminal_input.py TerminalParser._paste": INPUT,
    "tui/terminal_input.py TerminalParser._until": INPUT,
    "tui/widgets/breath_bar.py BreathBar._inks": LOOP,
    "tui/widgets/breath_bar.py BreathBar._look": LOOP,
    "tui/widgets/breath_figure.py BreathFigure._pacing": LOOP,
    "tui/widgets/breath_figure.py BreathFigure._watch": LOOP,
    "tui/widgets/breath_orb.py BreathOrb._painter": LOOP,
    "tui/widgets/breath_orb.py BreathOrb._unsure": LOOP,
    "tui/widgets/breath_painting.py Painter._painted": LOOP,
    "tui/widgets/breath_painting.py Painter._pictures": LOOP,
    "tui/widgets/entry_list.py EntryList._find": LOOP,
    "tui/widgets/entry_list.py EntryList._rows": LOOP,
    "tui/widgets/leaf.py Leaf._wrapping": LOOP,
    "tui/widgets/wrapping.py QuickWrapped._line_index_to_offsets": LOOP,
    "tui/widgets/wrapping.py QuickWrapped._wrap_offsets": LOOP,
    "tui/without_colour.py without_colour": PURE,
    "vault/drafts.py Drafts._aims": VAULTS_LOCK,
    "vault/events.py Events._entries": VAULTS_LOCK,
    "vault/events.py Events._rows": VAULTS_LOCK,
    "vault/events.py Events._stored": VAULTS_LOCK,
    "vault/events.py Events._trusted": VAULTS_LOCK,
    "vault/folder.py MemoryFolder._folders": VAULTS_LOCK,
    "vault/gathered.py Gathered._found": VAULTS_LOCK,
    "vault/month.py Month._events": VAULTS_LOCK,
    "vault/month.py Month._listed": VAULTS_LOCK,
    "vault/month.py Month._some": VAULTS_LOCK,
    "vault/open_events.py OpenEvents._read_months": VAULTS_LOCK,
    "vault/quick.py _zone": PURE,
    "vault/segment.py Segment._values": VAULTS_LOCK,
    "vault/shelf.py Shelf._keys": VAULTS_LOCK,
    "vault/shelf.py Shelf._months": VAULTS_LOCK,
    "vault/shelf.py Shelf._settled": VAULTS_LOCK,
    "vault/store.py Vault._looked": VAULTS_LOCK,
    "vault/stretch.py Stretch._files": VAULTS_LOCK,
    "vault/trash.py Sightings._seen": VAULTS_LOCK,
}


def name_of(node: ast.AST, ours: frozenset[str]) -> str:
    """The private attribute of `self`, or the private module-level name, that this is; else nothing."""
    if isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
        return node.attr if node.attr.startswith("_") else ""
    return node.id if isinstance(node, ast.Name) and node.id in ours else ""


def looked_at(node: ast.AST) -> list[ast.AST]:
    """What this asks about: whether it is there, whether it is empty, what it holds."""
    match node:
        case ast.Compare(left=left, ops=[ast.Is() | ast.In() | ast.NotIn(), *_], comparators=others):
            return [left, *others]
        case ast.UnaryOp(op=ast.Not(), operand=asked):
            return [asked]
        case ast.Call(func=ast.Attribute(attr="get" | "setdefault", value=asked)):
            return [asked]
        case ast.Subscript(ctx=ast.Load()):
            return [node]
    return []


def put_into(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.Assign(targets=targets):
            return [one for target in targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
        case ast.AnnAssign(target=target):
            return [target]
        case ast.Call(func=ast.Attribute(attr="setdefault", value=filled)):
            return [filled]
    return []


def filled_by(function: ast.AST, module_names: frozenset[str]) -> set[str]:
    """What a function looks at and puts something into: attributes, and module-level names it says `global` of."""
    told = {name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names}
    within = frozenset(told) | module_names
    asked = {name_of(one, within) for node in ast.walk(function) for one in looked_at(node)}
    put = {name_of(one, within) for node in ast.walk(function) for one in put_into(node)}
    return (asked & put) - {""}


def lazies(tree: ast.Module) -> Iterator[str]:
    of_module = frozenset(
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict | ast.List | ast.Set)
        for target in put_into(node)
        if isinstance(target, ast.Name)
    )
    scopes = [
        ("", tree.body),
        *((f"{node.name}.", node.body) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)),
    ]
    for owner, body in scopes:
        for function in body:
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                if any("cache" in ast.unparse(one) for one in function.decorator_list):
                    yield f"{owner}{function.name}"
                if function.name != "__init__":
                    yield from (f"{owner}{name}" for name in filled_by(function, of_module))


def test_every_lazy_stands_here_with_what_guards_it() -> None:
    found = {
        f"{file.relative_to(ROOT).as_posix()} {name}"
        for file in ROOT.rglob("*.py")
        for name in lazies(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert sorted(found - LAZIES.keys()) == []
    assert sorted(LAZIES.keys() - found) == []


def test_a_new_lazy_is_found_whichever_way_it_is_written() -> None:
    source = """
_KNOWN: dict[str, str] = {}
_one = None

@lru_cache
def cached(): ...

def one():
    global _one
    if _one is None:
        _one = 1

def known(name):
    if name not in _KNOWN:
        _KNOWN[name] = name

class Thing:
    @cached_property
    def made(self): ...

    def plain(self):
        if self._plain is None:
            self._plain = 1

    def empty(self):
        if not self._empty:
            self._empty = [1]

    def tabled(self, key):
        if (found := self._tabled.get(key)) is None:
            found = self._tabled[key] = 1
        return found

    def counted(self, key):
        return self._counted.setdefault(key, 1)

    def only_set(self):
        self._only_set = 1
"""
    names = {"cached", "_one", "_KNOWN"} | {
        f"Thing.{name}" for name in ("made", "_plain", "_empty", "_tabled", "_counted")
    }
    assert set(lazies(ast.parse(source))) == names

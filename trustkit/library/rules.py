"""Rules that tie several keys of one file together. What one key alone may hold is `schema.py`'s.

All of them read the clean values of `shape.take`: a key that is missing there was missing, or was reported.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from trustkit.library.grammar import Key, describe
from trustkit.library.schema import EXERCISES, HEADS, Kind
from trustkit.library.shape import Clean
from trustkit.library.slip import Path, Report, nearest, quoted
from trustkit.model.direction import runs_right_to_left

LONGEST_PRACTICE: Final = 20 * 60
"""Seconds in all, at the longest length a pattern offers."""
LONGEST_HOLD: Final = 7
"""Seconds in one `hold`."""

_BLANK: Final = re.compile(r"\{([^{}]*)\}")


def bare_guide(place: str) -> bool:
    """Whether a place is a guide as a whole, not a step of it and not the helplines."""
    return bool(place) and place != "on" and "/" not in place and place != "helplines"


def apply(kind: Kind, clean: Clean, report: Report, stem: str) -> None:
    """Report everything in one file that breaks a rule. `stem` is the file's name without `.toml`."""
    if kind in HEADS:
        head = clean.get(HEADS[kind], {})
        _id_is_name(HEADS[kind], head, stem, report)
    _RULES[kind](clean, report, stem)


def _id_is_name(table: str, head: Clean, stem: str, report: Report) -> None:
    found = head.get("id")
    if found is not None and found != stem:
        expected = f"{quoted(stem)}, or a file named {quoted(found + '.toml')}"
        report.add((table, "id"), "E10", "id and file name differ", f"{quoted(found)} in {stem}.toml", expected)


def _unique(name: str, rows: Iterable[Clean], report: Report, path: Path = ()) -> None:
    """No two rows with one id; an old id (`was`) counts as taken too."""
    first: dict[str, Path] = {}
    for position, row in enumerate(rows):
        for key, ids in (("id", (row["id"],) if "id" in row else ()), ("was", row.get("was", ()))):
            for found in ids:
                here = (*path, name, position, key)
                if found in first:
                    report.add(here, "E11", "id used twice", quoted(found), "an id of its own", other=first[found])
                else:
                    first[found] = here


def _needed(row: Clean, key: str, path: Path, when: str, report: Report, like: str) -> None:
    if key not in row and not report.has((*path, key)):
        report.add((*path, key), "E05", f"required key missing: {when}", expected=f"for example: {like}")


def _guide(clean: Clean, report: Report, _stem: str) -> None:
    head = clean.get("guide", {})
    if not head.get("own") and not head.get("sources") and not report.has(("guide", "sources")):
        expected = 'a list, each the id of a source, for example: sources = ["s1"]; our own material: own = true'
        report.add(("guide", "sources"), "E05", "required key missing", expected=expected)
    if "pace" in head and head.get("kind", "topic") != "path":
        report.add(("guide", "pace"), "E07", "value not allowed", quoted(head["pace"]), 'a pace on kind = "path" alone')
    _unique("step", clean.get("step", ()), report)


def _exercise(clean: Clean, report: Report, _stem: str) -> None:
    head = clean.get("exercise", {})
    kind = head.get("type", "")
    for name in ("question", "blank", "choice", "column", "field"):
        if name in EXERCISES.get(kind, EXERCISES["reflection"]).keys:
            _unique(name, clean.get(name, ()), report)
    if kind == "breathing":
        _needed(head, "caution", ("exercise",), "breathing always has one", report, 'caution = "…"')
        _breathing(clean, report)
    elif kind == "builder":
        _builder(clean, report)
    elif kind in ("tracker", "timer"):
        _fields(clean, report)
        if clean.get("tracker", {}).get("remind"):
            report.add(("tracker", "remind"), "E07", "value not allowed", "true", "false: trustkit does not nag")


def _breathing(clean: Clean, report: Report) -> None:
    phases = clean.get("phase", ())
    kinds = {phase.get("do") for phase in phases}
    if None not in kinds:
        for kind, word in (("in", "in"), ("out", "out")):
            if kind not in kinds:
                report.add(
                    ("phase",), "E15", "breathing out of bounds", f"no phase goes {word}", f'a phase: do = "{kind}"'
                )
    for position, phase in enumerate(phases):
        if phase.get("do") == "hold" and phase.get("seconds", 0) > LONGEST_HOLD:
            found, expected = f"a hold of {phase['seconds']:g} s", f"at most {LONGEST_HOLD} s"
            report.add(("phase", position, "seconds"), "E15", "breathing out of bounds", found, expected)
    one = sum(phase.get("seconds", 0) for phase in phases)
    pattern = clean.get("breathing", {})
    lengths: list[tuple[Path, int]] = [(("breathing", "rounds"), pattern.get("rounds", 0))]
    lengths += [(("breathing", "also", i), rounds) for i, rounds in enumerate(pattern.get("also", ()))]
    for path, rounds in lengths:
        if one * rounds > LONGEST_PRACTICE:
            found = f"{rounds} rounds of {one:g} s: {one * rounds / 60:.1f} minutes in all"
            report.add(path, "E15", "breathing out of bounds", found, f"at most {LONGEST_PRACTICE // 60} minutes")


def _builder(clean: Clean, report: Report) -> None:
    for position, check in enumerate(clean.get("check", ())):
        if not check.get("if_no") and not check.get("if_yes"):
            path: Path = ("check", position)
            _needed(check, "if_no", path, "one of if_no and if_yes", report, 'if_no = "…"')
    template = clean.get("builder", {}).get("template")
    if template is None:
        return
    path = ("builder", "template")
    blanks = {row["id"]: i for i, row in enumerate(clean.get("blank", ())) if "id" in row}
    used = _BLANK.findall(template)
    for name in dict.fromkeys(used):
        if name not in blanks:
            report.add(path, "E14", "no blank of this name", quoted("{" + name + "}"), "the id of a blank, in braces",
                       nearest(name, blanks), piece="{" + name + "}")  # fmt: skip
    rest = _BLANK.sub("", template)
    if stray := re.search(r"[{}]", rest):
        report.add(path, "E14", "a brace without a partner", quoted(stray[0]), "{blank-id}", piece=stray[0])
    for name, position in blanks.items():
        if name not in used:
            expected = f"{quoted('{' + name + '}')} in the template"
            report.add(
                ("blank", position, "id"), "E14", "blank never used", quoted(name), expected, nearest(name, used)
            )


def _fields(clean: Clean, report: Report) -> None:
    for position, row in enumerate(clean.get("field", ())):
        path: Path = ("field", position)
        if row.get("kind") == "choice":
            _needed(row, "choices", path, "a choice has them", report, 'choices = ["…", "…"]')
        elif row.get("kind") == "scale":
            for key in ("low", "high"):
                _needed(row, key, path, "a scale has a word at each end", report, f'{key} = "…"')


def _signs(clean: Clean, report: Report, _stem: str) -> None:
    traps = clean.get("signs", {}).get("purpose") == "traps"
    for position, sign in enumerate(clean.get("sign", ())):
        path: Path = ("sign", position)
        go = sign.get("go", "")
        if sign.get("severity") == "danger" and not report.has((*path, "go")):
            expected = 'helplines, helplines/topic, or guide/step, for example: go = "safe-first/if-it-worries-you"'
            if not go:
                report.add((*path, "go"), "E16", "danger sign with no way to help", expected=expected)
            elif bare_guide(go):
                report.add((*path, "go"), "E16", "danger sign that leads to a whole guide", quoted(go), expected)
        if traps and not sign.get("instead") and not report.has((*path, "instead")):
            expected = 'what to try in its place, for example: instead = "…"'
            report.add((*path, "instead"), "E16", "trap with nothing to do instead", expected=expected)
    _unique("sign", clean.get("sign", ()), report)


def _gates(clean: Clean, report: Report, _stem: str) -> None:
    for position, gate in enumerate(clean.get("gate", ())):
        path: Path = ("gate", position)
        if gate.get("kind") != "ask":
            if "kind" in gate:
                _needed(gate, "text", path, f"a {gate['kind']} has a text", report, 'text = """…"""')
            continue
        _needed(gate, "ask", path, "an ask has a question", report, 'ask = "…?"')
        _needed(gate, "answer", path, "an ask has answers", report, "[[gate.answer]]")
        _answers(gate.get("answer", ()), path, report)
    _unique("gate", clean.get("gate", ()), report)


def _answers(answers: Any, path: Path, report: Report) -> None:
    ways = [answer.get("go", "") for answer in answers]
    for position, way in enumerate(ways):
        if bare_guide(way):
            here = (*path, "answer", position, "go")
            expected = f'one step of it, as in "{way}/step-id"'
            report.add(here, "E23", "answer that leads to a whole guide", quoted(way), expected)
    if len(ways) < 2 or "" in ways:
        return  # reported already
    onward = [way == "on" for way in ways]
    if all(onward):
        expected = "at least one answer that leads somewhere else"
        report.add((*path, "answer"), "E23", "every answer goes on", 'go = "on", each', expected)
    elif not any(onward):
        report.add((*path, "answer"), "E23", "no answer goes on", ", ".join(map(quoted, ways)), 'one with go = "on"')


def _shelves(clean: Clean, report: Report, _stem: str) -> None:
    _unique("shelf", clean.get("shelf", ()), report)


def _practice(clean: Clean, report: Report, _stem: str) -> None:
    _unique("group", clean.get("group", ()), report)
    _unique("need", clean.get("need", ()), report)
    for position, need in enumerate(clean.get("need", ())):
        if "go" not in need and not report.has(("need", position, "go")):
            _needed(need, "offer", ("need", position), "a need has offer, or go", report, 'offer = ["ground-room"]')


def _helplines(clean: Clean, report: Report, stem: str) -> None:
    if not re.fullmatch(r"[a-z]{2}", stem):
        report.add((), "E09", "bad region", quoted(f"{stem}.toml"), "two letters, as in us.toml; worldwide: xx.toml")
    for position, row in enumerate(clean.get("helpline", ())):
        path: Path = ("helpline", position)
        if not any(row.get(way) for way in ("phone", "text", "chat")):
            report.add(path, "E21", "helpline with no way to reach it", expected="one of: phone, text, chat")
        # A row from memory was seen nowhere; it is a draft, and no year is to be made up for it.
        undated = "seen" not in row and "checked_on" not in row and not report.has((*path, "checked_on"))
        if undated and not (row.get("grade") == "C" and row.get("draft")):
            expected = "a year last seen, or the day of a check: seen = 2025"
            report.add(path, "E21", "helpline that nobody has seen", expected=expected)
        if row.get("grade") == "C" and not row.get("draft"):
            report.add((*path, "grade"), "E21", "grade C shown to readers", '"C"', "draft = true beside it")
    _unique("helpline", clean.get("helpline", ()), report)


def _sources(clean: Clean, report: Report, _stem: str) -> None:
    _unique("source", clean.get("source", ()), report)


def _pack(clean: Clean, report: Report, _stem: str) -> None:
    pack = clean.get("pack", {})
    if pack.get("language", "en") != "en":
        like = f"the en version it was made from: {describe(Key('version'))}"
        _needed(pack, "based_on", ("pack",), "a translation has it", report, like)
    words, said = f"{pack.get('notice', '')} {pack.get('urgent', '')}", pack.get("direction", "ltr")
    runs = "rtl" if runs_right_to_left(words) else "ltr"
    if words.strip() and said != runs and not report.has(("pack", "direction")):
        report.add(("pack", "direction"), "E07", "value not allowed", quoted(said), f'"{runs}", as its words run')


_RULES: Final[dict[Kind, Callable[[Clean, Report, str], None]]] = {
    "guide": _guide,
    "exercise": _exercise,
    "signs": _signs,
    "gates": _gates,
    "shelves": _shelves,
    "practice": _practice,
    "helplines": _helplines,
    "sources": _sources,
    "pack": _pack,
}

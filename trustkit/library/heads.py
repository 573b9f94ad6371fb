"""What lists show of a guide, read without taking in its pages.

Reading a guide is mostly walking through its long texts, a character at a time. Here they are cut out
before TOML is parsed, so that the first screen need not wait for every step of every guide.
"""

import re
from typing import Any, Final

from trustkit.library.files import Place
from trustkit.library.grammar import Key, Table
from trustkit.library.schema import GUIDE
from trustkit.library.shape import take
from trustkit.library.slip import Report
from trustkit.library.syntax import BrokenError, parse
from trustkit.model.guide import Guide, GuideHead, StepHead

_LONG_TEXT: Final = re.compile(
    r'(?P<long>"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5})"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+",
    re.DOTALL,
)
_STEP: Final = GUIDE.keys["step"].table
_HEAD: Final = GUIDE.keys["guide"].table
_STEP_HEAD: Final = Table({name: _STEP.keys[name] for name in ("id", "title", "part")} if _STEP else {}, StepHead)
_FIELDS: Final = ("id", "title", "summary", "audience", "shelf", "kind", "order", "pace", "about", "minutes", "was")


def skim(place: Place) -> tuple[GuideHead, bool] | None:
    """The head of a guide and whether it is ready; None when only a full reading can tell.

    A file that passes here may still have a slip in its pages, and is then left out when it is opened.
    """
    try:
        raw = parse(_LONG_TEXT.sub(lambda match: '""' if match["long"] else match[0], place.read()))
    except BrokenError:
        return None
    report = Report()
    steps = raw.get("step")
    if not isinstance(raw.get("guide"), dict) or _HEAD is None or not isinstance(steps, list):
        return None
    head = take(_HEAD, raw["guide"], ("guide",), report)
    key = Key("tables", low=1, high=200, table=_STEP_HEAD)
    rows = [{name: row[name] for name in _STEP_HEAD.keys if name in row} for row in steps if isinstance(row, dict)]
    clean = [take(_STEP_HEAD, row, ("step", i), report) for i, row in enumerate(rows[: int(key.high)])]
    if not report.ok or not clean or "minutes" not in head or head["id"] != place.stem:
        return None
    made = GuideHead(
        steps=tuple(StepHead(**row) for row in clean),
        language=place.language,
        by_reader=place.by_reader,
        **_named(head),
    )
    return made, head.get("status") == "ready"


def head_of(guide: Guide) -> GuideHead:
    """The head of a guide that was read in full."""
    return GuideHead(
        steps=tuple(StepHead(step.id, step.title, step.part) for step in guide.steps),
        language=guide.language,
        by_reader=guide.by_reader,
        **{name: getattr(guide, name) for name in _FIELDS},
    )


def _named(head: dict[str, Any]) -> dict[str, Any]:
    return {name: head[name] for name in _FIELDS if name in head}

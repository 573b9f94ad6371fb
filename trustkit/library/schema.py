"""The grammar of content, format 1, stated once.

Unknown keys, missing keys, types, allowed values and lengths are checked from these tables, and the models
are built from them. Rules that tie several keys together are in `rules.py`. Authors read the same grammar
in `docs/writing-guides.md`.
"""

from typing import Final, Literal

from trustkit.library.grammar import TABLES_CEILING, Key, Table
from trustkit.model import exercise as ex
from trustkit.model import guide as gd

FORMATS: Final = (1,)
"""Formats this version reads: its own and the one before, when there is one."""

Kind = Literal["pack", "gates", "shelves", "practice", "guide", "exercise", "signs", "helplines", "sources"]

AUDIENCE: Final = ("hurt", "broke", "both", "self", "deciding", "everyone")
ABOUT: Final = ("any", "couple", "family", "friend", "work")
FLAGS: Final = ("fear", "control", "using-harm")
SCREENS: Final = ("helplines", "privacy")
TOPICS: Final = ("emergency", "crisis", "abuse", "using-harm", "young-people", "lgbt", "general")
PURPOSES: Final = ("stay", "go", "help", "safety", "repair", "traps", "body")
SENSES: Final = ("sight", "touch", "hearing", "smell", "taste", "body", "mind")
STANDINGS: Final = ("not-checked", "not-found", "narrowed")

BUILT_IN_SHELVES: Final = ("first", "understand", "your-part", "between-you", "decide", "any-time")

_ID: Final = Key("id", required=True)
_TITLE: Final = Key("line", required=True, high=60)
_SUMMARY: Final = Key("line", required=True, high=160)
_LINE: Final = Key("line")
_NEEDED_LINE: Final = Key("line", required=True)
_YES_NO: Final = Key("yes-no")
_ABOUT: Final = Key("words", low=1, allowed=ABOUT)
_SETS: Final = Key("words", low=1, allowed=FLAGS)
_GATES: Final = Key("refs", ref="gate")
_SOURCES: Final = Key("refs", ref="source")
_WAS: Final = Key("ids")
_PLACE: Final = Key("ref", ref="place")
_SEE: Final = Key("refs", high=4, ref="see")
_COVERS: Final = Key("names", ref="coverage")
_REVISION: Final = Key("whole", required=True, low=1)
_UPDATED: Final = Key("date", required=True)
_TRANSLATED: Final = Key("whole", low=1, field="-")
_MINUTES: Final = Key("whole", low=1, high=60)


def _once(table: Table, *, required: bool = True) -> Key:
    return Key("table", required=required, table=table)


def _many(table: Table, low: int = 0, high: int = TABLES_CEILING, field: str = "") -> Key:
    return Key("tables", required=low > 0, low=low, high=high, table=table, field=field)


# --- guides -----------------------------------------------------------------------------------------

_EVIDENCE: Final = Table(
    {
        "says": _NEEDED_LINE,
        "source": Key("ref", required=True, ref="source"),
        "standing": Key("word", required=True, allowed=STANDINGS),
    },
    gd.Evidence,
)

_STEP: Final = Table(
    {
        "id": _ID,
        "title": _TITLE,
        "text": Key("prose", required=True, low=25, high=220),
        "part": Key("line", high=40),
        "about": _ABOUT,
        "for_hurt": Key("prose", high=120),
        "for_broke": Key("prose", high=120),
        "try": Key("line", high=140, field="try_"),
        "launch": Key("refs", high=4, ref="exercise"),
        "launch_hurt": Key("refs", high=2, ref="exercise"),
        "launch_broke": Key("refs", high=2, ref="exercise"),
        "opens": Key("words", allowed=SCREENS),
        "signs": Key("refs", high=2, ref="signs"),
        "see": _SEE,
        "gates": _GATES,
        "aside": Key("prose", high=80),
        "evidence": _many(_EVIDENCE, high=8),
        "covers": _COVERS,
        "mentions": _COVERS,
        "was": _WAS,
    },
    gd.Step,
)

_GUIDE_HEAD: Final = Table(
    {
        "id": _ID,
        "title": _TITLE,
        "summary": _SUMMARY,
        "audience": Key("words", required=True, low=1, allowed=AUDIENCE),
        "shelf": Key("ref", required=True, ref="shelf"),
        "kind": Key("word", allowed=("topic", "path", "questions")),
        "order": Key("whole"),
        "pace": Key("line", high=40),
        "about": _ABOUT,
        "minutes": _MINUTES,
        "gates": _GATES,
        "opening": Key("prose"),
        "closing": Key("prose"),
        "sources": _SOURCES,
        "own": _YES_NO,
        "status": Key("word", allowed=("draft", "ready")),
        "revision": _REVISION,
        "translated_from": _TRANSLATED,
        "updated": _UPDATED,
        "replaces": _YES_NO,
        "was": _WAS,
    },
)

GUIDE: Final = Table({"guide": _once(_GUIDE_HEAD), "step": _many(_STEP, 1, field="steps")}, gd.Guide)

# --- exercises --------------------------------------------------------------------------------------

_EXERCISE_HEAD: Final = Table(
    {
        "id": _ID,
        "type": Key("word", required=True, allowed=tuple(ex.TYPES)),
        "title": _TITLE,
        "summary": _SUMMARY,
        "minutes": _MINUTES,
        "keep": Key("word", allowed=ex.KEEP),
        "intro": Key("prose", high=120),
        "outro": Key("prose", high=120),
        "caution": Key("prose", high=40),
        "next": Key("refs", high=2, ref="exercise"),
        "gates": _GATES,
        "sources": _SOURCES,
        "own": _YES_NO,
        "evidence": Key("word", allowed=("trials", "borrowed", "practice")),
        "unsafe_if": Key("words", low=1, allowed=FLAGS),
        "revision": _REVISION,
        "translated_from": _TRANSLATED,
        "updated": _UPDATED,
        "covers": _COVERS,
        "mentions": _COVERS,
        "replaces": _YES_NO,
    },
)

_PHASE: Final = Table(
    {
        "do": Key("word", required=True, allowed=("in", "hold", "out", "rest")),
        "seconds": Key("number", required=True, low=0.5, high=12),
        "say": Key("line", required=True, high=30),
    },
    ex.Phase,
)
_MOMENT: Final = Table(
    {
        "say": Key("line", required=True, high=120),
        "more": Key("prose", high=40),
        "sense": Key("word", allowed=SENSES),
        "count": Key("whole", low=1, high=10),
        "seconds": Key("number", low=3, high=120),
    },
    ex.Moment,
)
_SPAN: Final = Table(
    {
        "title": _NEEDED_LINE,
        "seconds": Key("number", required=True, low=10, high=3600),
        "say": Key("prose"),
        "who": Key("word", allowed=("one", "two", "both", "me")),
        "bell": _YES_NO,
    },
    ex.Span,
)
_FIELD: Final = Table(
    {
        "id": _ID,
        "label": _NEEDED_LINE,
        "kind": Key("word", required=True, allowed=("text", "yes-no", "choice", "scale", "date", "count")),
        "choices": Key("lines", low=2),
        "low": _LINE,
        "high": _LINE,
        "optional": _YES_NO,
    },
    ex.Field,
)
_QUESTION: Final = Table(
    {
        "id": _ID,
        "ask": Key("line", required=True, high=160),
        "hint": _LINE,
        "optional": _YES_NO,
        "scale": _YES_NO,
        "choices": Key("lines", low=2),
    },
    ex.Question,
)
_BLANK: Final = Table(
    {
        "id": _ID,
        "label": _NEEDED_LINE,
        "hint": _LINE,
        "example": _LINE,
        "choices": Key("lines", low=2),
        "scale": _YES_NO,
        "optional": _YES_NO,
    },
    ex.Blank,
)
_CHECK: Final = Table({"ask": _NEEDED_LINE, "if_no": _LINE, "if_yes": _LINE}, ex.Check)
_CHOICE: Final = Table(
    {"id": _ID, "label": Key("line", required=True, high=80), "hint": _LINE, "go": _PLACE, "sets": _SETS},
    ex.Choice,
    scoreless=True,
)
_COLUMN: Final = Table({"id": _ID, "label": _NEEDED_LINE, "hint": _LINE}, ex.Column)


def _exercise(keys: dict[str, Key], model: type) -> Table:
    return Table({"exercise": _once(_EXERCISE_HEAD), **keys}, model)


EXERCISES: Final[dict[str, Table]] = {
    "breathing": _exercise(
        {
            "breathing": _once(
                Table(
                    {
                        "rounds": Key("whole", required=True, low=1, high=110),
                        "also": Key("wholes", high=3, low=1),
                    }
                )
            ),
            "phase": _many(_PHASE, 2, 4, "phases"),
        },
        ex.Breathing,
    ),
    "grounding": _exercise(
        {
            "grounding": _once(Table({"rounds": Key("whole", low=1, high=3)}), required=False),
            "moment": _many(_MOMENT, 1, 12, "moments"),
        },
        ex.Grounding,
    ),
    "timer": _exercise({"span": _many(_SPAN, 1, 12, "spans"), "field": _many(_FIELD, 0, 4, "fields")}, ex.Timer),
    "reflection": _exercise({"question": _many(_QUESTION, 1, 8, "questions")}, ex.Reflection),
    "builder": _exercise(
        {
            "builder": _once(Table({"template": Key("template", required=True)})),
            "blank": _many(_BLANK, 1, 10, "blanks"),
            "check": _many(_CHECK, 0, 4, "checks"),
        },
        ex.Builder,
    ),
    "checklist": _exercise(
        {
            "checklist": _once(Table({"pick": Key("whole", high=40)}, scoreless=True)),
            "choice": _many(_CHOICE, 2, 40, "choices"),
        },
        ex.Checklist,
    ),
    "list": _exercise({"column": _many(_COLUMN, 1, 4, "columns")}, ex.Listing),
    "tracker": _exercise(
        {
            "tracker": _once(
                Table(
                    {
                        "every": Key("word", required=True, allowed=("day", "week", "two-weeks", "none")),
                        "remind": Key("yes-no", field="-"),
                    }
                )
            ),
            "field": _many(_FIELD, 1, 8, "fields"),
        },
        ex.Tracker,
    ),
}

EXERCISE_OF_NO_TYPE: Final = Table({"exercise": _once(_EXERCISE_HEAD)})
"""What can still be checked when the type itself is missing or misspelt."""

# --- sign lists -------------------------------------------------------------------------------------

_SIGN: Final = Table(
    {
        "id": _ID,
        "text": Key("line", required=True, high=140),
        "more": Key("prose", high=60),
        "severity": Key("word", allowed=("notice", "serious", "danger")),
        "go": _PLACE,
        "sets": _SETS,
        "instead": _LINE,
        "whose": Key("word", allowed=("hurt", "broke", "both")),
    },
    gd.Sign,
    scoreless=True,
)
_SIGNS_HEAD: Final = Table(
    {
        "id": _ID,
        "title": _NEEDED_LINE,
        "purpose": Key("word", required=True, allowed=PURPOSES),
        "intro": Key("prose", required=True),
        "outro": Key("prose"),
        "gates": _GATES,
        "sources": _SOURCES,
        "own": _YES_NO,
        "keep": Key("word", allowed=ex.KEEP),
        "unsafe_if": Key("words", low=1, allowed=FLAGS),
        "revision": _REVISION,
        "translated_from": _TRANSLATED,
        "updated": _UPDATED,
        "covers": _COVERS,
        "mentions": _COVERS,
        "replaces": _YES_NO,
    },
    scoreless=True,
)
SIGNS: Final = Table({"signs": _once(_SIGNS_HEAD), "sign": _many(_SIGN, 2, 12, "signs")}, gd.SignList)

# --- collections: files of rows ---------------------------------------------------------------------

_ANSWER: Final = Table(
    {
        "label": _NEEDED_LINE,
        "go": Key("ref", required=True, ref="answer"),
        "say": Key("prose"),
        "sets": _SETS,
    },
    gd.Answer,
)
_GATE: Final = Table(
    {
        "id": _ID,
        "kind": Key("word", required=True, allowed=("ask", "note", "rule")),
        "text": Key("prose"),
        "below": Key("prose"),
        "short": _LINE,
        "ask": _LINE,
        "about": _ABOUT,
        "see": Key("refs", high=2, ref="see"),
        "answer": Key("tables", low=2, high=4, table=_ANSWER, field="answers"),
    },
    gd.Gate,
)
GATES: Final = Table({"gate": _many(_GATE, 1)})

SHELVES: Final = Table(
    {"shelf": _many(Table({"id": _ID, "title": _NEEDED_LINE, "order": Key("whole", required=True)}, gd.Shelf), 1)}
)

_GROUP: Final = Table(
    {
        "id": _ID,
        "title": _NEEDED_LINE,
        "note": _LINE,
        "exercises": Key("refs", required=True, low=1, ref="exercise"),
    },
    gd.Group,
)
_NEED: Final = Table(
    {
        "id": _ID,
        "label": _NEEDED_LINE,
        "offer": Key("refs", low=1, ref="exercise"),
        "say": _LINE,
        "see": Key("refs", ref="see"),
        "go": _PLACE,
        "sets": _SETS,
    },
    gd.Need,
)
PRACTICE: Final = Table({"group": _many(_GROUP), "need": _many(_NEED)})

_HELPLINE: Final = Table(
    {
        "id": _ID,
        "name": Key("plain", required=True),
        "topic": Key("word", required=True, allowed=TOPICS),
        "phone": Key("plain"),
        "text": Key("plain"),
        "chat": Key("plain"),
        "hours": Key("plain"),
        "languages": Key("tags", low=1),
        "cost": Key("plain"),
        "note": Key("notes"),
        "leaves_trace": Key("plain"),
        "grade": Key("word", required=True, allowed=("A", "B", "C")),
        "seen": Key("whole", low=1990, high=2100),
        "checked_on": Key("date"),
        "checked_at": Key("web"),
        "draft": _YES_NO,
    },
    gd.Helpline,
)
_REGION: Final = Table({"name": Key("notes", required=True), "also": Key("lines", low=1)})
"""What a region is called. Not required: a reader's own file may add lines to a region that has a name already."""
HELPLINES: Final = Table({"region": _once(_REGION, required=False), "helpline": _many(_HELPLINE, 1)})

_SOURCE: Final = Table(
    {
        "id": _ID,
        "title": Key("plain", required=True),
        "author": Key("plain"),
        "publisher": Key("plain"),
        "printed_date": Key("plain"),
        "article_kind": Key("plain", required=True),
        "note": Key("plain"),
    },
    gd.Source,
)
SOURCES: Final = Table({"source": _many(_SOURCE, 1)})

PACK: Final = Table(
    {
        "pack": _once(
            Table(
                {
                    "language": Key("tag", required=True),
                    "title": _TITLE,
                    "version": Key("version", required=True),
                    "direction": Key("word", allowed=("ltr", "rtl")),
                    "based_on": Key("version"),
                    "notice": Key("prose", required=True),
                    "urgent": Key("prose", required=True),
                    "reviewed_by": Key("plain"),
                    "reviewed_on": Key("date"),
                },
                gd.Pack,
            )
        )
    }
)

FILES: Final[dict[Kind, Table]] = {
    "pack": PACK,
    "gates": GATES,
    "shelves": SHELVES,
    "practice": PRACTICE,
    "guide": GUIDE,
    "signs": SIGNS,
    "helplines": HELPLINES,
    "sources": SOURCES,
}
"""The grammar of each kind of file. Exercises have one for each type: `EXERCISES`."""

HEADS: Final[dict[Kind, str]] = {"guide": "guide", "exercise": "exercise", "signs": "signs"}
"""The table that names a file of its own id, for the kinds that have one file a thing."""

KNOWN_GATES: Final[dict[str, str]] = {
    **dict.fromkeys(("safety-check", "harm-check", "transparency", "disclosure", "hard-talk", "joint-therapy"), "ask"),
    **dict.fromkeys(
        ("dark-thoughts", "intimacy", "forgiveness", "past-present", "small-efforts", "leaving", "body-tools"), "note"
    ),
    **dict.fromkeys(("shared-blame", "evidence"), "rule"),
}
"""The gates trustkit ships, and their kinds."""

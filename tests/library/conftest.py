"""A small content folder that `check` finds nothing wrong with, and a hand to change one thing in it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from trustkit.library import Library, Slip, check

TODAY = date(2026, 11, 22)

FILES = {
    "sources.toml": """
format = 1

[[source]]
id = "s1"
title = "Overcoming Trust Issues in Relationships"
article_kind = "Advice article; no author or date printed"
""",
    "helplines/xx.toml": """
format = 1

[[helpline]]
id = "example-line"
name = "Example Listening Line"
topic = "crisis"
phone = "000 000 000"
hours = "day and night"
languages = ["en", "es"]
leaves_trace = "May show in your call log."
grade = "A"
seen = 2025
checked_on = 2026-11-01
checked_at = "https://example.org/contact"
note = { en = "Anyone may call.", es = "Puede llamar cualquiera." }
""",
    "en/pack.toml": '''
format = 1

[pack]
language = "en"
title = "trustkit guides"
version = "2026.11.1"
notice = """
This is information and things to try. It can't replace a person trained to help.
"""
urgent = "If someone may be hurt tonight, call your local emergency number first."
''',
    "en/gates.toml": """
format = 1

[[gate]]
id = "safety-check"
kind = "ask"
ask = "Can you say no to this person without being afraid of what they will do?"

[[gate.answer]]
label = "Yes, mostly"
go = "on"

[[gate.answer]]
label = "No"
go = "when-a-promise-broke/settle-first"
sets = ["fear", "control"]
say = "Thank you for being straight about that."

[[gate]]
id = "body-tools"
kind = "note"
text = "Small and gentle, eyes open; stop if it makes things worse."

[[gate]]
id = "evidence"
kind = "rule"
text = "Claims stay with the article that makes them."
""",
    "en/shelves.toml": """
format = 1

[[shelf]]
id = "first"
title = "First"
order = 1
""",
    "en/practice.toml": """
format = 1

[[group]]
id = "all"
title = "All of them"
exercises = [
  "breath-long-out", "ground-senses", "urge", "what-was-promised", "i-statement", "feelings", "worries", "log"]

[[need]]
id = "tight-chest"
label = "My chest is tight"
offer = ["ground-senses", "breath-long-out"]
say = "Can't get air? Call your local emergency number."

[[need]]
id = "afraid"
label = "I'm afraid of someone"
go = "when-a-promise-broke/settle-first"
sets = ["fear", "control"]
""",
    "en/guides/when-a-promise-broke.toml": '''
format = 1

[guide]
id = "when-a-promise-broke"
title = "When a promise broke"
summary = "For the evening after someone let you down again."
audience = ["hurt", "both"]
shelf = "first"
minutes = 1
gates = ["safety-check"]
sources = ["s1"]
status = "ready"
revision = 2
updated = 2026-11-21
closing = "That is enough for one evening. You can come back, or not."

[[step]]
id = "say-it-plainly"
title = "Say it plainly, to yourself"
text = """
Before you talk to anyone, tell yourself what happened. Use small, plain words: what was
promised, what came instead, and what it did to *you*.

You are not putting anybody on trial. **Tomorrow is allowed.**
"""
for_hurt = "The page behind the button is for you alone."
for_broke = "You could leave this page to them."
try = "Write three short lines."
launch_hurt = ["what-was-promised"]
covers = ["s1.name-it"]

[[step]]
id = "settle-first"
title = "Settle before you speak"
text = """
If your chest is tight and your thoughts are racing, your body has sounded its alarm.
Breathe out slowly for a minute or two, or look round the room and name what is there.

- one thing
- another
"""
launch = ["ground-senses", "breath-long-out"]
opens = ["helplines"]
signs = ["after-a-promise"]
gates = ["body-tools"]
see = ["when-a-promise-broke/say-it-plainly"]
aside = "If you are afraid of this person, you don't owe them a talk at all."
evidence = [{ says = "It helps many people.", source = "s1", standing = "not-checked" }]
mentions = ["s1.alarm"]
''',
    "en/signs/after-a-promise.toml": """
format = 1

[signs]
id = "after-a-promise"
title = "What happened next?"
purpose = "repair"
intro = "Tick what you have *seen*, not what you were told. There is no total."
sources = ["s1"]
revision = 1
updated = 2026-11-21
covers = ["s1.dots"]

[[sign]]
id = "said-it-first"
text = "They brought it up themselves, with no excuse attached."

[[sign]]
id = "made-me-doubt"
text = "They say it never happened, and I have begun to doubt my own memory."
severity = "danger"
go = "when-a-promise-broke/settle-first"
sets = ["fear", "control"]
""",
}

_EXERCISES = {
    "breath-long-out": (
        "breathing",
        'caution = "Dizzy? Go back to your usual breath."\n',
        '[breathing]\nrounds = 8\nalso = [6, 30]\n\n[[phase]]\ndo = "in"\nseconds = 4\nsay = "Breathe in"\n\n'
        '[[phase]]\ndo = "out"\nseconds = 6\nsay = "Let it go slowly"\n',
    ),
    "ground-senses": (
        "grounding",
        "minutes = 3\n",
        '[[moment]]\nsense = "sight"\nsay = "Find five things of the same colour."\ncount = 5\n\n'
        '[[moment]]\nsense = "touch"\nsay = "Touch four things near you."\nseconds = 20.5\n',
    ),
    "urge": (
        "timer",
        "",
        '[[span]]\ntitle = "Name it"\nseconds = 120\nwho = "me"\nbell = true\n\n'
        '[[field]]\nid = "how"\nlabel = "How was it?"\nkind = "text"\n',
    ),
    "what-was-promised": (
        "reflection",
        'keep = "private"\n',
        '[[question]]\nid = "promised"\nask = "What was I counting on?"\n\n'
        '[[question]]\nid = "strength"\nask = "How strong is it?"\nscale = true\n',
    ),
    "i-statement": (
        "builder",
        'gates = ["safety-check"]\nunsafe_if = ["fear", "control"]\n',
        '[[blank]]\nid = "when"\nlabel = "When this happens"\n\n'
        '[[blank]]\nid = "feel"\nlabel = "I feel"\nchoices = ["sad", "angry"]\n\n'
        '[builder]\ntemplate = """\nWhen {when}, I feel {feel}.\n"""\n\n'
        '[[check]]\nask = "Does it leave out \\"never\\"?"\nif_no = "One real example is easier to hear."\n',
    ),
    "feelings": (
        "checklist",
        "",
        '[checklist]\npick = 3\n\n[[choice]]\nid = "sad"\nlabel = "Sad"\n\n'
        '[[choice]]\nid = "afraid"\nlabel = "Afraid of someone"\ngo = "helplines/abuse"\nsets = ["fear"]\n',
    ),
    "worries": ("list", "", '[[column]]\nid = "worry"\nlabel = "The worry"\n'),
    "log": (
        "tracker",
        'next = ["worries"]\n',
        '[tracker]\nevery = "none"\nremind = false\n\n'
        '[[field]]\nid = "promise"\nlabel = "The promise"\nkind = "text"\n\n'
        '[[field]]\nid = "kept"\nlabel = "Kept?"\nkind = "choice"\nchoices = ["kept", "not kept"]\noptional = true\n\n'
        '[[field]]\nid = "weight"\nlabel = "How much"\nkind = "scale"\nlow = "little"\nhigh = "much"\n',
    ),
}
for _id, (_type, _more, _rest) in _EXERCISES.items():
    FILES[f"en/exercises/{_id}.toml"] = (
        "\nformat = 1\n\n[exercise]\n"
        f'id = "{_id}"\ntype = "{_type}"\ntitle = "{_id}"\nsummary = "A small thing to try."\n'
        f'sources = ["s1"]\nrevision = 1\nupdated = 2026-11-21\n{_more}\n{_rest}'
    )

GUIDE = "en/guides/when-a-promise-broke.toml"


class Pack:
    """A content folder that a test may change, one piece of text at a time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text.lstrip("\n"))

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def check(self, coverage: Path | None = None, today: date = TODAY) -> list[Slip]:
        return check(self.root, coverage=coverage, today=today)

    def library(self, own: Path | None = None, language: str = "en") -> Library:
        return Library(self.root, own, language)

    def hebrew(self) -> None:
        """Lay the small right-to-left language beside this folder beside the English files."""
        copytree(Path(__file__).parent / "he", self.root / "he")

    def spanish(self, name: str, **changed: str) -> str:
        """Copy an English file into `es`, with words of it changed; gives its new name."""
        text = self.read(name)
        for table in ("guide", "exercise", "signs"):
            text = text.replace(f"[{table}]\n", f"[{table}]\ntranslated_from = {2 if table == 'guide' else 1}\n")
        for old, new in changed.items():
            assert old in text
            text = text.replace(old, new)
        there = name.replace("en/", "es/", 1)
        self.write(there, text)
        return there


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path / "content")


@pytest.fixture
def line_of(pack: Pack) -> Callable[[str, str], int]:
    """The line on which a piece of text first stands in a file of the pack."""

    def found(name: str, piece: str) -> int:
        return next(i for i, line in enumerate(pack.read(name).split("\n"), 1) if piece in line)

    return found

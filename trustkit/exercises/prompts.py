"""All that a script may ask of a front end: frozen values in the model's terms. What they look like is its affair."""

from collections.abc import Callable
from dataclasses import field
from typing import Final, Literal

from trustkit.model.exercise import Exercise, Field
from trustkit.model.frozen import frozen
from trustkit.model.practice_words import HOW_NOW

Ended = Literal["whole", "stopped"]
"""How a run ended: at its end, or before it with "that's enough"."""
Led = Literal["quieter", "numbers"]
"""Where the plain question led: to something quieter, or to numbers."""


@frozen
class Option:
    """One answer."""

    id: str
    label: str


@frozen
class Numbers:
    """Stands among the words of a `Choose` for the numbers of emergency and crisis lines."""

    form: Literal["all", "line", "near"]
    """`all` of them, all in one `line`, or all with whom the reader turns to `near` them beneath."""


Text = str | Numbers


@frozen
class Choose:
    """Words, and one answer out of several. Answered with the id of an option."""

    text: tuple[Text, ...]
    options: tuple[Option, ...]
    question: str = ""
    """Stays in sight above the answers."""
    unanswered: str | None = None
    """What an empty line of plain text answers, which may be no option at all; None is the first one."""
    by_hand: bool = False
    """Whether only a person is asked: lines from a file or another program get `unanswered`, and hear the words."""


@frozen
class Rate:
    """Words, and how it is now. Answered with a mark, or None where it is skipped."""

    text: tuple[str, ...]
    at: Literal["before", "after"]
    question: str = HOW_NOW


@frozen
class Run:
    """The breath, the moments or the spans. Answered with how it ended; time is the front end's."""

    exercise: Exercise


@frozen
class FillForm:
    """What a timer notes at its end. Answered with a value for the id of each field that was filled in."""

    fields: tuple[Field, ...]


@frozen
class AskPlainly:
    """The plain question (`crisis.plain_question`), on a page of its own where there are pages. Answered with `Led`."""


@frozen
class Play:
    """Another exercise on top of this one, from its first breath or moment on. Answered when it is over."""

    exercise: Exercise


@frozen
class Open:
    """A place to look at and come back from."""

    place: str


@frozen
class Call:
    """Something that may touch the disk: a front end runs it where that is allowed, and tells what goes wrong.

    Answered with whether it was done.
    """

    run: Callable[[], object] = field(compare=False)
    done: str = ""
    """What is said once it is done."""


Prompt = Choose | Rate | Run | FillForm | AskPlainly | Play | Open | Call
Shown = Choose | Rate | Run | FillForm | AskPlainly | Play | Open
"""A prompt that a front end shows."""


@frozen
class Leave:
    """How a script ended."""

    to: str = ""
    """The place an answer led to; `else` is what could be practised next, empty is back to where it began."""
    stopped: bool = False
    """Whether it was stopped before its end."""


ELSE: Final = "else"

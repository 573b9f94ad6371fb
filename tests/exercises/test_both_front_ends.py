"""One set of rules: a practice in plain lines asks, leads and is remembered as one on the screen."""

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from app_driver import driving
from exercise_readers import Plain, Reader
from plain_playing import SHIPPED

from trustkit import vault as vaults
from trustkit.companion import Companion
from trustkit.model.entry import Practice
from trustkit.model.exercise import WITHOUT_WORDS, Exercise
from trustkit.paths import Paths

Journal = Callable[[], Companion]

TIMED = [exercise for exercise in SHIPPED.values() if exercise.type in WITHOUT_WORDS]
READERS = {
    "eased": Reader((6, 3), ("done",)),
    "skips both marks, and again": Reader((None, None), ("done",), runs="stopped"),
    "worse by the marks": Reader((4, 7), ("enough", "last")),
    "worse, said while it plays": Reader((4, None), ("enough", "back"), runs="worse"),
    "worse, said afterwards": Reader((5, 5), ("worse", "round", "done", "last")),
    "worse, and a person": Reader((5, "numb"), ("worse", "person")),
    "heavy": Reader((8, 8), ("begin", "done")),
    "heavy, and a person": Reader((9, None), ("person",)),
    "ten before, and quieter": Reader((10, None), ("no", "quieter", "done")),
    "ten before and after": Reader((10, 10), ("yes", "back", "begin", "done")),
    "nine after eight": Reader((8, 9), ("begin", "no", "back", "done")),
    "nine after six, worse": Reader((6, 9), ("enough", "unsaid", "back", "last")),
}


def kept(companion: Companion) -> tuple[list[tuple[object, ...]], dict[str, object]]:
    """Runs, and what was chosen."""
    runs = [event.body for event in companion.vault.events("practice") if isinstance(event.body, Practice)]
    said = [(one.exercise, one.before, one.after, one.stopped, one.worse, one.ended - one.started) for one in runs]
    return sorted(said, key=str), dict(companion.vault.choices())


def asks(companion: Companion, exercise: Exercise) -> int:
    """How many questions stand before it in a new sitting."""
    return sum(gate.kind == "ask" for gate in companion.gates_before_tool(exercise))


@pytest.mark.long
async def test_every_shipped_exercise_asks_the_same_and_keeps_the_same_in_both(
    plain: Plain, journal: Journal, on_screen: Any, tmp_path: Path, clock: Any
) -> None:
    shown = Companion.start(Paths.find(tmp_path / "screen"), clock=clock)
    shown.keep_open()
    for companion in (shown, journal()):
        companion.choose("keep-practices", True)
    pairs = list(zip(TIMED, cycle(READERS.items())))
    assert len(pairs) >= len(READERS)
    async with driving(shown) as driver:
        for exercise, (name, reader) in pairs:
            one, other = (replace(reader, asked=[], ends=[]) for _ in range(2))
            assert plain(one, "practice", "play", exercise.id, gates=asks(journal(), exercise)) == 0
            await on_screen(driver, exercise, other)
            assert one.asked == other.asked, (exercise.id, name)
            assert one.ends == other.ends, (exercise.id, name)
            assert kept(journal()) == kept(shown), (exercise.id, name)
    assert len(kept(shown)[0]) >= len(READERS)
    assert journal().stands_last() == shown.stands_last() != frozenset()


# -- what another process knows ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "name", "reader"),
    [
        ("practice play", "ride-the-urge", READERS["worse by the marks"]),
        ("practice play", "breath-even", READERS["worse, said while it plays"]),
        ("practice play", "muscles", Reader((5, 5), ("worse", "enough", "last"))),
        ("ground", "ground-cool", READERS["worse by the marks"]),
        ("breathe", "breath-sigh", Reader((), ("worse", "enough", "last"))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_made_things_worse_stands_last_in_the_next_process(
    plain: Plain, journal: Journal, verb: str, name: str, reader: Reader
) -> None:
    answers = replace(reader, choices=tuple(one for one in reader.choices if one != "back"), asked=[], ends=[])
    assert plain(answers, *verb.split(), name) == 0

    assert name in journal().stands_last()
    assert journal().practices() == [], "nobody said that runs are remembered"


def test_what_was_put_back_stands_where_it_was(plain: Plain, journal: Journal) -> None:
    journal().choose("keep-practices", True)
    plain(Reader((4, 7), ("enough", "back")), "practice", "play", "ground-cool")

    assert journal().stands_last() == frozenset()
    assert [run.worse for run in journal().practices()] == [True]


def test_a_breath_rated_in_plain_lines_shows_in_what_helps(plain: Plain, journal: Journal) -> None:
    for _ in range(3):
        answers = Reader((7, 4), ("done", "yes"))
        plain(answers, "practice", "play", "breath-long-out")

    ((exercise, ease),) = journal().helped()
    assert (exercise.id, ease.tries, ease.median_change) == ("breath-long-out", 3, -3)
    assert answers.asked[-1] == ("choose", "done", "again", "else", "worse"), "it was asked once, the first time"


def test_who_says_no_is_not_asked_again_and_nothing_is_kept(plain: Plain, journal: Journal) -> None:
    first, second = (Reader((7, 4), ("done", "no")) for _ in range(2))
    plain(first, "ground", "ground-room")
    plain(second, "ground", "ground-room")

    assert first.asked[-1] == ("choose", "yes", "no")
    assert second.asked == first.asked[:-1]
    assert (journal().keeps_practices(), journal().practices()) == (False, [])


def test_a_quick_breath_begins_at_once_and_is_remembered_only_as_the_reader_chose(
    plain: Plain, journal: Journal
) -> None:
    plain(first := Reader(choices=("done",)), "breathe")
    assert first.asked == [("Run", "breath-long-out"), ("choose", "done", "again", "else", "worse")]
    assert journal().practices() == []

    journal().choose("keep-practices", True)
    plain(Reader(choices=("done",)), "breathe")
    plain(Reader(runs="stopped"), "breathe")
    assert [run.stopped for run in journal().practices()] == [False, True]


# -- a sealed journal ----------------------------------------------------------------------------------------

PASSPHRASE = "four quiet words here"


@pytest.fixture
def sealed(home: Path, clock: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Journal, list[str]]:
    """A sealed journal, which the next process may open; and each time the passphrase was asked for."""
    vaults.create_sealed(Paths.find(home), PASSPHRASE, clock=clock, log_n=4).close()
    asked: list[str] = []

    def passphrase(question: str = "") -> str:
        asked.append(question)
        return PASSPHRASE

    def opened() -> Companion:
        companion = Companion.start(Paths.find(home), clock=clock)
        companion.vault.unlock(PASSPHRASE)
        return companion

    monkeypatch.setattr("trustkit.cli.asking.passphrase", passphrase)
    monkeypatch.setattr("trustkit.cli.asking.can_ask", lambda: True)
    return opened, asked


@pytest.mark.parametrize(
    ("words", "reader", "runs", "last", "times"),
    [
        (("practice", "play", "ground-room"), Reader((6, 3), ("done", "no")), 0, False, 0),
        (("practice", "play", "ground-room"), Reader((6, 3), ("done", "keep")), 1, False, 1),
        (("practice", "play", "ground-cool"), Reader((4, 7), ("enough", "last")), 0, True, 1),
        (("practice", "play", "ground-cool"), Reader((4, 7), ("enough", "back")), 0, False, 0),
        (("practice", "play", "ground-cool", "--no-keep"), Reader((4, 7), ("enough",)), 0, False, 0),
        (("breathe",), Reader(choices=("done",)), 0, False, 0),
        (("breathe",), Reader(choices=("worse", "enough")), 0, False, 0),
        (("breathe", "--keep"), Reader(choices=("done",)), 1, False, 1),
    ],
)
def test_a_sealed_journal_is_opened_only_for_what_the_reader_wants_kept(
    plain: Plain,
    sealed: tuple[Journal, list[str]],
    words: tuple[str, ...],
    reader: Reader,
    runs: int,
    last: bool,
    times: int,
) -> None:
    opened, asked = sealed
    assert plain(replace(reader, asked=[], ends=[]), *words) == 0

    assert len(asked) == times
    assert len(opened().practices()) == runs
    assert bool(opened().stands_last()) == last


# -- the plain question --------------------------------------------------------------------------------------

QUESTION = ("choose", "yes", "unsure", "no", "unsaid")
NEXT = ("choose", "done", "again", "else", "worse")


@pytest.mark.parametrize(
    ("reader", "before"),
    [
        (READERS["ten before and after"], ("choose", "begin", "person")),
        (READERS["nine after eight"], NEXT),
        (READERS["nine after six, worse"], ("choose", "last", "back")),
    ],
    ids=["before the doing", "before the words", "on the way down"],
)
def test_the_plain_question_comes_once_and_before_what_follows_it(
    plain: Plain, journal: Journal, reader: Reader, before: tuple[str, ...]
) -> None:
    answers = replace(reader, asked=[], ends=[])
    plain(answers, "practice", "play", "ride-the-urge")

    assert answers.asked.count(QUESTION) == 1
    assert answers.asked[answers.asked.index(QUESTION) - 1] == ("AskPlainly",)
    rest = answers.asked[answers.asked.index(QUESTION) :]
    assert before in rest


def test_looking_round_at_a_ten_leaves_the_exercise(plain: Plain, journal: Journal) -> None:
    answers = Reader((10, None), ("no", "quieter", "done"))
    plain(answers, "practice", "play", "ride-the-urge")

    assert ("Run", "ground-room") in answers.asked
    assert ("Run", "ride-the-urge") not in answers.asked

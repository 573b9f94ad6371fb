"""Words, ticks and rows in plain lines: kept as they were typed, only when the reader says so."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from plain_playing import SHIPPED, Verb, files, kept, of_type
from pty_terminal import Terminal

from trustkit.cli.playing_drafts import QUESTION as BEFOREHAND
from trustkit.cli.playing_rows import over_time
from trustkit.model import practice_words as plain_words
from trustkit.model.entry import Answers, Record
from trustkit.model.exercise import Checklist, Field, Tracker
from trustkit.vault import Vault

from .conftest import PASSPHRASE


def test_a_reflection_is_kept_as_it_was_typed(trustkit: Verb, opened: Callable[[], Vault]) -> None:
    ran = trustkit("practice", "play", "journal-free", "--keep", given="One line,\nand another.\n\nSleep.\n\n")

    (entry,) = kept(opened())
    assert isinstance(entry.body, Answers)
    assert list(entry.body.answers.values()) == ["One line,\nand another.", "Sleep."]
    assert (ran.code, ran.out.splitlines()[-1]) == (0, entry.id)


def test_without_a_word_about_keeping_a_script_keeps_nothing(
    trustkit: Verb, opened: Callable[[], Vault], home: Path
) -> None:
    before = files(home)

    for options in ((), ("--no-keep",)):
        ran = trustkit("practice", "play", "journal-free", *options, given="One line.\n\n\n")
        assert (ran.code, plain_words.NOT_KEPT in ran.err) == (0, True)

    assert files(home) == before


def test_what_is_always_private_is_kept_privately(trustkit: Verb, opened: Callable[[], Vault]) -> None:
    assert SHIPPED["worry-park"].keep == "private"

    trustkit("practice", "play", "worry-park", "--keep", given="The boiler.\n\n\n")
    trustkit("practice", "play", "journal-free", "--keep-privately", given="One line.\n")

    assert [entry.private for entry in kept(opened())] == [True, True]


def test_what_is_never_kept_says_so_and_refuses_before_the_first_word(
    trustkit: Verb, opened: Callable[[], Vault], home: Path
) -> None:
    before = files(home)

    said = trustkit("practice", "play", "safety-questions", given="9\n\n")
    refused = trustkit("practice", "play", "safety-questions", "--keep", given="9\n\n")

    assert plain_words.GONE in said.err
    assert (refused.code, refused.out) == (2, "")
    assert files(home) == before


def test_keeping_without_a_journal_is_refused_before_the_first_word(trustkit: Verb, home: Path) -> None:
    ran = trustkit("practice", "play", "journal-free", "--keep", given="One line.\n")
    assert (ran.code, ran.out, home.exists()) == (5, "", False)

    ran = trustkit("practice", "play", "journal-free", given="One line.\n")
    assert (ran.code, plain_words.GONE in ran.err, home.exists()) == (0, True, False)


def test_a_ghost_keeps_nothing(trustkit: Verb, opened: Callable[[], Vault]) -> None:
    assert trustkit("--ghost", "practice", "play", "journal-free", "--keep", given="One line.\n").code == 5
    assert plain_words.GONE in trustkit("--ghost", "practice", "play", "journal-free", given="One line.\n").err
    assert kept(opened()) == []


def test_a_sealed_journal_that_was_not_opened_before_the_first_word_is_opened_only_to_keep(
    trustkit: Verb, sealed: Callable[[], Vault], by_hand: list[str], passphrases: list[str]
) -> None:
    free = ("practice", "play", "journal-free")

    assert trustkit(*free, given="One line.\n\n\n2\n").code == 0  # Don't keep
    assert passphrases == [BEFOREHAND]
    assert trustkit(*free, given="Another line.\n\n\n1\n").code == 0  # Keep
    assert len(passphrases) == 3
    (entry,) = kept(sealed())
    assert isinstance(entry.body, Answers)
    assert list(entry.body.answers.values()) == ["Another line."]


def test_a_page_is_typed_and_kept_in_a_real_terminal_that_only_prints(sealed: Callable[[], Vault], home: Path) -> None:
    with Terminal("--data-dir", home, "practice", "play", "journal-free", environment={"TERM": "dumb"}) as terminal:
        terminal.see(BEFOREHAND)
        terminal.type("\n")
        terminal.see("1 of 2.")
        terminal.type("The kettle is on.\n\n")
        terminal.see("2 of 2.")
        terminal.press("^d")
        terminal.see("Keep this note?", "1. Keep privately")
        assert "Passphrase:" not in terminal.text
        terminal.type("1\n")
        terminal.see("Passphrase:")
        terminal.type(f"{PASSPHRASE}\n")
        terminal.see("Saved.")
        assert terminal.wait() == 0
        assert b"\x1b" not in terminal.raw
        assert PASSPHRASE.encode() not in terminal.raw
    (entry,) = kept(sealed())
    assert isinstance(entry.body, Answers)
    assert list(entry.body.answers.values()) == ["The kettle is on."]


def test_a_sealed_journal_takes_its_passphrase_from_a_file_but_not_from_where_the_words_are(
    trustkit: Verb, sealed: Callable[[], Vault], passphrase_file: Path
) -> None:
    free = ("practice", "play", "journal-free", "--keep", "--passphrase-file")

    assert trustkit(*free, "-", given="One line.\n").code == 2
    assert trustkit(*free, passphrase_file, given="One line.\n").code == 0
    assert len(kept(sealed())) == 1


def test_keeping_in_a_sealed_journal_that_nobody_can_open_is_refused_before_the_first_word(
    process: Verb, sealed: Callable[[], Vault]
) -> None:
    ran = process("practice", "play", "journal-free", "--keep", given="One line.\n")

    assert (ran.code, ran.out, "--passphrase-file" in ran.err) == (4, "", True)


def test_a_wrong_passphrase_costs_nobody_their_words(
    trustkit: Verb, sealed: Callable[[], Vault], by_hand: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["", "no", "nor this", "nor that", PASSPHRASE])
    monkeypatch.setattr("trustkit.cli.asking.passphrase", lambda _question="": next(typed))

    ran = trustkit("practice", "play", "journal-free", given="One line.\n\n\n1\n1\n")

    assert (ran.code, "still stands above" in ran.err, len(kept(sealed()))) == (0, True, 1)


def test_an_empty_line_neither_keeps_nor_throws_away(
    trustkit: Verb, opened: Callable[[], Vault], by_hand: list[str]
) -> None:
    ran = trustkit("practice", "play", "journal-free", given="One line.\n\n\n\n\n1\n")

    (entry,) = kept(opened())
    assert (entry.private, "Say one of the numbers" in ran.err) == (True, True)


def test_an_answer_can_be_changed_before_it_is_kept(
    trustkit: Verb, opened: Callable[[], Vault], by_hand: list[str]
) -> None:
    given = "First.\n\nSecond.\n\n" + "3\n1\n1\nBetter.\n\n" + "3\n2\n2\n" + "1\n"

    trustkit("practice", "play", "journal-free", given=given)

    (entry,) = kept(opened())
    assert isinstance(entry.body, Answers)
    assert list(entry.body.answers.values()) == ["Better."]


def test_what_ends_in_the_middle_is_kept_only_where_that_was_said(trustkit: Verb, opened: Callable[[], Vault]) -> None:
    ended = trustkit("practice", "play", "journal-free", given="Half a")
    assert (ended.code, kept(opened())) == (0, [])

    trustkit("practice", "play", "journal-free", "--keep", given="Half a")
    (entry,) = kept(opened())
    assert isinstance(entry.body, Answers)
    assert list(entry.body.answers.values()) == ["Half a"]


def test_ctrl_c_stops_kindly_and_says_that_nothing_was_kept(
    trustkit: Verb, opened: Callable[[], Vault], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("trustkit.cli.playing_asking.Asking.words", stop)
    ran = trustkit("practice", "play", "journal-free")

    assert ran.code == 130
    assert "That is allowed, every time." in ran.err
    assert plain_words.NOT_KEPT in ran.err
    assert kept(opened()) == []


def test_typed_escapes_never_reach_the_terminal_and_right_to_left_words_stay_whole(trustkit: Verb) -> None:
    ran = trustkit("practice", "play", "journal-free", given="a\x1b[2J\x07b\n\nשלום עולם\n\n")

    assert "\x1b" not in ran.out + ran.err
    assert "a[2Jb" in ran.out
    assert set("שלוםע") <= set(ran.out)


def test_what_is_not_text_is_refused_in_two_sentences(trustkit: Verb, opened: Callable[[], Vault]) -> None:
    ran = trustkit("practice", "play", "journal-free", "--keep", given=b"\xff\xfe\n\n")

    assert (ran.code, "UTF-8" in ran.err, kept(opened())) == (3, True, [])


def test_a_sentence_grows_blank_by_blank_and_its_checks_are_only_words(
    trustkit: Verb, opened: Callable[[], Vault]
) -> None:
    given = "1\nthe plan was changed\n3\n\nthat we talk\nyes\nno\n\nno\n"

    ran = trustkit("practice", "play", "i-statement", "--keep", given=given)

    grown = [line.strip() for line in ran.out.splitlines() if line.startswith("  When ")]
    assert grown[0] == "When the plan was changed, I feel …"
    assert grown[1] == "When the plan was changed, I feel scared."
    assert "One real day is harder to argue with." in ran.out
    (entry,) = kept(opened())
    assert isinstance(entry.body, Answers)
    assert not entry.private
    assert entry.body.result == "When the plan was changed, I feel scared.\nI would like that we talk."


def test_a_blank_takes_the_reader_s_own_words_instead_of_a_choice(trustkit: Verb) -> None:
    ran = trustkit("practice", "play", "i-statement", given="1\nit rained\ngrey all over\n")

    assert "When it rained, I feel grey all over." in ran.out


def test_a_number_ticks_a_line_and_unticks_it_again(trustkit: Verb, opened: Callable[[], Vault]) -> None:
    ran = trustkit("practice", "play", "alarm-signs", "--keep", given="1, 3 5\n3\n99\n\n")

    (entry,) = kept(opened())
    assert isinstance(entry.body, Answers)
    assert entry.body.chosen == ("fear-from-nowhere", "shaky-hot-cold")
    assert "There is no such line here." in ran.err
    assert not any(word in ran.out.lower() for word in ("score", "of 19", "total:"))


def test_a_tick_that_leads_somewhere_says_so_at_once_and_again_before_anything_else(
    trustkit: Verb, by_hand: list[str]
) -> None:
    ran = trustkit("practice", "play", "safety-questions", given="1 7\n\n1\n")

    said = ran.out[ran.out.index("Ticked:") :]
    assert said.index("`trustkit support`") < said.index("- ")  # with the tick itself
    ways = said[said.index("1. Support and numbers") :]
    assert "2. " in ways
    assert "If someone may be hurt now" in ways


def test_who_goes_where_a_tick_leads_keeps_nothing_unless_they_said_so_before(
    trustkit: Verb, opened: Callable[[], Vault], by_hand: list[str]
) -> None:
    body = SHIPPED["alarm-signs"].body
    assert isinstance(body, Checklist)
    number = [bool(choice.go) for choice in body.choices].index(True) + 1

    ran = trustkit("practice", "play", "alarm-signs", given=f"{number}\n\n1\n")
    assert (ran.code, plain_words.NOT_KEPT in ran.err, plain_words.KEEP_IT in ran.out) == (0, True, False)
    assert kept(opened()) == []

    trustkit("practice", "play", "alarm-signs", "--keep", given=f"{number}\n\n1\n")
    assert len(kept(opened())) == 1


def test_on_the_unsafe_path_not_keeping_stands_first(
    trustkit: Verb, opened: Callable[[], Vault], by_hand: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calm = trustkit("practice", "play", "alarm-signs", given="1\n\n3\n").out
    assert calm.index("1. Keep") < calm.index("3. Don't keep")

    monkeypatch.setattr("trustkit.model.sitting.Sitting.unsafe", True)
    unsafe = trustkit("practice", "play", "alarm-signs", given="1\n\n1\n").out
    assert unsafe.index("1. Don't keep") < unsafe.index("2. Keep")
    assert kept(opened()) == []


def test_a_list_is_gone_on_with_and_a_line_taken_away(trustkit: Verb, opened: Callable[[], Vault], clock: Any) -> None:
    play = ("practice", "play", "worry-park", "--keep")
    trustkit(*play, given="The boiler.\nact\nThe noise.\n\n")
    clock.forward(days=1)
    shown = trustkit(*play, given="The letter.\n\n1\n2\n")

    (entry,) = kept(opened())
    assert isinstance(entry.body, Answers)
    assert [(row["worry"], row["date"]) for row in entry.body.rows] == [
        ("The noise.", "2026-11-22"),
        ("The letter.", "2026-11-23"),
    ]
    assert "The boiler. (2026-11-22)" in shown.out
    assert len(opened().versions(entry.id)) == 2


def test_a_list_begun_anew_leaves_the_older_one_alone(trustkit: Verb, opened: Callable[[], Vault], clock: Any) -> None:
    trustkit("practice", "play", "worry-park", "--keep", given="The boiler.\n\n")
    clock.forward(days=1)
    ran = trustkit("practice", "play", "worry-park", "--keep", "--anew", given="The noise.\n\n")

    assert "The boiler." not in ran.out[ran.out.index("No more than a line") :]
    assert len(kept(opened())) == 2


def test_lines_for_a_sealed_list_join_it_only_when_they_are_kept(
    trustkit: Verb, sealed: Callable[[], Vault], by_hand: list[str], passphrases: list[str], passphrase_file: Path
) -> None:
    play = ("practice", "play", "worry-park")
    trustkit(*play, "--keep", "--passphrase-file", passphrase_file, given="\nThe boiler.\n\n\n")

    ran = trustkit(*play, given="\nThe noise.\n\n\n1\n")

    assert "The boiler." not in ran.out[ran.out.index("No more than a line") :]
    assert passphrases == [BEFOREHAND, "Passphrase: "]
    (entry,) = kept(sealed())
    assert isinstance(entry.body, Answers)
    assert [row["worry"] for row in entry.body.rows] == ["The boiler.", "The noise."]


def test_a_tracker_notes_what_was_understood_and_asks_again_for_the_rest(
    trustkit: Verb, opened: Callable[[], Vault]
) -> None:
    given = "Ring on Sunday\n1\nnext week\ntomorrow\n\n9\n1\n\n"

    ran = trustkit("practice", "play", "promise-log", "--keep", given=given)

    (entry,) = kept(opened())
    assert isinstance(entry.body, Record)
    assert entry.body.values == {
        "promise": "Ring on Sunday",
        "whose": "my own",
        "due": date(2026, 11, 23),
        "kept": "kept",
    }
    assert plain_words.NOT_A_DAY in ran.err


def test_what_was_noted_over_time_is_read_in_words_when_the_reader_wants_it(
    trustkit: Verb, opened: Callable[[], Vault], by_hand: list[str], clock: Any
) -> None:
    play, given = ("practice", "play", "promise-log"), "Ring\n1\n\n\n1\n\n"
    for _ in range(2):
        assert "over time" not in trustkit(*play, given=f"{given}1\n").out
        clock.forward(days=1)

    assert "kept 3" not in trustkit(*play, given=f"{given}1\n\n").out
    assert "What became of it (this can wait): kept 4." in trustkit(*play, given=f"{given}1\nyes\n").out


def test_under_three_notes_nothing_is_said_about_them() -> None:
    fields = (Field("ease", "How easy was it?", "scale"),)
    notes = [Record("any", 1, {"ease": value}) for value in (1, 3, 2)]

    assert over_time(fields, notes[:2]) == []
    assert over_time(fields, notes) == ["How easy was it? between 1 and 3 of 4 over 3 notes, 2 the last time."]
    assert all(isinstance(exercise.body, Tracker) for exercise in of_type("tracker"))

"""Every type of exercise in plain lines: played without a drawing, kept only when the reader says so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from plain_playing import SHIPPED, Verb, of_type

from trustkit.cli.playing import PLAYERS
from trustkit.model import practice_words as plain_words
from trustkit.model.entry import Choice, Practice
from trustkit.model.exercise import TYPES, Reflection
from trustkit.text_width import cells
from trustkit.vault import Vault

# -- every type ------------------------------------------------------------------------------------------


def test_the_model_the_screen_and_plain_lines_know_the_same_types() -> None:
    from trustkit.tui.players.playing import PLAYERS as ON_SCREEN

    assert set(PLAYERS) == set(ON_SCREEN) == set(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_every_shipped_exercise_plays_to_its_end_and_leaves_no_trace(
    kind: str, trustkit: Verb, waits: list[float], home: Path
) -> None:
    for exercise in of_type(kind):
        ran = trustkit("practice", "play", exercise.id, given="1\n" * 40)

        assert ran.code == 0, exercise.id
        assert exercise.title in " ".join(ran.out.split())
        assert not home.exists()
    assert bool(waits) == (kind == "timer")


@pytest.mark.parametrize("kind", TYPES)
def test_an_input_that_ends_at_once_ends_kindly(kind: str, trustkit: Verb, waits: list[float]) -> None:
    for exercise in of_type(kind):
        ran = trustkit("practice", "play", exercise.id, given="")

        assert ran.code == 0, exercise.id
        assert "Saved" not in ran.out + ran.err


@pytest.mark.parametrize("kind", TYPES)
def test_in_a_narrow_window_every_line_and_every_question_fits(
    kind: str, trustkit: Verb, waits: list[float], by_hand: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustkit.cli.say.width", lambda: 40)
    for exercise in of_type(kind):
        ran = trustkit("practice", "play", exercise.id, given="1\n" * 60)

        wide = [line for line in (ran.out + ran.err).splitlines() if cells(line) > 40]
        assert wide == [], exercise.id
    assert [prompt for prompt in by_hand if cells(prompt) > 36] == []


def test_practice_list_names_a_verb_for_every_exercise(trustkit: Verb) -> None:
    listed = " ".join(trustkit("practice", "list", "--all").out.split())

    for exercise in SHIPPED.values():
        assert f"{exercise.id}`" in listed


def test_a_name_that_nothing_has_is_not_repeated_and_words_are_never_arguments(trustkit: Verb) -> None:
    ran = trustkit("practice", "play", "my-secret")
    assert (ran.code, "my-secret" in ran.out + ran.err) == (1, False)

    ran = trustkit("practice", "play", "journal-free", "something private")
    assert (ran.code, "private" in ran.out + ran.err) == (2, False)
    assert "never taken from the command line" in ran.err


# -- gates -----------------------------------------------------------------------------------------------


def test_a_gate_s_answer_leads_away_and_the_exercise_does_not_open(trustkit: Verb) -> None:
    ran = trustkit("practice", "play", "i-statement", given="2\nthe plan was changed\n")

    assert "Thank you for being straight about that." in " ".join(ran.out.split())
    assert "If any answer worries you" in ran.out
    assert "1 of 4" not in ran.out


def test_who_reads_on_their_own_gets_the_words_without_the_tool(trustkit: Verb) -> None:
    ran = trustkit("practice", "play", "i-statement", given="\nthe plan was changed\n")

    assert "When {when}, I feel {feel}." in ran.out
    assert "When the plan was changed" not in ran.out
    assert "to be asked again" in ran.err


# -- timers ----------------------------------------------------------------------------------------------


def test_a_timer_says_each_part_with_its_seconds_and_ends_quietly(trustkit: Verb, waits: list[float]) -> None:
    ran = trustkit("practice", "play", "ride-the-urge", given="5\n3\n")

    assert waits == [120.0] * 5
    said = [line for line in ran.out.splitlines() if ", 120 seconds" in line]
    assert said[0] == "1 of 5. Give it a name, 120 seconds"
    assert len(said) == 5
    assert "From 5 to 3. Something let go a little." in ran.out
    assert "\a" not in ran.out


def test_a_timer_s_marks_can_be_skipped(trustkit: Verb, waits: list[float]) -> None:
    ran = trustkit("practice", "play", "ride-the-urge", given="\n\n")

    assert ran.out.rstrip().endswith("Done.")


def test_a_run_is_kept_as_numbers_and_dates_when_that_was_said(
    trustkit: Verb, opened: Callable[[], Vault], waits: list[float]
) -> None:
    trustkit("practice", "play", "ride-the-urge", given="5\n3\n")
    assert opened().events("practice") == []

    trustkit("practice", "play", "ride-the-urge", "--keep", given="5\n3\n")
    (entry,) = opened().events("practice")
    assert isinstance(entry.body, Practice)
    assert (entry.body.before, entry.body.after, entry.body.stopped) == (5, 3, False)
    assert (entry.body.ended - entry.body.started).total_seconds() == 600


def test_a_run_is_asked_about_at_its_end_and_an_empty_line_is_a_no(
    trustkit: Verb, sealed: Callable[[], Vault], by_hand: list[str], passphrases: list[str], waits: list[float]
) -> None:
    ran = trustkit("practice", "play", "ride-the-urge", given="5\n3\n\n\n")
    assert ("Keep that you practised?" in ran.out, passphrases) == (True, [])

    trustkit("practice", "play", "ride-the-urge", given="5\n3\n\n2\n")
    (entry,) = sealed().events("practice")
    assert (entry.private, len(passphrases)) == (True, 1)


def test_who_said_no_to_remembering_practices_is_not_asked_again(
    trustkit: Verb, opened: Callable[[], Vault], by_hand: list[str], waits: list[float]
) -> None:
    opened().add(Choice("keep-practices", False))

    assert "Keep that you practised?" not in trustkit("practice", "play", "ride-the-urge", given="5\n3\n").out


def test_a_timer_stopped_early_is_no_failure(
    trustkit: Verb, opened: Callable[[], Vault], by_hand: list[str], waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustkit.cli.playing_runs.wait_for_line", lambda _seconds: "e\n")
    ran = trustkit("practice", "play", "ride-the-urge", given="\n\n\n")
    assert (ran.code, "That is allowed, every time." in ran.out) == (0, True)
    assert opened().events("practice") == []

    def stop(_seconds: float) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("trustkit.cli.playing_runs.wait_for_line", stop)
    ran = trustkit("practice", "play", "ride-the-urge", given="\n")
    assert (ran.code, "That is allowed, every time." in ran.err) == (130, True)


def test_when_it_got_worse_the_reader_is_led_down_and_nothing_is_asked_about_keeping(
    trustkit: Verb, opened: Callable[[], Vault], by_hand: list[str], waits: list[float]
) -> None:
    ran = trustkit("practice", "play", "ride-the-urge", given="4\n7\n1\n")

    said = " ".join(ran.out.split())
    assert plain_words.GLAD in said
    assert "it is Sunday" in said
    assert "Keep that you practised" not in said
    assert plain_words.AGAIN not in said
    assert opened().events("practice") == []


def test_the_heaviest_mark_brings_the_plain_question_and_numbers(
    trustkit: Verb, by_hand: list[str], waits: list[float]
) -> None:
    ran = trustkit("practice", "play", "ride-the-urge", given="10\n1\n2\n")

    said = " ".join(ran.out.split())
    assert plain_words.QUESTION in said
    assert "Thank you for saying so." in said
    assert "If you think about dying" in said
    assert waits == []


def test_what_is_written_and_made_things_worse_stands_last_in_the_next_process(
    trustkit: Verb, opened: Callable[[], Vault], by_hand: list[str]
) -> None:
    exercise = SHIPPED["journal-free"]
    assert isinstance(exercise.body, Reflection)
    skipped = "\n" * (len(exercise.body.questions) - 1)
    ran = trustkit("practice", "play", exercise.id, "--keep", given=f"words\n\n{skipped}4\n1\n1\n")

    assert plain_words.GLAD in " ".join(ran.out.split())
    assert opened().choices()["last:journal-free"] is True

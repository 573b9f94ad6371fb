"""Writing a guide from the first word to the shelf, as somebody does who has never programmed."""

import re
from pathlib import Path

import pytest
from journal_verb import posix
from pty_terminal import Terminal

from trustkit.companion import Companion
from trustkit.paths import Paths, shipped_content
from trustkit.text_width import cells


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def begun(trustkit, home) -> Path:
    """A guide that was begun in one's own folder."""
    assert trustkit("new-guide", "when-a-friend-lied").code == 0
    return home / "content" / "en" / "guides" / "when-a-friend-lied.toml"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# -- new-guide


def test_a_guide_is_begun_and_the_next_two_commands_are_told(trustkit, home) -> None:
    ran = trustkit("new-guide", "when-a-friend-lied")

    assert ran.code == 0
    assert Path(ran.out.strip()).is_file()
    assert Path(ran.out.strip()).is_relative_to(home)
    assert "preview when-a-friend-lied" in ran.err
    assert "check when-a-friend-lied" in ran.err


def test_the_commands_that_were_told_work_as_they_stand(trustkit, process, begun) -> None:
    told = trustkit("new-guide", "another-one").err
    commands = re.findall(r"`trustkit (--data-dir \S+ (?:preview|check) another-one)`", told)

    assert len(commands) == 2
    for command in commands:
        assert process(*command.split()).code == 0


def test_a_begun_guide_has_no_slip_so_that_the_first_one_is_the_author_s_own(trustkit, begun) -> None:
    ran = trustkit("check", "when-a-friend-lied")

    assert (ran.code, ran.out, ran.err) == (0, "", "no errors, no warnings.\n")


def test_a_second_guide_by_the_same_name_is_not_begun(trustkit, begun) -> None:
    begun.write_text("mine")

    ran = trustkit("new-guide", "when-a-friend-lied")

    assert (ran.code, ran.out) == (2, "")
    assert begun.read_text() == "mine"


@pytest.mark.parametrize("words", [["When a Friend"], ["x"], ["when", "a", "friend", "lied"], ["first-days"]])
def test_a_name_that_will_not_do_gets_two_sentences(trustkit, home, words) -> None:
    ran = trustkit("new-guide", *words)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert not home.exists()


def test_it_can_be_put_somewhere_else_and_the_commands_say_where(trustkit, home, tmp_path) -> None:
    there = tmp_path / "my guides"

    ran = trustkit("new-guide", "when-a-friend-lied", "--folder", there)

    assert ran.code == 0
    assert Path(ran.out.strip()) == there / "when-a-friend-lied.toml"
    assert f"check '{there}/when-a-friend-lied.toml'" in ran.err
    assert not home.exists()


# -- from the first slip to the shelf


def test_a_slip_is_told_with_its_line_what_was_found_and_the_nearest(trustkit, begun) -> None:
    change(begun, '"ground-room"', '"ground-rom"')
    line = next(n for n, text in enumerate(begun.read_text().split("\n"), 1) if "ground-rom" in text)

    ran = trustkit("check", "when-a-friend-lied")

    assert ran.code == 1
    assert f"{begun}:{line}  " in ran.out
    assert "E08" in ran.out
    assert '"ground-room"' in ran.out


def test_check_without_a_folder_reads_one_s_own_guides_too(trustkit, begun) -> None:
    change(begun, "summary =", "summry =")

    ran = trustkit("check")

    assert ran.code == 1
    assert "when-a-friend-lied.toml" in ran.out
    assert '"summary"' in ran.out


def test_a_draft_is_not_on_the_shelf_and_a_ready_guide_is_marked_as_one_s_own(trustkit, begun) -> None:
    assert "when-a-friend-lied" not in trustkit("read").out

    change(begun, 'status = "draft"', 'status = "ready"')

    listed = flat(trustkit("read").out)
    assert "when-a-friend-lied: When a friend lied." in listed
    assert listed.count("(your own)") == 1
    assert "Begin with what the reader feels" in trustkit("read", "when-a-friend-lied").out


def test_a_shipped_exercise_is_overridden_in_every_guide_that_opens_it(trustkit, home, begun) -> None:
    assert trustkit("new-guide", "ground-room", "--copy-of", "ground-room").code == 0
    change(home / "content/en/exercises/ground-room.toml", 'title = "', 'title = "Mine: ')

    assert "Mine: " in trustkit("ground").out
    assert "Mine: " in trustkit("preview", "when-a-friend-lied").out
    assert trustkit("check").code == 0


# -- preview


def test_a_preview_shows_everything_a_reader_will_meet(trustkit, home) -> None:
    guide = Companion.start(Paths.find(home), with_vault=False).library.guide("if-you-broke-trust")

    said = flat(trustkit("preview", "if-you-broke-trust").out)

    for step in guide.steps:
        assert flat(step.title) in said
        assert flat(step.try_) in said
        for gate in set(step.gates) - set(guide.gates):
            assert f"[before this step: {gate}]" in said
        assert "If you broke trust:" in said or not step.for_broke
    assert said.count("a reader can mark this step: done, not yet, or skip") == len(guide.steps)
    assert said.index("at the door of the guide: harm-check") < said.index("Have you hit")
    assert said.index("Have you hit") < said.index(flat(guide.steps[0].title))
    assert "Read it on my own" in said
    assert "changes what is offered from then on" in said


def test_a_preview_keeps_what_is_asked_twice_to_one_question(trustkit, begun) -> None:
    change(begun, '# gates = ["body-tools"]', 'gates = ["body-tools", "safety-check"]')
    change(begun, '# gates = ["safety-check"]', 'gates = ["safety-check"]')

    said = flat(trustkit("preview", "when-a-friend-lied").out)

    assert said.count("without being afraid of what they will do?") == 1
    assert "[before this step: body-tools]" in said


@pytest.mark.parametrize("folder", ["exercises", "signs", "guides"])
def test_everything_that_was_shipped_can_be_previewed(folder: str, trustkit) -> None:
    for file in sorted((shipped_content() / "en" / folder).glob("[a-z]*.toml")):
        ran = trustkit("preview", file)
        assert (ran.code, ran.err) == (0, ""), file.name
        assert ran.out.count("\n") > 8
        assert all(cells(line) <= 80 for line in ran.out.splitlines())


def test_the_gates_are_shown_with_what_each_answer_does(trustkit) -> None:
    said = flat(trustkit("preview", shipped_content() / "en" / "gates.toml").out)

    assert "[safety-check: a question]" in said
    assert "[body-tools: a caution, shown once in a guide]" in said
    assert "“No” changes what is offered from then on: control, fear" in said


def test_a_file_that_no_reader_opens_says_so(trustkit) -> None:
    ran = trustkit("preview", shipped_content() / "en" / "pack.toml")

    assert ran.code == 0
    assert ran.out.count("\n") <= 2


def test_a_broken_file_is_shown_as_far_as_it_goes_and_its_slips_stand_at_the_end(trustkit, begun) -> None:
    change(begun, 'title = "Begin with what the reader feels"', "title = “Begin”")

    ran = trustkit("preview", "when-a-friend-lied")

    assert ran.code == 1
    assert "These words stand here" in ran.out
    assert "Offer one thing, and a way to stop" in ran.out
    assert "Say here that this is enough for today." in ran.out
    assert "E01" in ran.out.split("What `trustkit check` says of this file")[1]
    assert re.search(r"\[What begins in line \d+ can't be read", ran.out)


def test_nothing_in_a_file_can_steer_the_terminal_or_turn_a_line_round(trustkit, begun) -> None:
    change(begun, "These words stand here", "These \x9b31m\u202ewords stand here")
    change(begun, "Offer one thing, and", "Offer\\u001b[2J\\u202e\\u2066 one thing, and")

    ran = trustkit("preview", "when-a-friend-lied")

    assert ran.code == 1
    assert "E13" in ran.out
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", ran.out)


@pytest.mark.parametrize("typed", ["no-such-guide", "no/such/file.toml", "."])
def test_a_file_that_is_not_there_gets_two_sentences(trustkit, typed: str) -> None:
    ran = trustkit("preview", typed)

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("\n") == 1


def test_a_preview_needs_no_journal_and_leaves_nothing_behind(trustkit, home) -> None:
    assert trustkit("preview", "first-days").code == 0
    assert not home.exists()


@posix
def test_a_preview_is_as_wide_as_the_window(home) -> None:
    with Terminal("--data-dir", home, "preview", "first-days", size=(40, 400)) as terminal:
        assert terminal.wait() == 0
        lines = terminal.raw.decode().replace("\r", "").split("\n")

    assert 30 < max(map(cells, lines)) <= 40


# -- on the whole screen


@posix
def test_a_draft_can_be_read_in_the_app_and_nothing_is_kept(home, begun) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}

    with Terminal("--data-dir", home, "preview", "when-a-friend-lied", "--app") as terminal:
        terminal.see("When a friend lied", "1. Begin with what the reader feels")
        terminal.press("enter")
        terminal.see("These words stand here", "your own")
        terminal.press("d")
        terminal.see("Offer one thing, and a way to stop")
        terminal.press("^q")
        assert terminal.wait() == 0

    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_a_file_with_a_slip_is_not_opened_on_the_screen(trustkit, begun) -> None:
    change(begun, '"ground-room"', '"ground-rom"')

    ran = trustkit("preview", "when-a-friend-lied", "--app")

    assert ran.code == 2
    assert "E08" in ran.out
    assert "Without --app" in ran.err


def test_where_no_screen_can_be_drawn_it_is_told(trustkit, begun) -> None:
    ran = trustkit("preview", "when-a-friend-lied", "--app")

    assert (ran.code, ran.out) == (2, "")
    assert "Only plain text" in ran.err


# -- another language


def test_a_language_from_right_to_left_keeps_its_order_line_by_line(trustkit, home) -> None:
    folder = home / "content" / "he" / "guides"
    folder.mkdir(parents=True)
    source = Path(__file__).parents[1] / "library" / "he" / "guides" / "when-a-promise-broke.toml"
    text = re.sub(
        r"^(launch|launch_hurt|signs|see|translated_from|evidence|sources) = .*\n", "", source.read_text(), flags=re.M
    )
    (folder / "when-a-promise-broke.toml").write_text(text.replace("[guide]\n", "[guide]\nown = true\n"))
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('language = "he"\n')

    ran = trustkit("read", "when-a-promise-broke")

    assert ran.code == 0
    hebrew = [line for line in ran.out.split("\n") if re.search("[א-ת]", line)]
    assert len(hebrew) > 12
    for line in hebrew:
        assert line.count("\u2067") == line.count("\u2069") == 1
        assert line.startswith("\u2067")
        assert line.endswith("\u2069")
        assert cells(line) <= 80
    assert "\u20671. " in ran.out  # the number of a list item is inside its line
    assert all("\u2067" not in line for line in ran.out.split("\n") if line not in hebrew)


def test_what_is_not_translated_is_marked_as_english(trustkit, home) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text('language = "he"\n')

    assert "(in English)" in flat(trustkit("read").out)
    assert "(in English)" in trustkit("read", "first-days").out.split("\n")[:6]

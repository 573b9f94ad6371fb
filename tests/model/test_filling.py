"""A reader's sentence is built from their own words and nothing else, whatever they type."""

from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.exercise import Blank, Builder
from trustkit.model.filling import GAP, NUMB, filled, lines

I_STATEMENT = Builder(
    blanks=(
        Blank("when", "When this happens"),
        Blank("feel", "I feel"),
        Blank("because", "Because", optional=True),
        Blank("like", "I would like"),
    ),
    template="When {when}, I feel {feel}.\nThat is because {because}.\nI would like {like}.\n",
)


def test_every_blank_is_filled_with_what_was_written() -> None:
    answers = {"when": "plans change", "feel": "small", "because": "I wonder", "like": "a message"}
    assert filled(I_STATEMENT, answers) == (
        "When plans change, I feel small.\nThat is because I wonder.\nI would like a message."
    )


def test_a_line_whose_optional_blank_is_empty_is_left_out() -> None:
    answers = {"when": "plans change", "feel": "small", "because": "  \n ", "like": "a message"}
    assert filled(I_STATEMENT, answers) == "When plans change, I feel small.\nI would like a message."


def test_an_empty_blank_that_the_sentence_needs_is_a_gap_and_never_a_demand() -> None:
    assert filled(I_STATEMENT, {"feel": "sad"}) == f"When {GAP}, I feel sad.\nI would like {GAP}"


def test_the_line_being_written_stays_in_the_preview_while_it_is_empty() -> None:
    rows = lines(I_STATEMENT, {}, at="because")
    assert any(piece.blank == "because" and piece.empty for row in rows for piece in row)


def test_braces_and_brackets_in_an_answer_stay_as_they_are() -> None:
    answers = {"when": "{feel}", "feel": "[b]{like}", "like": "a {message"}
    assert filled(I_STATEMENT, answers) == "When {feel}, I feel [b]{like}.\nI would like a {message."


def test_an_answer_that_ends_its_own_sentence_gets_no_second_full_stop() -> None:
    assert filled(I_STATEMENT, {"when": "it rains", "feel": "sad", "like": "Call me!"}).endswith(
        "I would like Call me!"
    )


def test_line_ends_in_an_answer_become_spaces() -> None:
    answers = {"when": "one\n\ntwo\tthree", "feel": "sad", "like": "x"}
    assert filled(I_STATEMENT, answers).startswith("When one two three, I feel sad.")


def test_numb_on_a_scale_is_spelled_out_and_the_word_numb_stays_a_word() -> None:
    builder = Builder((Blank("how", "How strong", scale=True), Blank("word", "A word")), "{how} / {word}")
    assert filled(builder, {"how": "numb", "word": "numb"}) == f"{NUMB} / numb"
    assert filled(builder, {"how": 7, "word": "x"}) == "7 / x"


def test_blank_lines_are_kept_once_and_not_at_the_ends() -> None:
    builder = Builder((Blank("a", "A", optional=True), Blank("b", "B")), "\n{a}\n\n{a}\n\n{b}\n\n")
    assert filled(builder, {"b": "x"}) == "x"


@given(st.dictionaries(st.sampled_from(["when", "feel", "because", "like"]), st.text()))
def test_nothing_a_reader_types_can_break_it(answers: dict[str, str]) -> None:
    whole = filled(I_STATEMENT, answers)
    for name in ("when", "feel", "like"):
        words = " ".join(answers.get(name, "").split())
        assert (words or GAP) in whole

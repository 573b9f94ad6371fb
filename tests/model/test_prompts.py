"""Questions to begin a page with come from the reflections themselves."""

from dataclasses import replace
from datetime import date

from trustkit.model.entry import Answers
from trustkit.model.exercise import Checklist, Choice, Exercise, Question, Reflection
from trustkit.model.prompts import Prompt, has_questions, prompts


def exercise(name: str, *questions: Question, gates: tuple[str, ...] = ()) -> Exercise:
    return Exercise(name, "reflection", name.title(), "", Reflection(questions), 1, date(2026, 1, 1), gates=gates)


def test_each_reflection_offers_its_questions_and_all_of_them_as_one_page() -> None:
    first, second = Question("a", "How was it?"), Question("b", "And now?")
    (prompt,) = prompts([exercise("road", first, second)])
    assert prompt == Prompt("road", "Road", (first, second))
    assert prompt.as_page == "How was it?\n\n\nAnd now?\n"
    assert (prompt.question(""), prompt.question("b"), prompt.question("c")) == (first, second, None)
    assert prompt.answer(second, "words") == Answers("road", 1, {"b": "words"})


def test_what_stands_behind_a_gate_and_what_is_no_open_question_is_left_out() -> None:
    gated = exercise("letter", Question("a", "To whom?"), gates=("dark-thoughts",))
    scales = exercise("scale", Question("a", "How much?", scale=True), Question("b", "Which?", choices=("x",)))
    ticks = Exercise("ticks", "checklist", "", "", Checklist((Choice("a", "A"),)), 1, date(2026, 1, 1))
    burnt = replace(exercise("burnt", Question("a", "What goes?")), keep="never")
    assert prompts([gated, scales, ticks, burnt]) == []
    assert [has_questions(one) for one in (gated, scales, ticks, burnt)] == [True, False, False, True]


def test_where_nobody_asked_whether_it_is_safe_what_could_be_unsafe_begins_no_page() -> None:
    risky = replace(exercise("risky", Question("a", "And then?")), unsafe_if=frozenset({"afraid"}))
    assert len(prompts([risky])) == 1
    assert prompts([risky], asked=False) == []


def test_an_answer_that_is_always_private_says_so() -> None:
    (prompt,) = prompts([replace(exercise("mine", Question("a", "What?")), keep="private")])
    assert prompt.private

"""Questions to begin a page with come from the reflections themselves."""

from datetime import date

from trustkit.model.exercise import Checklist, Choice, Exercise, Question, Reflection
from trustkit.model.prompts import Prompt, prompts


def exercise(name: str, *questions: Question, gates: tuple[str, ...] = ()) -> Exercise:
    return Exercise(name, "reflection", name.title(), "", Reflection(questions), 1, date(2026, 1, 1), gates=gates)


def test_each_reflection_offers_its_questions_and_all_of_them_as_one_page() -> None:
    (prompt,) = prompts([exercise("road", Question("a", "How was it?"), Question("b", "And now?"))])
    assert prompt == Prompt("road", "Road", ("How was it?", "And now?"))
    assert prompt.as_page == "How was it?\n\n\nAnd now?\n"


def test_what_stands_behind_a_gate_and_what_is_no_open_question_is_left_out() -> None:
    gated = exercise("letter", Question("a", "To whom?"), gates=("dark-thoughts",))
    scales = exercise("scale", Question("a", "How much?", scale=True), Question("b", "Which?", choices=("x",)))
    ticks = Exercise("ticks", "checklist", "", "", Checklist((Choice("a", "A"),)), 1, date(2026, 1, 1))
    assert prompts([gated, scales, ticks]) == []

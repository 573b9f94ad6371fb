"""Questions to begin a page with. They are those of the reflections, so whoever adds a reflection adds prompts.

The editor and `trustkit write --prompt` both choose here, so that what one offers the other never refuses unawares.
"""

from collections.abc import Iterable

from trustkit.model.entry import Answers
from trustkit.model.exercise import Exercise, Question, Reflection
from trustkit.model.frozen import frozen


@frozen
class Prompt:
    """The questions of one reflection that take words."""

    exercise: str
    """Its id."""
    title: str
    questions: tuple[Question, ...]
    revision: int = 1
    private: bool = False
    """Answers are always kept privately."""

    @property
    def as_page(self) -> str:
        """All of them one under the other, with room behind each."""
        return "\n\n\n".join(question.ask for question in self.questions) + "\n"

    def question(self, name: str) -> Question | None:
        """The question of this name; the first for no name."""
        return next((question for question in self.questions if name in ("", question.id)), None)

    def answer(self, question: Question, text: str) -> Answers:
        """A text as the answer to one of them."""
        return Answers(self.exercise, self.revision, {question.id: text})


def prompts(exercises: Iterable[Exercise], *, asked: bool = True) -> list[Prompt]:
    """One for each reflection that nothing stands before; what has a gate is met behind its gate, in Practice.

    What is made to be let go of, and never kept, begins no page.

    Args:
        exercises: What may be offered now.
        asked: Whether a reader was asked what would make some unsafe (`Companion.offered`); where nobody was, whatever
            could be is left out.
    """
    free = (one for one in exercises if not one.gates and one.keep != "never" and (asked or not one.unsafe_if))
    return [prompt for exercise in free if (prompt := _prompt(exercise)) is not None]


def _prompt(exercise: Exercise) -> Prompt | None:
    if not isinstance(exercise.body, Reflection):
        return None
    worded = tuple(one for one in exercise.body.questions if not one.scale and not one.choices)
    private = exercise.keep == "private"
    return Prompt(exercise.id, exercise.title, worded, exercise.revision, private) if worded else None


def has_questions(exercise: Exercise) -> bool:
    """Whether there is any question in it that takes words, whatever stands before it."""
    return _prompt(exercise) is not None

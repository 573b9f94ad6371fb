"""Questions to begin a page with. They are those of the reflections, so whoever adds a reflection adds prompts."""

from collections.abc import Iterable

from trustkit.model.exercise import Exercise, Reflection
from trustkit.model.frozen import frozen


@frozen
class Prompt:
    """The questions of one reflection."""

    exercise: str
    """Its id."""
    title: str
    questions: tuple[str, ...]

    @property
    def as_page(self) -> str:
        """All of them one under the other, with room behind each."""
        return "\n\n\n".join(self.questions) + "\n"


def prompts(exercises: Iterable[Exercise]) -> list[Prompt]:
    """One for each reflection that nothing stands before; what has a gate is met behind its gate, in Practice."""
    return [
        Prompt(exercise.id, exercise.title, questions)
        for exercise in exercises
        if not exercise.gates and isinstance(exercise.body, Reflection)
        if (questions := tuple(one.ask for one in exercise.body.questions if not one.scale and not one.choices))
    ]

"""What a reader chose about trustkit itself, as words: for whoever reads an export or an entry of that kind."""

from typing import Final

from trustkit.model.entry import Choice
from trustkit.model.walk import ABOUT, ROADS

NAMES: Final = {
    "about": "Who it is about",
    "roads": "Where you are",
    "holds": "Breathing patterns with a hold",
    "look-round-first": "The breathe key starts with looking round",
    "breath": "The breathe key plays",
    "keep-practices": "Remember how practices go",
}
"""What each choice is called; one that has no name here stands under its own."""
LAST: Final = "last:"
"""What the choice to put an exercise last begins with; its id follows."""
VALUES: Final = {
    **{("about", name): label for name, label, _ in ABOUT},
    **{("roads", road.id): road.label for road in ROADS},
}


def name_in_words(name: str, title: str = "") -> str:
    """What a choice is about; `title` is that of the exercise it names."""
    if name.startswith(LAST):
        return f"Put last: {title or name.removeprefix(LAST)}"
    return NAMES.get(name, name)


def value_in_words(choice: Choice) -> str:
    """What was chosen."""
    values = choice.value if isinstance(choice.value, tuple) else (choice.value,)
    yes_no = {True: "yes", False: "no"}
    said = (yes_no[one] if isinstance(one, bool) else VALUES.get((choice.name, str(one)), str(one)) for one in values)
    return ", ".join(said)

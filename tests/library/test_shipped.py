"""The content that ships: every file is picked up here by itself."""

from datetime import date
from pathlib import Path

import pytest

from trustkit.library import Library, check
from trustkit.library.document import Document
from trustkit.library.files import Folder
from trustkit.library.schema import KNOWN_GATES
from trustkit.paths import shipped_content

PLACES = list(Folder(shipped_content()).everything())
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(Path(place.language, place.path.name)))
def test_a_shipped_file_has_no_error(place: object) -> None:
    document = Document(place)  # type: ignore[arg-type]
    assert [slip.as_text() for slip in document.slips()] == []


def test_nothing_shipped_leads_nowhere() -> None:
    assert [slip.as_text() for slip in check(shipped_content(), today=TODAY) if slip.is_error] == []


def test_nothing_shipped_is_left_out_when_it_is_loaded() -> None:
    library = Library(shipped_content())
    assert library.slips == ()
    assert library.guides
    assert library.exercises
    assert set(KNOWN_GATES) <= set(library.gates)
    assert all("could not be read" not in gate.text for gate in library.gates.values())


def test_the_words_shipped_are_plain_and_none_of_them_is_on_the_avoid_list() -> None:
    slips = check(shipped_content(), today=TODAY)
    assert [slip.as_text() for slip in slips if slip.code in ("W36", "W37")] == []

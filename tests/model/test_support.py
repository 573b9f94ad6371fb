"""Where a place stands in the list, and what people may type for it."""

import pytest

from trustkit.model.guide import Helpline
from trustkit.model.support import (
    ALWAYS_NAMED,
    Region,
    by_topic,
    contacts,
    find_regions,
    in_order,
    named_region,
    standing,
)

AUSTRIA = Region("at", (("en", "Austria"), ("de", "Österreich")), ("Republik Österreich",))
AUSTRALIA = Region("au", (("en", "Australia"),))
KOREA = Region("kr", (("en", "South Korea"),), ("Korea",))
UNNAMED = Region("zz")
ANYWHERE = Region("xx", (("en", "Somewhere else"),))
ALL = [AUSTRALIA, AUSTRIA, KOREA, UNNAMED, ANYWHERE]


def line(topic: str, **changes: str) -> Helpline:
    return Helpline(f"one-{topic}", "A line", topic, "A", "zz", seen=2024, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ALL),
        ("aust", [AUSTRALIA, AUSTRIA]),
        ("AUSTRIA", [AUSTRIA]),
        ("osterr", [AUSTRIA]),
        ("Ö", [AUSTRIA]),
        ("kor", [KOREA]),
        ("south", [KOREA]),
        ("zz", [UNNAMED]),
        ("  at ", [AUSTRIA]),
        ("else", [ANYWHERE]),
        ("nowhere", []),
    ],
)
def test_letters_find_a_place_by_any_of_its_names(typed: str, found: list[Region]) -> None:
    assert find_regions(ALL, typed) == found


def test_a_whole_name_stands_before_a_beginning() -> None:
    assert find_regions(ALL, "au")[0] == AUSTRALIA
    assert find_regions([KOREA, Region("kp", (("en", "Korea North"),))], "korea")[0] == KOREA


@pytest.mark.parametrize(
    ("typed", "meant"), [("at", AUSTRIA), ("korea", KOREA), ("austr", None), ("", None), (" ", None), ("q", None)]
)
def test_one_place_is_meant_or_none(typed: str, meant: Region | None) -> None:
    assert named_region(ALL, typed) == meant


def test_places_stand_by_name_in_the_reader_s_language_and_anywhere_last() -> None:
    assert in_order(ALL, "de") == [AUSTRALIA, AUSTRIA, KOREA, UNNAMED, ANYWHERE]
    assert in_order([ANYWHERE, UNNAMED, AUSTRIA, AUSTRALIA]) == [AUSTRALIA, AUSTRIA, UNNAMED, ANYWHERE]


def test_a_name_falls_back_to_english_and_then_to_its_letters() -> None:
    assert [one.name_in("de") for one in (AUSTRIA, KOREA, UNNAMED)] == ["Österreich", "South Korea", "ZZ"]


def test_the_emergency_number_is_first_then_what_was_asked_for_and_nothing_grave_is_passed_over() -> None:
    told = by_topic([line("general"), line("crisis"), line("emergency")], "crisis")
    assert [topic for topic, _ in told][:3] == ["emergency", "crisis", "general"]
    assert set(ALWAYS_NAMED) <= {topic for topic, _ in told}


def test_every_way_to_reach_a_line_is_said_and_how_sure_it_is() -> None:
    reached = line("abuse", phone="016", text="3060", chat="example.org", hours="day and night", leaves_trace="Bill.")
    assert contacts(reached) == "call 016 · text 3060 · online example.org"
    assert standing(reached) == "Day and night. Last seen 2024, not confirmed by us: numbers change. Bill."

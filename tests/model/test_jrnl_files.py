"""Files that jrnl 4.6 itself wrote, out of sentences made up here: every entry arrives as it stands in there.

`plain` and the others were typed into jrnl under different settings of `timeformat`, with `jrnl --format json` beside
some. `pasted` is as jrnl leaves it right after an entry with pasted dates; at its next start jrnl itself splits that
entry, as `plain` shows, where the lines of the aunt's notebook have become entries of their own.
"""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from trustkit.model.entry import Note
from trustkit.model.importing import read
from trustkit.model.pages import Page

FILES = Path(__file__).parent / "jrnl46"
HERE = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 22, tzinfo=HERE)

PLAIN = [
    ("2019-01-01 00:00", "was a cold day", ()),
    ("2019-01-02 10:00", "was colder\n2019-01-03 is only a line", ()),
    (
        "2026-03-05 02:10",
        "Slept badly again.\nThe rain was loud and I counted the lamps. @sleep @night/rain",
        ("sleep", "night/rain"),
    ),
    (
        "2026-03-06 23:05",
        "The first call.\nHe picked up @phone, and I did not shout.\n\nA second paragraph after a blank line,\n\n\n"
        "and a third after two.",
        ("phone", "starred"),
    ),
    (
        "2026-03-07 07:45",
        "A list that I keep\n- [ ] bread\n- [x] the letter [not sent]\n\\[brackets\\] and C:\new\\table",
        (),
    ),
    ("2026-03-08 12:00", "What the notebook of my aunt said\nI copied it out:", ()),
    (
        "2026-03-09 18:30",
        "Åsa söng – 日本語のさくら, सन्धि, نوشته\u200cها 👩\u200d👧\nمرحبا @größe naïve “quotes” — end",
        ("grösse",),
    ),
    ("2026-03-10 08:00", "No full stop here", ()),
    ("2026-03-11 08:00", "A star at the end\nBody of the starred one.", ("starred",)),
    ("2026-03-12 08:00", "Was it Tuesday?\nI think so! It was e.g. 3.5 km away... and back.", ()),
    ("2026-03-13 08:00", "Title line\nThe body begins after a blank line.   \n    indented\n\ttabbed", ()),
    ("2026-03-14 08:00", "mail me@example.org is no tag, @This-One and @+plus are", ("this-one", "+plus")),
    ("2026-03-15 09:00", "Midnight.", ()),
    ("2026-03-15 09:00", "Midnight.", ()),
]
THREE = [
    ("2026-03-05 02:10", "The kettle.\nIt sang at night. @tea #home", ("tea",)),
    ("2026-12-04 15:45", "The second one\nA line.\n\n[brackets] and a last line", ("starred",)),
    ("2027-01-31 00:05", "Third, with no full stop", ()),
]


def local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=HERE)


def pages(name: str) -> list[Page]:
    found = read(name, (FILES / name).read_bytes(), NOW, local)
    assert found.skipped == ()
    return list(found.pages)


def told(name: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """When each page was written, its words and its tags."""
    return [
        (f"{page.created:%Y-%m-%d %H:%M}", page.body.text, page.body.tags)
        for page in pages(name)
        if isinstance(page.body, Note)
    ]


@pytest.mark.parametrize("name", ["plain.txt", "plain.json"])
def test_every_entry_arrives_exactly(name: str) -> None:
    assert told(name) == PLAIN


@pytest.mark.parametrize(
    "name",
    [
        *("german.txt", "american.txt", "american.json", "long.txt", "frp.txt", "short.txt"),
        *("twodigit.txt", "twodigit.json"),
    ],
)
def test_it_is_the_same_however_the_date_was_written(name: str) -> None:
    assert told(name) == THREE


def test_a_format_without_a_time_gives_the_day() -> None:
    assert [(page.created.date(), page.created.hour) for page in pages("dayonly.txt")] == [
        (datetime(2026, 3, 5).date(), 0),
        (datetime(2026, 12, 4).date(), 0),
        (datetime(2027, 1, 31).date(), 0),
    ]


def test_tags_with_a_sign_of_the_owner_s_choosing_are_tags() -> None:
    assert told("hash.json")[0][2] == ("tea", "home")


def test_pasted_dates_stay_in_their_text_unless_they_stand_as_jrnl_would_put_them() -> None:
    assert [text for _, text, _ in told("pasted.txt")] == [
        "Before.\nThe day was long.",
        "What the notebook of my aunt said\nI copied it out:\n"
        "[2019-01-01] was a cold day\n[2019-01-02 10:00] was colder",
        "stands behind a blank line\n2019-01-04 is only a line",
    ]


def test_the_order_that_leaves_a_journal_sorted_tells_days_from_months() -> None:
    text = "[01/03/2026 10:00] one\n\n[02/01/2026 10:00] two\n\n[02/05/2026 10:00] three\n"
    found = read("x.txt", text.encode(), NOW, local)

    assert [f"{page.created:%d %B}" for page in found.pages] == ["03 January", "01 February", "05 February"]
    assert found.notes == ()

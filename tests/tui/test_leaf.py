"""A page to read: nothing is lost in wrapping, and a long one is there as soon as a short one."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from trustkit.tui.widgets.leaf import Leaf, Piece, folded, piece

WORDS = "It was loud in the kitchen, and I did not say what I meant to say. "


class Host(App[None]):
    """The page alone."""

    def compose(self) -> ComposeResult:
        yield Leaf()

    def get_css_variables(self) -> dict[str, str]:
        return {**super().get_css_variables(), "quiet": "#888888", "edge": "#444444"}

    @property
    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


@given(st.text(alphabet=st.sampled_from("ab é日\u0301\u200d👩\u00a0"), max_size=80), st.integers(2, 20))
def test_every_word_survives_wrapping_in_order(text: str, width: int) -> None:
    lines = [text[start:end] for start, end in folded(text, width)]
    assert "".join("".join(lines).split(" ")) == text.replace(" ", "")
    assert lines


@given(st.text(alphabet=st.sampled_from("ab é日 \u00a0"), max_size=80), st.integers(2, 20))
def test_no_line_is_wider_than_the_page(text: str, width: int) -> None:
    assert all(cell_len(text[start:end]) <= width for start, end in folded(text, width))


def test_words_stay_whole_and_space_between_lines_goes() -> None:
    text = "one two  three four"
    assert [text[start:end] for start, end in folded(text, 9)] == ["one two", "three", "four"]


def test_an_indent_stays_where_there_is_room_for_it() -> None:
    text = "    - a point"
    assert [text[start:end] for start, end in folded(text, 40)] == [text]


def test_a_joined_character_is_never_cut_in_two() -> None:
    family = "👨\u200d👩\u200d👧"
    lines = [(family * 3)[start:end] for start, end in folded(family * 3, 7)]
    assert "".join(lines) == family * 3
    assert all(line.count("👨") == line.count("👧") for line in lines)


async def test_only_a_part_of_a_long_page_is_wrapped_at_first_and_the_rest_follows() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        leaf = app.query_one(Leaf)
        text = "\n".join([WORDS * 20] * 200)
        leaf.show([Piece(text)])
        await pilot.pause()
        assert any("It was loud" in line for line in app.lines)
        leaf.action_to_end()
        await pilot.pause()
        assert leaf._wrapping is None
        whole = "".join(line.plain for line, *_ in leaf._lines)
        assert "".join(whole.split()) == "".join(text.split())


async def test_what_was_looked_for_is_marked_and_scrolled_to() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        leaf = app.query_one(Leaf)
        leaf.show(
            [piece("line\n" * 100 + "a needle here", "", lambda text: [(text.index("needle"), text.index("here"))])]
        )
        await pilot.pause()
        await pilot.pause()
        assert any("a needle here" in line for line in app.lines)


async def test_a_narrower_window_wraps_anew() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        leaf = app.query_one(Leaf)
        leaf.show([Piece(WORDS)])
        await pilot.resize_terminal(30, 24)
        await pilot.pause()
        assert all(len(line) <= 30 for line in app.lines)
        assert " ".join(" ".join(app.lines).split()) == WORDS.strip()


async def test_cleared_it_holds_nothing() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        leaf = app.query_one(Leaf)
        leaf.show([Piece(WORDS)])
        leaf.clear()
        await pilot.pause()
        assert leaf.text == ""
        assert not any(line.strip() for line in app.lines)

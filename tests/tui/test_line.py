"""What is typed or pasted into a single line stands there as it came, and what can't is said."""

import pytest
from textual import events
from textual.app import App, ComposeResult

from trustkit.tui.widgets.choices import Choices, Offer
from trustkit.tui.widgets.line import LEFT_OUT, MANY_LINES, Line, SecretLine
from trustkit.tui.widgets.paper import Paper

NEW_EMOJI = "\U0001fae9\U0001fadc"
WORDS = {
    "ideographic space": "ひみつ\u3000のことば",
    "no-break space": "a\u00a0b",
    "narrow no-break space": "a\u202fb",
    "non-joiner": "می\u200cخواهم",
    "joiner": "👨\u200d👩\u200d👧",
    "new emoji": NEW_EMOJI,
    "not assigned yet": "\u0378",
    "private use": "\ue000",
    "combining": "e\u0301\u0323",
    "soft hyphen": "Ver\u00adtrauen",
    "flag": "🇩🇪",
    "two spaces": "a  b ",
    "tag": "🏴\U000e0067\U000e0062\U000e007f",
}
INVISIBLE = {"override": "a\u202eb", "isolate": "a\u2066b", "escape": "a\x1b[31mb", "C1": "a\u009bb", "bell": "a\x07b"}


class Host(App[None]):
    """A line, a secret and a sheet."""

    def compose(self) -> ComposeResult:
        yield Line(id="line")
        yield SecretLine(id="secret")
        yield Paper(id="paper")

    def get_css_variables(self) -> dict[str, str]:
        return {**super().get_css_variables(), "quiet": "#888888", "edge": "#444444"}

    def said(self) -> list[str]:
        said = [one.message for one in self._notifications]
        self.clear_notifications()
        return said


@pytest.fixture
async def host():
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        app.pilot = pilot
        yield app


async def type_into(host, field: Line | Paper, text: str) -> None:
    field.focus()
    for character in text:
        field.post_message(events.Key("x", character))
    await host.pilot.pause()


async def paste_into(host, field: Line | Paper, text: str) -> None:
    field.focus()
    await host.pilot.pause()
    host.post_message(events.Paste(text))
    await host.pilot.pause()


async def test_everything_that_is_typed_or_pasted_stands_there_as_it_came(host) -> None:
    for field in host.query("#line, #secret").results(Line):
        for name, words in WORDS.items():
            for bring in (type_into, paste_into):
                field.value = ""
                await bring(host, field, words)
                assert field.value == words, (field.id, name, bring.__name__)
    assert host.said() == []


async def test_typing_takes_the_place_of_what_is_selected(host) -> None:
    line = host.query_one("#line", Line)
    line.value = "one two"
    line.select_all()
    await type_into(host, line, "\u3000")
    assert line.value == "\u3000"
    line.select_all()
    await paste_into(host, line, "new")
    assert line.value == "new"


async def test_a_paste_of_lines_is_one_line_and_what_a_terminal_would_obey_is_said(host) -> None:
    line, paper = host.query_one("#line", Line), host.query_one(Paper)
    for pasted, stands in {"one\ntwo\r\nthree\r": "one two three", "a\tb\u2028c": "a b c", "\n\nx\n": "x"}.items():
        line.value = ""
        await paste_into(host, line, pasted)
        assert line.value == stands
    assert host.said() == []
    for field in (line, paper):
        for name, pasted in INVISIBLE.items():
            await paste_into(host, field, pasted)
            assert host.said() == [LEFT_OUT], (field.id, name)
    line.value = ""
    await type_into(host, line, "a\u202eb")
    assert (line.value, host.said()) == ("ab", [LEFT_OUT])


async def test_a_secret_takes_of_a_paste_what_a_passphrase_file_would(host) -> None:
    secret = host.query_one(SecretLine)
    for pasted, stands in {
        "plum otter\r": "plum otter",
        "plum otter\r\n": "plum otter",
        "plum otter\n": "plum otter",
        "\ufeffplum": "plum",
        " plum\totter ": " plum\totter ",
        "plum\u2028otter": "plum\u2028otter",
        "plum\u202eotter": "plum\u202eotter",
        "plum\x0cotter\x85": "plum\x0cotter\x85",
    }.items():
        secret.value = ""
        await paste_into(host, secret, pasted)
        assert (secret.value, host.said()) == (stands, [])
    for pasted in ("plum\rotter\r", "plum\n\notter", "\nplum\notter"):
        secret.value = ""
        await paste_into(host, secret, pasted)
        assert (secret.value, host.said()) == ("", [MANY_LINES])
    secret.password = False
    secret.value = "plum\u202e\x1b\totter"
    assert not set(secret.render_line(0).text) & set("\u202e\x1b\t")


WHOLE = [
    "🇩🇪",
    "👨\u200d👩\u200d👧\u200d👦",
    "👍🏽",
    "e\u0301",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "漢",
    "ی\u200c",
    "🏳️\u200d🌈",
    "👩🏾\u200d🔧",
    "x",
]


@pytest.mark.parametrize("one", WHOLE)
async def test_keys_move_over_and_take_away_whole_characters(one: str, host) -> None:
    line, paper = host.query_one("#line", Line), host.query_one(Paper)
    text = f"a{one}b"
    line.focus()
    line.value, line.cursor_position = text, len(text)
    await host.pilot.press("left", "left")
    assert line.cursor_position == 1
    await host.pilot.press("shift+right")
    assert line.selected_text == one
    line.cursor_position = 1 + len(one)
    await host.pilot.press("backspace")
    assert line.value == "ab"
    line.value, line.cursor_position = text, 1
    await host.pilot.press("delete")
    assert line.value == "ab"

    paper.focus()
    paper.load_text(text)
    paper.move_cursor((0, len(text)))
    await host.pilot.press("left", "left")
    assert paper.cursor_location == (0, 1)
    await host.pilot.press("right")
    assert paper.cursor_location == (0, 1 + len(one))
    await host.pilot.press("backspace")
    assert paper.text == "ab"
    paper.load_text(f"{text}\nbbb")
    paper.move_cursor((1, 2))
    await host.pilot.press("up")
    assert paper.cursor_location[1] in (1, 1 + len(one), len(text))
    paper.move_cursor((0, 1))
    await host.pilot.press("delete")
    assert paper.text == "ab\nbbb"
    paper.move_cursor((0, 0))


async def test_a_sheet_gives_back_the_text_it_was_filled_with(host) -> None:
    paper = host.query_one(Paper)
    for text in ("one\r\ntwo\nthree", "one\u2028two", "a\x0cb\x85c", "tabs\t \r\n  end  ", "\u2028", "x\r"):
        paper.load_text(text)
        assert paper.text == text
    paper.load_text("one\r\ntwo\u2028three\nfour")
    paper.move_cursor((1, 3))
    await type_into(host, paper, "!")
    assert paper.text == "one\r\ntwo!\u2028three\nfour"
    paper.undo()
    assert paper.text == "one\r\ntwo\u2028three\nfour"


async def test_keys_that_come_together_act_in_their_order(host) -> None:
    burst = (("backspace", "\x7f"), ("o", "o"), ("left", None), ("left", None), ("x", "x"), ("end", None), ("!", "!"))
    for field in (host.query_one("#line", Line), host.query_one("#secret", Line), host.query_one(Paper)):
        field.focus()
        await host.pilot.pause()
        field.clear()
        await paste_into(host, field, "abc")
        for key, character in burst:
            host.post_message(events.Key(key, character))
        await host.pilot.pause()
        await host.pilot.pause()
        assert (field.text if isinstance(field, Paper) else field.value) == "axbo!"


class Asked(App[str]):
    """A secret and what can be done with it."""

    def compose(self) -> ComposeResult:
        yield SecretLine()
        yield Choices([Offer("first", "First"), Offer("second", "Second")])

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.exit(event.choice)

    def on_input_submitted(self) -> None:
        self.exit("submitted")


async def test_keys_behind_a_quick_tab_are_for_what_it_leads_to() -> None:
    app = Asked()
    async with app.run_test(size=(60, 12)) as pilot:
        for key in ("tab", "down", "enter"):
            app.post_message(events.Key(key, None))
        await pilot.pause()
    assert app.return_value == "second"

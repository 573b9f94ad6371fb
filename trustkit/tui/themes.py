"""The colours: warm on dark for two in the morning, dark on paper for the day, plain ones for eyes that need them."""

from typing import Final

from textual.theme import Theme

NIGHT: Final = Theme(
    name="night",
    primary="#9dbfae",
    secondary="#8ea3c7",
    accent="#e2b582",
    warning="#e2b582",
    error="#d79a88",
    success="#9dbfae",
    foreground="#dcd6ca",
    background="#14171b",
    surface="#1b1f25",
    panel="#242a31",
    dark=True,
    variables={"quiet": "#8f959c", "edge": "#39414b", "block-cursor-text-style": "none"},
)
DAY: Final = Theme(
    name="day",
    primary="#33695a",
    secondary="#3f5784",
    accent="#8a5215",
    warning="#8a5215",
    error="#8d3c2c",
    success="#33695a",
    foreground="#2b2a27",
    background="#f7f3ea",
    surface="#efe9dc",
    panel="#e4dccb",
    dark=False,
    variables={"quiet": "#655f55", "edge": "#c9bfac", "block-cursor-text-style": "none"},
)
CONTRAST: Final = Theme(
    name="contrast",
    primary="#ffffff",
    secondary="#a8d1ff",
    accent="#ffd866",
    warning="#ffd866",
    error="#ffb3a1",
    success="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
    variables={"quiet": "#d0d0d0", "edge": "#a0a0a0", "block-cursor-text-style": "bold"},
)
TERMINAL: Final = Theme(
    name="terminal",
    primary="ansi_cyan",
    secondary="ansi_blue",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    dark=True,
    ansi=True,
    variables={
        "quiet": "ansi_bright_black",
        "edge": "ansi_bright_black",
        "block-cursor-text-style": "reverse",
        # Textual's own styles for such themes name these.
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border-blurred": "ansi_bright_black",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_default",
        "screen-selection-background": "ansi_blue",
        "screen-selection-foreground": "ansi_default",
    },
)
THEMES: Final[dict[str, Theme]] = {theme.name: theme for theme in (NIGHT, DAY, CONTRAST, TERMINAL)}

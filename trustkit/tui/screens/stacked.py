"""A screen on the stack: it answers once, leaves once, and is one of its kind.

Keys come faster than screens go. So a second answer, an answer from beneath another screen, or a choice made on a page
that is covered already must not reach a screen that it wasn't meant for.
"""

from collections.abc import Hashable
from typing import Final, Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.events import Event, ScreenResume
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from trustkit.tui.widgets.choices import Choices

Result = TypeVar("Result")

ANSWERS: Final = (Choices.Chosen, Choices.OptionSelected, Input.Submitted)
"""What a key that answers leads to."""


class Stacked(Screen[Result], Generic[Result]):
    """The base of every page and dialog.

    In a list of bases it stands behind `ModalScreen`, since Textual takes styles from the first base alone.
    """

    is_taken_down = False
    """Whether it was taken off the stack. It may still be there for a moment, while its widgets are removed."""
    _late_answer: tuple[Result | None] | None = None
    """What it was dismissed with while another screen stood above it, or another place was open."""

    @property
    def identity(self) -> Hashable:
        """What this screen shows, if that tells two of the same class apart."""
        return None

    @property
    def kind(self) -> Hashable | None:
        """Two screens of one kind never stand in one stack; None for screens that may stand there any number of times.

        Where one is open already, opening another brings it to the front: see `Stacking.push_screen`.
        """
        return type(self), self.identity

    def updated_from(self, other: "Stacked[Result]") -> None:
        """Brought to the front in place of another of its kind: take over what that one would have shown."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Answer and go, once. Beneath another screen it goes as soon as it is on top again.

        Args:
            result: The answer, for the one who opened it. Any answer after the first is dropped.
        """
        if self.is_taken_down or self._late_answer is not None or self in self.app.screen_stack[:1]:
            return AwaitComplete()
        if not self.is_active:
            self._late_answer = (result,)
            return AwaitComplete()
        return super().dismiss(result)

    async def on_event(self, event: Event) -> None:
        if isinstance(event, ScreenResume) and self._late_answer is not None and self.is_active:
            (answer,), self._late_answer = self._late_answer, None
            self.dismiss(answer)
            return
        await super().on_event(event)

    async def _on_message(self, message: Message) -> None:
        if self.is_taken_down and isinstance(message, ANSWERS):
            return  # it has answered
        await super()._on_message(message)

    def check_message_enabled(self, message: Message) -> bool:
        """A choice made by a key that came after this screen was covered or left is dropped."""
        if isinstance(message, Choices.Chosen) and not self.is_active:
            return False
        return super().check_message_enabled(message)

"""What comes in from the terminal, taken apart: keys, pastes, and what the terminal says by itself.

Textual's parser waits without end for the end of a paste, and hands sequences it does not know on as if they had been
typed. Here nothing waits for longer than `PATIENCE`, the keys that protect act at once in every state, and a sequence
that is no key is left out. Single keys and mouse reports are still read by Textual's own parser.
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from time import monotonic
from typing import Final

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

PATIENCE: Final = 0.4
"""Seconds that the rest of a paste or of a sequence may take. The input thread looks every 0.1 s."""
LATE: Final = 2.0
"""Seconds for which the rest of something that was cut short is still known as such."""
QUICK: Final = 0.02
"""Seconds between two characters below which no hand typed them: a paste over a slow line."""
LONG: Final = 32
"""Characters that come in one read and are no typing."""
_PAUSE: Final = 0.1
"""Seconds after which a lone BEL is a key, not the end of a reply."""

ESC: Final = "\x1b"
BEL: Final = "\x07"
PASTE_START: Final = "\x1b[200~"
PASTE_END: Final = "\x1b[201~"

_BODY: Final = "[^\x00-\x1f]*"
_SEQUENCE: Final = re.compile(
    # Linux console's F1 to F5, old mouse reports, rxvt's shift, any CSI; SS3.
    r"\x1b\[(?:\[[A-E]|M[ -\U0010ffff]{3}|\d{1,2}\$(?!y)|(?!M|\[)[0-?]*[ -/]*[@-~])|\x1bO[!-~]"
)
_REPLY: Final = re.compile(rf"\x1b\]\d{_BODY}(?:\x07|\x1b\\)|\x1b(?:P[0-?!+$]|_G){_BODY}\x1b\\")
"""OSC, DCS and APC: a terminal's answers about its colours, its name, its pictures."""
_BEGUN: Final = re.compile(
    r"\x1b(?:\[(?:\[|M[ -\U0010ffff]{0,2}|[0-?]*[ -/]*)|O"
    rf"|\](?:\d{_BODY}\x1b?)?|P(?:[0-?!+$]{_BODY}\x1b?)?|_(?:G{_BODY}\x1b?)?)?\Z"
)
"""The beginning of any of these, at the end of what was read."""
_BROKEN: Final = re.compile(rf"\x1b(?:\[[0-?]*[ -/]*|\]\d{_BODY}|P[0-?!+$]{_BODY}|_G{_BODY})")
"""A sequence that something else broke into."""
_CONTROL: Final = re.compile(r"[\x01-\x08\x0e-\x1f]")
"""Never part of a text that is pasted. (A form feed may be.)"""
_KITTY: Final = re.compile(r"\x1b\[(\d*)(?::[\d:]*)?(?:;(\d*)(?::(\d*))?)?(?:;([\d:]*))?([u~A-FHPQS])")
_OTHER_KEYS: Final = re.compile(r"\x1b\[27;(\d+);(\d+)~")
"""How xterm sends a key in its `modifyOtherKeys` mode."""
_RELEASED: Final = "3"


class TerminalParser(XTermParser):
    """Text from the terminal in, messages out.

    Args:
        protects: Whether a key, by its name in Textual, hides, locks or leaves.
        clock: Seconds on a clock that only goes forward.
    """

    def __init__(self, protects: Callable[[str], bool], clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._protects = protects
        self._clock = clock
        self._pending = ""
        """A sequence of which the rest has not come."""
        self._paste: list[str] | None = None
        """What was pasted so far; None outside a paste."""
        self._dropping = False
        """A key that protects broke into the paste: the rest of it is left out."""
        self._unended = False
        """A paste was delivered without its end, which may still come."""
        self._cut: tuple[str, float] = ("", 0.0)
        """The beginning of a sequence whose rest did not come in time, and when that was."""
        self._until: float | None = None
        """When waiting ends."""
        self._last = 0.0
        """When something last came."""

    def feed(self, data: str) -> Iterable[Message]:
        """Take in what was read at one time; empty at the end of all input.

        Yields:
            The messages it makes.
        """
        now = self._clock()
        gap, self._last = now - self._last, now
        was_waiting = bool(self._pending) or self._paste is not None
        yield from self._scan(self._pending + self._with_its_beginning(data, now), data, gap)
        if not self._pending and self._paste is None:
            self._until = None
        elif not was_waiting or self._until is None or (self._paste is not None and (len(data) > 1 or gap < QUICK)):
            sure = self._paste is not None or len(self._pending) > 2
            self._until = now + (PATIENCE if sure else constants.ESCAPE_DELAY)

    def tick(self) -> Iterable[Message]:
        """Called between reads: what waited for long enough waits no longer."""
        now = self._clock()
        if self._until is None or now < self._until:
            return
        self._until = None
        pending, self._pending = self._pending, ""
        self._cut = (pending, now)
        if self._paste is not None:
            self._unended = True
            yield from self._end_paste()
        elif pending == ESC:
            yield events.Key("escape", ESC)
        elif len(pending) == 2:
            yield from self._keys(pending[1], alt=True)

    # -- taking apart --------------------------------------------------------------------------------

    def _with_its_beginning(self, data: str, now: float) -> str:
        """The text with the beginning that came too long ago, if that makes a sequence of it."""
        (begun, since), self._cut = self._cut, ("", 0.0)
        if not begun or now - since > LATE or len(data) < 2:
            return data
        whole = begun + data
        found = _SEQUENCE.match(whole) or _REPLY.match(whole)
        return whole if found and found.end() > len(begun) + 1 else data

    def _scan(self, text: str, data: str, gap: float) -> Iterator[Message]:
        self._pending = ""
        if self._unended and self._paste is None and not _CONTROL.search(data):
            if len(data) >= LONG:  # the rest of the paste
                yield self._pasted(data)
                return
        elif self._unended and self._paste is None and PASTE_END in text:
            before, _, text = text.partition(PASTE_END)
            self._unended = False
            if _CONTROL.search(before):
                text = before + text
            elif before:
                yield self._pasted(before)
        at = 0
        while at < len(text):
            if self._paste is not None:
                control = _CONTROL.search(text, at)
                stop = control.start() if control else len(text)
                if len(data) == 1 and data < " " and stop == len(text) and self._is_protective(data):
                    stop -= 1  # a form feed that comes alone is the key
                self._paste.append(text[at:stop])
                at = stop
                if at == len(text):
                    break
            if text[at] == ESC:
                found = _SEQUENCE.match(text, at) or _REPLY.match(text, at)
                if found is not None and found[0][-1] == BEL and data == BEL and gap > _PAUSE:
                    at, found = found.end() - 1, None  # a reply comes in one go: this is the key
                    yield from self._key(BEL)
                    at += 1
                elif found is not None:
                    at = found.end()
                    yield from self._sequence(found[0])
                elif _BEGUN.match(text, at):
                    self._pending = text[at:]
                    break
                else:
                    at += yield from self._no_sequence(text, at)
            else:
                yield from self._key(text[at])
                at += 1

    def _sequence(self, sequence: str) -> Iterator[Message]:
        """A whole sequence."""
        if sequence in (PASTE_START, PASTE_END):
            if self._paste is not None:
                yield from self._end_paste()
            self._unended = False
            self._paste = [] if sequence == PASTE_START else None
            return
        messages = self._understood(sequence)
        if self._paste is None:
            yield from messages
        elif any(isinstance(one, events.Key) and self._protects(one.key) for one in messages):
            yield from self._break_in(messages)
        else:
            self._paste.append(sequence)

    def _no_sequence(self, text: str, at: int) -> Generator[Message, None, int]:
        """An escape character that begins no sequence. Returns how many characters were dealt with."""
        broken = _BROKEN.match(text, at)
        if self._paste is not None:
            self._paste.append(ESC)
            return 1
        if broken is not None:
            return broken.end() - at
        after = text[at + 1]
        named = list(self._sequence_to_key_events(ESC + after)) if after != ESC else []
        if named:
            yield from named
        elif after < " ":
            yield events.Key("escape", ESC)
            return 1
        else:
            yield from self._keys(after, alt=True)
        return 2

    def _key(self, character: str) -> Iterator[Message]:
        """One character, in a paste or not."""
        if self._paste is None:
            yield from self._keys(character)
        elif self._is_protective(character):
            yield from self._break_in(list(self._keys(character)))
        else:
            self._paste.append(character)

    def _keys(self, character: str, *, alt: bool = False) -> Iterator[events.Key]:
        if not "\x80" <= character <= "\x9f":
            for event in self._sequence_to_key_events(character, alt=alt):
                if event.key != Keys.Ignore:
                    yield event

    def _is_protective(self, character: str) -> bool:
        return any(self._protects(event.key) for event in self._keys(character))

    def _understood(self, sequence: str) -> list[Message]:
        """What Textual makes of a sequence; nothing where that is no key and no report it knows."""
        plain = _as_pressed(sequence)
        try:
            messages = list(super().feed(plain)) if plain else []
            known = self._awaiting.timeout is None
        except (ValueError, OverflowError, StopIteration):
            messages, known = [], False
        if not known:  # it waits for more of it, and would hand on the pieces as keys
            self._tokens.clear()
            self._gen = self.parse(self._tokens.append)
            self._awaiting = next(self._gen)
        return messages if known else []

    # -- pastes --------------------------------------------------------------------------------------

    def _end_paste(self) -> Iterator[Message]:
        text, self._paste = "".join(self._paste or ()), None
        dropped, self._dropping = self._dropping, False
        if text and not dropped:
            yield self._pasted(text)

    def _pasted(self, text: str) -> events.Paste:
        return events.Paste(text.replace("\x00", ""))

    def _break_in(self, messages: list[Message]) -> Iterator[Message]:
        """A key that protects: what was pasted before it arrives, what comes after it does not."""
        yield from self._end_paste()
        yield from messages
        self._paste, self._dropping = [], True


def _as_pressed(sequence: str) -> str:
    """A key as the parser understands it: without kitty's kinds of event and other letters of the same key."""
    if other := _OTHER_KEYS.fullmatch(sequence):
        return f"\x1b[{other[2]};{other[1]}u"
    if ":" not in sequence or not (kitty := _KITTY.fullmatch(sequence)):
        return sequence
    code, modifiers, kind, letters, end = kitty.groups()
    if kind == _RELEASED:
        return ""
    return f"\x1b[{code};{modifiers or 1}{f';{letters}' if letters else ''}{end}"

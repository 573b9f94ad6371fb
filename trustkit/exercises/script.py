"""A script is a generator: it yields prompts and is sent their answers. It knows no terminal, thread or clock tick.

`drive` and `adrive` are all a front end needs besides something that shows each prompt.
"""

from collections.abc import Awaitable, Callable, Generator
from typing import Any, TypeVar

from trustkit.exercises.prompts import Call, Leave, Prompt, Shown

End = TypeVar("End")
Steps = Generator[Prompt, Any, End]
"""A script, or a part of one, that ends with a value."""
Script = Steps[Leave]


class Stopped(Exception):
    """Nobody answers any more: esc, ctrl-c, or the end of the input. Thrown into the script where it waits."""


class MadeWorse(Exception):
    """Said while it plays. Thrown into the script where it waits."""


def drive(script: Steps[End], show: Callable[[Shown], object], call: Callable[[Call], bool]) -> End:
    """Take a script to its end.

    Args:
        script: Not begun yet.
        show: Shows a prompt and gives the answer; may raise Stopped or MadeWorse.
        call: Does what a `Call` says; whether that worked.
    """
    try:
        prompt = next(script)
        while True:
            try:
                answer = call(prompt) if isinstance(prompt, Call) else show(prompt)
            except (Stopped, MadeWorse) as thrown:
                prompt = script.throw(thrown)
            else:
                prompt = script.send(answer)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


async def adrive(
    script: Steps[End], show: Callable[[Shown], Awaitable[object]], call: Callable[[Call], Awaitable[bool]]
) -> End:
    """The same for a front end that awaits its answers."""
    try:
        prompt = next(script)
        while True:
            try:
                answer = await (call(prompt) if isinstance(prompt, Call) else show(prompt))
            except (Stopped, MadeWorse) as thrown:
                prompt = script.throw(thrown)
            else:
                prompt = script.send(answer)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]

"""The help of the command line in the user's language: typer keeps it as it is written in the code."""

from inspect import cleandoc
from typing import Any

from typer.core import TyperGroup

from scheduler.texts import text


class TranslatedHelp(TyperGroup):
    """A group of commands whose help is translated when the group is made, which is at each run."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for command in (self, *self.commands.values()):
            _translate(command)


def _translate(command: Any) -> None:
    paragraphs = cleandoc(command.help or "").split("\n\n")
    command.help = "\n\n".join(map(text, paragraphs))  # the first one stands alone in the list of commands
    for parameter in command.params:
        if words := getattr(parameter, "help", None):
            parameter.help = text(words)

"""Tables that the readers of numbers, units, periods and figures go by, and how one is read."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# libyaml's parser is eight times as fast; not every build of PyYAML has it
_TYPED = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def load(name: str) -> dict[str, Any]:
    """The table `name`.toml of this package, read once."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


def parse(text: str, *, words_only: bool = False) -> Any:
    """A YAML table of this project's own; a stranger's YAML goes to `yaml.safe_load`.

    words_only: every scalar is a word, "yes", "no", "on" and "off" too
    """
    return yaml.load(text, Loader=_WORDS if words_only else _TYPED)

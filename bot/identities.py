"""Identities: what is the sum of what, as a data file that a corpus may extend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from bot.errors import IdentitiesMalformed
from ingest import data


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an identity; `signed` parts are subtracted from the others."""

    names: tuple[str, ...]
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """`whole` is the sum of `parts`; each lists the phrases under which a measure is found."""

    name: str
    whole: tuple[str, ...]
    parts: tuple[Part, ...]

    def is_sum_with(self, part: str, whole: str) -> bool:
        """Whether `whole` is a plain sum in which `part` is one of the parts."""
        if whole.casefold() not in self.whole or any(p.signed for p in self.parts):
            return False
        return any(part.casefold() in p.names for p in self.parts)


def read(corpus: Path | None = None) -> list[Identity]:
    """The identities of the table and of `<corpus>/identities.yaml`; raises IdentitiesMalformed."""
    found = list(_own_identities())
    path = corpus / "identities.yaml" if corpus else None
    if path and path.is_file():
        found += _read_identities(path.read_text(encoding="utf-8"), str(path))
    return found


@cache
def _own_identities() -> tuple[Identity, ...]:
    text = files("bot").joinpath("data", "identities.yaml").read_text(encoding="utf-8")
    return tuple(_identity(entry) for entry in data.parse(text))


def _read_identities(text: str, name: str) -> list[Identity]:
    try:
        return [_identity(entry) for entry in yaml.safe_load(text) or []]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise IdentitiesMalformed(name, str(error)) from error


def _identity(entry: Mapping[str, Any]) -> Identity:
    parts = tuple(Part(_names(p["names"]), bool(p.get("signed", False))) for p in entry["parts"])
    if not parts:
        raise ValueError("an identity has parts")
    return Identity(str(entry["name"]), _names(entry["whole"]), parts)


def _names(entry: Sequence[str] | str) -> tuple[str, ...]:
    names = [entry] if isinstance(entry, str) else entry
    return tuple(str(name).casefold().strip() for name in names)

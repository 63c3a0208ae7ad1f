"""What the README says about commands, targets and files is so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = "\n".join(re.findall(r"^    .+$|`[^`]+`", README, re.MULTILINE))
COMMANDS = sorted(set(re.findall(r"quotient ([a-z]+)", CODE)))


def test_the_targets_that_it_names_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", CODE))
    assert {"chat", "test", "help"} <= named <= targets


def test_the_pictures_and_pages_that_it_links_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_it_names_the_pinned_torch() -> None:
    pinned = re.search(r"^torch==.+$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert pinned and pinned.group() in README


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_it_names_exists(command: str) -> None:
    asked = [sys.executable, "-m", "ui", command, "--help"]
    shown = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    lines = [line for line in CODE.splitlines() if f"quotient {command}" in line]
    options = {option for line in lines for option in re.findall(r"--[a-z-]+", line)}
    assert {option for option in options if option not in shown} == set()

"""The names that each package offers are a promise."""

import importlib
import subprocess
import sys

import pytest

NAMES = {
    "ingest": ["Article", "Block", "Figure", "IngestError", "Origin", "Passage", "Removal", "Span"],
    "bot": ["Answer", "Bot", "BotError", "Calculation", "Citation", "Settings"],
    "bot.evaluation": [
        "BotRespondent",
        "Case",
        "Context",
        "Evaluation",
        "Outcome",
        "Run",
        "Work",
        "evaluate",
        "load",
        "propose",
        "schema",
    ],
}


@pytest.mark.parametrize("package", NAMES)
def test_facade_offers_exactly_these_names(package: str) -> None:
    module = importlib.import_module(package)
    assert module.__all__ == NAMES[package]
    for name in NAMES[package]:
        assert getattr(module, name).__name__ == name


@pytest.mark.parametrize("package", NAMES)
def test_importing_a_facade_imports_nothing_heavy(package: str) -> None:
    code = (
        f"import sys, {package}; "
        "print(sorted({'chromadb', 'torch', 'langchain', 'numpy'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        importlib.import_module("ingest").nothing  # noqa: B018

"""`streamlit run` puts `ui/` on the path: a module named after a library would hide it."""

import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import ui

FOLDER = Path(ui.__file__).parent


def test_no_module_is_named_after_a_library() -> None:
    ours = {path.stem for path in FOLDER.glob("*.py")} - {"__init__", "__main__"}
    assert not ours & (sys.stdlib_module_names | set(packages_distributions()))


def test_the_window_s_script_stays_short() -> None:
    assert len((FOLDER / "app.py").read_text(encoding="utf-8").splitlines()) <= 60

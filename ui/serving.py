"""The chat window's server: Streamlit with our options, and no `.streamlit` folder."""

from __future__ import annotations

import os
import platform
import socket
from dataclasses import fields
from pathlib import Path
from typing import Any

from bot.settings import Settings
from ingest.errors import CorpusMissing
from ui import terminal
from ui.errors import PortTaken

ADDRESS = "127.0.0.1"
SCRIPT = Path(__file__).with_name("app.py")

_INK = {"light": "#1c2330", "dark": "#e7e9ee"}
THEME: dict[str, Any] = {
    "theme.font": "sans-serif",
    "theme.headingFont": "serif",
    "theme.headingFontWeights": [600, 600, 600],
    "theme.baseRadius": "10px",
    "theme.showWidgetBorder": True,
    "theme.light.primaryColor": "#0b6e6e",
    "theme.light.backgroundColor": "#fcfbf8",
    "theme.light.secondaryBackgroundColor": "#f3f1ea",
    "theme.light.textColor": _INK["light"],
    "theme.light.borderColor": "#e2ded3",
    "theme.light.sidebar.backgroundColor": "#f5f3ec",
    "theme.light.sidebar.secondaryBackgroundColor": "#fcfbf8",
    "theme.dark.primaryColor": "#4fc3b8",
    "theme.dark.backgroundColor": "#14171c",
    "theme.dark.secondaryBackgroundColor": "#1e232b",
    "theme.dark.textColor": _INK["dark"],
    "theme.dark.borderColor": "#2f3641",
    "theme.dark.sidebar.backgroundColor": "#101317",
    "theme.dark.sidebar.secondaryBackgroundColor": "#1a1f26",
}


def options(port: int, *, headless: bool) -> dict[str, Any]:
    """Every Streamlit option that the window runs with."""
    return {
        "server.address": ADDRESS,
        "server.port": port,
        "server.headless": headless,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 1,
        "browser.gatherUsageStats": False,
        "browser.serverAddress": "localhost",
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showSidebarNavigation": False,
        **THEME,
    }


def serve(settings: Settings, *, port: int, headless: bool) -> None:
    """Run the window until interrupted; a missing index is built first, in the terminal."""
    if not has_index(settings):
        _read_corpus(settings)
    check_port(port)
    os.environ.update(environment(settings))
    terminal.note(f"Quotient is at http://localhost:{port}  (stop with Ctrl-C)")
    _run(options(port, headless=headless or not has_display()))
    raise KeyboardInterrupt


def has_index(settings: Settings) -> bool:
    """Whether there is something to open; a look at the disk only, so that it takes no time."""
    return settings.chroma_url is not None or any(settings.index_folder.glob("*"))


def _read_corpus(settings: Settings) -> None:
    """Build the index; an empty corpus still opens the window, which says what to do."""
    from ingest import articles
    from ui.opening import build

    if not settings.corpus.is_dir():
        raise CorpusMissing(settings.corpus)
    if articles.scan(settings.corpus):
        build(settings)


def has_display() -> bool:
    """Whether a browser can be opened on this machine."""
    if platform.system() == "Linux":
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return not os.environ.get("SSH_CONNECTION")


def check_port(port: int) -> None:
    """Raise PortTaken when something else answers there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        if probe.connect_ex((ADDRESS, port)) == 0:
            raise PortTaken(port)


def environment(settings: Settings) -> dict[str, str]:
    """The settings as the window's script reads them again (`bot.settings.from_env`)."""
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return {f"QUOTIENT_{name.upper()}": str(value or "") for name, value in values.items()}


def _run(flags: dict[str, Any]) -> None:
    """Serve in this process: what is imported already is warm for the first question."""
    from streamlit.web import bootstrap

    flat = {name.replace(".", "_"): value for name, value in flags.items()}
    bootstrap.load_config_options(flag_options=flat)
    bootstrap.run(str(SCRIPT), False, [], flat)

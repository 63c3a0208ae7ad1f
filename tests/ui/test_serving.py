import socket

import pytest

from bot.settings import Settings, from_env
from ui import serving
from ui.errors import PortTaken


def test_options_keep_the_window_private_and_local() -> None:
    options = serving.options(8600, headless=True)
    assert options["server.address"] == "127.0.0.1"
    assert options["browser.gatherUsageStats"] is False
    assert options["client.toolbarMode"] == "minimal"
    assert options["server.headless"] is True


def test_every_option_is_one_that_streamlit_knows() -> None:
    from streamlit import config

    known = set(config._config_options_template)
    assert set(serving.options(8600, headless=True)) <= known


def test_settings_travel_through_the_environment(tmp_path) -> None:
    settings = Settings(corpus=tmp_path, model="openai:gpt-x", chroma_url="http://localhost:1")
    assert from_env(serving.environment(settings)) == settings


def test_a_port_in_use_is_told() -> None:
    with socket.create_server((serving.ADDRESS, 0)) as server:
        with pytest.raises(PortTaken, match="--port"):
            serving.check_port(server.getsockname()[1])


def test_no_display_means_headless(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(serving.platform, "system", lambda: "Linux")
    assert not serving.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert serving.has_display()

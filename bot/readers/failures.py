"""Failures: what a provider's client may raise, told as what happened and what to do.

Clients raise exceptions of their own; LangChain sorts most of them, the HTTP status the rest.
What a server says is never repeated: it may echo a key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bot.errors import ModelError, ModelRefused, ModelUnavailable, ModelUnknown
from bot.readers.providers import provider_of

Kind = Literal["key", "unknown", "form", "setting", "too long", "busy", "down", "slow", "refused"]

_STATUSES: dict[int, Kind] = {
    400: "form",
    401: "key",
    402: "busy",
    403: "key",
    404: "unknown",
    408: "slow",
    413: "too long",
    415: "form",
    422: "form",
    429: "busy",
    501: "form",
    504: "slow",
}
_TOO_LONG = (
    "context length",
    "context_length",
    "context window",
    "context size",
    "too long",
    "too many tokens",
    "maximum context",
    "exceeds the available",
    "input length",
)


# What a client sends by itself and a server may not take: by the word in its complaint, the
# attribute of the client and the value that leaves it out.
SETTINGS: dict[str, tuple[str, Any]] = {
    "temperature": ("temperature", None),
    "stream_options": ("stream_usage", False),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with one request.

    setting: the word of `SETTINGS` that the server complains of, for kind "setting"
    retry_after_s: how long the server asks to wait, None where it does not say
    """

    kind: Kind
    error: ModelError
    retry_after_s: float | None = None
    setting: str = ""


def explain(error: Exception, name: str) -> Failure:
    """The failure behind a client's exception, with a message fit to show."""
    kind = _kind(error)
    wait = _retry_after(error) if kind in ("busy", "down") else None
    setting = _setting(error) if kind == "form" else ""
    return Failure("setting" if setting else kind, _phrased(kind, name, wait), wait, setting)


def refused(name: str) -> ModelRefused:
    """The model itself declined, or its provider's filter did."""
    return ModelRefused(name, "it declined to answer. Put the question in other words.")


def slow(name: str) -> ModelUnavailable:
    """No whole reply came within the time that is allowed for it."""
    return ModelUnavailable(
        name, "its reply took too long. Try again, or choose a smaller or faster model."
    )


def _kind(error: Exception) -> Kind:
    text = str(error).casefold()
    status = _status(error)
    if _is_named(error, "ContextOverflow") or (
        status in (None, 400, 413, 422, 500) and any(sign in text for sign in _TOO_LONG)
    ):
        return "too long"
    if _is_named(error, "Timeout"):
        return "slow"
    if _is_named(error, "ContentFilter"):
        return "refused"
    if status is not None:
        return _STATUSES.get(status, "down")
    return "form" if isinstance(error, TypeError | NotImplementedError) else "down"


def _setting(error: Exception) -> str:
    text = str(error).casefold()
    return next((word for word in SETTINGS if word in text), "")


def _is_named(error: Exception, word: str) -> bool:
    """Whether the exception is of a class so called; each client has its own tree."""
    return any(word in kind.__name__ for kind in type(error).__mro__)


def _status(error: Exception) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) and status >= 400 else None


def _retry_after(error: Exception) -> float | None:
    headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        if milliseconds := headers.get("retry-after-ms"):
            return max(0.0, float(milliseconds) / 1000)
        return max(0.0, float(headers.get("retry-after")))
    except (TypeError, ValueError):
        return None  # not told, or told as a date


def _phrased(kind: Kind, name: str, wait: float | None) -> ModelError:
    if kind == "key":
        return ModelRefused(name, _key_advice(name))
    if kind == "refused":
        return refused(name)
    if kind == "unknown":
        return ModelUnknown(name, _name_advice(name))
    if kind == "slow":
        return slow(name)
    return ModelUnavailable(name, _advice(kind, name, wait))


def _key_advice(name: str) -> str:
    key = provider_of(name).key
    where = f"in {key} " if key else ""
    return f"the key {where}is not accepted for it. Set a valid key, or choose another model."


def _name_advice(name: str) -> str:
    if provider_of(name).name == "ollama":
        return f"the server does not have it. Run `ollama pull {name.partition(':')[2]}`."
    return "the server does not know it. Check the name, and the address if you set one."


def _advice(kind: Kind, name: str, wait: float | None) -> str:
    if kind == "busy":
        when = f"in {round(wait) or 1} seconds" if wait is not None else "in a minute"
        return f"its limit of requests or of quota is reached. Try again {when}."
    if kind == "too long":
        return "the passages do not fit its context. Choose a model with a larger one."
    if kind == "form":
        return "the server does not take the request. Choose another model."
    urls = provider_of(name).urls
    address = f", or check {' or '.join(('QUOTIENT_MODEL_URL', *urls[:1]))}" if urls else ""
    return f"no server answers properly. Start it or try again in a moment{address}."

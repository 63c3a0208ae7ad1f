"""Scripted model servers over loopback HTTP, in the dialects of three providers.

`Server(dialect)` answers each request with what its `script` says: a `Reply` made from the
request as the real client sent it. Nothing of the client is replaced.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Dialect = Literal["openai", "anthropic", "ollama"]
DIALECTS: tuple[Dialect, ...] = ("openai", "anthropic", "ollama")
PATHS = {"openai": "/v1/chat/completions", "anthropic": "/v1/messages", "ollama": "/api/chat"}
URLS = {"openai": "/v1", "anthropic": "", "ollama": ""}


@dataclass(frozen=True)
class Reply:
    """What the server sends.

    size: characters a chunk; pause_s: before each chunk; cut: characters after which the
    connection drops (`drop`) or the stream simply ends; twice: each chunk is sent twice
    """

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    error: str = "scripted failure"
    size: int = 160
    pause_s: float = 0.0
    cut: int | None = None
    drop: bool = False
    twice: bool = False
    finish: str = "stop"
    refusal: bool = False
    as_text: bool = False

    def pieces(self) -> Iterator[str]:
        text = self.text if self.cut is None else self.text[: self.cut]
        for start in range(0, len(text), self.size):
            for _ in range(1 + self.twice):
                time.sleep(self.pause_s)
                yield text[start : start + self.size]


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def form(self) -> str:
        if self.body.get("tools"):
            return "tool"
        wanted = self.body.get("response_format") or self.body.get("format")
        return "native" if wanted or self.body.get("output_config") else "text"

    @property
    def user(self) -> str:
        content = self.body["messages"][-1]["content"]
        return content if isinstance(content, str) else "".join(b["text"] for b in content)


Script = Callable[[Asked], Reply]
Event = dict[str, Any]


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error here."""


class Server:
    """One server; `script` may be set anew for every exchange, `asked` keeps the requests."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.script: Script = lambda asked: Reply()
        self.asked: list[Asked] = []
        self._http = _Http(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}{URLS[self.dialect]}"

    def say(self, *replies: Reply) -> None:
        """Send these replies one after the other, the last one again and again."""
        left = list(replies)
        self.script = lambda asked: left.pop(0) if len(left) > 1 else left[0]
        self.asked.clear()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length) or b"{}")
                asked = Asked(self.path, body, {k.lower(): v for k, v in self.headers.items()})
                server.asked.append(asked)
                try:
                    _send(self, server.dialect, asked, server.script(asked))
                except OSError:
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


def _send(to: BaseHTTPRequestHandler, dialect: Dialect, asked: Asked, reply: Reply) -> None:
    if reply.status != 200 or asked.path != PATHS[dialect]:
        status = reply.status if reply.status != 200 else 404
        return _send_error(to, dialect, asked, reply, status)
    to.send_response(200)
    kind = "application/x-ndjson" if dialect == "ollama" else "text/event-stream"
    to.send_header("Content-Type", kind)
    to.send_header("Transfer-Encoding", "chunked")
    to.end_headers()
    for event in _DIALECTS[dialect](asked, reply):
        _chunk(to, _framed(dialect, event))
    if reply.drop:
        to.close_connection = True
        to.connection.close()
        return None
    if dialect == "openai" and reply.cut is None:
        _chunk(to, b"data: [DONE]\n\n")
    _chunk(to, b"")
    return None


def _chunk(to: BaseHTTPRequestHandler, data: bytes) -> None:
    to.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
    to.wfile.flush()


def _send_error(
    to: BaseHTTPRequestHandler, dialect: Dialect, asked: Asked, reply: Reply, status: int
) -> None:
    """An error in the dialect's form; it repeats the key, as careless servers do."""
    key = asked.headers.get("authorization") or asked.headers.get("x-api-key") or ""
    told = f"{reply.error} ({key})"
    error: Any = {"type": "scripted", "message": told, "code": "scripted"}
    body = {"error": told} if dialect == "ollama" else {"type": "error", "error": error}
    data = json.dumps(body).encode()
    to.send_response(status)
    for name, value in {"Content-Type": "application/json", **reply.headers}.items():
        to.send_header(name, value)
    to.send_header("Content-Length", str(len(data)))
    to.end_headers()
    to.wfile.write(data)


def _framed(dialect: Dialect, event: Event) -> bytes:
    data = json.dumps(event)
    if dialect == "ollama":
        return f"{data}\n".encode()
    name = f"event: {event['type']}\n" if dialect == "anthropic" else ""
    return f"{name}data: {data}\n\n".encode()


def _openai(asked: Asked, reply: Reply) -> Iterator[Event]:
    def event(delta: Event, finish: str | None = None) -> Event:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        frame = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
        return {**frame, "choices": [choice]}

    is_tool = asked.form == "tool" and not reply.as_text
    yield event({"role": "assistant", "content": "" if not is_tool else None})
    if reply.refusal:
        yield event({"refusal": "I cannot help with that."})
    for n, piece in enumerate(reply.pieces()):
        if is_tool:
            call: Event = {"index": 0, "function": {"arguments": piece}}
            if n == 0:
                call |= {"id": "call1", "type": "function"}
                call["function"]["name"] = "reply"
            yield event({"tool_calls": [call]})
        else:
            yield event({"content": piece})
    if reply.cut is None:
        yield event({}, reply.finish)
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        yield {**event({}), "choices": [], "usage": usage}


def _anthropic(asked: Asked, reply: Reply) -> Iterator[Event]:
    is_tool = asked.form == "tool" and not reply.as_text
    message = {"id": "x", "type": "message", "role": "assistant", "model": "scripted"}
    usage = {"input_tokens": 100, "output_tokens": 0}
    start = {**message, "content": [], "stop_reason": None, "stop_sequence": None, "usage": usage}
    yield {"type": "message_start", "message": start}
    block: Event = {"type": "text", "text": ""}
    if is_tool:
        block = {"type": "tool_use", "id": "call1", "name": "reply", "input": {}}
    yield {"type": "content_block_start", "index": 0, "content_block": block}
    for piece in reply.pieces():
        delta = {"type": "text_delta", "text": piece}
        if is_tool:
            delta = {"type": "input_json_delta", "partial_json": piece}
        yield {"type": "content_block_delta", "index": 0, "delta": delta}
    if reply.cut is None:
        finish = {"stop": "tool_use" if is_tool else "end_turn", "length": "max_tokens"}
        reason = "refusal" if reply.refusal else finish.get(reply.finish, reply.finish)
        yield {"type": "content_block_stop", "index": 0}
        yield {
            "type": "message_delta",
            "delta": {"stop_reason": reason, "stop_sequence": None},
            "usage": {"input_tokens": 100, "output_tokens": 20},
        }
        yield {"type": "message_stop"}


def _ollama(asked: Asked, reply: Reply) -> Iterator[Event]:
    frame = {"model": "scripted", "created_at": "2025-01-01T00:00:00Z"}
    is_tool = asked.form == "tool" and not reply.as_text
    if is_tool:
        function = {"name": "reply", "arguments": json.loads(reply.text)}
        message = {"role": "assistant", "content": "", "tool_calls": [{"function": function}]}
        yield {**frame, "message": message, "done": False}
    else:
        for piece in reply.pieces():
            yield {**frame, "message": {"role": "assistant", "content": piece}, "done": False}
    if reply.cut is None:
        end = {"done_reason": reply.finish, "prompt_eval_count": 100, "eval_count": 20}
        message = {"role": "assistant", "content": ""}
        yield {**frame, "message": message, "done": True, **end}


_DIALECTS: dict[Dialect, Callable[[Asked, Reply], Iterator[Event]]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "ollama": _ollama,
}

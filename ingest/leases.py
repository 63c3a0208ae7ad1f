"""Leases: one writer at a time on a Chroma server, which has no locks of its own.

Who writes holds the record `writer:<number>` with the highest number. Chroma adds a record only
where none of that name is, so of several who add the next number one wins. A lease that is not
renewed runs out: a writer that died keeps the others waiting for a minute at most. The clocks of
the machines are taken to agree within some seconds.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from typing import Any

from ingest.errors import IndexBusy

LEASE_S = 60.0
RENEWAL_S = 15.0
POLL_S = 0.5
_KIND = "writer"


class Lease:
    """The right to write to the index whose articles are in this collection."""

    def __init__(self, articles: Any, where: str) -> None:
        self._articles, self._where = articles, where
        self._name = f"{socket.gethostname()}, process {os.getpid()}"
        self._owner = uuid.uuid4().hex
        self._number = 0
        self._ended = threading.Event()
        self._renewing = threading.Thread(target=self._renew, name="index-lease", daemon=True)

    def acquire(self, timeout_s: float) -> None:
        """Take the lease and keep it. Raises IndexBusy where another has it for too long."""
        deadline = time.monotonic() + timeout_s
        while not self._taken():
            if time.monotonic() >= deadline:
                holder = self._holder()
                raise IndexBusy(self._where, str(holder["name"]) if holder else "")
            time.sleep(POLL_S)
        self._renewing.start()

    def release(self) -> None:
        """Let others write."""
        self._ended.set()
        self._renewing.join()
        self._articles.delete(where={"owner": self._owner})

    def check(self) -> None:
        """Raises IndexBusy where the lease ran out and another took it."""
        holder = self._holder()
        if holder is None or holder["owner"] != self._owner:
            raise IndexBusy(self._where, "it took over after this one fell silent")

    def _taken(self) -> bool:
        """Add the next record if the last has run out; whether this one's is now the highest."""
        holder = self._holder()
        if holder is not None and holder["until"] > time.time():
            return False
        self._number = number = int(holder["number"]) + 1 if holder else 1
        self._articles.add(ids=[f"writer:{number}"], embeddings=[[1.0]], metadatas=[self._about()])
        holder = self._holder()
        if holder is None or holder["owner"] != self._owner:
            self._articles.delete(where={"owner": self._owner})
            return False
        self._articles.delete(where={"$and": [{"kind": _KIND}, {"number": {"$lt": number}}]})
        return True

    def _holder(self) -> dict[str, Any] | None:
        found = self._articles.get(where={"kind": _KIND}, include=["metadatas"])["metadatas"]
        return max(found, key=lambda about: about["number"], default=None)

    def _renew(self) -> None:
        while not self._ended.wait(RENEWAL_S):
            try:
                self._articles.update(ids=[f"writer:{self._number}"], metadatas=[self._about()])
            except Exception:  # the server is away: the next write says so, better than a thread
                continue

    def _about(self) -> dict[str, Any]:
        return {
            "kind": _KIND,
            "number": self._number,
            "owner": self._owner,
            "name": self._name,
            "until": time.time() + LEASE_S,
        }

"""Plain text: txt files. What is kept stands verbatim in the file."""

from __future__ import annotations

from ingest import cleaning, colophon, headlines, layout
from ingest.formats import encodings
from ingest.manuscripts import Manuscript


def read(data: bytes) -> Manuscript:
    """The manuscript of a txt file, its front matter and furniture cut."""
    raw = encodings.decode(data)
    front, body_start = colophon.front_matter(raw)
    cuts = [cleaning.Cut(0, body_start, "front matter")] if body_start else []
    body = raw[body_start:]
    cuts += [
        cleaning.Cut(c.start + body_start, c.end + body_start, c.reason)
        for c in cleaning.find(body)
    ]
    text, removals = cleaning.apply(raw, cuts)
    blocks = layout.find(text)
    about = front.over(colophon.read(text, blocks))
    title = about.title or headlines.find(text, blocks)
    source = about.source or headlines.paper(text, blocks)
    return Manuscript(
        text, blocks, removals, title, source, about.author, about.published, about.url
    )

"""Lexical search: passages by their words, stemmed, ranked by BM25 (tantivy)."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

WRITER_BYTES = 64_000_000
MAX_WORDS = 64  # of a question
_ANALYZER = "quotient"
_WORD = re.compile(r"[^\W_]+")


class LexicalIndex:
    """Texts by number. Kept in a folder, or in memory where none is given."""

    def __init__(self, folder: Path | None = None) -> None:
        import tantivy

        schema = _schema()
        if folder is None:
            self._index = tantivy.Index(schema)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(schema, path=str(folder), reuse=True)
        self._index.register_tokenizer(_ANALYZER, _analyzer())
        self._schema = schema

    def update(self, added: Iterable[tuple[int, int, str]], gone: Iterable[int] = ()) -> None:
        """Add texts as (number, group, text), after the groups in `gone` were taken out.

        Raises OSError where they cannot be written.
        """
        try:
            self._update(added, gone)
        except ValueError as error:  # what tantivy makes of a full disk
            raise OSError(str(error)) from error

    def _update(self, added: Iterable[tuple[int, int, str]], gone: Iterable[int]) -> None:
        import tantivy

        writer = self._index.writer(heap_size=WRITER_BYTES, num_threads=1)
        for group in gone:
            writer.delete_documents_by_term("group", group)
        for number, group, text in added:
            document = tantivy.Document()
            document.add_unsigned("number", number)
            document.add_unsigned("group", group)
            document.add_text("text", text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(
        self, text: str, k: int, groups: Sequence[int] | None = None
    ) -> tuple[list[int], list[float]]:
        """Numbers and BM25 scores of the k best texts, of those groups only if any are given."""
        searcher = self._index.searcher()
        query = self._query(text, groups)
        if query is None or not searcher.num_docs:
            return [], []
        hits = searcher.search(query, limit=k, count=False).hits
        numbers = searcher.fast_field_values("number", [address for _, address in hits])
        return [int(n or 0) for n in numbers], [score for score, _ in hits]

    def weights(self, words: Sequence[str]) -> list[float]:
        """What each stem tells: the logarithm of how rare it is, as BM25 has it."""
        searcher = self._index.searcher()
        n = searcher.num_docs
        counts = (searcher.doc_freq("text", word) for word in words)
        return [math.log(1 + max(0.0, n - count + 0.5) / (count + 0.5)) for count in counts]

    def _query(self, text: str, groups: Sequence[int] | None) -> Any:
        from tantivy import Occur, Query

        words = list(dict.fromkeys(_analyzer().analyze(text)))[:MAX_WORDS]
        if not words:
            return None
        terms = [(Occur.Should, Query.term_query(self._schema, "text", w)) for w in words]
        query = Query.boolean_query(terms)
        if groups is None:
            return query
        inside = Query.term_set_query(self._schema, "group", list(groups))
        return Query.boolean_query(
            [(Occur.Must, query), (Occur.Must, Query.const_score_query(inside, 0.0))]
        )


def stems(text: str) -> tuple[str, ...]:
    """The words of a text as they are looked up: stemmed, in order, the emptiest left out."""
    found = map(_stem, _WORD.findall(text.lower()))
    return tuple(stem for stem in found if stem)


@lru_cache(maxsize=100_000)
def number(stem: str) -> int:
    """A number of 32 bits that stands for a stem: the same one always and everywhere."""
    return zlib.crc32(stem.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return next(iter(_analyzer().analyze(word)), "")


@cache
def _analyzer() -> Any:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(60))
    builder = builder.filter(Filter.lowercase()).filter(Filter.ascii_fold())
    builder = builder.filter(Filter.stopword("english")).filter(Filter.stemmer("english"))
    return builder.build()


def _schema() -> Any:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_text_field("text", stored=False, tokenizer_name=_ANALYZER, index_option="freq")
    builder.add_unsigned_field("number", fast=True)
    builder.add_unsigned_field("group", indexed=True, fast=True)
    return builder.build()

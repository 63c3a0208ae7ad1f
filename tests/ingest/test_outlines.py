"""Outlines: what a search needs of a passage comes back as it was found."""

from __future__ import annotations

from ingest import articles, lexical, outlines, records, sentences
from ingest.passages import Passage
from ingest.records import Record

TEXT = "Tea\n\nSales of tea rose in May. The… \n\nSales of tea rose in May.\n"


def record() -> Record:
    article = articles.parse(TEXT.encode(), "tea.txt")
    spans = tuple(sentences.find(article))
    cut = spans[1].end
    passages = (
        Passage("tea.txt", 0, cut, "Crêpes — and tea"),
        Passage("tea.txt", spans[1].start + 9, len(article.text), ""),
    )
    return Record(article, spans, (), passages)


def test_an_outline_tells_the_passage_and_its_sentences() -> None:
    its_record = record()
    for passage, found in zip(its_record.passages, outlines.find(its_record), strict=True):
        outline = outlines.unpack(outlines.pack(found))
        assert outline.passage("tea.txt") == passage
        assert outline.sentences() == records.sentences_of(its_record, passage)
        assert outline.words.tolist() == found.words.tolist()
        assert outline.counts.tolist() == found.counts.tolist()


def test_words_are_told_by_number_and_equal_sentences_are_equal() -> None:
    found = outlines.find(record())
    stems = lexical.stems(TEXT[: TEXT.index("The")])
    assert len(stems) == 5 and found[0].words.tolist() == list(map(lexical.number, stems))
    both = outlines.sentences([outlines.pack(outline) for outline in found])
    n, n_other = both.owned.tolist()
    whole, part = both.said(0, n), both.said(n, n + n_other)
    assert (len(whole), len(part)) == tuple(len(outline.spans) for outline in found)
    assert part[-1] == whole[1] != part[0]


def test_a_passage_without_sentences_has_an_outline() -> None:
    empty = Record(record().article, (), (), (Passage("tea.txt", 0, 3, ""),))
    outline = outlines.unpack(outlines.pack(outlines.find(empty)[0]))
    assert outline.sentences() == [] and not len(outline.words)
    assert outlines.sentences([outlines.pack(outline)]).owned.tolist() == [0]

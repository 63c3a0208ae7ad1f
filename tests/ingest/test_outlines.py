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
        assert len(outline.said()) == len(outline.sentences())
        assert outline.said() == found.said()


def test_words_are_told_by_number_and_equal_sentences_are_equal() -> None:
    whole, part = outlines.find(record())
    stems = lexical.stems(TEXT[: TEXT.index("The")])
    assert len(stems) == 5 and whole.words.tolist() == list(map(lexical.number, stems))
    assert part.said()[-1] == whole.said()[1] != part.said()[0]


def test_a_passage_without_sentences_has_an_outline() -> None:
    empty = Record(record().article, (), (), (Passage("tea.txt", 0, 3, ""),))
    outline = outlines.unpack(outlines.pack(outlines.find(empty)[0]))
    assert outline.sentences() == [] and outline.said() == []

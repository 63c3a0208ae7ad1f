"""Retrieval: evidence for a question, and the LangChain retriever."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.questions import Query
from bot.retrieval import Retriever, retrieve
from ingest.index import Index
from tests.ingest.quick import QuickEmbedding


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    corpus = tmp_path_factory.mktemp("corpus")
    for year in (2022, 2023):
        text = f"Harvest {year}\nRice came to {year - 2000} tonnes in {year}. Maize did well.\n"
        (corpus / f"{year}.txt").write_text(text, encoding="utf-8")
    with Index.open(corpus / ".q", corpus=corpus, embedding=QuickEmbedding()) as opened:
        opened.sync(corpus)
        yield opened


def test_evidence_holds_articles_figures_and_sentences(index: Index) -> None:
    evidence = retrieve(Query("How much rice in 2022?", "How much rice in 2022?"), index)
    assert evidence.hits[0].passage.article_id == "2022.txt"
    assert set(evidence.articles) == {"2022.txt", "2023.txt"}
    spans = [(s.article_id, s.span.start) for s in evidence.sentences]
    assert len(spans) == len(set(spans)) == 6
    assert {f.article_id for f in evidence.figures} <= set(evidence.articles)


def test_evidence_keeps_to_an_article(index: Index) -> None:
    evidence = retrieve(Query("Rice?", "Rice?"), index, article="2023.txt")
    assert set(evidence.articles) == {"2023.txt"}


def test_retriever_gives_documents_with_their_place(index: Index) -> None:
    documents = Retriever(index=index, k=1).invoke("rice in 2023")
    assert [d.metadata["article"] for d in documents] == ["2023.txt"]
    metadata = documents[0].metadata
    text = index.article("2023.txt").text
    assert documents[0].page_content == text[metadata["start"] : metadata["end"]]


def test_a_comparison_gets_both_sides(index: Index) -> None:
    text = "Was more rice harvested in 2023 than in 2022?"
    evidence = retrieve(Query(text, text, measures=("rice",), periods=("2023", "2022")), index, k=2)
    assert {hit.passage.article_id for hit in evidence.hits} == {"2022.txt", "2023.txt"}

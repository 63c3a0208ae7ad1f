"""One evidence out of several searches."""

from __future__ import annotations

from bot.questions import Query
from bot.retrieval import Evidence, Hit
from bot.searching.gathering import MAX_SEARCHES, joined, merged, searches
from ingest import Article, Passage

ARTICLE = Article("a", "A", "One. Two. Three.", (), None, None, None, None, "", "")


def evidence(*starts: int, score: float = 0.5) -> Evidence:
    hits = tuple(Hit(Passage("a", start, start + 4, ""), score) for start in starts)
    return Evidence(hits, {"a": ARTICLE})


def test_both_forms_of_a_follow_up_are_searched_for_once() -> None:
    query = Query("What were imports in 2024?", "And imports?", entities=("China", "Japan"))
    found = searches(query, [query.asked, "imports 2024", "and imports?", *map(str, range(9))])
    assert found[0] is query
    assert [one.text for one in found[1:3]] == ["And imports?", "imports 2024"]
    assert len(found) == MAX_SEARCHES


def test_what_several_searches_find_comes_first_and_once() -> None:
    found = merged([evidence(0, 5), evidence(10, 5, score=0.9)])
    assert [hit.passage.start for hit in found.hits] == [5, 0, 10]
    assert found.hits[0].score == 0.9 and set(found.articles) == {"a"}


def test_one_search_is_left_as_it_is() -> None:
    one = evidence(0)
    assert merged([one]) is one


def test_evidence_is_joined_whole() -> None:
    found = joined(evidence(0), [evidence(5), evidence(10)])
    assert [hit.passage.start for hit in found.hits] == [0, 5, 10]

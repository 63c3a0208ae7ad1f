"""Question sets are read from three formats and refused with every line at fault."""

from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from bot.evaluation import sets
from ingest import Article, articles

CORPUS = Path(__file__).parents[3] / "corpus"
DATA = Path(__file__).parents[2] / "data"


def article(text: str, name: str = "a.txt") -> Article:
    return Article(name, name, text, (), None, None, None, None, "", "")


def problems(text: str, ending: str = ".yaml") -> list[tuple[int, str]]:
    with pytest.raises(sets.SetMalformed) as caught:
        sets.parse(text, Path("set" + ending))
    return [(problem.line, problem.reason) for problem in caught.value.problems]


def test_the_set_of_the_corpus_loads() -> None:
    cases = sets.load(CORPUS / "questions.yaml")
    assert len(cases) > 100
    assert {case.kind for case in cases} >= {"quoted", "computed", "text", "unanswerable"}


@pytest.mark.parametrize(
    ("name", "folder"), [("two_articles.yaml", CORPUS), ("world.yaml", DATA / "world")]
)
def test_what_an_open_set_cites_stands_in_the_articles(name: str, folder: Path) -> None:
    texts = {a.id: " ".join(a.text.split()) for a in _articles(folder)}
    cited = [e for case in sets.load(DATA / "questions" / name) for one in case.cite
             for e in getattr(one, "any", (one,))]  # fmt: skip
    assert len(cited) > 80
    missing = [e for e in cited if " ".join(e.text.split()) not in texts[e.article]]
    assert not missing


def _articles(folder: Path) -> list[Article]:
    return [articles.read(path, folder) for path in articles.scan(folder)]


def test_schema_accepts_what_load_accepts() -> None:
    cases = sets.load(CORPUS / "questions.yaml")
    jsonschema.validate([case.to_json() for case in cases], sets.schema())


def test_dump_is_read_back_the_same() -> None:
    cases = sets.load(CORPUS / "questions.yaml")
    assert sets.parse(sets.dump(cases), Path("again.yaml")) == cases


def test_every_problem_is_told_with_its_own_line() -> None:
    text = (
        "- id: a\n  question: How many?\n  kind: quoted\n  value: '1'\n"
        "- id: b\n  question: What?\n  kind: prose\n  words: [[x]]\n"
        "- id: c\n  question: What?\n  kind: text\n  wrods: [[x]]\n"
    )
    assert problems(text) == [
        (1, "value and unit go together"),
        (7, "kind: Input should be 'quoted', 'computed', 'text', 'yesno', 'followup' or "
            "'unanswerable'"),
        (12, "wrods: there is no such field"),
    ]  # fmt: skip


def test_problem_inside_a_citation_is_told_once() -> None:
    text = "- id: a\n  question: Q?\n  kind: text\n  cite:\n  - article: a.txt\n    txet: b\n"
    assert [line for line, _ in problems(text)] == [5, 6]


def test_same_id_twice_is_refused_at_the_second() -> None:
    text = "- {id: a, question: Q, kind: text, words: [[x]]}\n" * 2
    assert problems(text) == [(2, "the id 'a' stands twice")]


@pytest.mark.parametrize(
    ("text", "ending", "line", "part"),
    [
        ("a: [", ".yaml", 1, "expected"),
        ("a: 1", ".yaml", 1, "not a list"),
        ("- ? [a]\n  : 1\n", ".yaml", 1, "unhashable"),
        ("[]", ".yaml", 1, "no questions"),
        ("", ".csv", 1, "no column named question"),
        ('{"id": "a"}\n{', ".jsonl", 2, "not JSON"),
        ("[" * 100_000, ".jsonl", 1, "nested too deep"),
        ("[" * 5_000, ".yaml", 1, "nested too deep"),
    ],
)
def test_unreadable_file_is_told_with_its_line(
    text: str, ending: str, line: int, part: str
) -> None:
    ((found, reason),) = problems(text, ending)
    assert found == line
    assert part in reason


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(sets.SetMalformed, match="cannot be read"):
        sets.load(tmp_path / "none.yaml")


def test_loose_yaml_is_understood() -> None:
    text = (
        "- {id: 7, question: Q, kind: yesno, answer: no, words: [2024, [b, c]], unit: 1, value: 2}"
    )
    (case,) = sets.parse(text, Path("set.yaml"))
    assert (case.id, case.answer, case.unit) == ("7", "no", "1")
    assert case.words == (("2024",), ("b", "c"))


def test_unanswerable_means_to_abstain() -> None:
    (case,) = sets.parse("- {id: a, question: Q, kind: unanswerable}", Path("set.yaml"))
    assert case.abstain


def test_jsonl_keeps_line_separators_inside_strings() -> None:
    text = '{"id": "a", "question": "x\u2028y", "kind": "text", "words": [["b"]]}'
    (case,) = sets.parse(text, Path("set.jsonl"))
    assert case.question == "x\u2028y"


def test_csv_with_the_obvious_columns() -> None:
    text = (
        "Question,Answer,value,unit,article,cite,abstain,words\n"
        '"How much, in all?",,43.85,%,a.txt,"rose, by",,\n'
        "Did it rise?,Yes,,,,,,\n"
        "Who?,The customs,,,,,,\n"
        "Where?,,,,,,,Bonn|Berlin;Rome\n"
        "And Mars?,,,,,,true,\n"
    )
    figure, verdict, who, where, mars = sets.parse(text, Path("set.csv"))
    assert (figure.id, figure.kind, figure.value) == ("line-2", "quoted", Decimal("43.85"))
    assert figure.requirements[0][0].text == "rose, by"
    assert (verdict.kind, verdict.answer) == ("yesno", "yes")
    assert who.words == (("The customs",),)
    assert where.words == (("Bonn", "Berlin"), ("Rome",))
    assert mars.abstain


def test_csv_line_is_where_the_row_begins() -> None:
    text = 'question,words,value\n"a\nb",x,\nc,x,1\n'
    assert problems(text, ".csv") == [(4, "value and unit go together")]


def test_default_tolerance_is_half_a_percent() -> None:
    expected = sets.Expected(value=Decimal(200), unit="CNY")
    assert expected.holds(Decimal(201))
    assert not expected.holds(Decimal("201.1"))


def test_excerpt_is_found_over_line_ends_and_other_quotation_marks() -> None:
    held = {"a.txt": article("He said: “It’s\n  fine”. It's fine.")}
    assert list(sets.Excerpt(article="a.txt", text='"It\'s fine"').spans(held)) == [(9, 22)]
    assert len(list(sets.Excerpt(article="a.txt", text="It’s fine").spans(held))) == 2


def test_excerpts_that_no_article_holds_are_named() -> None:
    case = sets.Case(
        id="a", question="Q?", kind="text",
        cite=[{"article": "a.txt", "text": "gone"}, {"article": "b.txt", "text": "x"}],
    )  # fmt: skip
    told = list(sets.unlocated([case], {"a.txt": article("here")}))
    assert told == ["a: a.txt does not hold 'gone'", "a: there is no article b.txt"]

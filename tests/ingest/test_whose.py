"""Whose a figure is, and what it measures, in articles of several paragraphs."""

from __future__ import annotations

from ingest import figures
from ingest.articles import Article, Block
from ingest.figures import Figure, about, names

_FILLER = (
    "Nobody had expected so lively an autumn, least of all the people who have to plan for it. "
    "There had been talk of a pause, and of better days, and neither has come about so far. "
) * 6


def _article(text: str, title: str = "") -> Article:
    """The text as an article: blocks are parted by empty lines, headings begin with "#"."""
    blocks, at = [], 0
    for piece in text.split("\n\n"):
        kind = "heading" if piece.startswith("#") else "paragraph"
        blocks.append(Block(at, at + len(piece), kind, 2 if kind == "heading" else 0))  # type: ignore[arg-type]
        at += len(piece) + 2
    return Article("a", title, text, tuple(blocks), None, None, "2025-10-20", None, "", "")


def _told(text: str, title: str = "") -> dict[str, Figure]:
    article = _article(text, title)
    return {article.text[f.start : f.end]: f for f in figures.find(article)}


def _whose(text: str, title: str = "") -> dict[str, str | None]:
    return {said: f.entity for said, f in _told(text, title).items()}


_MILL = "Brennick makes board. " + _FILLER + "Sales at Brennick rose 4% to £310m.\n\n"
_OF_MILL = "Brennick has a good year"


def test_a_place_in_passing_owns_nothing_beyond_its_clause() -> None:
    found = _whose(
        _MILL + "Margins fell 7% after delays at the port of Gorsby held up 90 machines. "
        "The order book stood at £127m.",
        _OF_MILL,
    )
    assert found["£127m"] == "Brennick"
    assert found["7%"] == "Brennick"


def test_a_source_owns_nothing() -> None:
    found = _whose(
        _MILL + '"One customer buys a tenth," said Ian Moss, an analyst at Fenholt Securities, '
        "who has a target of 820p. The dividend is 4.2p.\n\n"
        "Fenholt predicts revenue of £330m for the year.",
        _OF_MILL,
    )
    assert {found[x] for x in ("a tenth", "820p", "4.2p")} == {"Brennick"}
    assert found["£330m"] == "Brennick"


def test_another_subject_goes_on_within_its_paragraph_only() -> None:
    found = _whose(
        _MILL + "Gorsby Pulp sold 300 tonnes. Its profit was £12m.\n\nHeadcount grew to 640.",
        _OF_MILL,
    )
    assert found["£12m"] == "Gorsby Pulp"
    assert found["640"] == "Brennick"


def test_a_country_is_a_name_wherever_it_stands() -> None:
    found = _whose(_FILLER + "Norway delivered 66 tonnes and Algeria 23 tonnes.")
    assert found == {"66 tonnes": "Norway", "23 tonnes": "Algeria"}


def test_a_name_before_its_bracket_owns_it() -> None:
    found = _whose(
        "Britain sent most, with 106,000 visitors, followed by Germany with 74,200 (up 6.9%) "
        "and France with 58,800 (down 12%)."
    )
    assert (found["74,200"], found["6.9%"], found["12%"]) == ("Germany", "Germany", "France")


def test_a_route_and_a_firms_home_are_no_owners() -> None:
    found = _whose(
        "The line runs from Quarry Park to Dale Road and has 19 stops. Its trams cost £9m."
    )
    assert set(found.values()) == {None}
    found = _whose(_FILLER + "The Corby-based group said its mills brought in £231m.")
    assert found["£231m"] is None


def test_whom_an_article_is_about() -> None:
    def subject(text: str, title: str = "") -> str | None:
        article = _article(text, title)
        return about.subject(article, names.of(article))

    assert subject(_MILL, _OF_MILL) == "Brennick"
    wire = "LEEDS, 3 May (Wire) - Exports from Chile rose. Chile sells copper."
    assert subject(wire, "Exports of Chile") == "Chile"
    assert subject(_FILLER + "Costs rose in Turin.", "Why flour is dear") is None
    rivals = "Orvane and Telmark merge. " + "Orvane pays. Telmark sells. " * 4
    assert subject(rivals, "Merger of Orvane and Telmark") is None
    rider = "The stage went to Mats Verhagel. " + "Verhagel led by 4 seconds. " * 4
    assert subject(rider, "Verhagel wins the stage") is None


def test_a_masthead_is_no_owner() -> None:
    text = "# The Gorsby Courier\n\n# Brennick counts its boxes\n\n" + _MILL + "Debt was £20m."
    assert _whose(text)["£20m"] == "Brennick"


_RECORDS = (
    "# The dearest bridges\n\nThey cost more than planned.\n\n"
    "# The Long Span\n\nBudget: $190 million (Norland $40 million). Toll: $3.\n\n"
    "# Quiet Water\n\nBudget: $165 million. It opened to 4,000 cars in Norland.\n\n"
    "Tolls brought $9 million.\n\n"
    "# What We Learned\n\nThe average bridge took 6 years."
)


def test_label_and_value_belong_to_their_heading() -> None:
    found = _whose(_RECORDS)
    assert {found[x] for x in ("$190 million", "$3")} == {"The Long Span"}
    assert {found[x] for x in ("$165 million", "$9 million")} == {"Quiet Water"}
    assert found["$40 million"] == "Norland"
    assert found["6 years"] not in ("Quiet Water", "What We Learned")


def test_a_numbered_name_heads_what_follows() -> None:
    found = _whose(
        "# 1. Ombo Causeway, Uganda\n\nIt carries 2,400 vehicles a day.\n\n"
        "**2. Heliodor (Munich), €310 million.** Eleven satellites are in orbit for Heliodor.\n\n"
        "# 3. Prices are 4% lower\n\nThey fell by 7%.\n\n# 4. Summary\n\nCosts were €5m."
    )
    assert found["2,400 vehicles a day"] == "Ombo Causeway"
    assert found["€310 million"] == found["Eleven satellites"] == "Heliodor"
    assert {found["7%"], found["€5m"]}.isdisjoint({"Prices are 4% lower", "Prices", "Summary"})


def test_an_agent_is_not_what_is_counted() -> None:
    found = _told("Cases reported to health authorities exceeded 14 million in 2024.")
    assert (found["14 million"].unit, found["14 million"].measure) == ("case", "cases")
    found = _told(
        "Arrivals fell 8% to 412,000 after three airlines left. Traffic soared by 31% to 365,000."
    )
    assert found["365,000"].unit == "arrival"


def test_an_amount_far_from_the_one_before_is_of_something_else() -> None:
    found = _told("A robot costs NOK 3.2 million; 64 have been sold.")
    assert found["64"].unit != "NOK"
    found = _told("The 19 firms were sold for €2.4 billion, and 33 went bankrupt.")
    assert found["33"].unit == "firm"
    found = _told("Sales came to €3.2 billion, up from 2.9 billion.")
    assert found["2.9 billion"].unit == "EUR"


def test_units_left_unsaid_by_the_same_lead_or_verb() -> None:
    found = _told("Trams run every 6 minutes by day and every 12 by night.")
    assert found["12"].unit == "minute"
    found = _told("The ferry took 45 minutes; the crossing now lasts 14.")
    assert found["14"].unit == "minute"
    found = _told("Rides were free, and the firm counted 71,000 of them.")
    assert found["71,000"].unit == "ride"


def test_what_stands_in_brackets_has_the_scale_of_what_stands_before() -> None:
    found = _told("Income rose to SEK 31,420 million (29,880), or SEK 4 million (3) a day.")
    assert found["29,880"].value == 29_880_000_000
    found = _told("They lent SEK 12 million (3,400 loans).")
    assert found["3,400 loans"].value == 3400


def test_groups_tell_two_counts_apart() -> None:
    found = _told("There were 118 cases in the vaccine group and 276 in the placebo group.")
    measures = [f.measure for f in found.values()]
    assert measures == ["cases in vaccine group", "cases in placebo group"]
    found = _told("There were 118 cases in the first week and 276 in the second week.")
    assert {f.measure for f in found.values()} == {"cases"}


def test_a_measure_is_whole() -> None:
    found = _told("Emissions were 6.8 kilograms of CO2 a barrel, and a write-down of $5m followed.")
    assert found["$5m"].measure == "write-down"
    assert "co2" in (found["6.8 kilograms"].measure or "")
    found = _told("Under 13s travel free, and the night pass stays at $45.")
    assert found["$45"].measure == "night pass"


def test_growth_told_after_growth_is_growth() -> None:
    found = _told("Prices rose 4.2% in the year to April, after 3.8% in March.")
    assert [f.kind for f in found.values()] == ["change", "change"]
    found = _told("Output rose by 0.5% in the month and 5.6% in the year.")
    assert [f.kind for f in found.values()] == ["change", "change"]
    found = _told("Sales of arms grew a more sedate 4.2% to £104.9m.")
    assert (found["4.2%"].kind, found["4.2%"].measure) == ("change", "sales of arms")
    found = _told("Sales rose 5%, and 60% of them were abroad.")
    assert found["60%"].kind == "share"


def test_a_record_is_of_its_subject_and_who_says_it_is_no_measure() -> None:
    found = _told("Turnover nevertheless set a club record of £212m, up 6% from £200m.")
    assert {f.measure for f in found.values()} == {"turnover"}
    found = _told("Tickets, still the largest source, slipped to £118m.")
    assert found["£118m"].measure == "tickets"
    found = _told("Farms cut 187 tonnes of wheat, the farm ministry said, 6% less than in May.")
    assert "ministry" not in (found["6%"].measure or "")


def test_a_name_whose_apostrophe_was_left_out_owns() -> None:
    found = _told("ChinaS foreign trade reached 43 trillion yuan. The Netherlands exports 5% more.")
    assert (found["43 trillion yuan"].measure, found["43 trillion yuan"].entity) == (
        "foreign trade", "China",
    )  # fmt: skip
    assert _whose("Norways fish exports came to $9bn.") == {"$9bn": "Norway"}
    assert _told("BrennickS sales rose to £310m. " + _MILL)["£310m"].entity == "Brennick"
    assert _whose("Sales of GPS devices came to $9bn.") == {"$9bn": None}


def test_a_title_that_says_where_and_when_tells_whose_figures_are() -> None:
    text = _FILLER + "\n\nThe share of trains on time was 88.2%."
    titled = "Train punctuality in Portugal, 2023"
    assert _whose(text, titled) == {"88.2%": "Portugal"}
    assert _whose(text, "Skarland railways in 2024: summary") == {"88.2%": "Skarland"}
    assert _whose(text, "Why Denmark's trains are late") == {"88.2%": "Denmark"}
    assert _whose(text, "Six films that made the summer of 2024") == {"88.2%": None}
    assert _whose(text, "Rail chiefs meet as Games close in Durban") == {"88.2%": None}


def test_who_comes_up_among_others_owns_only_what_points_back() -> None:
    found = _whose(
        _FILLER + "It was no easy year for Tesla or for Hertz.\n\n"
        "Sales came to 15,039 cars. Diesel cars made up 752. Tesla sold 1,530 cars. "
        "A new car cost €52,150. There were 318,000 cars on the roads.\n\n"
        "Rentals rose 4%. Hertz bought 90 vans. It sold 70 of them."
    )
    assert found == {
        "15,039 cars": None, "752": None, "1,530 cars": "Tesla", "€52,150": None,
        "318,000 cars": None, "4%": None, "90 vans": "Hertz", "70": "Hertz",
    }  # fmt: skip

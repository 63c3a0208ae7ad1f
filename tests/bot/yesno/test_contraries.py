"""What a sentence tells that shuts out what a question supposes."""

from __future__ import annotations

import pytest

from bot.yesno import contraries


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("Was the board unanimous?", "The board voted 4-1 to keep the rate.", "no"),
        ("Was it unanimous?", "Four of the five members voted for the move.", "no"),
        ("Was it unanimous?", "The vote was unanimous.", "yes"),
        ("Was it unanimous?", "The board kept the rate.", None),
        ("Was the plan accepted?", "The plan fell by 12 votes to 18.", "no"),
        ("Did the budget pass?", "The budget was carried by 19 votes to 11.", "yes"),
        ("Is the list used in a few zones only?", "It is a nationwide list.", "no"),
        ("Is the list used in 12 zones only?", "It is a nationwide list.", None),
        ("Did the budget pass?", "The budget rose by 19 to 30 million.", None),
        ("Did the budget pass?", "A motion on bins was carried by 19 votes to 11.", None),
        ("Was Oslo the most popular city?", "Rome was the most popular city, ahead of Oslo.", "no"),
        ("Was Rome the most popular city?", "Rome was the most popular city, ahead of Oslo.", None),
        ("Is the Lund plant already shut?", "The Lund plant is to shut by 2027.", "no"),
        ("Is the Lund plant already shut?", "The mill is to shut by 2027.", None),
        ("Could a three-year-old take part?", "The trial took children aged 4 to 16.", "no"),
        ("Could a 12-year-old take part?", "The trial took children aged 4 to 16.", "yes"),
        ("Could a 12-year-old take part?", "The trial took 4 to 16 weeks.", None),
        ("Was it his first goal?", "It was his fourth goal of the season.", "no"),
        ("Is Norvia the biggest carrier?", "Norvia, the second largest carrier, lost £3m.", "no"),
        ("Is Norvia the biggest carrier?", "Norvia, a large carrier, lost £3m.", None),
        ("Is it the oldest carrier?", "Norvia, the second largest carrier, lost £3m.", None),
        ("Is it the second largest carrier?", "Norvia, the second largest carrier, won.", "yes"),
        ("Has it made more than twice as much?", "It nearly doubled what the first made.", "no"),
        ("Has it made more than twice as much?", "It more than doubled in a year.", "yes"),
        ("Were they paid twice as much as in 2021?", "Pay for them doubled to £4m.", "yes"),
        ("Has it made more than twice as much?", "Takings doubled in a year.", None),
        ("Were they paid twice as much as in 2021?", "Pay for them rose to £4m.", None),
        ("Was it his fourth goal?", "It was his fourth goal of the season.", "yes"),
        ("Did Ada beat the course record?", "The record of 2:06:58, set in 2019, survived.", "no"),
        ("Was the share a record?", "That was 46%, the highest share on record.", "yes"),
        ("Was 2024 the hottest year ever?", "It was the fifth warmest year so far.", "no"),
        ("Did she set a record?", "She missed the record by eleven seconds.", "no"),
        ("Is the index below its record?", "Its record dates from May.", None),
        ("Does it keep records?", "It was the highest share on record.", None),
        ("Are seals part of the count?", "The count does not include seals.", "no"),
        ("Are seals part of the count?", "The count does not include walruses.", None),
        ("Are seals part of the count?", "The count includes seals.", None),
        ("Were all members there?", "Present were 11 of 14 members.", "no"),
        ("Were all members there?", "All of the members were there.", None),
        ("Was it more than in all of 2021?", "One of the ships was late.", None),
        ("Was the loss bigger than the year before?", "Profit was £371 million.", None),
        ("Was it the first quarter?", "The third quarter was worse.", None),
        ("Was the first half profitable?", "The first half ended £11 million in the red.", "no"),
        ("Was it profitable?", "It made a profit after a loss.", None),
        ("Did the men win promotion?", "The men missed promotion by a goal.", "no"),
        ("Is the museum not free?", "The museum is free.", None),
        ("Was parliament in favour?", "Parliament rejected it.", None),
        ("Did parliament approve it?", "Parliament rejected it.", "no"),
        ("Did the minister agree?", "The minister did not refuse.", None),
        ("Was everyone on the panel for it?", "Six of the nine members voted for it.", "no"),
        ("Did the whole board agree?", "The chair explained the board's 4-1 vote.", "no"),
        ("Was the jury of one mind?", "Its oldest member dissents.", "no"),
        ("Was everyone on the ferry rescued?", "Six of the nine members voted for it.", None),
        ("Was it her first hundred runs?", "It was her third Test hundred.", "no"),
        ("Was the second film longer than the third?", "The third film ran longer.", None),
        ("Did the appeal succeed?", "The appeal was thrown out on Friday.", "no"),
        ("Is the builder still in business?", "The builder became insolvent in May.", "no"),
        ("Did anybody on the night shift die?", "All 740 on the night shift were safe.", "no"),
        ("Were seats left unsold?", "All 420 seats were sold.", "no"),
        ("Is the audience getting younger?", "The audience has come back older.", "no"),
        ("Did the shop make money in May?", "The shop made a loss of £3,000 in May.", "no"),
        ("Is the shop in the red in 2024?", "The shop made a loss of £3,000.", "yes"),
        ("Is the tunnel running late?", "The tunnel is fourteen months behind plan.", "yes"),
        ("Will the chairman quit?", "The chairman will retire in March.", "yes"),
        ("Do the growers doubt the census?", "Growers were sceptical of the census.", "yes"),
        ("Will the chairman quit?", "The treasurer will retire in March.", None),
        ("Is the tunnel 2 years late?", "The tunnel is behind plan.", None),
        ("Do all growers doubt the census?", "Growers were sceptical of the census.", None),
        ("Do more growers doubt it than trust it?", "Growers doubt it.", None),
        ("Did the loss shrink?", "The shop made a loss.", None),
        ("Did nobody die?", "Two walkers died.", None),
        ("Is the tunnel late?", "The tunnel is not behind plan.", None),
    ],
)
def test_what_a_sentence_shuts_out(question: str, sentence: str, holds: str | None) -> None:
    assert contraries.told(question, sentence) == holds


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("Did the shop make a profit in May?", "The shop made a loss in May.", "no"),
        ("Did the shop make a profit in May?", "The club made a loss of £3 million.", None),
        ("Did the shop lose money in May?", "The shop made a loss in May.", None),
        ("Was it his first goal?", "It was his fourth goal of the season.", None),
    ],
)
def test_of_a_line_that_is_not_the_likeliest(
    question: str, sentence: str, holds: str | None
) -> None:
    assert contraries.told(question, sentence, is_first=False) == holds

"""Causes: why something is so, where it stands behind the sentence that says that it is.

"The pool was shut for 19 days. The clerk said that the boiler had failed.", "Why the overrun? We
left 26 months late. The wheels failed in testing.": the sentence that answers best says what the
question says, and the cause goes on from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.evidence.pages import Line, Pages
from bot.texts import choosing
from ingest import Article

# So many lines further on in its paragraph the cause of what a line tells may stand.
FURTHER = 2
_TELLS = re.compile(
    r"\b(?:because|owing to|thanks to|as a result|on account of|caus(?:e|es|ed|ing)\b(?! of\b)"
    r"|blam(?:e|es|ed|ing)|put(?:s|ting)? (?:\w+ ){1,4}down to|put down to|(?:was|is) why"
    r"|(?:driven|fuel+ed|propelled|boosted|lifted|helped|hit|hurt|prompted|triggered|dragged"
    r"|held|weighed|pushed|pulled|sparked|spurred|slowed|delayed|explained|led)(?: \w+)? by"
    r"|attribut\w+|explains?|stem(?:s|med)? from|reflect(?:s|ed|ing)|ow(?:es?|ed|ing) (?:\w+ )?to"
    r"|credit(?:s|ed)|reasons? (?:is|was|are|were|given|being)|so that|so (?:the|that|it|they)"
    r"|on the back of|for fear|forced|led to|followed|as|since|after|given|despite"
    r"|fostering|helping|thus|therefore)\b"
    r"|\bdue to\b(?! [a-z]+(?<!s) (?:in|on|by|at|before|until|from|this|next|later|out|soon|up)\b)",
    re.IGNORECASE,
)
# What had happened before may be why.
_HAD = re.compile(r"\bhad (?:to |(?:been |not |already |had |to )?[a-z]{3,})", re.IGNORECASE)
_ASKS_WHY = re.compile(
    r"\b(?:why|how come|reasons?|what (?:caused?|made|happened|went wrong|is behind|lies behind))\b"
)


def tells(text: str) -> bool:
    """Whether a sentence may say why something is so."""
    return bool(_TELLS.search(text))


def behind(line: Line, question: str, pages: Pages, articles: Mapping[str, Article]) -> list[Line]:
    """The lines behind one that tell the cause of what it tells; [] where none does."""
    article = articles[line.article_id]
    after = choosing.paragraph_after(line, pages, articles)
    for n, one in enumerate(after[:FURTHER]):
        if counted := choosing.announced(one, question, pages, articles):
            return [*after[: n + 1], *counted]
        if tells(one.text) or (n == 0 and _HAD.search(one.text)):
            return list(after[: n + 1])
    return list(after[:FURTHER]) if _answers_why(line, pages.page(article).lines, article) else []


def _answers_why(line: Line, lines: Sequence[Line], article: Article) -> bool:
    """Whether the question right above a line's paragraph asks why."""
    begins = article.text.rfind("\n", 0, line.start) + 1
    above = [one for one in lines if one.end <= begins]
    asked = above[-1].text.lower() if above else ""
    return asked.rstrip("*_ ").endswith("?") and bool(_ASKS_WHY.search(asked))

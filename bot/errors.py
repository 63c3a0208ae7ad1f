"""What can go wrong between a question and its answer.

    BotError
    ├── QuestionEmpty            nothing was asked
    ├── HistoryMalformed         the earlier turns cannot be read
    ├── ModelError
    │   ├── ModelUnknown         no such provider or model, or its package is not installed
    │   ├── ModelRefused         wrong key, no quota, not allowed
    │   └── ModelUnavailable     not reached, timed out, overloaded
    ├── CalculationRefused       the operation is not legal for these operands
    ├── IdentitiesMalformed      the corpus's own identities cannot be read
    └── AnswerMalformed          a saved answer that is not one

Every error phrases itself: what happened, and what to do next.
"""

from __future__ import annotations


class BotError(Exception):
    """Base of all errors of this package; `str()` is fit to show to a person."""


class QuestionEmpty(BotError):
    def __init__(self) -> None:
        super().__init__('Nothing was asked. Type a question, such as "What were exports in 2024?"')


class HistoryMalformed(BotError):
    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The history cannot be read: {reason}. "
            'It is a list of questions, or of {"question": ..., "answer": ...}, oldest first.'
        )


class ModelError(BotError):
    """The chat model could not be used; the extractive reader still can."""


class ModelUnknown(ModelError):
    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"The model {name!r} cannot be used: {reason}")


class ModelRefused(ModelError):
    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"The model {name!r} refused: {reason}")


class ModelUnavailable(ModelError):
    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"The model {name!r} did not answer: {reason}")


class CalculationRefused(BotError):
    """`operation` cannot be applied; `reason` names the law that it would break."""

    def __init__(self, operation: str, reason: str) -> None:
        self.operation, self.reason = operation, reason
        super().__init__(f"{operation}: {reason}")


class IdentitiesMalformed(BotError):
    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"The identities in {path} cannot be read: {reason}. "
            "It is a list of entries with a name, a whole and parts with names."
        )


class AnswerMalformed(BotError):
    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"This is not a saved answer: {reason}")

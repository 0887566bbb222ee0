"""Ask a model that the user has for a second opinion on the points of a comparison."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from testimonia.analysis.second_opinion import STEP_NAME, STEP_VERSION, SYSTEM, Question, question_about, read_answer
from testimonia.endpoints.chat import EndpointError
from testimonia.errors import TestimoniaError
from testimonia.model.comparison import RELATIONS, Comparison, Point
from testimonia.model.opinions import Opinion, Refusal
from testimonia.services.citing import Citing
from testimonia.services.clock import Clock
from testimonia.store.library import LibraryStore

MOST_FAILURES = 3
"""So many points in a row without an answer, and the endpoint is taken to be gone."""


class LeavesThisMachineError(TestimoniaError):
    """The endpoint is on another machine, and nobody has said that passages may be sent there."""

    code = "leaves-this-machine"


class Endpoint(Protocol):
    """Where a model is asked."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def model(self) -> str:
        """The name under which it knows the model."""

    @property
    def is_local(self) -> bool:
        """Is it on this machine?"""

    def ask(self, system: str, user: str) -> str:
        """What the model answers. Raises EndpointError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionReport:
    """What came of asking: how many points were asked about, what is kept, what was refused and why, what failed.

    `skipped` points had this model's opinion on the same passages already.
    """

    asked: int
    skipped: int
    opinions: tuple[Opinion, ...]
    refusals: tuple[Refusal, ...]
    failures: tuple[str, ...]

    @property
    def refused(self) -> Mapping[str, int]:
        """How many proposals broke each rule?"""
        return dict(sorted(Counter(r.code for r in self.refusals).items()))


class SecondOpinion:
    """Asks, checks, and keeps what holds as findings to be judged."""

    def __init__(self, store: LibraryStore, endpoint: Endpoint, now: Clock) -> None:
        self._store = store
        self._endpoint = endpoint
        self._now = now

    def ask(
        self,
        comparison: Comparison,
        *,
        most: int | None = None,
        may_send: bool = False,
        again: bool = False,
        going_on: Callable[[int, int, str], None] = lambda done, total, label: None,
    ) -> OpinionReport:
        """What does the model say of the points that several accounts speak to, contradictions first?

        Each point is kept as soon as it is answered: whatever stops the work, what was answered stays, and is not
        asked again unless `again`. Raises LeavesThisMachineError where the endpoint is elsewhere and `may_send` is not
        set, and EndpointError where it does not answer at all.
        """
        endpoint = self._endpoint
        if not endpoint.is_local and not may_send:
            raise LeavesThisMachineError(
                "passages of your sources would be sent to another machine",
                where=endpoint.url,
                hint="Say --send-away if they may be",
            )
        asked = self._store.stamps(STEP_NAME)
        due: list[tuple[Question, str]] = []
        points = _shared(comparison.points)[:most]
        for point in points:
            question = question_about(comparison, point)
            stamp = _stamp(question, endpoint.model)
            if again or asked.get(_scope(point, endpoint.model)) != stamp:
                due.append((question, stamp))
        opinions: list[Opinion] = []
        refusals: list[Refusal] = []
        failures: list[str] = []
        in_a_row = 0
        citing = Citing(self._store)
        for done, (question, stamp) in enumerate(due):
            going_on(done, len(due), question.point.label)
            try:
                text = endpoint.ask(SYSTEM, question.user)
            except EndpointError as error:
                failures.append(f"{question.point.label}: {error}")
                in_a_row += 1
                if in_a_row == MOST_FAILURES or len(failures) == len(due):
                    raise
                continue
            in_a_row = 0
            answer = read_answer(text, question, endpoint.model, citing)
            opinions += answer.opinions
            refusals += answer.refusals
            scope = _scope(question.point, endpoint.model)
            self._store.keep_findings(STEP_NAME, scope, answer.opinions, self._now(), stamp=stamp)
        return OpinionReport(
            asked=len(due) - len(failures),
            skipped=len(points) - len(due),
            opinions=tuple(opinions),
            refusals=tuple(refusals),
            failures=tuple(failures),
        )


def _shared(points: Sequence[Point]) -> list[Point]:
    """The points of several accounts, the strongest clashes first."""
    several = [p for p in points if len(p.statements) > 1]
    return sorted(several, key=lambda p: (RELATIONS.index(p.relation), -p.confidence))


def _scope(point: Point, model: str) -> str:
    return f"{point.id} {model}"


def _stamp(question: Question, model: str) -> str:
    """The same for the same model, the same passages and the same way of asking."""
    told = "\x1f".join((STEP_VERSION, model, SYSTEM, question.user))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

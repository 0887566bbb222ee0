"""What the editor decides: rows that are never overwritten."""

import uuid

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.comparison import DECISIONS, Judgement
from testimonia.model.findings import Repair
from testimonia.services.clock import Clock
from testimonia.services.intake import Intake
from testimonia.store.library import LibraryStore


class Judging:
    """Accepts, rejects, and takes back."""

    def __init__(self, store: LibraryStore, intake: Intake, now: Clock) -> None:
        self._store = store
        self._intake = intake
        self._now = now

    def judge(self, finding_id: str, decision: str, editor: str, note: str = "") -> Judgement:
        """Keep a decision on a finding. Rejecting a repair takes it out of the reading text at once."""
        if decision not in DECISIONS or decision == "undone":
            raise InvalidRecordError(f"{decision!r} is no decision", hint=f"One of {', '.join(DECISIONS[:3])}")
        finding = self._store.finding(finding_id)
        judgement = Judgement(
            id=uuid.uuid4().hex, finding=finding_id, decision=decision, editor=editor, at=self._now(), note=note
        )
        self._store.judge(judgement)
        if isinstance(finding, Repair):
            self._intake.renew(finding.source)
        return judgement

    def undo(self, judgement_id: str, editor: str) -> Judgement:
        """Take a decision back, by another row. Raises NotFoundError."""
        undone = next((j for j in self._store.judgements() if j.id == judgement_id), None)
        if undone is None:
            raise NotFoundError("there is no such decision", where=judgement_id)
        judgement = Judgement(
            id=uuid.uuid4().hex,
            finding=undone.finding,
            decision="undone",
            editor=editor,
            at=self._now(),
            undoes=judgement_id,
        )
        self._store.judge(judgement)
        finding = self._store.finding(undone.finding)
        if isinstance(finding, Repair):
            self._intake.renew(finding.source)
        return judgement

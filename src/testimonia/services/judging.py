"""What the editor decides: rows that are never overwritten."""

import json
import uuid
from collections.abc import Iterable, Mapping

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.comparison import DECISIONS, Judgement
from testimonia.model.findings import Finding, Repair
from testimonia.services.changing import value_of_change
from testimonia.services.clock import Clock
from testimonia.services.intake import Intake
from testimonia.services.records import Record
from testimonia.store.library import LibraryStore

EVERYWHERE = "everywhere in the source"


class Judging:
    """Accepts, rejects, and takes back."""

    def __init__(self, store: LibraryStore, intake: Intake, now: Clock) -> None:
        self._store = store
        self._intake = intake
        self._now = now

    def judge(self, finding_id: str, decision: str, editor: str, note: str = "") -> Judgement:
        """Keep a decision on a finding.

        Rejecting a repair takes it out of the reading text at once; accepting one that was only suggested puts it in.
        Raises NotFoundError, InvalidRecordError.
        """
        return self._judge(self._store.finding(finding_id), (), decision, editor, note)[0]

    def change(self, finding_id: str, fields: Mapping[str, str], editor: str, note: str = "") -> Judgement:
        """Keep what an editor changes in a finding, by field; `undo` takes it back.

        A change of what was changed before keeps the earlier changes. Raises NotFoundError, InvalidRecordError.
        """
        finding = self._store.finding(finding_id)
        before = self._store.current_decisions().get(finding_id)
        earlier = json.loads(before.value) if before and before.decision == "changed" and before.value else {}
        value = value_of_change(finding, {**earlier, **fields})
        row = Judgement(
            id=uuid.uuid4().hex, finding=finding_id, decision="changed", editor=editor, at=self._now(), note=note,
            value=value,
        )  # fmt: skip
        self._keep((row,), finding)
        return row

    def judge_everywhere(self, finding_id: str, decision: str, editor: str) -> tuple[Judgement, ...]:
        """Keep a decision on a repair and on all of its source that change the same word alike; that repair's first.

        Raises NotFoundError, and InvalidRecordError where the finding is no repair.
        """
        finding = self._store.finding(finding_id)
        return self._judge(finding, self._the_same(finding, decision), decision, editor, EVERYWHERE)

    def _judge(
        self, finding: Finding, others: Iterable[str], decision: str, editor: str, note: str
    ) -> tuple[Judgement, ...]:
        if decision not in DECISIONS[:3]:
            raise InvalidRecordError(f"{decision!r} is no decision", hint=f"One of {', '.join(DECISIONS[:3])}")
        at = self._now()
        made = tuple(
            Judgement(id=uuid.uuid4().hex, finding=name, decision=decision, editor=editor, at=at, note=note)
            for name in (finding.id, *others)
        )
        self._keep(made, finding)
        return made

    def undo(self, judgement_id: str, editor: str) -> Judgement:
        """Take a decision back, by another row; with it those made everywhere at once. Raises NotFoundError."""
        rows = self._store.judgements()
        undone = next((j for j in rows if j.id == judgement_id), None)
        if undone is None:
            raise NotFoundError("there is no such decision", where=judgement_id)
        together = [undone]
        if undone.note == EVERYWHERE:
            taken_back = {j.undoes for j in rows}
            together += [
                j
                for j in rows
                if (j.at, j.note, j.editor, j.decision) == (undone.at, undone.note, undone.editor, undone.decision)
                and j.id not in taken_back | {undone.id}
            ]
        at = self._now()
        made = tuple(
            Judgement(id=uuid.uuid4().hex, finding=j.finding, decision="undone", editor=editor, at=at, undoes=j.id)
            for j in together
        )
        self._keep(made, self._of(undone.finding))
        return made[0]

    def _of(self, finding_id: str) -> Finding | None:
        """The finding of a decision; None where it is an entity's, or a rerun has taken the finding away."""
        try:
            return self._store.finding(finding_id)
        except NotFoundError:
            return None

    def standing(self, finding_id: str) -> Judgement:
        """The decision on this finding that stands. Raises NotFoundError where there is none."""
        decision = self._store.current_decisions().get(finding_id)
        if decision is None:
            raise NotFoundError("nothing was decided about this finding", where=finding_id)
        return decision

    def _keep(self, judgements: Iterable[Judgement], finding: Finding | None) -> None:
        for judgement in judgements:
            self._store.judge(judgement)
        if isinstance(finding, Repair):
            self._intake.renew(finding.source)

    def _the_same(self, finding: Finding, decision: str) -> list[str]:
        """The other repairs of the source with the same words before and after, not yet judged so."""
        if not isinstance(finding, Repair):
            raise InvalidRecordError(
                "only a repair can be judged everywhere", where=finding.id, hint="Judge this finding by itself"
            )
        decisions = self._store.current_decisions()
        words = (finding.before, finding.after, finding.how)
        return [
            repair.id
            for repair in self._store.findings(Repair, finding.source)
            if repair.id != finding.id
            and (repair.before, repair.after, repair.how) == words
            and (repair.id not in decisions or decisions[repair.id].decision != decision)
        ]


def judgement_record(judgement: Judgement) -> Record:
    """A decision as printed."""
    return {
        "id": judgement.id,
        "kind": "judgement",
        "finding": judgement.finding,
        "decision": judgement.decision,
        "editor": judgement.editor,
        "at": judgement.at,
        "note": judgement.note,
        "undoes": judgement.undoes,
        "value": judgement.value,
    }

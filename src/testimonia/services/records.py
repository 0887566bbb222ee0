"""The records that the command line and the web application print for programs.

The field names are an interface that scripts rely on: fields may be added, none renamed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from testimonia.model.authority import AuthorityLink
from testimonia.model.citations import Reference
from testimonia.model.claims import Claim
from testimonia.model.collation import Restoration
from testimonia.model.comparison import Comparison, Event, EventChange, Judgement, Point, Statement
from testimonia.model.dates import NamedDate
from testimonia.model.findings import Account, Document, Finding, Gap, Mark, Note, Notice, Redaction, Repair
from testimonia.model.names import Name
from testimonia.model.opinions import Opinion
from testimonia.model.pages import Page
from testimonia.model.provenance import Provenance, Reliance
from testimonia.model.resting import Resting
from testimonia.model.scans import PageScan
from testimonia.model.spans import Anchor, Span
from testimonia.services.changing import as_changed
from testimonia.store.library import StoredSource
from testimonia.text.csl import csl_item

Record = dict[str, Any]


def anchor_record(anchor: Anchor) -> Record:
    """An anchor as printed; see docs/model.md."""
    return {
        "source": anchor.source,
        "layer": anchor.layer,
        "start": anchor.start,
        "end": anchor.end,
        "first_line": anchor.first_line,
        "last_line": anchor.last_line,
        "page_index": anchor.page_index,
        "page_label": anchor.page_label,
        "quote": anchor.quote,
    }


def source_record(stored: StoredSource, counts: Mapping[str, int]) -> Record:
    """A source as printed, with how much of each kind was found in it."""
    source = stored.source
    return {
        "id": source.sha256,
        "kind": "source",
        "source": source.sha256,
        "source_name": source.name,
        "anchors": [],
        "step": None,
        "confidence": None,
        "judgement": "accepted",
        "path": source.path,
        "size_bytes": source.size_bytes,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "state": stored.state,
        "added_at": stored.added_at,
        "pages": stored.page_count,
        "found": dict(sorted(counts.items())),
    }


def page_record(page: Page, stored: StoredSource, step: str, scan: PageScan | None = None) -> Record:
    """A page as printed: `engine` is what read it from its image, `engine_confidence` how sure that was; null where the
    words came with the file."""
    return {
        "id": f"page-{stored.source.sha256[:16]}-{page.page_index}",
        "kind": "page",
        "source": stored.source.sha256,
        "source_name": stored.source.name,
        "anchors": [],
        "step": step,
        "confidence": 0.7 if page.number_inferred else 0.95,
        "judgement": "proposed",
        "page_index": page.page_index,
        "page_label": page.page_label,
        "number": page.number,
        "total": page.total,
        "number_inferred": page.number_inferred,
        "sequence": page.sequence,
        "first_line": page.first_line,
        "last_line": page.last_line,
        "start": page.start,
        "end": page.end,
        "orientation_deg": page.orientation_deg,
        "readable": round(page.readable, 4),
        "engine": scan.engine if scan is not None else None,
        "engine_confidence": round(scan.confidence, 4) if scan is not None and scan.confidence is not None else None,
    }


def finding_record(finding: Finding, source_name: str, decision: Judgement | None) -> Record:
    """A finding of any kind as printed: the common fields, then those of its kind, as an editor changed them."""
    finding = as_changed(finding, decision)
    judgement = decision.decision if decision is not None else "proposed"
    return {
        "id": finding.id,
        "kind": finding.kind,
        "source": finding.source,
        "source_name": source_name,
        "anchors": [anchor_record(a) for a in finding.anchors],
        "step": str(finding.step),
        "confidence": None if decision is not None else round(finding.confidence, 4),
        "judgement": judgement,
        "explanation": finding.reason,
        **_OWN_FIELDS[type(finding)](finding),
    }


def _span(span: Span) -> Record:
    return {"layer": span.layer, "start": span.start, "end": span.end}


def _document(d: Document) -> Record:
    return {
        "title": d.title,
        "type": d.type,
        "author": d.author,
        "recipient": d.recipient,
        "place": d.place,
        "date": d.date,
        "parent": d.parent,
        "first_line": d.first_line,
        "last_line": d.last_line,
        "published_in": d.published_in,
        "page_labels": list(d.page_labels),
        "participants": list(d.participants),
        "span": _span(d.span),
    }


def _account(a: Account) -> Record:
    return {
        "title": a.title,
        "teller": a.teller,
        "told": a.told,
        "published": a.published,
        "basis": a.basis,
        "document": a.document,
        "first_line": a.first_line,
        "last_line": a.last_line,
        "heading": a.heading,
        "source_note": a.source_note,
        "span": _span(a.span),
    }


def _note(n: Note) -> Record:
    return {
        "label": n.label,
        "called_at": [anchor_record(a) for a in n.called_at],
        "text": n.text,
        "document": n.document,
    }


def _gap(g: Gap) -> Record:
    return {"what": g.what, "label": g.label, "extent": g.extent, "evidence": g.evidence, "document": g.document}


def _redaction(r: Redaction) -> Record:
    return {"printed": r.printed, "quantity": r.quantity, "unit": r.unit, "document": r.document}


def _mark(m: Mark) -> Record:
    return {"role": m.role, "text": m.text, "document": m.document}


def _repair(r: Repair) -> Record:
    return {"before": r.before, "after": r.after, "reason": r.how, "applied": r.applied}


def _notice(n: Notice) -> Record:
    return {"code": n.code, "message": n.message}


def _date(d: NamedDate) -> Record:
    return {
        "printed": d.printed,
        "type": d.type,
        "edtf": d.edtf,
        "earliest": d.earliest,
        "latest": d.latest,
        "value": d.value,
        "zone": d.zone,
        "resolved_from": [anchor_record(a) for a in d.resolved_from],
        "rivals": list(d.rivals),
        "document": d.document,
    }


def _event(e: Event) -> Record:
    return {
        "title": e.title,
        "when": e.when,
        "place": e.place,
        "accounts": list(e.accounts),
        "participants": list(e.participants),
    }


def _event_change(c: EventChange) -> Record:
    return {"what": c.what, "events": list(c.events), "accounts": list(c.accounts)}


def _name(n: Name) -> Record:
    return {
        "name": n.name,
        "entity": n.entity,
        "entity_name": n.entity_name,
        "type": n.type,
        "rivals": list(n.rivals),
        "title": n.title,
    }


def resting_record(resting: Resting) -> Record:
    """One thing that rests on a gap, as printed."""
    return {
        "how": resting.how, "who": resting.who, "why": resting.why, "finding": resting.finding, "point": resting.point,
        "anchors": [anchor_record(a) for a in resting.anchors],
    }  # fmt: skip


def link_record(link: AuthorityLink | None) -> Record | None:
    """The entry of an authority file that an entity may be, as printed; None where there is none."""
    if link is None:
        return None
    return {
        "id": link.entry.entry,
        "name": link.entry.name,
        "wikidata": link.entry.wikidata or None,
        "viaf": link.entry.viaf or None,
        "description": link.entry.description or None,
        "confidence": round(link.confidence, 4),
        "reason": link.reason,
    }


def _restoration(r: Restoration) -> Record:
    return {
        "printed": r.printed,
        "text": r.text,
        "shown_in": [anchor_record(a) for a in r.shown_in],
        "partly": r.partly,
        "characters": [r.least, r.most],
        "fills": r.fills,
    }


def _reference(r: Reference) -> Record:
    return {"csl": csl_item(r), "printed": r.printed, "refers_to": r.refers_to, "note": r.note}


def _provenance(p: Provenance) -> Record:
    return {
        "document": p.document,
        "about": p.about,
        "act": p.act,
        "agents": list(p.agents),
        "recipients": list(p.recipients),
        "when": p.when,
        "order": p.order,
    }


def _reliance(r: Reliance) -> Record:
    return {
        "from": r.rests or r.rests_name,
        "from_name": r.rests_name,
        "on": r.on or r.on_name,
        "on_name": r.on_name,
        "how": r.how,
        "stated": r.stated,
        "via": [anchor_record(a) for a in r.via],
    }


def _opinion(o: Opinion) -> Record:
    return {
        "point": o.point,
        "about": o.about,
        "value": o.value,
        "account": o.account,
        "model": o.model,
        "slots": dict(o.slots),
    }


def _claim(c: Claim) -> Record:
    return {
        "account": c.account,
        "act": c.act,
        "verb": c.verb,
        "who": c.who,
        "who_printed": c.who_printed,
        "to_whom": c.to_whom,
        "what": list(c.what),
        "when": [
            {"printed": w.printed, "of": w.of, "edtf": w.edtf, "earliest": w.earliest, "latest": w.latest}
            for w in c.when
        ],
        "where": list(c.where),
        "how_many": [{"printed": q.printed, "of": q.of, "least": q.least, "most": q.most} for q in c.how_many],
        "polarity": "denied" if c.denied else "affirmed",
        "certainty": c.certainty,
        "attribution": list(c.attribution),
        "hearsay": c.hearsay,
        "told_as": c.told_as,
    }


_OWN_FIELDS: Mapping[type[Finding], Callable[[Any], Record]] = {
    Document: _document,
    Account: _account,
    Note: _note,
    Gap: _gap,
    Redaction: _redaction,
    Mark: _mark,
    Repair: _repair,
    Notice: _notice,
    Event: _event,
    Restoration: _restoration,
    NamedDate: _date,
    Name: _name,
    Reference: _reference,
    Provenance: _provenance,
    Reliance: _reliance,
    Opinion: _opinion,
    Claim: _claim,
    EventChange: _event_change,
}


def statement_record(statement: Statement) -> Record:
    """What one account says on one point, as printed."""
    return {
        "id": statement.id,
        "account": statement.account,
        "stance": statement.stance,
        "value": statement.value,
        "attribution": list(statement.attribution),
        "anchors": [anchor_record(a) for a in statement.anchors],
        "version": statement.version,
        "clashes": [{"anchor": n, "start": start, "end": end} for n, start, end in statement.clashes],
        "hearsay": statement.hearsay,
        "told_as": statement.told_as,
    }


def point_record(point: Point) -> Record:
    """One point of a comparison, as printed."""
    return {
        "id": point.id,
        "label": point.label,
        "relation": point.relation,
        "statements": [statement_record(s) for s in point.statements],
        "silences": [{"account": s.account, "reason": s.reason, "evidence": s.evidence} for s in point.silences],
        "confidence": round(point.confidence, 4),
        "judgement": "proposed",
        "reason": point.reason,
        "weight": round(point.weight, 4),
        "clash_kind": point.clash_kind or None,
    }


def comparison_record(
    comparison: Comparison, name_of: Callable[[str], str], decisions: Mapping[str, Judgement]
) -> Record:
    """All accounts of one event side by side, as `testimonia compare --json` prints them.

    `name_of` gives a source's file name for its SHA-256.
    """
    from testimonia.analysis.tellings import same_teller_as  # brings the rules for claims, which no other record needs

    def with_common(finding: Finding) -> Record:
        return finding_record(finding, name_of(finding.source), decisions.get(finding.id))

    same = same_teller_as(comparison.accounts)
    return {
        "event": with_common(comparison.event),
        "accounts": [{**with_common(a), **_telling(a, comparison, same)} for a in comparison.accounts],
        "points": [point_record(p) for p in comparison.points],
        "scenes": [
            {"label": s.label, "points": list(s.points), "accounts": list(s.accounts), "place": s.place}
            for s in comparison.scenes
        ],
    }


def _telling(account: Account, comparison: Comparison, same: Mapping[str, tuple[str, ...]]) -> Record:
    """How long after the event it was told, from the earliest to the latest in years, and the teller's other
    tellings."""
    from testimonia.analysis.tellings import told_after_years

    years = told_after_years(comparison.event.when, account.told or account.published)
    return {"told_after_years": None if years is None else list(years), "same_teller_as": list(same[account.id])}

"""What is in the files that were taken in, in a few lines for people."""

import click

from testimonia.model.findings import Account, Document, Gap, Note, Notice, Redaction
from testimonia.services.intake import IntakeReport
from testimonia.services.workbench import Workbench


def print_summary(workbench: Workbench, report: IntakeReport) -> None:
    """Say of each source what is in it: articles, accounts, notes, what is missing, what must be known."""
    for stored in report.added:
        click.echo(f"{stored.source.name}  {stored.page_count} pages, SHA-256 {stored.source.sha256[:12]}")
        _print_found(workbench, stored.source.sha256)
    for stored in report.unchanged:
        click.echo(f"{stored.source.name}: in the library already ({stored.source.sha256[:12]}), nothing changed")


def _print_found(workbench: Workbench, sha256: str) -> None:
    found = workbench.catalogue.findings
    documents = found(Document, sha256)
    accounts = found(Account, sha256)
    for article in (d for d in documents if d.parent is None):
        author = f", by {article.author}" if article.author else ""
        click.echo(f"  {article.type}: {article.title}{author} (l. {article.first_line}-{article.last_line})")
        for section in (d for d in documents if d.parent == article.id and d.type == "section"):
            click.echo(f"    section: {section.title} (l. {section.first_line})")
    for account in accounts:
        click.echo(f"  account: {account.teller}: {account.title} (l. {account.first_line}-{account.last_line})")
    notes, gaps = found(Note, sha256), found(Gap, sha256)
    if notes:
        click.echo(f"  {len(notes)} notes, {sum(bool(n.called_at) for n in notes)} of them linked to their calls")
    for redaction in found(Redaction, sha256):
        click.echo(f"  redaction: {redaction.printed} (l. {redaction.anchors[0].first_line})")
    for what in ("page", "note", "enclosure", "record"):
        labels = [g.label or g.evidence for g in gaps if g.what == what]
        if labels:
            click.echo(f"  missing {what}s: {', '.join(labels)}")
    for notice in found(Notice, sha256):
        click.echo(f"  notice: {notice.message}")

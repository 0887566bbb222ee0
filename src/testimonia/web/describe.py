"""What is this source? Its documents and their lives, what rests on what, what it cites, what is missing."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from testimonia.services.workbench import Workbench
from testimonia.web.asking import bounded_form, number_asked, source_asked
from testimonia.web.rendering import Pages, address
from testimonia.web.security import refuse_foreign, require_token

DOCUMENTS_A_PAGE = 25
REFERENCES_A_PAGE = 100
# How a finding says that one document rests on another, put between the two.
HOW_WORDS = {
    "quotes": "quotes",
    "paraphrases": "says in its own words what stands in",
    "translates": "translates",
    "edits": "is an edited form of",
    "informant": "has it from",
}


class DescribeViews:
    """The page about one source."""

    def __init__(self, workbench: Workbench, pages: Pages, token: str) -> None:
        self._workbench = workbench
        self._pages = pages
        self._token = token

    def about(self, request: Request) -> Response:
        """Everything known of a source, with the words that it was taken from; long lists in pages."""
        sha256 = source_asked(self._workbench, request.path_params["source"])
        found = self._workbench.describing.describe(sha256)
        number, of_references = number_asked(request, "page") or 1, number_asked(request, "references") or 1
        path, style = f"/source/{sha256}", request.query_params.get("style") or None

        def turned(page: int, references: int, style: str | None = style) -> str:
            shown = {"page": page if page > 1 else None, "references": references if references > 1 else None}
            return address(f"{path}/about", **shown, style=style)

        first, first_reference = (number - 1) * DOCUMENTS_A_PAGE, (of_references - 1) * REFERENCES_A_PAGE
        references = found.references[first_reference : first_reference + REFERENCES_A_PAGE]
        cited = [one.judged.finding for one in references]
        return self._pages.page(
            "about.html",
            screen="reader",
            found=found,
            path=path,
            here=turned(number, of_references),
            turned=turned,
            documents=found.documents[first : first + DOCUMENTS_A_PAGE],
            number=number,
            last_number=max(1, -(-len(found.documents) // DOCUMENTS_A_PAGE)),
            references=references,
            style=style,
            styles=self._workbench.exporting.styles(),
            formatted=self._workbench.exporting.formatted(cited, style) if style else {},
            of_references=of_references,
            last_of_references=max(1, -(-len(found.references) // REFERENCES_A_PAGE)),
            how_words=HOW_WORDS,
        )

    async def find(self, request: Request) -> Response:
        """Look for names, dates, references and the rest now, as a job, in every source where that is due."""
        refuse_foreign(request)
        form = await bounded_form(request)
        require_token(form.get("token"), self._token)
        await run_in_threadpool(self._workbench.find_due)
        return RedirectResponse("/jobs", status_code=303)

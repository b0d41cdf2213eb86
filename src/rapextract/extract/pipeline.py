"""One report from `Document` to `Records`: every extractor in its order, page and box at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, groupby, starmap
from operator import attrgetter
from typing import NamedTuple

from ..french.fold import fold
from ..french.paragraphs import paragraph_runs
from ..grammar import Grammar
from ..model import (
    Box,
    Document,
    FigureKind,
    FigureRow,
    HeadcountRow,
    Heading,
    Packed,
    Problem,
    ProblemRow,
    Records,
    ReportRow,
    ReportStatus,
    SectionRow,
    Severity,
    Span,
    TableCellRow,
    TableRow,
)
from ..model.document import ReadBy
from ..model.packed import in_order
from ..model.problems import PDF_NUMBERS_UNPROVEN
from ..model.records import report_id
from .acronyms import extract_acronyms
from .context import Context
from .furniture import mark_furniture
from .headcounts import extract_headcounts
from .identity import Identity, identify
from .indicators.catalogue import catalogue_of
from .indicators.figures import name_figures
from .panels import with_panel_texts
from .prose import extract_prose
from .sections import headings as heading_tree
from .stretch import OWN, Stretch, stretches_of
from .tables.rows import extract_tables

_ORDER = (Severity.NOTICE, Severity.WARNING, Severity.ERROR)
OCR = "ocr"
"""Flag of figures whose page was read by an OCR engine."""
LEAST_READ = 0.8
"""The engine's confidence in a page below which no number of it is believed."""


def extract_records(document: Document, grammar: Grammar) -> Records:
    """Everything that a report states, as rows of the dataset.

    Panels are opened and furniture is marked, then come headings, identity, staff panels, tables, prose
    (where neither staff panel nor table stands) and acronyms. Figures are in the order of the text. Page
    and boxes are asked for once, for figures alone.
    """
    document = mark_furniture(with_panel_texts(document), grammar)
    headings = heading_tree(document)
    identity = identify(document, grammar, headings)
    taking = _Taking(grammar, identity, _families(document, grammar))
    placing = _Placing(document)
    found = chain.from_iterable(map(taking.figures, stretches_of(document, headings)))
    figures = Packed(FigureRow, placing.proven(found))
    document = placing.document
    if taking.failures:
        document = document.model_copy(update={"problems": (*document.problems, *taking.failures)})
    headcounts = tuple(
        _on_page(row, placing.pages[row.figure_id])
        for row in taking.headcounts
        if row.figure_id in placing.pages
    )
    tables, cells = taking.tables, taking.cells
    acronyms = extract_acronyms(document, grammar)
    return Records(
        report=_report(document, identity, len(figures), len(headcounts), len(tables), len(acronyms)),
        text=document.text,
        problems=_problems(document),
        sections=_sections(document, headings),
        figures=figures,
        headcounts=headcounts,
        tables=tables,
        table_cells=Packed(TableCellRow, _linked(cells, figures)),
        acronyms=acronyms,
    )


def _families(document: Document, grammar: Grammar) -> frozenset[str]:
    """The families of indicators that a report is of."""
    text = document.text
    return catalogue_of(grammar).families_of(
        fold(text[run]) for run in starmap(slice, paragraph_runs(text, OWN))
    )


class _Taking:
    """Takes the figures of a report, stretch by stretch; what stands beside them is collected here."""

    def __init__(self, grammar: Grammar, identity: Identity, families: frozenset[str]):
        self._grammar = grammar
        self._identity = identity
        self._families = families
        self.headcounts: list[HeadcountRow] = []
        self.tables = Packed(TableRow)
        self.cells = Packed(TableCellRow)
        self.failures: list[Problem] = []

    def figures(self, stretch: Stretch) -> Iterator[FigureRow]:
        """The figures of a stretch, in the order of the text."""
        context = Context.of_stretch(stretch, self._grammar, self._identity)
        named = name_figures(context, self._found(context), self._families)
        own = (figure for figure in named if stretch.owns(figure.char_start - stretch.base))
        return in_order(FigureRow, own, lambda figure: (figure.char_start, figure.char_end))

    def _found(self, context: Context) -> Iterator[FigureRow]:
        """The figures of panels, tables and prose, one after the other: not to be held as rows.

        Those around the stretch are found as well: what is said of a figure may hang on the one before.
        """
        panels = extract_headcounts(context)
        yield from (figure for figure, _, _ in panels)
        start, end = context.stretch.base + context.stretch.start, context.stretch.base + context.stretch.end
        self.headcounts += [row for _, row, _ in panels if start <= row.char_start < end]
        taken = [span for _, _, span in panels]
        said: list[Span] = []
        for table in extract_tables(context, taken):
            self.tables.add(table.table)
            said += table.taken
            for cell in table.cells:
                self.cells.add(cell)
            yield from table.figures
        yield from extract_prose(context, taken + said)
        self.failures += context.failures


# Places on the page -------------------------------------------------------------------------------
class _Placing:
    """Gives figures their page and box; leaves out those whose boxes do not spell them, or on poor scans.

    `document` then has a problem for each page with such figures, `pages` the page of each staff count.
    """

    def __init__(self, document: Document):
        self.document = document
        self.pages: dict[str, int | None] = {}

    def proven(self, figures: Iterable[FigureRow]) -> Iterator[FigureRow]:
        """Those of `figures` that stand where they say they do."""
        document = self.document
        left: Counter[int] = Counter()
        for figure in figures:
            if document.pages:
                boxes = document.boxes(figure.char_start, figure.char_end)
                number, update = _place(document, figure, boxes)
                page = document.page_at(figure.char_start)
                sure = page.ocr_confidence if page is not None else None
                poor = sure is not None and sure < LEAST_READ
                if poor or not document.is_clear(figure.char_start, figure.char_end, boxes):
                    left[number or 0] += 1
                    continue
                figure = figure.model_copy(update=update)
            if figure.kind is FigureKind.HEADCOUNT:
                self.pages[figure.figure_id] = figure.page
            yield figure
        said = tuple(PDF_NUMBERS_UNPROVEN(page=page, count=count) for page, count in sorted(left.items()))
        if said:
            self.document = document.model_copy(update={"problems": (*document.problems, *said)})


def _place(
    document: Document, figure: FigureRow, boxes: Sequence[Box]
) -> tuple[int | None, dict[str, object]]:
    """The page of a figure, and the columns that tell its place: page, box, OCR flag.

    A figure over two lines has the box of its first.
    """
    page = document.page_at(figure.char_start)
    number = boxes[0].page if boxes else (page.number if page else None)
    update: dict[str, object] = {"page": number}
    if boxes:
        box = boxes[0]
        update |= {"x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom}
    if page is not None and page.read_by is ReadBy.OCR:
        update["flags"] = ";".join(filter(None, (figure.flags, OCR)))
        if page.ocr_confidence is not None:
            update["confidence"] = round(figure.confidence * page.ocr_confidence, 3)
    return number, update


def _on_page(row: HeadcountRow, page: int | None) -> HeadcountRow:
    return row.model_copy(update={"page": page}) if page is not None else row


# Cells ------------------------------------------------------------------------------------------
class _Said(NamedTuple):
    """What a cell says of its figure."""

    figure_id: str
    value: Decimal
    unit: str


def _linked(cells: Iterable[TableCellRow], figures: Iterable[FigureRow]) -> Iterator[TableCellRow]:
    """`cells`, each saying what its figure says now that the catalogue has named it, or found more.

    Both come table by table in the order of the text, so that one table's figures are held at a time.
    """
    following = groupby((figure for figure in figures if figure.table_id), key=attrgetter("table_id"))
    waiting: dict[str, dict[tuple[int | None, int | None], list[_Said]]] = {}
    for table, own in groupby(cells, key=attrgetter("table_id")):
        while table not in waiting and (group := next(following, None)) is not None:
            of_table = waiting.setdefault(group[0], {})
            for figure in group[1]:
                said = _Said(figure.figure_id, figure.value, figure.unit)
                of_table.setdefault((figure.row, figure.column), []).append(said)
        inside = waiting.pop(table, {})
        for cell in own:
            yield _saying(cell, inside.get((cell.row, cell.column), ()))


def _saying(cell: TableCellRow, inside: Sequence[_Said]) -> TableCellRow:
    """A cell that says what one of the figures in it does: its own, else the first."""
    said = next((said for said in inside if said.figure_id == cell.figure_id), None)
    said = said or next(iter(inside), None)
    if said is None and cell.figure_id:  # its figure was left out
        return cell.model_copy(update={"figure_id": "", "value": None, "unit": ""})
    if said is not None and (cell.figure_id, cell.unit) != (said.figure_id, said.unit):
        return cell.model_copy(update=said._asdict())
    return cell


# Rows of the report -------------------------------------------------------------------------------
def _sections(document: Document, headings: Sequence[Heading]) -> Packed[SectionRow]:
    rows = Packed(SectionRow)
    for heading in headings:
        page = document.page_at(heading.start)
        rows.add(
            SectionRow(
                report_id=report_id(document.sha256),
                source=document.source,
                section=heading.index + 1,
                parent=None if heading.parent is None else heading.parent + 1,
                level=heading.level,
                title=heading.title,
                path=" › ".join(heading.path),
                page=page.number if page else None,
                char_start=heading.start,
                char_end=heading.end,
            )
        )
    return rows


def _problems(document: Document) -> tuple[ProblemRow, ...]:
    return tuple(
        ProblemRow(
            source=document.source,
            number=number,
            code=problem.code,
            severity=problem.severity.value,
            page=problem.page,
            message=problem.message,
            cure=problem.cure,
        )
        for number, problem in enumerate(document.problems, start=1)
    )


def _report(
    document: Document, identity: Identity, figures: int, headcounts: int, tables: int, acronyms: int
) -> ReportRow:
    gravest = _gravest(document.problems)
    partial = any(problem.severity is not Severity.NOTICE for problem in document.problems)
    ocr = sum(page.read_by is ReadBy.OCR for page in document.pages)
    return ReportRow(
        report_id=report_id(document.sha256),
        source=document.source,
        status=ReportStatus.PARTIAL if partial else ReportStatus.READ,
        code=gravest.code if gravest else "",
        message=f"{gravest.message} {gravest.cure}".strip() if gravest else "",
        media_type=document.media_type,
        encoding=document.encoding or "",
        sha256=document.sha256,
        bytes=document.byte_count,
        pages=len(document.pages) or None,
        pages_ocr=ocr if document.pages else None,
        characters=len(document.text),
        title=identity.title or document.title or "",
        organisation=identity.organisation,
        organisation_kind=identity.organisation_kind,
        territory=identity.territory,
        region_code=identity.region_code,
        department_code=identity.department_code,
        year=identity.year,
        identity_evidence=identity.evidence,
        identity_doubt=identity.doubt,
        figures=figures,
        headcounts=headcounts,
        tables=tables,
        acronyms=acronyms,
    )


def _gravest(problems: Sequence[Problem]) -> Problem | None:
    """The gravest problem, the first of its kind; `None` where there was none."""
    return max(problems, key=lambda problem: _ORDER.index(problem.severity), default=None)

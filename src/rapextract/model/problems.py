"""Errors are data: a code, a sentence, a cure.

Each way that something can go wrong is a `ProblemKind` in `PROBLEM_KINDS`, with a page in the docs.
A `Problem` is one occurrence. `RapextractError` carries a problem up to whoever can record it;
nothing else is raised on purpose by this package.
"""

from __future__ import annotations

import os
import traceback
from enum import StrEnum
from typing import Any

from .base import Frozen


class Severity(StrEnum):
    """What a problem does to the thing it happened to."""

    NOTICE = "notice"  # the thing was used whole
    WARNING = "warning"  # a part of it was lost, and said
    ERROR = "error"  # the thing was refused


class ProblemKind(Frozen):
    """A kind of problem: its stable code, its sentence with ``{slots}``, and the cure."""

    code: str
    title: str
    severity: Severity
    template: str
    cure: str

    def __call__(self, *, page: int | None = None, **slots: Any) -> Problem:
        """Make a `Problem` of this kind; `slots` fill the template and the cure."""
        return Problem(
            code=self.code,
            severity=self.severity,
            message=self.template.format(page=page, **slots),
            cure=self.cure.format(page=page, **slots),
            page=page,
        )


class Problem(Frozen):
    """One occurrence of a problem, ready to be shown or kept."""

    code: str
    severity: Severity
    message: str
    cure: str
    page: int | None = None

    def __str__(self) -> str:
        """One line: code, sentence, cure."""
        return f"{self.code}: {self.message} {self.cure}".rstrip()


def reason_of(error: Exception) -> str:
    """What a problem says of an error that should not happen: the name of its type.

    With ``RAPEXTRACT_DEBUG`` in the environment, where it happened goes to standard error.
    """
    if os.environ.get("RAPEXTRACT_DEBUG"):
        traceback.print_exception(error)
    return type(error).__name__


class RapextractError(Exception):
    """An error with a code, a sentence and a cure."""

    def __init__(self, problem: Problem):
        super().__init__(str(problem))
        self.problem = problem

    def __reduce__(self) -> tuple[type[RapextractError], tuple[Problem]]:
        """Pickle through the problem, so that a worker's error reaches the parent whole."""
        return type(self), (self.problem,)


PROBLEM_KINDS: dict[str, ProblemKind] = {}


def _kind(code: str, title: str, severity: Severity, template: str, cure: str) -> ProblemKind:
    kind = ProblemKind(code=code, title=title, severity=severity, template=template, cure=cure)
    assert code not in PROBLEM_KINDS, code
    PROBLEM_KINDS[code] = kind
    return kind


# R…: reading a source -----------------------------------------------------------------------------
EMPTY_SOURCE = _kind(
    "R01", "Empty source", Severity.ERROR,
    "The file is empty.",
    "Get the report again from where it was published.",
)  # fmt: skip
NOT_TEXT = _kind(
    "R02", "Not a text", Severity.ERROR,
    "The file is named as text but holds binary data.",
    "Give it the ending of its real format, or export it as text.",
)  # fmt: skip
UNDECODABLE = _kind(
    "R03", "Undecodable text", Severity.ERROR,
    "The characters of the file can't be told: no usual encoding fits.",
    "Save it as UTF-8.",
)  # fmt: skip
UNKNOWN_FORMAT = _kind(
    "R04", "Unknown format", Severity.NOTICE,
    "No reader takes the file: the ending of its name is {suffix}.",
    "Reports are read from .pdf, .html, .htm, .md and .txt.",
)  # fmt: skip
LINE_TOO_LONG = _kind(
    "R05", "Line too long", Severity.ERROR,
    "A line of {length} characters is no report's.",
    "Break the text into lines, or leave the file out.",
)  # fmt: skip
UNREADABLE = _kind(
    "R06", "Unreadable file", Severity.ERROR,
    "The file can't be opened: {reason}.",
    "Check that it still exists and that you may read it.",
)  # fmt: skip
NO_TEXT = _kind(
    "R07", "No text", Severity.ERROR,
    "The file was read but holds no text.",
    "Open it: if it shows words, print it from there to a PDF, and give that one.",
)  # fmt: skip
DUPLICATE = _kind(
    "R08", "Duplicate", Severity.NOTICE,
    "The same bytes as {other}, which is read instead.",
    "Remove one of the two.",
)  # fmt: skip
READER_FAILED = _kind(
    "R09", "Reader failed", Severity.ERROR,
    "The reader gave up on this file ({reason}).",
    "Please report it with the file; the other reports are not affected.",
)  # fmt: skip
TOO_SLOW = _kind(
    "R10", "Over the time limit", Severity.ERROR,
    "Reading took longer than {seconds} s.",
    "Raise --timeout, or leave the file out.",
)  # fmt: skip
TOO_LARGE = _kind(
    "R11", "Over the memory limit", Severity.ERROR,
    "Reading needed more than {megabytes} MB.",
    "Raise --memory, or split the file.",
)  # fmt: skip
OUTSIDE_CORPUS = _kind(
    "R12", "Link out of the corpus", Severity.NOTICE,
    "The file is a link that leads out of the corpus; it was not followed.",
    "Copy the report into the corpus.",
)  # fmt: skip
ODD_NAME = _kind(
    "R14", "Odd file name", Severity.ERROR,
    "The file's name holds characters that can't be shown or written down safely.",
    "Rename the file.",
)  # fmt: skip
CHANGED_WHILE_READ = _kind(
    "R15", "Changed while read", Severity.ERROR,
    "The file changed while it was being read.",
    "Run again when nothing writes to it.",
)  # fmt: skip
READER_KILLED = _kind(
    "R16", "Reading process ended", Severity.ERROR,
    "The process that read this file ended before it was done ({reason}).",
    "Run again; if it ends again, leave the file out. The other reports are not affected.",
)  # fmt: skip
READ_AGAIN = _kind(
    "R17", "Changed, and read again", Severity.NOTICE,
    "The file changed while it was being read; it was read again as it now is.",
    "",
)  # fmt: skip
ARCHIVE = _kind(
    "R18", "Archive", Severity.NOTICE,
    "The file is an archive ({suffix}); what is in it was not read.",
    "Unpack it into the corpus.",
)  # fmt: skip
OFFICE_DOCUMENT = _kind(
    "R19", "Office document", Severity.NOTICE,
    "The file is an office document ({suffix}), a packed format that no reader takes.",
    "Save it as PDF, HTML or text.",
)  # fmt: skip
FIGURES_FAILED = _kind(
    "R20", "Figures not taken", Severity.WARNING,
    "The figures of « {words} » could not be taken ({reason}).",
    "Please report it with the file; its other figures are not affected.",
)  # fmt: skip
DAMAGED_TEXT = _kind(
    "R13", "Damaged characters", Severity.WARNING,
    "{count} characters are not valid {encoding} and could not be read.",
    "Get the report again; the damaged characters stand as \ufffd.",
)  # fmt: skip

# P…: reading a PDF --------------------------------------------------------------------------------
PDF_BROKEN = _kind(
    "P01", "Broken PDF", Severity.ERROR,
    "The PDF is damaged beyond reading ({reason}).",
    "Get it again, or print it to a new PDF.",
)  # fmt: skip
PDF_PASSWORD = _kind(
    "P02", "Password needed", Severity.ERROR,
    "The PDF is encrypted, and no password that was given opens it.",
    "Give its password with --password.",
)  # fmt: skip
PDF_NO_PAGES = _kind(
    "P03", "No pages", Severity.ERROR,
    "The PDF has no pages.",
    "Get it again from where it was published.",
)  # fmt: skip
PDF_PAGE_LOST = _kind(
    "P04", "Page lost", Severity.WARNING,
    "Page {page} could not be read ({reason}).",
    "Print the PDF to a new one and read that.",
)  # fmt: skip
PDF_PAGE_SCANNED = _kind(
    "P05", "Scanned page", Severity.WARNING,
    "Page {page} is an image without usable text, and no OCR engine was found.",
    "Install one: pip install 'rapextract[ocr]', and Debian's tesseract-ocr-fra.",
)  # fmt: skip
PDF_PAGE_OCR = _kind(
    "P06", "Page read by OCR", Severity.NOTICE,
    "Page {page} is an image; its text was read by Tesseract.",
    "Check its figures against the page: they are marked ocr.",
)  # fmt: skip
PDF_PAGE_NO_OCR = _kind(
    "P07", "Scanned page left out", Severity.WARNING,
    "Page {page} is an image without usable text, and OCR was switched off.",
    "Read the report without --no-ocr.",
)  # fmt: skip
PDF_PAGE_OCR_FAILED = _kind(
    "P08", "OCR gave up", Severity.WARNING,
    "Page {page} is an image, and Tesseract did not read all of it ({reason}).",
    "Run again while the machine has less to do; else give the page as text.",
)  # fmt: skip
PDF_NUMBERS_UNPROVEN = _kind(
    "P09", "Figures left out", Severity.WARNING,
    "Page {page}: {count} of its figures are overprinted, or unsure to OCR; they were left out.",
    "Look at the page; state a figure that is right with `rapextract decide add`.",
)  # fmt: skip
PDF_PAGE_LAYER = _kind(
    "P10", "Text layer of a scan", Severity.NOTICE,
    "Page {page} is an image; its text is the layer that another program's OCR has put under it.",
    "Check its figures against the page: they are marked ocr. Where Tesseract is there, it reads the image.",
)  # fmt: skip

PDF_PAGE_FAILED = _kind(
    "P11", "Reader failed on a page", Severity.WARNING,
    "The reader gave up on page {page} ({reason}).",
    "Please report it with the file; its other pages are not affected.",
)  # fmt: skip

# G…: grammars -------------------------------------------------------------------------------------
GRAMMAR_SYNTAX = _kind(
    "G01", "Broken YAML", Severity.ERROR,
    "{where}: {reason}.",
    "Mend the YAML; indentation and quotes are the usual culprits.",
)  # fmt: skip
GRAMMAR_SCHEMA = _kind(
    "G02", "Grammar mistake", Severity.ERROR,
    "{where}: {reason}.",
    "See `rapextract grammar schema` and docs/grammars.md.",
)  # fmt: skip
GRAMMAR_PATTERN = _kind(
    "G03", "Broken pattern", Severity.ERROR,
    "{where}: the pattern of {rule} does not compile: {reason}.",
    "Mend the regular expression.",
)  # fmt: skip
GRAMMAR_EXAMPLE = _kind(
    "G04", "Example fails", Severity.ERROR,
    "{where}: {rule}: {reason}.",
    "Mend the rule or its example.",
)  # fmt: skip
GRAMMAR_MISSING = _kind(
    "G05", "No such grammar folder", Severity.ERROR,
    "{where} is not a folder of YAML files.",
    "Give --grammars a folder that holds .yaml files.",
)  # fmt: skip
GRAMMAR_SLOW = _kind(
    "G06", "Pattern too slow", Severity.ERROR,
    "The pattern of {rule} took longer than {seconds} s on one text.",
    "Avoid nested repeats such as (a+)+ in it.",
)  # fmt: skip
GRAMMAR_NO_ENTRY = _kind(
    "G07", "No such entry", Severity.ERROR,
    "No entry of the grammars is called `{entry_id}`{near}.",
    "See `rapextract grammar list`.",
)  # fmt: skip

# V…: what a dataset can't prove -------------------------------------------------------------------
SOURCE_MISSING = _kind(
    "V01", "Source missing", Severity.ERROR,
    "{source} is not in the corpus.",
    "Give the corpus that the dataset was made from, or run ingest again.",
)  # fmt: skip
SOURCE_CHANGED = _kind(
    "V02", "Source changed", Severity.ERROR,
    "The bytes of {source} are not those that were read.",
    "Run ingest again, or bring the file back as it was.",
)  # fmt: skip
SOURCE_UNREADABLE = _kind(
    "V03", "Source not read", Severity.ERROR,
    "{source} can't be read now ({reason}).",
    "Run verify as ingest was run (password, OCR engine, limits).",
)  # fmt: skip
TEXT_DIFFERS = _kind(
    "V04", "Reading text differs", Severity.ERROR,
    "{path} is not the text of {source}: {reason}.",
    "Run ingest again.",
)  # fmt: skip
FILE_EDITED = _kind(
    "V05", "File edited", Severity.ERROR,
    "{path} is not as the run left it ({reason}).",
    "Run ingest again; put corrections into decisions (docs/decisions.md), not into the files.",
)  # fmt: skip
FILE_MISSING = _kind(
    "V06", "File missing", Severity.ERROR,
    "{path} is missing, or is no file of this dataset ({reason}).",
    "Run ingest again.",
)  # fmt: skip
ROW_BROKEN = _kind(
    "V07", "Broken row", Severity.ERROR,
    "Row {row} of {path} is no row of it ({reason}).",
    "Run ingest again.",
)  # fmt: skip
KEY_REPEATED = _kind(
    "V08", "Key repeated", Severity.ERROR,
    "{path}: the key {key} stands on more than one row.",
    "Run ingest again.",
)  # fmt: skip
LINK_BROKEN = _kind(
    "V09", "Broken link", Severity.ERROR,
    "{path}: {column} {value} is none of {target}.",
    "Run ingest again.",
)  # fmt: skip
ROW_MOVED = _kind(
    "V10", "Row moved", Severity.ERROR,
    "{path}: row {row} ({key}) does not stand where its place in the report puts it.",
    "Run ingest again.",
)  # fmt: skip
ROWS_MISCOUNTED = _kind(
    "V11", "Rows missing or added", Severity.ERROR,
    "{path} has {found} rows of {source}, reports.csv says {expected}.",
    "Run ingest again.",
)  # fmt: skip
SPAN_WRONG = _kind(
    "V12", "Wrong place in the text", Severity.ERROR,
    "{what}: the reading text has {found} there, not {expected}.",
    "Run ingest again.",
)  # fmt: skip
VALUE_WRONG = _kind(
    "V13", "Wrong value", Severity.ERROR,
    "{what}: {text} states {stated}, not {value}.",
    "Run ingest again; put corrections into decisions (docs/decisions.md).",
)  # fmt: skip
QUOTE_WRONG = _kind(
    "V14", "Wrong quote", Severity.ERROR,
    "{what}: its quote does not stand in the reading text around it.",
    "Run ingest again.",
)  # fmt: skip
ID_WRONG = _kind(
    "V15", "Wrong identifier", Severity.ERROR,
    "{what}: its id is not that of its source, place and value.",
    "Run ingest again.",
)  # fmt: skip
ROWS_DISAGREE = _kind(
    "V16", "Files disagree", Severity.ERROR,
    "{what}: {path} says {column} {found}, figures.csv says {expected}.",
    "Run ingest again.",
)  # fmt: skip
BOX_WRONG = _kind(
    "V17", "Wrong box", Severity.ERROR,
    "{what}: its box on page {page} is not where its characters stand.",
    "Run ingest again.",
)  # fmt: skip
CHARACTERS_DIFFER = _kind(
    "V18", "Second opinion differs", Severity.ERROR,
    "{what}: pdfplumber reads {found} in its box on page {page}, not {expected}.",
    "Look at the page: `rapextract show {what}`.",
)  # fmt: skip
NO_SECOND_OPINION = _kind(
    "V19", "No second opinion", Severity.ERROR,
    "{source}: pdfplumber can't read its pages ({reason}).",
    "Print the PDF to a new one and read that.",
)  # fmt: skip
NO_CORPUS_KNOWN = _kind(
    "V20", "Corpus not known", Severity.ERROR,
    "{path} does not say which corpus it was made from.",
    "Name it: rapextract verify {path} --corpus CORPUS.",
)  # fmt: skip

OTHER_PROGRAM = _kind(
    "V21", "Made by another version", Severity.NOTICE,
    "The dataset was made by rapextract {made}, and this is {now}: what failed can come from that.",
    "Run ingest again, then verify.",
)  # fmt: skip

# D…: decisions ------------------------------------------------------------------------------------
DECISION_BROKEN = _kind(
    "D01", "Broken decision", Severity.ERROR,
    "{where}: {reason}.",
    "Mend the line, or take it back from version control; the log is one JSON object a line.",
)  # fmt: skip
DECISION_EDITED = _kind(
    "D02", "Decision edited", Severity.ERROR,
    "{where}: the decision {decision_id} is not what was decided: its id does not fit its content.",
    "Take the line back and decide again, or remove its `id` to have it taken as a new decision.",
)  # fmt: skip
DECISION_WRONG = _kind(
    "D03", "No such change", Severity.ERROR,
    "{where}: {reason}.",
    "See `rapextract decide --help` and docs/decisions.md.",
)  # fmt: skip
QUOTE_NOT_FOUND = _kind(
    "D04", "Quote not found", Severity.ERROR,
    "{source}: {reason}.",
    "Quote the reading text (texts/<report_id>.txt), as much of it as stands there once.",
)  # fmt: skip
NO_DECISIONS_FILE = _kind(
    "D05", "No place for decisions", Severity.ERROR,
    "{path} does not say which corpus it was made from, and so not where its decisions are.",
    "Name the log: --decisions CORPUS/decisions.jsonl.",
)  # fmt: skip

# U…: use ------------------------------------------------------------------------------------------
NO_CORPUS = _kind(
    "U01", "No such corpus", Severity.ERROR,
    "{path} does not exist.",
    "Give a folder of reports, or the path of one.",
)  # fmt: skip
NO_REPORTS = _kind(
    "U02", "No reports", Severity.ERROR,
    "{path} holds no file that a reader takes.",
    "Reports are read from .pdf, .html, .htm, .md and .txt.",
)  # fmt: skip
OUTPUT_UNWRITABLE = _kind(
    "U03", "Unwritable output", Severity.ERROR,
    "{path} can't be written: {reason}.",
    "Give another place that can be written to.",
)  # fmt: skip
NOT_A_DATASET = _kind(
    "U04", "Not a dataset", Severity.ERROR,
    "{path} holds no dataset of rapextract.",
    "Run `rapextract ingest CORPUS -o {path}` first.",
)  # fmt: skip
NO_SUCH_FIGURE = _kind(
    "U05", "No such figure", Severity.ERROR,
    "The dataset has no figure {figure_id}.{near}",
    "Look up figure_id in figures.csv.",
)  # fmt: skip
NO_REFERENCES = _kind(
    "U06", "No references", Severity.ERROR,
    "{path}: {reason}.",
    "References are JSON Lines named figures.<doc>.jsonl; see docs/evaluate.md.",
)  # fmt: skip
OUTPUT_BUSY = _kind(
    "U07", "Output in use", Severity.ERROR,
    "Another run is writing to {path}.",
    "Wait for it to end, or choose another folder with -o.",
)  # fmt: skip
NOT_A_CORPUS = _kind(
    "U08", "Not a corpus", Severity.ERROR,
    "{path} can't be read as a corpus: {reason}.",
    "Give a folder of reports, and another one with -o.",
)  # fmt: skip
AMBIGUOUS_FIGURE = _kind(
    "U09", "Ambiguous figure", Severity.ERROR,
    "{figure_id} begins the ids of {count} figures: {near}.",
    "Give more of the id.",
)  # fmt: skip
DAMAGED_DATASET = _kind(
    "U10", "Damaged dataset", Severity.ERROR,
    "{path} can't be read ({reason}).",
    "Run `rapextract ingest` again; it writes what is missing or damaged anew.",
)  # fmt: skip
INTERRUPTED = _kind(
    "U11", "Interrupted", Severity.ERROR,
    "The run was interrupted; {done} finished reports are kept.",
    "Run the same command again: it goes on from there.",
)  # fmt: skip
FIGURE_NO_PAGE = _kind(
    "U12", "No page to show", Severity.ERROR,
    "Figure {figure_id} has no page: {source} is no PDF.",
    "Leave --image out; the quote shows where it stands.",
)  # fmt: skip
INTERNAL = _kind(
    "X01", "Internal error", Severity.ERROR,
    "Something that should not happen happened ({reason}).",
    "Please report it; RAPEXTRACT_DEBUG=1 shows where it happened.",
)  # fmt: skip

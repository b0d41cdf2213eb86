"""Another year's value, set in brackets behind a value: « 40,2 % des dossiers (38,7 % en 2020) »."""

from __future__ import annotations

from ..grammar.compiled import regexp

_DATE = r"(?:\d\d?/\d\d?/|(?:\d\d? )?[a-z]{3,9} )?(?:19|20)\d\d"
BEFORE = regexp(rf"(?:[^.;()\d]|{_DATE}){{0,60}}\.? ?\( ?(?:(?:apres|contre) )?")
"""What stands between the two values, folded; the bracket may be a sentence of its own."""
AFTER = regexp(rf" ?(?:en|pour|au|fin)(?: l'(?:annee|exercice))? (?P<date>{_DATE}) ?\)")
"""What stands after the second value and its unit, folded."""

"""Singular and plural of French nouns and noun compounds.

Method: word by word rules on endings (-aux, -eux, -oux, -s, -x), with closed lists of the words that the
rules would get wrong. In a compound joined by hyphens every word is inflected (« médecins-conseils » ↔
« médecin-conseil ») except a first part that is a verb, adverb or prefix (« sous-préfets ») and what follows
a preposition (« arcs-en-ciel »). Acronyms (two capitals or more, or a digit) never change.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from .fold import fold, word_set

_INVARIANT = word_set(
    "abces abus acces amas anus apres as avis bas biais bois bonus box bras bus business campus cas chaos",
    "choix colis compas concours congres consensus corps corpus cours croix cursus cypres dans deces",
    "decours deux divers dix dos encours epoux exces express faux focus foetus fois fonds frais gars gaz",
    "gens gros heros hors humus index jus laps lapsus larynx lotus malus matelas metis mets mieux moins",
    "mois mors nez noix obus onyx os ours paix palais panaris paradis parcours pas pays pelvis perdrix",
    "permis pharynx phenix plexus plus plusieurs poids pois pouls pres prix proces process processus",
    "progres prospectus psoriasis puits quiz rebus recours refus relais remous rendez-vous repas repos",
    "revers rictus ris riz rubis sans sas sens sepsis silex sinus six souris sous stimulus succes surplus",
    "sursis tamis tapis taux taxis temps terminus thorax tiers tous toux travers tres trois typhus",
    "univers uterus velours vers versus vieux virus vis voix",
)
_AU_SINGULAR = word_set("tuyau noyau boyau joyau aloyau gruau fleau etau preau esquimau")
_AIL = {
    "travaux": "travail", "baux": "bail", "coraux": "corail", "emaux": "émail", "vitraux": "vitrail",
    "soupiraux": "soupirail", "vantaux": "vantail",
}  # fmt: skip
_AIL_PLURAL = {fold(singular): plural for plural, singular in _AIL.items()}
_AL_WITH_S = word_set("bal carnaval festival regal recital chacal cal naval final fatal natal banal bancal")
_OU_WITH_X = word_set("bijou caillou chou genou hibou joujou pou")
_EU_WITH_S = word_set("pneu bleu emeu")
_EU_NOUNS = word_set(
    "adieux aveux cheveux creneux enjeux epieux essieux feux jeux lieux milieux moyeux neveux pieux voeux"
)
_IRREGULAR = {
    "yeux": "œil", "messieurs": "monsieur", "mesdames": "madame", "mesdemoiselles": "mademoiselle",
    "cieux": "ciel", "aieux": "aïeul",
}  # fmt: skip
_IRREGULAR_PLURAL = {"oil": "yeux", "oeil": "yeux"} | {
    fold(singular): plural for plural, singular in _IRREGULAR.items() if plural not in ("yeux", "aieux")
}
_FIXED_FIRST = word_set(
    "anti apres arriere auto avant ayant cache co contre demi ex extra garde hors inter intra mi micro",
    "mini multi non ouvre para pluri porte post pre primo sans semi sous tele vice",
)
_LINKS = word_set("a au aux d de des du en et l la le les par pour sous sur")


@lru_cache(maxsize=16384)
def singular(noun: str) -> str:
    """The singular of `noun`, which may be a compound with hyphens; a singular comes back as it is."""
    return _inflected(noun, _word_singular)


@lru_cache(maxsize=4096)
def plural(noun: str) -> str:
    """The plural of `noun`, which may be a compound with hyphens; an invariant noun comes back as it is."""
    return _inflected(noun, _word_plural)


def _inflected(noun: str, change: Callable[[str], str]) -> str:
    if fold(noun) in _INVARIANT:
        return noun
    parts = noun.split("-")
    for index, part in enumerate(parts):
        folded = fold(part)
        if folded in _LINKS and 0 < index < len(parts) - 1:
            break
        if len(parts) == 1 or index > 0 or folded not in _FIXED_FIRST:
            parts[index] = change(part)
    return "-".join(parts)


def _is_fixed(word: str) -> bool:
    """Whether `word` never changes: an acronym, an invariant, no word at all."""
    acronym = sum(letter.isupper() for letter in word) >= 2 or re.search(r"\d", word)
    return bool(acronym) or len(word) < 3 or fold(word) in _INVARIANT


def _word_singular(word: str) -> str:
    folded = fold(word)
    if re.fullmatch(r"[A-Z]{2,}s", word):
        return word[:-1]  # « ETPs »
    if _is_fixed(word):
        return word
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if folded in _AIL:
        return _AIL[folded]
    if folded.endswith("eaux") or folded[:-1] in _AU_SINGULAR:
        return word[:-1]
    if folded.endswith("aux"):
        return word[:-2] + "l"
    if folded in _EU_NOUNS or folded[:-1] in _OU_WITH_X:
        return word[:-1]
    return word[:-1] if folded.endswith("s") and not folded.endswith("ss") else word


def _word_plural(word: str) -> str:
    folded = fold(word)
    if _is_fixed(word) or folded[-1] in "sxz":
        return word
    if folded in _IRREGULAR_PLURAL:
        return _IRREGULAR_PLURAL[folded]
    if folded in _AIL_PLURAL:
        return _AIL_PLURAL[folded]
    if folded.endswith("al") and folded not in _AL_WITH_S:
        return word[:-1] + "ux"
    takes_x = folded.endswith("au") or (folded.endswith("eu") and folded not in _EU_WITH_S)
    return word + ("x" if takes_x or folded in _OU_WITH_X else "s")

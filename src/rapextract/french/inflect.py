"""Singular and plural of French nouns and noun compounds.

Method: word by word rules (-aux, -eux, -oux, -s, -x) with the closed lists of words that the rules
would get wrong. In a compound joined by hyphens every noun and adjective is inflected
(« médecins-conseils » ↔ « médecin-conseil ») except a first part that is a verb, adverb or preposition
(« arc-en-ciel », « sous-préfets »). Acronyms (two capitals or more, or a digit) never change.
"""

from __future__ import annotations

import re

from .fold import fold

_INVARIANT = frozenset(
    "abus acces accords-cadres addis amas anus appas as avis biais bois bras bus cabas cas chaos choix colis compas "
    "concours corps cours croix cursus dais deces decours delais dos dues encours enclos epoux exces faux fois fonds "
    "frais gens gros gaz heros houx index indivis jadis jus laps lilas lynx malus matelas mets mois mors mos nez noix os "
    "ours palais paix parcours pas pays perdrix permis plus poids pois pouls pois pres prix proces process processus "
    "propos puits pus quiz rebus recours refus relais remous repas repos revers rhinopharynx ris riz rubis sas sens "
    "sinus souris sous speculos stimulus surplus succes sursis tamis tapis taux taxis temps terminus thermos tiers toux "
    "tous tournevis travers univers velours vers virus voix talus bonus campus consensus corpus cubitus focus foetus "
    "humus lapsus larynx lotus naevus onyx pharynx phénix plexus prospectus rictus silex sphinx thorax typhus uterus "
    "utérus versus volubilis diagnosis obus panaris paradis pertuis pelvis psoriasis cirrhosis sepsis myosis os "
    "anthrax bordereaux-s box express business congres progres exces abces acces deces proces succes cypres aupres "
    "apres tres dans moins mieux vieux heureux deux jeux-s trois six dix plusieurs divers sans hors alors ailleurs".split()
)
_AU = frozenset(  # …aux whose singular is …au
    "tuyau noyau boyau joyau aloyau gruau sarrau landau fleau etau preau surplu".split()
)
_AIL = {"travaux": "travail", "baux": "bail", "coraux": "corail", "emaux": "émail", "vitraux": "vitrail", "soupiraux": "soupirail", "vantaux": "vantail"}
_AIL_PLURAL = {fold(singular): plural for plural, singular in _AIL.items()}
_AL_S = frozenset("bal carnaval festival regal recital chacal cal naval final fatal natal banal bancal".split())
_OU_X = frozenset("bijou caillou chou genou hibou joujou pou".split())
_EU_S = frozenset("pneu bleu emeu".split())
_EUX = frozenset("jeux feux lieux enjeux voeux neveux adieux cheveux aveux milieux essieux moyeux epieux pieux non-lieux creneux".split())
_IRREGULAR = {"yeux": "œil", "messieurs": "monsieur", "mesdames": "madame", "mesdemoiselles": "mademoiselle", "cieux": "ciel", "aieux": "aïeul"}
_IRREGULAR_PLURAL = {fold(singular): plural for plural, singular in _IRREGULAR.items() if plural != "yeux"} | {"oeil": "yeux", "œil": "yeux"}
_FIXED_FIRST = frozenset(
    "sous hors non ex vice contre avant apres sans demi semi mi auto co multi pluri inter intra extra pre post anti micro "
    "mini sur arriere tele para porte garde ouvre cache haut bas primo vis chef-d ayant".split()
)
_LINKS = frozenset("de d du des en a au aux et sur sous l la le les par pour".split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def singular(noun: str) -> str:
    """The singular of `noun`, which may be a compound with hyphens; a noun in the singular comes back as it is."""
    return _inflected(noun, _word_singular)


def plural(noun: str) -> str:
    """The plural of `noun`, which may be a compound with hyphens; an invariant noun comes back as it is."""
    return _inflected(noun, _word_plural)


def _inflected(noun: str, change: object) -> str:
    assert callable(change)
    if fold(noun) in _INVARIANT:
        return noun
    parts = noun.split("-")
    if len(parts) == 1:
        return str(change(noun))
    out = []
    stopped = False
    for index, part in enumerate(parts):
        folded = fold(part)
        if folded in _LINKS and 0 < index < len(parts) - 1:
            stopped = True  # « arcs-en-ciel »: only what stands before the link agrees
        keep = stopped or (index == 0 and folded in _FIXED_FIRST)
        out.append(part if keep else str(change(part)))
    return "-".join(out)


def _is_acronym(word: str) -> bool:
    return sum(letter.isupper() for letter in word) >= 2 or any(letter.isdigit() for letter in word)


def _word_singular(word: str) -> str:
    folded = fold(word)
    if len(word) < 3 or _is_acronym(word) or folded in _INVARIANT:
        return word
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if folded in _AIL:
        return _AIL[folded]
    if folded.endswith("eaux") or (folded.endswith("aux") and folded[:-1] in _AU):
        return word[:-1]
    if folded.endswith("aux"):
        return word[:-2] + "l"
    if folded.endswith("eux"):
        return word[:-1] if folded in _EUX else word
    if folded.endswith("oux"):
        return word[:-1] if folded[:-1] in _OU_X else word
    if folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        return word[:-1]
    if folded.endswith(("us", "is")):
        return word[:-1]
    return word


def _word_plural(word: str) -> str:
    folded = fold(word)
    if _is_acronym(word) or folded in _INVARIANT or not folded or folded[-1] in "sxz":
        return word
    if folded in _IRREGULAR_PLURAL:
        return _IRREGULAR_PLURAL[folded]
    if folded in _AIL_PLURAL:
        return _AIL_PLURAL[folded]
    if folded.endswith("al") and folded not in _AL_S:
        return word[:-1] + "ux"
    if folded.endswith(("eau", "au")) and not folded.endswith("landau"):
        return word + "x"
    if folded.endswith("eu") and folded not in _EU_S:
        return word + "x"
    if folded in _OU_X:
        return word + "x"
    return word + "s"

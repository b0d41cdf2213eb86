"""Gender of French nouns and the participles that agree with them.

Method: the gender by the noun's ending with a closed list of the frequent exceptions (Tucker, Lambert &
Rigault, *The French speaker's skill with grammatical gender*, 1977, on how well endings tell it); the
participles of verbs in -er and -ir by rule, those of the third group by a closed list.
"""

from __future__ import annotations

import re

from .fold import fold
from .inflect import singular


def _words(*lists: str) -> frozenset[str]:
    """The words of space-separated lists, folded."""
    return frozenset(fold(word) for words in lists for word in words.split())


_FEMININE_ENDS = re.compile(
    r"(?:tion|sion|xion|gion|nion|té|ée|ance|ence|ure|ude|ade|ise|ie|ice|elle|enne|ienne|trice|euse|"
    r"esse|ette|"
    r"ille|ière|ine|une|ale|ane|ense|ouse|aire(?<=affaire)|ante|ente|que(?<=tique)|que(?<=thèque)|"
    r"ole(?<=école)|"
    r"erte|orte|ourse|onne|emme|ase|ose|oire(?<=histoire)|ime(?<=victime)|ivité|tte|ète|ote|sse|nse|"
    r"rse|ffe|ve|"
    r"gne|che|ace|rge|ue|eur(?<=valeur)|eur(?<=erreur)|eur(?<=hauteur)|eur(?<=longueur)|eur(?<=largeur))\Z"
)
_MASCULINE = _words(
    "comité côté arrêté traité été décolleté député délégué salarié assuré employé retraité musée",
    "lycée trophée",
    "silence murmure génie incendie parapluie service exercice bénéfice préjudice office indice edifice cap",
    "modèle domaine magazine patrimoine régime groupe organisme risque établissement médicament document",
    "manque masque kiosque chèque article rôle contrôle pôle protocole siècle véhicule symbole",
    "obstacle spectacle",
    "verre cabinet acte compte texte site poste geste reste contraste vote dentiste espace commerce remède",
    "diplôme problème système programme volume fleuve élève store code mode bilan gramme kilomètre",
    "mètre litre",
    "espace dossier conseil travail détail appel avion camion million lampion centre membre nombre",
    "ordre titre",
    "jeune élève bénévole adulte mineur locataire stagiaire bénéficiaire allocataire propriétaire",
    "chiffre registre semestre trimestre cadre patient agent client adhérent résident président",
)
_FEMININE = _words(
    "demande aide offre somme page personne caisse place fois part main voix nuit note date visite réponse",
    "dépense recette dette fin maison faute saison raison façon leçon rançon fraude baisse hausse",
    "mutuelle équipe année semaine journée heure minute commune région ville prime tâche charge",
    "étude mission",
    "plainte facture séance audience alerte enquête borne ligne classe grille règle norme forme",
    "plateforme firme",
    "mer dent peau eau forêt loi foi soif clef clé chair cour tour infirmière sage-femme amende pharmacie",
    "indemnité convention bulle permanence contrainte épreuve preuve entreprise surfacturation",
    "reprise mise prise",
    "lettre fenêtre rencontre montre ouvre oeuvre chambre fibre poudre vertèbre unité mesure action station",
    "requête cible campagne zone prothèse hypothèse synthèse thèse parenthèse anomalie voiture",
)


def is_feminine(noun: str) -> bool:
    """Whether `noun`, singular or plural, is feminine, as far as its ending and the lists here tell."""
    head = singular(noun.lower()).split("-")[0]
    if head.isupper() or fold(head) in _MASCULINE:
        return False
    return fold(head) in _FEMININE or _FEMININE_ENDS.search(head) is not None


_THIRD_GROUP = {
    "recevoir": "reçu", "reçoit": "reçu", "reçoivent": "reçu", "percevoir": "perçu", "perçoit": "perçu",
    "prendre": "pris", "prend": "pris", "prennent": "pris", "mettre": "mis", "met": "mis", "mettent": "mis",
    "suivre": "suivi", "suit": "suivi", "suivent": "suivi", "ouvrir": "ouvert", "ouvre": "ouvert",
    "ouvrent": "ouvert", "couvrir": "couvert", "couvre": "couvert", "couvrent": "couvert",
    "offrir": "offert", "offre": "offert", "offrent": "offert", "faire": "fait", "conduire": "conduit",
    "conduit": "conduit", "produire": "produit", "produit": "produit", "produisent": "produit",
    "réduire": "réduit", "construire": "construit", "instruire": "instruit", "instruit": "instruit",
    "instruisent": "instruit", "rendre": "rendu", "rend": "rendu", "rendent": "rendu", "voir": "vu",
    "admettre": "admis", "transmettre": "transmis", "remettre": "remis", "tenir": "tenu", "obtenir": "obtenu",
    "obtient": "obtenu", "obtiennent": "obtenu", "maintenir": "maintenu", "soutenir": "soutenu",
    "soutient": "soutenu", "soutiennent": "soutenu", "inscrire": "inscrit", "prescrire": "prescrit",
    "prescrit": "prescrit", "prescrivent": "prescrit", "atteindre": "atteint", "joindre": "joint",
    "rejoindre": "rejoint", "vendre": "vendu", "étendre": "étendu", "entendre": "entendu", "perdre": "perdu",
    "répartir": "réparti", "recourir": "recouru", "concevoir": "conçu", "élire": "élu", "lire": "lu",
    "inclure": "inclus", "inclut": "inclus", "incluent": "inclus", "reprendre": "repris",
    "entreprendre": "entrepris", "découvrir": "découvert", "acquérir": "acquis", "produisait": "produit",
    "suivait": "suivi", "ouvrait": "ouvert", "couvrait": "couvert",
    "sert": "servi", "servent": "servi", "servir": "servi", "vend": "vendu", "vendent": "vendu",
    "entretient": "entretenu", "entretiennent": "entretenu", "entretenir": "entretenu",
}  # fmt: skip
_YER = re.compile(r"(?P<stem>.*[ou]|(?:dé)?pa|rela|essa|bala|défra|débla)i(?:e|ent)")
"""Verbs in -yer: « emploient », « essuie », « paient »; other forms in -aient are imperfects."""


_GRAVE = re.compile(r"è(?=[bcdfglmnprstv]{1,2}u?\Z)")
_MUTE = re.compile(r"(?:mèn|achèt|lèv|pès|sèm|gèl|crèv)\Z")
"""Stems whose « è » is « e » elsewhere: « mènent », « achète »; that of others is « é »: « gère »."""


def _unstressed(stem: str) -> str:
    """The stem of a present form as it is before a stressed ending: « gèr » → « gér », « mèn » → « men »."""
    return _GRAVE.sub("e" if _MUTE.search(stem) else "é", stem)


def participle_of(verb: str) -> str:
    """The past participle, masculine singular, of an infinitive or a third person of the present.

    Empty where the form is not one this knows: « accueillent » and « accueillir » give « accueilli ».
    """
    verb = verb.lower()
    if verb in _THIRD_GROUP:
        return _THIRD_GROUP[verb]
    if re.search(r"(?:cueill)(?:e|ent|ir|ait)\Z", verb):
        return re.sub(r"(?:e|ent|ir|ait)\Z", "i", verb)
    if match := _YER.fullmatch(verb):
        return f"{match['stem']}yé"
    for ending, participle in (("er", "é"), ("issent", "i"), ("ir", "i"), ("ent", "é"), ("ons", "é"),
                               ("e", "é"), ("geait", "gé"), ("aient", "é"), ("ait", "é")):  # fmt: skip
        if verb.endswith(ending) and len(verb) > len(ending) + 2:
            return _unstressed(verb[: -len(ending)]) + participle
    return ""


_PRESENT = {
    "viennent": "venant", "prennent": "prenant", "reçoivent": "recevant", "doivent": "devant", "ont": "ayant",
    "font": "faisant", "vont": "allant", "obtiennent": "obtenant", "tiennent": "tenant",
    "deviennent": "devenant", "soutiennent": "soutenant", "proviennent": "provenant",
    "interviennent": "intervenant", "apprennent": "apprenant", "savent": "sachant",
    "appartiennent": "appartenant",
}  # fmt: skip


def present_participle(verb: str) -> str:
    """The present participle of a verb in the third person plural; empty where the form is not one.

    « travaillent » → « travaillant », « exerçaient » → « exerçant ».
    """
    verb = verb.lower()
    if verb in _PRESENT:
        return _PRESENT[verb]
    if match := _YER.fullmatch(verb):
        return f"{match['stem']}yant"
    if verb.endswith("aient") and len(verb) > 7:
        return verb[:-5] + "ant"
    if not verb.endswith("ent") or len(verb) < 6:
        return ""
    stem = _unstressed(verb[:-3])
    return (stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem) + "ant"


def agree(participle: str, noun: str, *, many: bool) -> str:
    """`participle` (masculine singular) as it is said of `noun`; `many` things or one."""
    if is_feminine(noun):
        participle += "e"
    return participle + "s" if many and not participle.endswith(("s", "x")) else participle

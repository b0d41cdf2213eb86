"""Labels and units of sentences as annual reports of many kinds of bodies write them."""

import pytest

from rapextract.extract.prose import extract_prose

from .contexts import context_of


def found(text: str) -> list[tuple[str, str]]:
    return [(row.label, row.unit) for row in extract_prose(context_of(text), [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le canton compte 640 luthiers, soit 12 pour 100 000 habitants.",
         [("luthiers du canton", "luthier"), ("luthiers pour 100 000 habitants", "luthier")]),
        ("Le club a ouvert 9 ateliers supplémentaires, portant leur nombre à 31.",
         [("hausse du nombre d'ateliers supplémentaires ouverts par le club", "atelier"),
          ("ateliers", "atelier")]),
        ("La durée moyenne de visite est de 3,2 nuits.", [("durée moyenne de visite", "nuit")]),
        ("Le taux d'accueil est de 8,4 enfants par agent.",
         [("taux d'accueil (enfants par agent)", "enfant")]),
        ("Le port abrite 90 voiliers et accueille chaque semaine 12 pêcheurs.",
         [("voiliers du port", "voilier"), ("pêcheurs accueillis", "pêcheur")]),
        ("La part de sable recule de 41 à 38 % au bout de 9 mois.", [("part de sable", "%")] * 2),
        ("La fréquentation du port gagne 1,2 point et s'établit à 64 %.",
         [("évolution de la fréquentation du port", "point"), ("fréquentation du port", "%")]),
        ("Les appels au 18 ont crû de 6 %.", [("hausse des appels au 18", "%")]),
        ("La buvette a rapporté 4 200 €.", [("produit de la buvette", "EUR")]),
        ("Le musée, financé à 35 % par la commune, a rouvert.",
         [("part du musée financé par la commune", "%")]),
        ("L'aide de 20 000 euros a été versée à 75 %.", [("aide", "EUR"), ("part de l'aide versée", "%")]),
        ("La filière musicale obtient 72,5 %.", [("taux obtenu par la filière musicale", "%")]),
        ("Les lecteurs de plus de 60 ans représentent 31 % des prêts.",
         [("part des lecteurs de plus de 60 ans dans les prêts", "%")]),
        ("Le phare, d'une hauteur de 42 m, a été repeint.", [("hauteur du phare", "m")]),
        ("Le canal, long de 18 km, est navigable.", [("longueur du canal", "km")]),
        ("6,1 km de digues ont été relevés.", [("longueur de digues relevées", "km")]),
        ("L'équipe d'été représente 12,5 ETP et l'équipe d'hiver 8 ETP.",
         [("équivalents temps plein de l'équipe d'été", "ETP"),
          ("équivalents temps plein de l'équipe d'hiver", "ETP")]),
        ("Le club donne droit à 5 leçons par an, facturées 12 euros l'une.",
         [("leçons par an", "leçon"), ("montant par leçon (leçons par an)", "EUR")]),
        ("La lecture atteint 54 %, contre 41 % pour les garçons.",
         [("lecture", "%"), ("lecture pour les garçons", "%")]),
        ("Le cours du miel est de 11 €/kg et le rendement de 48 q/ha.",
         [("cours du miel", "EUR/kg"), ("rendement", "q/ha")]),
        ("La charte des quais, signée pour 4 ans, vise le tri.", [("durée de la charte des quais", "ans")]),
        ("La garde maritime et côtière a secouru 46 voiliers.",
         [("voiliers secourus par la garde maritime et côtière", "voilier")]),
        ("Les charges s'élèvent à 3 M€, dont 62 % pour le port.",
         [("charges", "EUR"), ("part des charges pour le port", "%")]),
        ("Les feux ont parcouru 42 hectares.", [("surface parcourue par les feux", "ha")]),
        ("130 chiens étaient gardés au chenil au 31 décembre, contre 90 un an plus tôt.",
         [("chiens gardés au chenil", "chien")] * 2),
        ("Le péage pour les voiliers est fixé à 3,10 €/t et celui pour les barques à 1,20 €/t.",
         [("péage pour les voiliers", "EUR/t"), ("péage pour les barques", "EUR/t")]),
        ("58 % des lecteurs sont inscrits en ville, 27 % en bourg et 15 % au village.",
         [("part des lecteurs inscrits en ville", "%"), ("part des lecteurs en bourg", "%"),
          ("part des lecteurs au village", "%")]),
        ("Les gardes représentent 29 % des agents, et 34 % dans les forêts.",
         [("part des gardes dans les agents", "%"), ("part des gardes dans les forêts", "%")]),
        ("Le montant moyen d'une aide est de 148 euros.", [("montant moyen d'une aide", "EUR")]),
        ("La durée moyenne de cure est de 19 nuits, 5 de moins qu'en 2021.",
         [("durée moyenne de cure", "nuit"), ("baisse de la durée moyenne de cure", "nuit")]),
        ("Le phare abrite 12 chambres et affiche un taux de visite de 64 %.",
         [("chambres du phare", "chambre"), ("taux de visite (chambres du phare)", "%")]),
        ("Le loyer est de 6,20 €/m².", [("loyer", "EUR/m2")]),
        ("La teneur en sel est de 36 mg/l, la norme étant de 50 mg/l.",
         [("teneur en sel", "mg/l"), ("norme", "mg/l")]),
        ("Le budget du port est de 2 M€, le carburant 18 %.",
         [("budget du port", "EUR"), ("part du carburant dans le budget du port", "%")]),
        ("Les ventes encaissées, 34 M€, progressent.", [("ventes encaissées", "EUR")]),
        ("La gravité est de 12,4 chutes pour 1 000 skieurs.", [("chutes pour 1 000 skieurs", "chute")]),
        ("Le club a offert 48 stages pour une durée moyenne de 5,5 mois.",
         [("stages offerts par le club", "stage"),
          ("durée moyenne (stages offerts par le club)", "mois")]),
        # A number goes on counting what was counted last, not who counted it, nor the sentence before.
        ("Les gardes ont relevé 140 nids, 32 d'entre eux vides.",
         [("nids relevés par les gardes", "nid"), ("nids vides", "nid")]),
        ("Le port compte 12 quais. L'île couvre 300 ha, dont 40 % de landes.",
         [("quais du port", "quai"), ("surface de l'île", "ha"), ("part des landes", "%")]),
        ("Le port compte 12 quais. Le club occupe le 4.", [("quais du port", "quai")]),
        ("Le phare a reçu 900 visites, dont 60 secondaires.",
         [("visites reçues par le phare", "visite"), ("visites reçues par le phare secondaires", "visite")]),
    ],
)  # fmt: skip
def test_labels_and_units(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected

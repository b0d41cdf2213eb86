"""Labels of prose figures: noun phrases that stand alone."""

from __future__ import annotations

import pytest

from rapextract.extract.prose import extract_prose

from .contexts import context_of


def labels(text: str) -> list[str]:
    return [row.label for row in extract_prose(context_of(text), [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Shares
        (
            "L'effectif était de 51,5 équivalents temps plein, dont 60 % de femmes.",
            ["effectif", "part des femmes (effectif)"],
        ),
        (
            "Prix théorique du repas servi à midi pour un foyer comptant 12 enfants : 4,30 €",
            ["prix théorique du repas servi à midi pour un foyer comptant 12 enfants"],
        ),
        (
            "Le calcul se fonde sur les 14 mesures prises entre mars 2019 et juin 2021.",
            ["mesures prises"],
        ),
        ("Le bourg a 4 points noirs.", ["points noirs"]),
        (
            "D'après le bilan que le port a remis, le montant des impayés de 2020, au 31/12/2021 est de 9 €.",
            ["montant des impayés"],
        ),
        ("Les fonds ont été dépensés à 97 %.", ["part des fonds dépensés"]),
        ("Les courriers, souvent longs, ont été lus à 97 %.", ["part des courriers lus"]),
        ("Le seuil a été fixé à 97 %.", ["seuil"]),
        ("Le réseau couvre 80 % des quartiers.", ["part des quartiers couverts"]),
        ("Le réseau couvre entre 60 et 80 % des quartiers.",
         ["part des quartiers couverts, minimum", "part des quartiers couverts, maximum"]),
        ("La formation a représenté 80 % des dépenses.", ["part des dépenses"]),
        ("3 % des visites sont des urgences.", ["part des urgences dans les visites"]),
        (
            "Les loyers en prennent 45 %, l'entretien 41 %, le reste va aux achats.",
            ["part des loyers", "part de l'entretien"],
        ),
        # Changes
        (
            "La caisse a reçu 140 lettres, soit 8 % de plus qu'en 2020.",
            ["lettres reçues par la caisse", "hausse des lettres reçues par la caisse"],
        ),
        (
            "La caisse a reçu 140 lettres, en recul de 8 % sur un an.",
            ["lettres reçues par la caisse", "baisse des lettres reçues par la caisse"],
        ),
        (
            "Le taux d'usage du vélo plafonne à 47 %, soit deux points de moins. "
            "Celui du train progresse à 35 %.",
            ["taux d'usage du vélo", "baisse du taux d'usage du vélo", "taux d'usage du train"],
        ),
        (
            "Le taux de suivi des cancers du sein est de 47 %. Celui des cancers du côlon est de 35 %.",
            ["taux de suivi des cancers du sein", "taux de suivi des cancers du côlon"],
        ),
        ("La caisse veut réduire de 20 % la facture d'eau.", ["baisse de la facture d'eau"]),
        ("Le découvert se réduit de 45 000 € par rapport à l'an passé.", ["évolution du découvert"]),
        ("Les charges fixes s'établissent à 4 000 €, en retrait de 2 % par rapport au budget.",
         ["charges fixes", "baisse des charges fixes"]),
        # Brackets, parallels, what is left unsaid
        ("Trois travaux : la réfection du quai (27 M€), le toit (3 M€) et la peinture.",
         ["travaux", "montant de la réfection du quai, travaux", "montant du toit, travaux"]),
        ("La crèche garde 3 950 inscriptions ; viennent la danse (1 600) et la poterie (400).",
         ["inscriptions", "inscriptions, danse", "inscriptions, poterie"]),
        ("Son poids est stable : les jeux en représentent 71 %, les livres 12 %.",
         ["part des jeux", "part des livres"]),
        ("L'ancienneté moyenne est de 16 ans chez les ouvriers et de 11 ans chez les chefs.",
         ["ancienneté moyenne chez les ouvriers", "ancienneté moyenne chez les chefs"]),
        ("Le club compte 40 membres en règle et 12 en retard.",
         ["membres en règle du club", "membres en retard"]),
        ("On relève 57 chutes, parmi lesquelles 9 graves.", ["chutes", "chutes graves"]),
        ("Le recours aux pigistes a coûté 2 millions d'euros.", ["coût du recours aux pigistes"]),
        ("Le club a accueilli 12 élèves et dispensé 800 heures.",
         ["élèves accueillis par le club", "heures dispensées (élèves accueillis par le club)"]),
        ("30 visites ont été faites par 4 guides.", ["visites faites", "guides ayant fait les visites"]),
        ("65 aides pour un total de 6 500 €, soit 100 € en moyenne.",
         ["aides", "montant (aides)", "montant moyen des aides"]),
        ("894 ateliers : dessin (312), danse (287) et chant (145).",
         ["ateliers", "ateliers, dessin", "ateliers, danse", "ateliers, chant"]),
        ("Les plaintes, dont le nombre a bondi à 4 870, inquiètent.", ["plaintes"]),
        ("Sur 800 carnets, il n'en restait que 62 à l'automne.", ["carnets", "carnets à l'automne"]),
        ("On y relève 38,2 chutes pour 1 000 élèves, quand la moyenne nationale s'établit à 33,4.",
         ["chutes pour 1 000 élèves", "chutes pour 1 000 élèves"]),
        ("La mairie se présente. 92 % se déclarent contents.", ["part qui se déclarent contents"]),
        ("Nous sommes à 92 %.", ["part"]),
        ("60 familles sont réunies autour de 12 ateliers.", ["familles réunies autour", "ateliers"]),
        ("Nos équipes ont traité les demandes d'aide en 7 jours.", ["délai (demandes d'aide traitées)"]),
        ("Le délai moyen s'est dégradé : 15,8 jours.", ["délai moyen"]),
        ("3 204 jours ont été suivis, soit 5,6 par agent.", ["jours suivis", "jours suivis par agent"]),
        ("Nous disons merci à nos 568 agents et à nos 24 élus.", ["agents", "élus"]),
        ("Le pacte lie les 18 intercommunalités du pays.", ["intercommunalités du pays"]),
        ("Le nombre de pièces reçues dépasse 1,9 million.", ["pièces reçues"]),
        # Where phrases end
        ("Les 41 renforts recrutés se sont vu proposer un poste.", ["renforts recrutés"]),
        ("Le centre a reçu 187 enfants avec une durée moyenne de séjour de 31 jours.",
         ["enfants reçus par le centre", "durée moyenne de séjour"]),
        ("L'âge médian y était de 68 ans.", ["âge médian"]),
        ("71 % des élèves ont obtenu un titre et plus de la moitié un poste.",
         ["part des élèves ayant obtenu un titre"]),
        # Sums, terms, delays
        ("La caisse leur a versé 43 000 €.", ["montant versé"]),
        ("La part à payer se chiffre en moyenne à 31 € par dossier.", ["part à payer"]),
        ("Un entretien à 6 mois est proposé.", ["échéance de l'entretien"]),
        ("Ces recours sont jugés en 12 jours.", ["délai (recours jugés)"]),
        ("La commission s'est réunie à cinq reprises.", ["réunions de la commission"]),
        ("Après 2 ans de travaux, la crèche a ouvert.", ["durée de travaux de la crèche"]),
        ("Une mairie à 150 km de son hôpital.", ["distance de l'hôpital"]),
        ("Nos bureaux passeront de 11 300 à 9 450 m².", ["bureaux", "bureaux"]),
        ("Le coût est de 3 €, l'aide moyenne étant de 40 €.", ["coût", "aide moyenne"]),
        (
            "Le taux de refus est de 12 %. La moyenne nationale est de 14 %.",
            ["taux de refus", "moyenne nationale, taux de refus"],
        ),
        ("En un an, le site a divisé par deux ses achats.", []),
        # Counts
        ("Nous accompagnons 12 crèches.", ["crèches accompagnées"]),
        ("La visite se fait au bénéfice de 60 élèves.", ["élèves"]),
        ("31 personnes nous ont rejoints en mai.", ["personnes ayant rejoints"]),
        (
            "Le club a tenu sept débats qui ont réuni 840 curieux.",
            ["débats tenus par le club", "curieux réunis"],
        ),
        (
            "L'asthme (AS) est une maladie fréquente, qui touche 300 élèves.",
            ["élèves touchés par l'asthme"],
        ),
        (
            "L'accueil a été renforcé par quatre agents de Nice, sept de Lyon.",
            ["agents de Nice ayant renforcé l'accueil", "agents de Lyon ayant renforcé l'accueil"],
        ),
        (
            "L'outil permet d'appeler 120 élus et de repérer puis de recevoir 80 maires.",
            ["élus appelés par l'outil", "maires reçus par l'outil"],
        ),
        (
            "14 agents ont suivi le cours « lire, écrire et compter » en mai.",
            ["agents ayant suivi le cours « lire, écrire et compter »"],
        ),
        (
            "Le nombre d'ETP varie de 4 à 6 pour un nombre de « postes » de 9 ou 10.",
            ["ETP, minimum", "ETP, maximum", "postes", "postes"],
        ),
        ("Les courriels reçus, au nombre de 960, ont été lus.", ["courriels reçus"]),
        (
            "La cellule a reçu 90 alertes, soit en moyenne 27 par jour.",
            ["alertes reçues par la cellule", "alertes reçues par la cellule par jour"],
        ),
        (
            "La caisse accompagne quatre réseaux (deux de niveau 1 et deux de niveau 2).",
            [
                "réseaux accompagnés par la caisse",
                "réseaux accompagnés par la caisse de niveau 1",
                "réseaux accompagnés par la caisse de niveau 2",
            ],
        ),
        ("En 2021, 551 dossiers de retraite ont été traités.", ["dossiers de retraite traités"]),
        ("12 agents du service ont quitté la caisse.", ["agents du service ayant quitté la caisse"]),
        ("Les conseillers ont réalisé 310 entretiens.", ["entretiens réalisés par les conseillers"]),
        ("Le délai moyen de réponse aux assurés était de 5,1 jours.", ["délai moyen de réponse aux assurés"]),
        (
            "84 % de ces demandes ont reçu un avis favorable.",
            ["part des demandes ayant reçu un avis favorable"],
        ),
        ("Le budget consacré à la formation est de 295 000 €.", ["budget consacré à la formation"]),
        ("L'équipe affiche un taux de réussite de 99 %.", ["taux de réussite"]),
        ("L'usine a reçu un débit journalier moyen de 14 m³/j.", ["débit journalier moyen"]),
        (
            "Les rejets de B12 mesurés ont oscillé entre 2 et 5 kg/j au cours des cinq dernières années.",
            ["rejets de B12 mesurés, minimum", "rejets de B12 mesurés, maximum"],
        ),
        ("La densité des clients est de 46,25 clients/km.", ["densité des clients"]),
        ("Le tri revient à 145 € HT/t.", ["tri"]),
        ("La campagne de visites a porté sur 47 centres.", ["centres de la campagne de visites"]),
        (
            "Le coût des repas est de 480 €, soit 12 € par agent.",
            ["coût des repas", "coût des repas par agent"],
        ),
        ("12 agents se relaient à l'accueil.", ["agents se relayant à l'accueil"]),
        ("12 dossier(s) reçus.", ["dossiers"]),
        ("12 agents ont exercé en lien avec un lycée.", ["agents ayant exercé en lien avec un lycée"]),
        ("45 minutes ont été consacrées à la lecture.", ["minutes consacrées à la lecture"]),
        ("La collecte porte sur 250 kg/hab/an d'ordures ménagères.", ["ordures ménagères"]),
        ("Les sites traitant plus de 12 KgDBO5/j.", ["charge"]),
        ("La population couverte est estimée à 201 habitants.", ["population couverte"]),
        (
            "L'âge moyen des praticiens est de 46 ans, celui des cadres de 47 ans.",
            ["âge moyen des praticiens", "âge moyen des cadres"],
        ),
        (
            "Le taux d'effort de formation est de 3,8 % (2,2 % en 2020).",
            ["taux d'effort de formation", "taux d'effort de formation"],
        ),
        (
            "11 agents et 5 médecins du travail sont partis à la retraite.",
            ["agents partis à la retraite", "médecins du travail partis à la retraite"],
        ),
        (
            "Montant moyen recouvré par bénéficiaire (objectif : 15,40 € - socle : 8,30 €).",
            ["montant moyen recouvré par bénéficiaire", "montant moyen recouvré par bénéficiaire"],
        ),
        (
            "900 avis favorables ont été donnés, dont 74 après un recours amiable.",
            ["avis favorables donnés", "avis favorables donnés après un recours amiable"],
        ),
        (
            "300 dossiers de fraude ont été ouverts, soit 20 dossiers de moins qu'en 2019.",
            ["dossiers de fraude ouverts", "baisse du nombre de dossiers de fraude ouverts"],
        ),
        (
            "Le foyer accueille 14 résidents représentant une dépense de 3 200 €.",
            ["résidents accueillis par le foyer", "dépense (résidents accueillis par le foyer)"],
        ),
        ("La caisse emploie 90 salariés.", ["salariés de la caisse"]),
        ("Depuis mai, 31 salariés sur 90 télétravaillent.", ["salariés télétravaillant", "salariés"]),
        ("En 2021, 12 avis sur 40 ont été contestés.", ["avis contestés", "avis"]),
        (
            "210 assurés dans 6 cliniques ont bénéficié du programme.",
            ["assurés ayant bénéficié du programme", "cliniques"],
        ),
        ("De 60 postiers, 35 étaient formés en mai.", ["postiers", "postiers formés"]),
        (
            "Sept ateliers ont réuni 85 marins.",
            ["ateliers", "marins réunis par sept ateliers"],
        ),
        (
            "La commission de recours amiable (CRA) a examiné 310 saisines.",
            ["saisines examinées par la commission de recours amiable"],
        ),
        (
            "Trois agents tiennent un stand dans chacun des huit cantons.",
            ["agents tenant un stand", "cantons"],
        ),
        (
            "L'embauche de 18 agents (dont 4 CAM) a été décidée.",
            ["embauche d'agents", "CAM (embauche d'agents)"],
        ),
        (
            "La part des cadres représente 12 % de l'effectif. Celle des agents en représente 88 %.",
            ["part des cadres dans l'effectif", "part des agents"],
        ),
        (
            "Le prix du mètre cube pour un foyer consommant 90 m³ est de 4,10 €.",
            ["prix du mètre cube"],
        ),
        ("Le canton, peuplé de 41 300 habitants, est rural.", ["population"]),
        (
            "Le taux d'absentéisme recule de 0,8 point pour s'établir à 5,9 %.",
            ["baisse du taux d'absentéisme", "taux d'absentéisme"],
        ),
        (
            "Le taux d'accès des usagers au guichet est de 62,5 % des 48 communes (58,4 % en 2020).",
            [
                "taux d'accès des usagers au guichet",
                "communes, taux d'accès des usagers au guichet",
                "taux d'accès des usagers au guichet",
            ],
        ),
        (
            "450 € ont été versés à un fonds d'entraide, soit 0,03 €/m³ pour 2021 (0,02 €/m³ en 2020).",
            [
                "montants versés à un fonds d'entraide",
                "montants versés à un fonds d'entraide par m3",
                "montants versés à un fonds d'entraide par m3",
            ],
        ),
        (
            "La densité du réseau rural est de 27 abonnés/km au 31/12/2021. (26,8 abonnés/km au 31/12/2020).",
            ["densité du réseau rural", "densité du réseau rural"],
        ),
        (
            "Le taux de réponse est de 93,7 % ; il était de 88,1 % en 2020.",
            ["taux de réponse", "taux de réponse"],
        ),
        (
            "Son taux d'usage du portail, 81 %, dépasse le socle (75 %).",
            ["taux d'usage du portail", "taux d'usage du portail"],
        ),
        ("Sur ces 90 dossiers :\n- 12 % ont été clos.", ["dossiers", "part des dossiers clos"]),
        ("Le portail a été ouvert par 12 % des assurés.", ["part des assurés ayant ouvert le portail"]),
        (
            "Le comité, installé à Nevers, a tenu 14 séances.",
            ["séances tenues par le comité"],
        ),
        (
            "Il y a 84 médecins généralistes pour 100 000 habitants.",
            ["médecins généralistes pour 100 000 habitants"],
        ),
        ("C'est un loyer annuel en baisse de 17 %.", ["baisse du loyer annuel"]),
        ("Le budget de gestion (52,7 M€) est exécuté.", ["budget de gestion"]),
        ("Le centre compte 12 bureaux et 3 salles.", ["bureaux du centre", "salles du centre"]),
        ("Le pôle a reçu 45 personnes en avril.", ["personnes reçues par le pôle"]),
        (
            "Le dispositif a permis à 9 stagiaires de prendre un poste au siège.",
            ["stagiaires ayant pris un poste au siège"],
        ),
        (
            "Trois cadres et un juriste composent l'unité.",
            ["cadres composant l'unité", "juriste composant l'unité"],
        ),
        ("Le contrôle a évité 8 000 € de dépenses.", ["dépenses évitées"]),
        (
            "60 femmes travaillent à l'atelier, soit 40 % de l'effectif.",
            ["femmes travaillant à l'atelier", "part des femmes travaillant à l'atelier dans l'effectif"],
        ),
        ("Les congés de plus de six mois ont été examinés.", ["durée des congés"]),
        ("Le nombre de sites est passé de 8 à 11.", ["sites", "sites"]),
        ("Aucun litige n'a été signalé.", ["litige signalé"]),
        (
            "Neuf visites ont été faites : 2 visaient des garages, 4 des ateliers.",
            [
                "visites faites",
                "visites visant des garages (visites faites)",
                "visites visant des ateliers (visites faites)",
            ],
        ),
        ("Le réseau compte 80 bénévoles. Ils étaient 62 au printemps.",
         ["bénévoles du réseau", "bénévoles au printemps"]),
        ("Le service dispose d'une équipe de 12 agents.", ["agents de l'équipe"]),
        ("Chacune des quatre antennes accueille une permanence.", ["antennes"]),
        ("Cette année, nos équipes ont traité 12 dossiers.", ["dossiers traités"]),
        ("Le centre a ouvert ses portes et reçoit 140 appels par jour.", ["appels par jour reçus"]),
        ("Depuis mai, a reçu 140 appels par jour.", ["appels reçus par jour"]),
        ("Le standard reçoit 140 appels/jour.", ["appels par jour reçus par le standard"]),
        ("La ville a voté un budget de 300 000 € pour rénover le réseau.", ["budget"]),
        ("La ville a voté un budget de 300 000 € pour la formation.", ["budget pour la formation"]),
        ("Une économie de 12 000 € est attendue.", ["économie"]),
        ("Le contrôle a porté sur 214 300 € d'indus notifiés, dont 198 450 € recouvrés.",
         ["indus notifiés", "indus recouvrés"]),
        ("Le coût de la collecte est de 12 300 €, soit en moyenne 25 € par habitant.",
         ["coût de la collecte", "coût de la collecte par habitant"]),
        ("Les agents en contrat à durée indéterminée sont formés. Leur durée est de 3 mois.", ["durée"]),
        ("Sur le territoire, 12 ateliers ont permis de former les agents.", ["ateliers"]),
        ("Ces échanges ont confirmé 12 dossiers.", ["dossiers"]),
        ("42 plaintes ont été déposées et le préjudice est estimé par l'assureur.", ["plaintes déposées"]),
        ("L'aide va à 14 assurés âgés de plus de 60 ans.", ["assurés âgés de plus de 60 ans"]),
        ("Le service a ouvert 14 dossiers et clos 12 demandes.",
         ["dossiers ouverts par le service", "demandes closes par le service"]),
        ("La caisse emploie 12 agents travaillant en lien avec les médecins.",
         ["agents travaillant en lien avec les médecins de la caisse"]),
        ("Le ratio est de 1,95 habitants/abonné.", ["ratio"]),
        # Some of them, none of them, not done
        ("Aucune des 27 serres visitées n'a fait l'objet d'une plainte.", ["serres visitées"]),
        ("Trois de nos neuf serres ont fermé leurs portes.",
         ["serres ayant fermé leurs portes", "serres"]),
        ("Parmi les 120 élèves reçus, 40 % ont signé et 12 % hésitent.",
         ["élèves reçus", "part des élèves reçus ayant signé", "part des élèves reçus qui hésitent"]),
        ("Sur 40 serres visitées, 12 n'ont pas été ouvertes et 3 ne sont pas équipées.",
         ["serres visitées", "serres visitées non ouvertes", "serres visitées non équipées"]),
        ("15 clubs n'ont pas répondu.", ["clubs n'ayant pas répondu"]),
        ("Trop peu de lecteurs (17 %) le savent.", ["part des lecteurs"]),
        ("45 % des élus et 30 % ont signé une charte.",
         ["part des élus ayant signé une charte", "part des élus qui ont signé"]),
        # Who did it, to whom
        ("Ce sont 900 élèves que la mairie a formés.", ["élèves formés par la mairie"]),
        ("Sur les 212 agents que compte la ville, 12 sont partis.", ["agents de la ville", "agents partis"]),
        ("La ville a 3 900 points lumineux.", ["points lumineux"]),
        ("Nos guides ont répondu à 310 lettres (280 en 2020).",
         ["lettres auxquelles les guides ont répondu"] * 2),
        ("Lyon et Metz ont traité 40 plaintes.", ["plaintes traitées par Lyon et Metz"]),
        ("Des travaux ont touché 12 rues.", ["rues touchées par des travaux"]),
        ("La mairie a vu partir 8 agents, celle de Metz en a accueilli 5.",
         ["agents partis de la mairie", "agents accueillis"]),
        ("Chacune des 21 équipes suit 95 élèves.", ["équipes", "élèves par équipe"]),
        ("Chaque dossier mobilise 2,5 heures de lecture.", ["durée de lecture par dossier"]),
        ("Le club sert chaque jour 110 repas.", ["repas servis par le club"]),
        ("12 arrivées ont compensé les 17 départs.", ["arrivées", "départs compensés par 12 arrivées"]),
        ("Le club, riche de 14 élus, s'est réuni quatre fois.", ["élus du club", "réunions du club"]),
        ("Les jardiniers entretiennent :\n- 48 massifs ;\n- 900 arbres.",
         ["massifs entretenus par les jardiniers", "arbres entretenus par les jardiniers"]),
        ("Le club a envoyé une carte à 740 élus, dont 112 ont répondu.",
         ["élus auxquels le club a envoyé une carte", "élus ayant répondu"]),
        ("Le bureau, qui compte 17 membres, a examiné 64 projets et en a retenu 29.",
         ["membres du bureau", "projets examinés par le bureau", "projets retenus"]),
        ("Nos 640 élus ont suivi en moyenne 2,8 jours de cours.", ["élus", "durée de cours (élus)"]),
        ("Seuls 36 élus se sont présentés.", ["élus s'étant présentés"]),
        ("Notre site a servi 13 repas, et 48 % d'entre eux proviennent d'un traiteur.",
         ["repas servis par notre site", "part des repas provenant d'un traiteur"]),
        ("Le club n'a formé que 60 élus.", ["élus formés par le club"]),
        ("Au port, où l'on relève 21 cas de grippe, 19 écoles ont fermé.",
         ["cas de grippe", "écoles ayant fermé"]),
        ("Le nombre de guides poursuit sa baisse (89 au total, soit 6 de moins en un an).",
         ["guides", "baisse du nombre de guides"]),
        ("Ont été retrouvés 312 livres.", ["livres retrouvés"]),
        ("D'où un recul de 9 % de la lecture.", ["baisse de la lecture"]),
        ("Le stock de plis a fondu de 40 %.", ["baisse du stock de plis"]),
        ("Le taux de prêt, stable à 3 %, plaît.", ["taux de prêt"]),
        ("La cotisation du club, inchangée depuis 2019, s'élève à 12 €.", ["cotisation du club"]),
        ("Avec 11 départs en retraite, le solde est négatif.", ["départs en retraite"]),
        ("Le club a rencontré 120 élus, soit 94 % de ceux du pays.",
         ["élus rencontrés par le club", "part des élus du pays rencontrés par le club"]),
        ("En matière de dons, l'objectif de 13 € a été largement dépassé avec un résultat de 24 €.",
         ["dons", "résultat, dons"]),
        # Measures whose subject stands apart
        ("L'agence comptait 527,4 ETP.", ["équivalents temps plein de l'agence"]),
        ("La note des cours progresse de 2,4 points et se hisse à 87 %.",
         ["hausse de la note des cours", "note des cours"]),
        ("L'aide au logement bénéficie à 89 foyers et s'élève en moyenne à 42 €.",
         ["foyers, aide au logement", "aide au logement (foyers)"]),
        ("La dépense atteint 87 M€ : 52 M€ pour les taxis, 35 M€ pour les trains.",
         ["dépense", "dépense pour les taxis", "dépense pour les trains"]),
        ("La part des refus, tombée à 11 %, reste basse.", ["part des refus"]),
        ("Le délai de réponse s'est allongé, passant de 6 à 9 jours.", ["délai de réponse"] * 2),
        ("Le taux de refus reste inférieur à 5 % (4,7 % en juin).", ["taux de refus"] * 2),
        ("Le taux de décroché demeure supérieur à 85 %.", ["taux de décroché"]),
        ("Le délai moyen demeure inférieur à 12 jours.", ["délai moyen"]),
        ("Fixé à 90 %, l'objectif de réponse est dépassé.", ["objectif de réponse"]),
        ("Jouets reçus : 420, jouets rendus : 370.", ["jouets reçus", "jouets rendus"]),
        ("Recrutements : 42 CDI ; départs : 37 dont 21 retraites.",
         ["CDI, Recrutements", "départs", "retraites parmi les départs"]),
        ("Les jeux représentent 12 % des dépenses, les livres 21 %.",
         ["part des jeux dans les dépenses", "part des livres dans les dépenses"]),
        ("Le chiffre d'affaires est de 12 M€.", ["chiffre d'affaires"]),
        ("La mise en demeure coûte 12 euros.", ["coût de la mise en demeure"]),
        ("Le taux d'accord, qui était de 71 % en 2020, s'établit à 76 %.", ["taux d'accord"] * 2),
        ("Le taux de prêt plafonne à 48 % ici, quand il dépasse 52 % ailleurs.", ["taux de prêt"] * 2),
        ("Le taux d'accueil des pères est de 91 %, celui des mères de 88 % et celui des aînés de 85 %.",
         ["taux d'accueil des pères", "taux d'accueil des mères", "taux d'accueil des aînés"]),
        ("Les femmes représentent 78 % des 460 élus, les jeunes 22 %.",
         ["part des femmes dans les élus", "élus", "part des jeunes dans les élus"]),
        ("Ce sont 22 millions d'euros qui ont été versés aux clubs.", ["montants versés aux clubs"]),
        ("Le don est de 6 millions d'euros. L'objectif de 5 millions d'euros fixé par la tutelle est tenu.",
         ["don"] * 2),
        ("Il a fallu 14 mois pour résorber le stock, passé de 980 plis à 60.",
         ["durée pour résorber le stock", "plis (stock)", "plis (stock)"]),
        ("Un suivi est proposé et un parcours complet qui dure 6 mois.", ["durée d'un parcours complet"]),
        ("Avec 93 % de participation et 40 % d'hommes, le vote a plu.",
         ["taux de participation", "part des hommes"]),
        ("Le club est ouvert six jours par semaine.", ["jours par semaine"]),
        ("L'atelier du port consomme 42 MWh par an.", ["consommation de l'atelier du port"]),
        ("La flotte émet 84 tonnes équivalent CO2, soit 2,1 t par bus.",
         ["émissions de la flotte", "émissions de la flotte par bus"]),
        ("L'aide au club passera de 40 à 55 €.", ["aide au club"] * 2),
        ("Hors fêtes, la vente serait en recul de 2 %.", ["baisse de la vente"]),
        ("Le taux de prêt est supérieur à celui du canton (39 %) et du pays (36 %).",
         ["taux de prêt du canton", "taux de prêt du pays"]),
        ("Le délai de prêt tombe à 4 jours, alors qu'il dépassait dix jours en mai.", ["délai de prêt"] * 2),
        ("Le taux de prêt est de 3 %, un niveau proche de celui de 2019 (2,8 %).", ["taux de prêt"] * 2),
        ("La troupe compte de 12 à 15 danseurs.",
         ["danseurs de la troupe, minimum", "danseurs de la troupe, maximum"]),
        ("Le budget des bals est de 300 €. Ce montant se traduit par un taux d'effort de 3 % (2 % en 2019).",
         ["budget des bals", *["taux d'effort, budget des bals"] * 2]),
        ("Les dons du public ont contribué à hauteur de 45 000 €.", ["participation des dons du public"]),
        ("Le club a réduit ses émissions de CO2 de 12 %.", ["baisse des émissions de CO2"]),
        ("Nos guides ont parcouru 3 120 km.", ["distance parcourue par nos guides"]),
        ("Le canton vit à moins de 20 minutes d'un guichet.", ["distance d'un guichet"]),
        ("Le délai varie de 4 jours à Vire à 21 jours à Brest.", ["délai", "délai à Brest"]),
        ("7 % du canton vit au bord du lac.", ["part du canton vivant au bord du lac"]),
        ("Les charges sont de 44 €, d'où un excédent de 12 €.", ["charges", "excédent"]),
        ("Le stock de plis est passé de 2 340 à 1 105.", ["stock de plis"] * 2),
        ("L'effectif est de 23 élèves par classe, contre 24,6 ailleurs.",
         ["élèves par classe de l'effectif", "élèves par classe de l'effectif ailleurs"]),
        ("Un élève sur cinq (21 %) a reçu un prix.", ["part des élèves ayant reçu un prix"]),
        ("Plus de la moitié des élèves (56 %) chantent.", ["part des élèves chantant"]),
        ("Le délai de prêt est tenu dans 94 % des cas.", ["part des cas (délai de prêt tenu)"]),
        ("Le hangar (45 m²) est clos.", ["surface du hangar"]),
        ("Au printemps, 12 clubs nouveaux nous rejoindront.", ["clubs nouveaux"]),
        ("12 clubs ont été fondés, contre 9 la saison précédente.", ["clubs fondés"] * 2),
        ("La région se classe deuxième au niveau national.", ["rang de la région au niveau national"]),
    ],
)  # fmt: skip
def test_labels(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_a_label_after_its_value_takes_the_words_of_the_list() -> None:
    text = "Taux de confirmation :\n\nEn maladie : 91.8 % - gestion des droits, 84.2% - indemnités.\n"
    assert labels(text) == [
        "taux de confirmation, en maladie, gestion des droits",
        "taux de confirmation, en maladie, indemnités",
    ]


def test_no_label_holds_its_own_number_or_bound() -> None:
    (label,) = labels("La caisse a reçu plus de 1 200 courriers de réclamation en 2021.")
    assert label.startswith("courriers de réclamation reçus")
    assert "1 200" not in label and "plus de" not in label and "2021" not in label


def test_the_letter_of_a_heading_is_no_word_of_a_label() -> None:
    text = "c) Rejets au lac\n\n320 m³ ont été mesurés.\n"
    rows = extract_prose(context_of(text, headings=["c) Rejets au lac"]), [])
    assert [row.label for row in rows] == ["m³ mesurés, rejets au lac"]

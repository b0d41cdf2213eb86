"""Cutting French phrases out of a sentence: noun phrases, predicates, subjects.

Method: surface cues only (function words, the endings of finite verbs, punctuation). What is asked for
is a readable noun phrase for a label, not a parse; where the cues run out the phrase is cut short.
Cues are looked for in `cues` text: folded, but with « à » kept, since « a » is a verb.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from ...french.fold import fold
from ...french.paragraphs import paragraph_runs
from ...grammar.compiled import regexp
from ...grammar.hints import hints_of, may_match

MAX_WORDS = 16
"""Longest phrase that is still a label."""
_ASIDES = {"(": (")", 61), "«": ("»", 90)}  # said whole: how they end, and within how many characters

SMALL_NUMBERS = "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|seize|vingt|trente|cent"

ROUGHLY = (
    r"(?i:(?:plus|moins|près|environ|quelque|hauteur|l['’]ordre|presque) ?(?:de |d['’])?){0,3}"
    r"(?:les |l['’]|[≤<>≥] ?)?"
)
"""Words of bound before a number, as printed."""
GOVERNOR = regexp(
    r"(?<![\p{L}-])(?P<noun>\p{L}[\p{L}'’-]{3,}(?: \p{L}{3,})?) (?:de |d['’]|à |[≤<] ?)" + ROUGHLY + r"\Z"
)
"""The noun before « de 12 »: « embauche », « économie »."""

AUXILIARY = "a|ont|avait|avaient|aura|auront|aurait|auraient"
BEING_FORMS = (
    "est|sont|etait|etaient|sera|seront|furent|fut|reste|restent|restait|restaient|"
    r"(?<!\ben )demeure|demeurent|demeurait|demeuraient"
)
MODAL = "doit|doivent|devra|devront|devrait|devraient|peut|peuvent|pourra|pourront|pourraient|va|vont"
ADVERB = (
    r"(?:(?:d'ores et deja|deja|ainsi|egalement|donc|toujours|encore|desormais|notamment|enfin|aussi|alors|"
    r"ensuite|finalement|tous|toutes|bien|[a-z]{3,}ment) )*"
)
DOES_ALONE = "vit|dispose|habite|reside|travaille|possede|declare|souhaite"
"""What people do, one verb for all: « 70 % de la population vit en ville »."""
_NO_VERB = regexp(
    r"[a-z]*ment|agent|patient|client|accident|urgent|president|permanent|different|recent|adherent|incident|"
    r"referent|argent|content|present|absent|talent|parent|torrent|couvent|vent|cent|souvent|equivalent|"
    r"excellent|precedent|frequent|pertinent|contingent|antecedent|resident|occident|orient|evident|"
    r"competent|"
    r"violent|consequent|independent|dependent|emergent|imminent|coefficient|deficient|efficient|"
    r"inconvenient|"
    r"retrait|portrait|extrait|attrait|trait|distrait|abstrait"
    r"|"
    r"ingredient|quotient|recipient|couvent|continent|excedent"
)
_VERB = regexp(
    rf"(?:{AUXILIARY}|{BEING_FORMS}|{MODAL}|[a-z]{{3,}}(?:aient|[eidtuv]ront|eraient|issent)|(?!chol)[a-z]{{4,}}(?:er|ir|tr|dr)a|concerne|permet|"
    r"represente|touche|constitue|contribue|atteint|passe|fait|font|vient|couvre|depasse|beneficie|figure|"
    r"recule|progresse|augmente|diminue|grimpe|plafonne|culmine|stagne|varie|tombe|descend|remonte|"
    rf"{DOES_ALONE}|donnent|donne|"
    r"gagne|perd|croit|connait|confirme|poursuit|enregistre|evolue|"
    r"fonctionne|ressort|montre|revele|indique|"
    r"c'est|c'etait|faut|[a-z]{2,}(?:ss|ll|v|n|t|gn|s|d|c|g)ait|[a-z]+[eitdu]rait|"
    r"regroupe|concourt|releve|ouvre|ne|n'[a-z]+|se|s'[a-z]+|[a-z]{2,}ent)(?![\w'-])"
)
_STOP = regexp(r"[.;:!?](?=\s|\Z)|…|\s[–—-]\s|[()\[\]»\"•►|=]|,|\n\n")
_DASHES = frozenset("–—-")
_RELATIVE = regexp(
    r"(?:qui|que|qu'[a-z]+|dont|ou|y|lorsque|afin|mais|car|contre|soit|tandis|alors|puis|"
    r"pour une? (?:montant|cout|budget|duree|moyenne|delai|age|prix|valeur|volume|"
    r"surface|total|objectif|ambition|cible|nombre|effectif|aide|depense|somme)|"
    r"environ|"
    r"avec une? (?:duree|delai|taux|age|montant|cout|score|note|moyenne|part)|"
    r"pour (?:s'|se )[a-z]+(?:er|ir|re))"
    r"(?![\w-])"
)
_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_NUMBER = regexp(
    r"(?:plus de |moins de |environ |pres de |[+−–-] ?(?=\d))?"
    rf"(?:(?!(?:19|20)\d\d\b|\d{{1,2}} ?(?:er)? (?:{_MONTHS})\b)\d|(?:{SMALL_NUMBERS})(?!\w))"
)
_TOKEN = regexp(r"\S+")
_MUTE_H = regexp(r"h(?:abit|eur|omm|opit|ospit|istoi|oraire|onorair|umain|abilit|ygien|erberg|eberg)")
CLASS_SIZE = regexp(
    r"(?:de (?:plus|moins) de|d'au moins|d'au plus|ages? de(?: plus de| moins de)?|agees? de(?: plus "
    r"de| moins de)?)"
    r" \d[\d ,.]*(?:[a-z]{2,}|à \d+ [a-z]{2,})|de \d\d?(?: a \d\d?)? ans(?: et (?:plus|moins))?(?!\w)"
)
"""« de plus de 10 000 habitants »: a number that says which class of the noun is meant."""
_RANKED = frozenset(
    {"niveau", "niveaux", "volet", "volets", "categorie", "categories", "phase", "etape", "groupe", "type",
     "classe", "palier", "tranche", "zone", "axe", "lot", "covid"}
)  # fmt: skip
"""Nouns that a number names: « volet 1 », « catégorie 2 »."""
_OF_ALONE = regexp(
    r"(?:^|.* )(?:de l[a']|des?|du|d') ?[^ ]+(?: (?!par|entre|avec|dans|pour|chez|vers|sur)[^ ]+)? ?\Z"
)
_AND_THE = regexp(r"et (?:l[ae] |les |l')")
_AND_MORE = regexp(
    r"et (?:l[ae] seule? |(?:celui|celle|ceux|celles) [^.;:,()\d]{2,40} \d|"
    r"(?:l[ae] |les |l')[a-z-]{4,}(?: [a-z'-]+){0,2} (?:de |d'|des )"
    rf"(?:\d|(?:{SMALL_NUMBERS})(?!\w))|[a-z-]{{3,}}(?:e|i|u|s|t)e?s? "
    rf"(?:plus de |pres de |environ )?(?:\d|(?:{SMALL_NUMBERS})(?!\w))|"
    r"(?:de |d'|à )\d|[a-z-]{3,}(?:e|ent|it|t) une? [a-z]|"
    r"[a-z-]{3,}(?:e|ent|it|t) chaque (?:jour|semaine|mois|annee)\b|"
    r"(?:plus |moins |pres )?(?:de |d')?"
    r"(?:la moitie|un (?:tiers|quart|cinquieme)|les deux tiers|l[ae] (?:tiers|quart))\b)"
)
"""« … et clos 1 102 dossiers », « … et le départ de cinq autres », « … et le seul »: another thing begins."""
_AND_ANOTHER = regexp(r"et (?:d'|de |à )?(?:une?|sa|son|ses|leurs?|notre|nos) ")
"""« quatre techniciens et un cadre », « … avec la Suisse et sa proximité »."""
_CLITIC = regexp(rf"(?:nous|vous|leur|lui) (?:{AUXILIARY}|{BEING_FORMS}|{MODAL}|[a-z]+ront)(?!\w)")
"""« 31 personnes nous ont rejoints »."""
_INFINITIVE = regexp(r"[a-z]{2,}(?:er|ir|re)")
_OPENS_INFINITIVE = frozenset({"pour", "à", "de"})
_OTHER_OBJECT = regexp(
    r"(?:et|ou) (?:(?:de |d'|à )[a-z]{3,}(?:er|ir|re) (?:l[ae] |les |l'|des |un |une |puis |\d)|"
    r"[a-z]{3,}(?:er|ir|re) (?:l[ae] |les |l'|une? |\d))"
)
"""« … de l'échelon et la création de », « … et d'identifier puis »: another object of the verb."""
_DOING = frozenset(
    {"servant", "permettant", "visant", "entrainant", "couvrant", "comprenant", "incluant", "impliquant",
     "impactant", "garantissant", "facilitant", "representant", "totalisant", "etant",
     "allant", "ouvrant", "donnant", "rendant", "tenant"}
)  # fmt: skip
"""Present participles that open what is said beside the noun."""
_DETERMINER = regexp(r"(?:un|une|le|la|les)(?!\w)")
_LINK_WORDS = frozenset(
    {
        "de", "a", "à", "au", "aux", "par", "pour", "dans", "sur", "sous", "avec", "sans", "en", "entre",
        "et", "ou", "vers", "chez", "contre", "selon", "concernant", "apres", "avant", "plus", "moins",
        "minimum", "maximum", "tout", "toute", "tous", "toutes", "soit", "depuis", "des", "du", "suivant",
        "devant", "derriere", "parmi", "durant", "pendant", "via", "dont", "d'apres", "envers", "hors",
        "ni", "que", "comme",
    }
)  # fmt: skip
_ARTICLES = regexp(
    r"(?:(?:les?|la|l['’]|des|du|de la|de l['’]|de|d['’]|une?|ces?|cette|cet|nos|notre|leurs?|ses|son|sa|"
    r"aux?|à|et|en|pour|soit|ainsi|dont|seule?s?|avec|par|dans|quand|où|tandis que|alors que)"
    r"(?:\s+|(?<=['’])))+",
    regex.IGNORECASE,
)
_WHEN = regexp(
    r"(?:,? ?\bentre\s+(?:[^\W\d]+\s+)?(?:19|20)\d\d\s+et\s+(?:[^\W\d]+\s+)?(?:19|20)\d\d\b"
    r"|,? ?(?:\b(?:en|entre|sur|pour|d['’]ici(?: à)?|depuis|fin|début|courant|au|du|"
    r"à|dans|durant|pendant|dès|d[eu]|le|"
    r"au cours d[eu]|à compter d[eu]|à fin|lors d[eu]|au titre d[eu]|tout au long d[eu])\s+)*"
    r"(?:l['’](?:année|exercice)\s+|le\s+|la\s+|mois\s+d[e'’]\s*)*"
    r"(?:\d{1,2}(?:\^?\{?er\}?)?\s+)?"
    r"(?:(?:premier|second|deuxième|troisième|quatrième|dernier|\d(?:\^?\{?(?:er|e|ème)\}?))\s+"
    r"(?:trimestre|semestre)\s*)?"
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)?\s*"
    r"(?<!\p{L})(?:19|20)\d\d\b"
    r"|\b(?:au|le)\s+\d{1,2}/\d{1,2}/\d{2,4}"
    r"|(?:,? ?\b(?:durant|sur|au cours d[eu]|pendant|dans|tout au long de)\s+l['’]année\b)"
    r"|(?:,? ?\b(?:en|fin|début|courant|dès|depuis|à compter de)\s+"
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b)"
    r"|,? ?\bau \d{1,2}(?:er)? (?:janvier|mars|juin|septembre|octobre|décembre)\b"
    r"|,? ?\b(?:une?|deux|trois) (?:ans?|mois) (?:plus tôt|auparavant)\b"
    r"|,? ?\bpour la \p{L}+ année consécutive\b"
    r"|,?\s*(?:\bà ce jour|\ben fin d['’]année|\bcette année|l['’]année (?:dernière|précédente)|"
    r"l['’]an (?:dernier|passé)|(?:\blors de )?"
    r"(?:la (?:campagne|rentrée|saison) précédente|l['’](?:exercice précédent|édition précédente))|"
    r"par rapport à l['’]année précédente))"
)
_SPACES = regexp(r"\s+")
_ENDING = regexp(r"(?:es|s|x|e)$")
_LETTERS_OR_DIGITS = regexp(r"[a-z0-9]+")
_MARKS = regexp(r"\*\*|__|\]\([^)]*\)|[\[\]]|\^\{?|\}")
_SEE = regexp(r"\((?:cf|voir|source|sources)\b[^)]*\)", regex.IGNORECASE)
_CAPITALS = regexp(r"(?<![\w'’])[A-Z]{2,}(?!\w)")
_LIGATURE = regexp("[œŒ]")
_A_GRAVE = regexp(r"\b[àÀ]\b")
_EDGES = ' ,;:.*–—-►•…\n«»"“”=|'
_MARKS_AT_ENDS = _EDGES.replace("«", "").replace("»", "")
_DANGLING = frozenset(
    {
        "de", "du", "des", "d", "le", "la", "les", "l", "un", "une", "et", "ou", "a", "à", "au", "aux",
        "en", "par", "pour", "dans", "sur", "avec", "que", "qui", "dont", "ce", "cette", "ces", "son", "sa",
        "ses", "leur", "leurs", "ainsi", "afin", "sans", "sous", "est", "sont", "plus", "moins", "jusqu",
        "jusqu'a",
        "s", "n", "se", "ne", "chez", "chacun", "chacune", "compose", "composee", "avant", "apres", "pendant",
    }
)  # fmt: skip


_LOOSE_END = regexp(
    r" (?:réparti[es]*|organisé[es]*|divisé[es]*|déployé[es]*|"
    r"au cours|au titre|à compter|à hauteur|en termes?|dans le cadre|à partir|au total|en cours|au sein|"
    r"par rapport|à l['’]occasion|composée?s?|dotée?s?|peuplée?s?|ayant|devant|lors|suite|grâce|afin|ainsi|"
    r"au bout|au terme|étant)\Z"
)


def cues_of(printed: str, folded: str) -> str:
    """`folded` text with « à », « œ » and short forms in capitals kept as printed; same length."""
    shouted = printed.isupper()
    parts: list[str] = []
    for start, end in paragraph_runs(printed):
        letters = list(folded[start:end])
        if not shouted:
            for match in _CAPITALS.finditer(printed, start, end):
                letters[match.start() - start : match.end() - start] = match[0]
        for match in _LIGATURE.finditer(printed, start, end):
            letters[match.start() - start] = "œ"
        for match in _A_GRAVE.finditer(printed, start, end):
            letters[match.start() - start] = "à"
        parts.append("".join(letters))
    return "".join(parts)


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """`text` without marks of emphasis and links, on one line; spaces at its ends are kept."""
    return _SPACES.sub(" ", _MARKS.sub("", text))


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """`text` without marks, dates, list bullets and a bracket that has no partner."""
    words = bare(text)
    if "(" in words:
        words = _SEE.sub(" ", words)
    if may_match(hints_of(_WHEN.pattern).needs, words):
        words = _WHEN.sub(" ", words)
    named = words.rstrip().endswith("»")
    words = _SPACES.sub(" ", words).strip(_EDGES)
    if words.count("«") > words.count("»") and named:
        words += " »"
    elif words.count("«") != words.count("»"):
        words = words.replace("« ", "").replace(" »", "")
    if words.count("(") > words.count(")"):
        words = words[: words.rindex("(")]
    elif words.count(")") > words.count("("):
        words = words.replace(")", "")
    return words.replace("( ", "(").replace("()", "").strip(_MARKS_AT_ENDS)


@lru_cache(maxsize=4096)
def without_article(phrase: str) -> str:
    """`phrase` without articles and little words in front."""
    match = _ARTICLES.match(phrase)
    return phrase[match.end() :] if match and match.end() < len(phrase) else phrase


def de(phrase: str) -> str:
    """« de » before `phrase`, elided where it opens with a vowel or a mute h."""
    return f"d'{phrase}" if fold(phrase)[:1] in "aeiouy" or _MUTE_H.match(fold(phrase)) else f"de {phrase}"


@lru_cache(maxsize=4096)
def shortened(phrase: str, limit: int = MAX_WORDS) -> str:
    """At most `limit` words of `phrase`, not ending in a function word."""
    words = phrase.split()[:limit]
    while words and fold(words[-1]).strip("'’,") in _DANGLING:
        words.pop()
    return _LOOSE_END.sub("", " ".join(words)).strip(_MARKS_AT_ENDS)


def finished(label: str) -> str:
    """`label` tidied, without leading articles, no longer than a label; empty where nothing is left."""
    return shortened(without_article(clean(label)))


@lru_cache(maxsize=4096)
def content(phrase: str) -> frozenset[str]:
    """The words of `phrase` that say something, folded, without a plural ending."""
    return frozenset(
        _ENDING.sub("", word)
        for word in _LETTERS_OR_DIGITS.findall(fold(phrase))
        if word not in _DANGLING and word not in ("ayant", "ete")
    )


# Phrases to the right -----------------------------------------------------------------------------
def phrase_end(text: str, cues: str, start: int, end: int) -> int:
    """Where the noun phrase that starts at `start` ends: before a verb, a number, a pause, or `end`."""
    at, words, last, doing = start, 0, "", False
    while at < end and words < MAX_WORDS:
        token = _TOKEN.search(text, at, end)
        if token is None:
            break
        first = token.start()
        if words and cues[first] in _ASIDES:
            close, longest = _ASIDES[cues[first]]
            at = text.find(close, first, min(end, first + longest)) + 1
            if not at or any(map(str.isdigit, text[first:at])):
                return first
            if close == ")" and _STOP.match(text, at, end):
                return at
            continue
        if words and (size := CLASS_SIZE.match(cues, first, end)):
            at, words, last = size.end(), words + 1, ""
            if _STOP.match(text, at, end):
                return at
            continue
        ranked = last in _RANKED and text[first].isdigit()
        if words and (
            (not ranked and ends_phrase(cues, first, "de" if doing else last))
            or _OTHER_OBJECT.match(cues, first)
            or _AND_MORE.match(cues, first)
            or (_AND_THE.match(cues, first) and _OF_ALONE.match(cues[start:first]))
        ):
            return first
        if stop := _STOP.search(text, first, token.end()):
            return stop.start()
        if words and token[0] in _DASHES:
            return first
        words += 1
        doing = last in _OPENS_INFINITIVE and _INFINITIVE.fullmatch(cues, first, token.end()) is not None
        last = cues[first : token.end()]
        at = token.end()
    return min(at, end)


def stop_in(text: str, start: int, end: int) -> int | None:
    """Where a pause stands in ``text[start:end]``, if one does."""
    match = _STOP.search(text, start, end)
    return match.start() if match else None


def token_at(text: str, start: int, end: int) -> int:
    """Where the next word starts; `end` where there is none."""
    match = _TOKEN.search(text, start, end)
    return match.start() if match else end


def ends_phrase(cues: str, first: int, last: str) -> bool:
    """Whether a word that can't go on with a noun phrase stands at `first`, after the word `last`."""
    opens = cues[first]
    if (opens == "e" and _AND_ANOTHER.match(cues, first)) or (opens in "nvl" and _CLITIC.match(cues, first)):
        return True
    if (word := _TOKEN.match(cues, first)) is not None and word[0] in _DOING:
        return True
    if is_verb(cues, first) or _RELATIVE.match(cues, first) or _NUMBER.match(cues, first):
        return True
    return _DETERMINER.match(cues, first) is not None and last not in _LINK_WORDS


def is_verb(cues: str, first: int) -> bool:
    """Whether a finite verb, or a word that only stands before one, starts at `first`."""
    match = _VERB.match(cues, first)
    return match is not None and _NO_VERB.fullmatch(match[0]) is None


def has_verb(phrase: str) -> bool:
    """Whether a finite verb stands in `phrase`."""
    cues = cues_of(phrase, fold(phrase))
    return any(is_verb(cues, token.start()) for token in _TOKEN.finditer(cues))


def next_phrase_end(text: str, cues: str, start: int, end: int) -> int:
    """Where the words that start at `start` end; the first word is taken as it is, be it a verb."""
    first = _TOKEN.search(text, start, end)
    if first is None:
        return start
    if stop := _STOP.search(text, first.start(), first.end()):
        return stop.start()
    other = cues.startswith(("pour ", "avec un"), first.start()) and _RELATIVE.match(cues, first.start())
    if other or cues[first.start() : first.end()] in ("et", "ou", "mais"):
        return start
    rest = _TOKEN.search(text, first.end(), end)
    if rest is None:
        return first.end()
    link = cues[first.start() : first.end()] in _LINK_WORDS
    if link and _NUMBER.match(cues, rest.start()):
        return start  # « 11 300 à 9 450 m² »
    if not link and ends_phrase(cues, rest.start(), "de"):
        return first.end()
    if cues[first.start() : first.end()] in _OPENS_INFINITIVE and _INFINITIVE.fullmatch(
        cues, rest.start(), rest.end()
    ):
        return phrase_end(text, cues, first.start(), end)  # « pour résorber le stock »
    return phrase_end(text, cues, first.end(), end)


# Phrases to the left ------------------------------------------------------------------------------
_STATES = regexp(
    r"(?P<verb>\b(?:est|etait|sont|etaient|sera|a ete|ont ete|s'eleve|s'elevait|s'elevent|s'etablit|"
    r"s'etablissait|s'etablissent|s'est etablie?|se sont etablie?s|s'est eleve|"
    r"atteint|atteignent|a atteint|atteignait|representent?|representait|se monte|"
    r"totalise|se chiffre|se chiffrent|"
    r"compte|comptait|ressort|passe|est passee?|se situe|avoisine|depasse|excede|s'affiche|"
    r"culmine|progresse|augmente|gagne|gagnent|perd|perdent|(?:a|ont) (?:gagne|perdu|cru|cede)|cede|"
    r"a augmente|a baisse|diminue|a diminue|ont augmente|ont baisse|ont diminue|a progresse|"
    r"ont progresse|a recule|ont recule|"
    r"a chute|ont chute|a fondu|ont fondu|a bondi|ont bondi|a grimpe|a fortement augmente|a fortement baisse|"
    r"varie|a varie|ont varie|(?:a |ont )?oscille(?:nt)?|"
    r"passent|sont passee?s|recule|reculent|progressent|augmentent|diminuent|grimpe|bondit|"
    r"se stabilise|se maintient|tombe|remonte|ressortent|plafonne|est portee?|est ramenee?|"
    r"(?:passer|atteindr|s'eleve?r|s'etablir|descendr|baisser|diminuer|augmenter|progresser)(?:a|ont)|"
    r"ser(?:a|ont) (?:portee?|ramenee?)s?)\b)"
    r"[^.;:()\d]{0,40}\Z"
)
_DENIED = regexp(r" (?:n['’]a|n['’]ont|ne|a|ont|avait|avaient)(?: jamais| pas)? \Z")
_PRONOUNS = regexp(r"(?: (?:se|y|en|lui|leur|nous|vous|les?|la|ne|[nl]['’]))+(?= ?\Z)")
_WHO = regexp(r"(?<=\p{L}), qui ?\Z")
"""« Le taux, qui était de 71 %, … »"""
_ASIDE = regexp(
    r"(?<=\p{L}), (?:qui|que|dont|de|en|malgré|avec|après|comme|soit|y compris|stables?|"
    r"(?!l)\p{L}{4,}(?:é|i|u)e?s?) [^;:()]{3,90}, ?\Z"
)
"""« Le taux, qui était de 71 % en 2020, s'établit à »"""
_JOINS = regexp(r", | que | qu['’]| et | qui ")
_CUTS = (", ", "; ", " : ", "( ", " et que ", ") ")


def subject_before(text: str, cues: str, start: int, number_start: int) -> str:
    """The subject of the verb that states the number: « Le délai moyen … était de 5,1 jours »; or nothing."""
    match = _STATES.search(cues, start, number_start)
    if match is None:
        return ""
    clause = _DENIED.sub("", text[start : match.start("verb")])
    clause = _PRONOUNS.sub("", clause)  # « les investissements se sont élevés »
    clause = _ASIDE.sub("", _WHO.sub("", clause))
    cut = max(clause.rfind(mark) for mark in _CUTS)
    tail = clause[cut + 1 :]
    subject = clean(tail) if cut >= 0 and clean(tail) else clean(clause)
    if not _JOINS.search(subject) and has_verb(
        without_article(subject)
    ):  # « L'aide bénéficie à 890 foyers et s'élève à »
        cut_cues = cues_of(subject, fold(subject))
        first = shortened(subject[: phrase_end(subject, cut_cues, 0, len(subject))])
        subject = first if len(first.split()) > 1 else subject
    joined = subject.rfind(" et ")
    return subject[joined + 4 :] if joined > 0 and has_verb(subject[:joined]) else subject


_FRAME = regexp(
    r"[\s*•►-]*(?:enfin|ainsi|par ailleurs|de meme|d'autre part|globalement)?,? ?"
    r"(?:en termes? de|en matiere de|concernant|s'agissant d[eu]s?|pour ce qui concerne|au titre d[eu]|"
    r"au niveau d[eu]s?|dans le cadre d[eu]s?|dans le domaine d[eu]|quant aux?|du cote d[eu]s?|"
    r"issue?s d[eu]s?|sur le plan d[eu]|parmi) ?(?P<topic>[^.;:]{3,110}?),? ?(?=,|\()"
)
_SO_MANY = regexp(r"^\d[\d ]* (?=\p{L})")


def frame_of(text: str, cues: str, start: int, end: int) -> str:
    """What a sentence says it is about: « En termes de récupération d'indus, … »; or nothing."""
    match = _FRAME.match(cues, start, end)
    topic = without_article(clean(text[match.start("topic") : match.end("topic")])) if match else ""
    return _SO_MANY.sub("", topic)

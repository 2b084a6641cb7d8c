"""The words by which a sentence is known: tables in French and English, without grammar.

A line is phrases between commas. A verb with a star stands for its forms ("affirmer*",
"claim*"); the forms of the others that are used are written out.
"""

import re

WORD = re.compile(r"[^\W\d_]+['’]?|\d+|[^\w\s]")

FRENCH_ENDINGS = (
    "e", "es", "ent", "ait", "aient", "é", "ée", "és", "ées", "er", "ant", "a", "èrent",
    "era", "eront", "ons", "ez",
)  # fmt: skip
ENGLISH_ENDINGS = ("", "s", "ed", "ing")
ENGLISH_ENDINGS_OF_E = ("e", "es", "ed", "ing")

FRENCH = {
    "claiming": """affirmer*, assurer*, soutient, soutiennent, soutenait, soutenaient, a soutenu,
        prétend, prétendent, prétendait, prétendaient, a prétendu, jurer*, maintient, maintiennent,
        martèle, martèlent, marteler*, répète, répètent, accuser*, nier*, nie, dément, démentent,
        a démenti, conteste, contestent, dénoncer*, dénonçait, garantir, garantit, révèle, révèlent,
        révéler*, montre que, montrent, établit, démontrer*, prouver*, réfute, reconnaît, reconnaissent,
        a reconnu, ont reconnu, admet, a admis, objecte, imputer*, a imputé, estimer*, conclut, constater*,
        se targue, à en croire, rumeur, rumeurs""",
    "contrast": """pourtant, en réalité, au contraire, contrairement, alors que, or, mais, cependant, en fait,
        contredit, contredisent, contraire, inverse, toutefois, sans qu', sans que, à tort, malgré,
        ne repose, en vérité""",
    "attribution": """déclarer*, indiquer*, expliquer*, préciser*,
        confier*, raconter*, rappeler*, rappelle, rappellent, souligner*, signaler*,
        annoncer*, annonçait, annonçant, regretter*, témoigner*, avancer*, avançait, insister*, noter*,
        rapporter*, relater*, plaider*, confirmer*, promet, promettent, a promis, dit, disent, a dit,
        disait, ont dit, écrit, écrivent, a écrit, répond, répondent, a répondu, juger*, jugeait,
        juge, soupire, lance, déplore, confie, sourit, souffle, résume, alerter*, avertit, ajouter*, détailler*, résumer*,
        chiffrer*, évaluer*, a lancé, lance-t-il, fait savoir, a fait valoir, fait valoir,
        fait état, tranche, glisse, poursuit""",
    "according_to": """selon, d'après, à en croire, aux yeux de, de source, de sources, de l'avis de,
        aux dires de, au dire de, pour le ministre, pour la ministre, citant, citée par, cité par""",
    "study": """étude, études, rapport, rapports, enquête, enquêtes, sondage, sondages, baromètre,
        statistique, statistiques, données, chiffres, recensement, insee, eurostat, ocde, oms, fmi,
        cour des comptes, dares, drees, inserm, cnrs, ined, ademe, giec, banque de france,
        chercheurs, chercheuses, scientifiques, épidémiologistes, économistes, observatoire,
        revue, essai clinique, méta-analyse, bilan, indicateur, indice, estimations, estimation,
        projections, publié par, publiée par, publiés par, publiées par, santé publique france""",
    "hedging": """peut-être, probablement, sans doute, vraisemblablement, semble, semblent, semblait,
        paraît, apparemment, possible, possibles, pourrait, pourraient, éventuellement, susceptible,
        susceptibles, supposé, supposée, présumé, présumée, a priori, potentiellement, risque de,
        risquent de, laisse penser, laissent penser, suggérer*, suggère, suggèrent, tend à""",
    "hearsay_words": """aurait, auraient, serait, seraient, accusé de, accusée de, accusés de,
        soupçonné, soupçonnée, soupçonnés, soupçonnées, rumeur, rumeurs, il paraît, prétendument,
        présumé, présumée, présumés, à en croire, circule sur, circulent sur""",
    "superlative": """le plus, la plus, les plus, le moins, la moins, les moins, record, records,
        première fois, première cause, premières causes, premier employeur, premier producteur,
        premier pays, premiers pays, première ville, première destination, première puissance,
        premier exportateur, premiers bénéficiaires, première preuve, premier mondial, dernier pays,
        le pire, la pire, les pires, le meilleur, la meilleure, les meilleurs, sans précédent, inédit,
        inédite, inédits, historique, jamais vu, jamais atteint, jamais atteinte, jamais mesuré,
        le seul, la seule, les seuls, les seules, l'un des seuls, l'un des rares, l'une des rares,
        numéro un, champion, championne, leader, au plus haut, au plus bas, son plus haut, son plus bas,
        plus grand, plus grande, plus important, plus importante, plus élevé, plus élevée, du monde,
        au monde, d'europe, de tous les temps""",
    "comparison": """plus que, plus de, moins que, moins de, autant que, davantage, supérieur,
        supérieure, supérieurs, supérieures, inférieur, inférieure, inférieurs, inférieures, par rapport,
        comparé, comparée, comparés, comparaison, contrairement, tandis que, équivaut, équivalent, équivalente, dépasse, dépassent, dépassé, mieux que,
        pire que, plus cher, moins cher, plus chère, moyenne, au-dessus, en dessous, au-delà, autant d', loin derrière, loin devant""",
    "ratio": """fois plus, fois moins, fois supérieur, fois supérieure, fois inférieur, fois la, fois le,
        doublé, doublée, double, doublent, doubler, doublement, triplé, triple, triplent, tripler,
        quadruplé, quadruple, quintuplé, décuplé, moitié moins, deux fois, trois fois, dix fois,
        quatre fois, cinq fois, un sur deux, une sur deux, un sur trois, une sur trois, un sur quatre,
        une sur quatre, un sur cinq, une sur cinq, un sur dix, une sur dix, moitié, tiers, quart,
        majorité, minorité, la plupart, divisé par, divisée par, multiplié par, multipliée par""",
    "change_words": """hausse, hausses, augmenter*, augmentation, baisse, baisses, baisser*, chute,
        chuter*, recul, recule, reculé, reculent, reculer, progression, progresser*, croissance, bond,
        bondit, bondi, flambée, flamber*, effondrement, effondré, effondrée, s'effondre, explosion,
        exploser*, grimper*, diminuer*, diminution, réduit, réduite, réduction, réduire,
        ralentir, ralentissement, ralentit, repli, rebond, envolée, envolé, s'envole, pertes, perdu,
        gagné, supprimer*, suppression, suppressions, atteint, atteignent,
        atteindre, est passé, est passée, sont passés, sont passées, remonter*, dégrader*, améliorer*, aggraver*, stagner*""",
    "comparison_of_years": """que l'an dernier, que l'année dernière, que l'an passé, par rapport à l'an,
        par rapport à l'année, un an plus tôt, deux ans plus tôt, dix ans plus tôt, cinq ans plus tôt,
        il y a un an, il y a dix ans, il y a vingt ans, il y a cinq ans, il y a trente ans, sur un an,
        en un an, en dix ans, en cinq ans, en vingt ans, en deux ans, en trois ans, en quelques années,
        depuis dix ans, depuis cinq ans, depuis vingt ans, depuis vingt, depuis trente ans,
        l'année précédente, le mois précédent, la veille, jusqu'alors, qu'avant, qu'auparavant,
        avant la crise, avant la pandémie, d'une année sur l'autre, par an, chaque année, en moyenne""",
    "time": """hier, demain, aujourd'hui, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche,
        janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre,
        semaine, semaines, mois, année, années, an, ans, siècle, depuis, trimestre, semestre, fin, début,
        matin, soir, nuit, week-end, récemment, actuellement, désormais, dernier, dernière, prochain,
        prochaine, dès, jusqu'""",
    "cause": """parce que, parce qu', car, à cause, en raison, grâce, cause, causes, causer*, provoquer*,
        entraîner*, entraînait, dû à, due à, dus à, dues à, responsable de, responsables de,
        conséquence, conséquences, résultat, en conséquence, faute de, favoriser*, empêcher*, permet,
        permettent, a permis, ont permis, conduit à, contribuer*, contribue, explique, s'explique,
        lié à, liée à, liés à, liées à, protéger*, protège, protègent, prévenir, augmente le risque,
        réduit le risque, efficace, efficacité, inefficace, effet, effets, suscité, à l'origine""",
    "denial": """faux, fausse, fausses, mensonge, mensonges, mensonger, mensongère, démenti, dément,
        démentent, démentir, contester*, nier*, nie, réfuter*, réfute, accuser*, accusations, fraude,
        fraudes, détournement, détourner*, corruption, trompeur, trompeuse, désinformation, intox,
        infondé, infondée, dissimulé, dissimuler*, illégal, illégale, illégalement,
        preuve, preuves, prouver*, reprocher*""",
    "negation": """ne, n', pas, non, aucun, aucune, sans, ni""",
    "quantifier": """tous, toutes, tout, toute, jamais, toujours, aucun, aucune, personne, nul, rien,
        chaque, partout, nulle part, systématiquement, intégralité, totalité, l'ensemble, ensemble des,
        entièrement, totalement, exclusivement, uniquement, seulement, unanimité""",
    "vagueness": """certains, certaines, beaucoup, plusieurs, nombreux, nombreuses, on dit, quelques,
        divers, diverses, parfois, souvent, plutôt, assez, peu, bon nombre, une partie, quelque chose,
        les gens, on""",
    "first_person": """je, j', me, m', moi, mon, ma, mes, nous, notre, nos""",
    "second_person": """vous, votre, vos, tu, ton, tes, toi""",
    "opinion": """je pense, je crois, je trouve, à mon avis, selon moi, à notre avis, il faut, il faudrait,
        faut, espérer*, espère, espérons, souhaiter*, heureusement, malheureusement, hélas, bien sûr,
        évidemment, magnifique, superbe, formidable, excellent, excellente, admirable, triste, honte,
        honteux, honteuse, scandaleux, scandaleuse, inacceptable, inadmissible, absurde, ridicule,
        courage, espoir, bonheur, joie, fier, fière, fiers, déçu, déçue, beau, belle, émotion, émouvant,
        émouvante, ambiance, nécessaire, indispensable, urgent, important, devoir de, mérite, méritent,
        dommage, temps de, convaincu, convaincue, convaincus, peur, rêve, plaisir, passion, sourire""",
    "intention": """va, vont, veut, veulent, voudrait, souhaiter*, espérer*, espère, espèrent, prévoit,
        prévoient, prévu, prévue, prévus, devra, devront, devrait, devraient, envisager*, envisage,
        compter*, entend, entendent, prochainement, prochain, prochaine, projet, objectif, ambition,
        doit, doivent, sera, seront, aura, auront, pourra, pourront, appeler*, appelle, appellent,
        réclamer*, demander*, proposer*, invite, inviter*""",
    "law": """loi, lois, décret, décrets, arrêté, arrêtés, règlement, règlements, constitution, interdit,
        interdite, interdits, interdites, interdiction, interdire, obligatoire, obligatoires, obligation,
        autorisé, autorisée, autorisés, autoriser*, légal, légale, légalement, juridique, code du travail,
        code pénal, code civil, article, directive, droit, droits, traité, jurisprudence, conseil d'état,
        conseil constitutionnel, en vigueur, peine, amende, exonéré, exonérés, dispositif, allocation""",
    "institution": """gouvernement, ministère, ministre, état, assemblée, sénat, parlement, commission,
        europe, union européenne, président, présidente, maire, mairie, préfet, préfète, préfecture,
        région, département, députés, député, députée, hôpital, hôpitaux, police, gendarmerie, justice,
        tribunal, parquet, entreprise, groupe, syndicat, budget, impôt, impôts, taxe, taxes, dette,
        déficit, chômage, emploi, emplois, salaires, salariés, prix, pib, retraites, retraite, vaccin,
        vaccins, vaccination, immigration, sécurité, école, écoles, santé, logement, logements,
        énergie, nucléaire, émissions, climat, population, habitants, français, ménages""",
    "teaser": """lire aussi, à lire aussi, lire, à lire, voir aussi, à voir, suivez, suivez-nous, abonnez,
        abonnez-vous, abonnés, abonné, découvrez, retrouvez, cliquez, inscrivez, inscrivez-vous,
        téléchargez, partagez, partager, recevez, rejoignez, rejoignez-nous, newsletter, infolettre,
        en savoir plus, article réservé, cet article, notre application, notre chaîne, whatsapp,
        nos archives, notre dossier, commentez, réagissez, participez, profitez, offre, promo,
        promotion, publicité, sponsorisé, partenaire, en partenariat, code promo, jeu-concours,
        gagnez, tirage au sort, essai gratuit, sans engagement, mise à jour, mis à jour, publié le,
        par la rédaction, la rédaction, avec afp, propos recueillis, regardez, écoutez, pour aller plus
        loin, notre podcast, appelez le, connectez-vous, votre avis, la suite après, ne manquez pas,
        livraison offerte, réservez, tous droits réservés""",
    "caption": """photo, photos, ©, crédit, crédits, crédit photo, légende, illustration, illustrations,
        archives, image, images, photo d'illustration, photo d'archives, afp, ci-dessus, ci-dessous,
        ci-contre, capture d'écran, infographie, diaporama, getty, reuters, sipa, à gauche, à droite""",
    "event": """rendez-vous, réunion, cérémonie, concert, spectacle, exposition, festival, match, victoire,
        défaite, but, buts, mi-temps, score, finale, championnat, entraîneur, équipe, joueurs, saison,
        marché, fête, entrée libre, gratuit, horaires, heures, heure, place, salle, scène, public,
        soirée, minute, journée, inauguré, inaugurée, météo, trafic, soleil, pluie""",
    "number_words": """deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze,
        quinze, seize, vingt, trente, quarante, cinquante, soixante, cent, cents, mille, millier, milliers,
        million, millions, milliard, milliards, dizaine, dizaines, douzaine, vingtaine, trentaine,
        quarantaine, cinquantaine, centaine, centaines, moitié, tiers, quart, quarts, demi, double,
        triple, zéro""",
}  # fmt: skip

ENGLISH = {
    "claiming": """claim*, insist*, argue*, assert*, maintain*, deny, denies, denied, accuse*, allege*,
        alleged, reveal*, admit*, admitted, acknowledge*, prove*, contend*, swear, swears, swore,
        dispute*, blame*, show that, shows that, found that, finds that, conclude*, estimate*""",
    "contrast": """however, but, in fact, in reality, actually, on the contrary, contrary to, whereas,
        although, yet, despite, nevertheless, wrongly, in truth, contradict*, even though""",
    "attribution": """say*, said, state*, tell*, told, announce*, explain*,
        warn*, note*, add*, report*, confirm*, declare*, recall*, promise*, pledge*, write, writes, wrote, suggest*, testified,
        stress*, point out, points out, pointed out""",
    "according_to": """according to, cited by, citing, in the words of, in the view of, sources say,
        sources said, a source, told reporters""",
    "study": """study, studies, report, reports, survey, surveys, poll, polls, statistics, data, figures,
        census, researchers, scientists, economists, index, estimates, trial, analysis, review, research,
        office for national statistics, ons, oecd, who, imf, eurostat, published by, bureau""",
    "hedging": """perhaps, probably, maybe, apparently, possibly, likely, seem*, appear*, might, may, could,
        presumably, potentially, suggests, suggest, is said to, are said to""",
    "hearsay_words": """allegedly, reportedly, alleged, accused of, suspected of, suspected, rumoured,
        rumored, rumour, rumours, rumors, is said to, are said to, purportedly, supposedly, would have""",
    "superlative": """most, least, record, records, first, biggest, largest, highest, lowest, best, worst,
        greatest, smallest, oldest, youngest, fastest, unprecedented, historic, unique, only, longest,
        in the world, in history, number one, ever, all-time, leading""",
    "comparison": """more than, less than, fewer than, than, compared, compared with, compared to, versus,
        higher, lower, more, fewer, as much as, as many as, whereas, while, exceeds, exceeded, above,
        below, average, equivalent, better, worse""",
    "ratio": """times more, times as, times higher, times the, twice, twice as, double*, doubled, doubling,
        triple*, tripled, quadrupled, half, halved, third, quarter, majority, minority, one in, out of,
        two thirds, most of, in five, in ten, in four, in three, percent, per cent""",
    "change_words": """increase*, rise, rises, rose, risen, rising, fall, falls, fell, fallen, falling,
        drop*, dropped, decrease*, decline*, grow, grows, grew, grown, growing, growth, cut, cuts, cutting,
        reduce*, reduction, surge*, soar*, plunge*, jump*, climb*, slump*, lost, lose, losing, gained,
        raise*, lower*, created, create, creating, went up, went down, gone up, gone down, reach*, hit,
        expand*, shrink, shrank, doubled, slow*, improve*, worsen*""",
    "comparison_of_years": """than last year, year on year, year-on-year, a year earlier, a year ago,
        years ago, ten years ago, since last year, in ten years, in a decade, over the past year,
        over the last, in the last, in the past, the previous year, previous year, per year, a year,
        every year, each year, on average, before the pandemic, before the crisis, years earlier,
        compared with last, compared to last, in four years, in five years, than ever before""",
    "time": """yesterday, tomorrow, today, monday, tuesday, wednesday, thursday, friday, saturday, sunday,
        january, february, march, april, june, july, august, september, october, november, december,
        week, weeks, month, months, year, years, century, since, quarter, end, morning, evening, night,
        weekend, recently, currently, now, last, next, ago, until, decade""",
    "cause": """because, because of, due to, thanks to, cause*, caused, lead to, leads to, led to, result,
        results, resulted in, as a result, consequence, consequences, responsible for, prevent*, allow*,
        effective, ineffective, effect, effects, affect*, linked to, protects, protect, contribute*, drive,
        drives, drove, triggered""",
    "denial": """false, falsely, lie, lies, lied, lying, deny, denies, denied, dispute*, refute*, accuse*,
        accusations, fraud, embezzle*, corruption, misleading, disinformation, misinformation, hoax,
        unfounded, hidden, concealed, illegal, illegally, proof, evidence, prove*, blame*, wrong, untrue""",
    "negation": """not, no, never, none, without, nor, neither, cannot, n't, t""",
    "quantifier": """all, every, never, always, none, nobody, everyone, everybody, nothing, each,
        everywhere, nowhere, entire, entirely, totally, exclusively, only, whole, any, no one, everything""",
    "vagueness": """some, many, several, often, sometimes, rather, quite, various, a lot, lots, a few,
        something, things, people say, kind of, sort of""",
    "first_person": """i, me, my, mine, we, us, our, ours, myself, ourselves""",
    "second_person": """you, your, yours""",
    "opinion": """i think, i believe, i feel, in my view, in my opinion, we must, we should, should, must,
        hope*, fortunately, unfortunately, sadly, of course, obviously, wonderful, great, terrible,
        beautiful, amazing, shame, shameful, scandalous, unacceptable, absurd, ridiculous, courage, joy,
        proud, disappointed, happy, sad, important, necessary, love, fear, dream, glad, thank, thanks,
        ought to, deserve*, believe, think, feel""",
    "intention": """will, shall, going to, want*, plan*, planned, planning, intend*, hope*, expect*, would,
        aim*, next, goal, ambition, call on, calls for, called for, ask*, propose*, urge*, let's, let""",
    "law": """law, laws, act, bill, decree, regulation, regulations, constitution, ban, bans, banned,
        prohibited, mandatory, compulsory, legal, legally, illegal, right, rights, treaty, court, ruling,
        tax, fine, penalty, directive, entitled, allowance, rule, rules, voted, vote, signed""",
    "institution": """government, ministry, minister, state, parliament, congress, senate, commission, union,
        president, mayor, council, county, police, justice, court, company, companies, group, budget, taxes,
        debt, deficit, unemployment, jobs, wages, workers, prices, gdp, pensions, vaccine, vaccines,
        immigration, security, schools, health, housing, energy, nuclear, emissions, climate, population,
        residents, households, americans, security, spending, administration, hospital, hospitals""",
    "teaser": """read more, read also, see also, follow us, subscribe, subscribers, discover, click,
        sign up, download, share this, join us, newsletter, learn more, our app, our channel, whatsapp,
        our archive, comment, sponsored, advertisement, promo, promotion, partner content, win, watch,
        listen, podcast, free trial, updated, published on, by our staff, have your say, don't miss,
        get the latest, log in, cancel anytime, all rights reserved, related, support us""",
    "caption": """photo, photos, ©, credit, caption, illustration, file photo, image, images, picture,
        pictured, afp, above, below, screenshot, infographic, getty, reuters, left, right, archive""",
    "event": """meeting, ceremony, concert, show, exhibition, festival, match, victory, defeat, goal, goals,
        half-time, score, final, championship, coach, team, players, season, fair, party, free entry, free,
        hours, hall, stage, audience, evening, minute, weather, traffic, sunshine, rain, tonight, debate""",
    "number_words": """two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen,
        fourteen, fifteen, sixteen, seventeen, eighteen, nineteen, twenty, thirty, forty, fifty, sixty,
        seventy, eighty, ninety, hundred, hundreds, thousand, thousands, million, millions, billion,
        billions, trillion, dozen, dozens, half, third, thirds, quarter, quarters, double, zero""",
}  # fmt: skip


def several(words: str) -> frozenset[str]:
    """The words between the spaces of `words`."""
    return frozenset(words.split())


# The imperfect of verbs in -rir and -rer, which ends as the conditional does.
NOT_CONDITIONAL = several(
    """tirait retirait attirait admirait inspirait respirait soupirait désirait expirait aspirait
    étirait conspirait transpirait virait cirait déchirait empirait délirait mirait"""
)
CONDITIONAL_ENDINGS = (
    "erait", "eraient", "irait", "iraient", "drait", "draient", "ttrait", "ttraient",
    "aîtrait", "aîtraient",
)  # fmt: skip
CONDITIONALS = several(
    """aurait auraient serait seraient devrait devraient pourrait pourraient recevrait
    recevraient suivrait suivraient vivrait vivraient saurait sauraient verrait verraient
    enverrait enverraient courrait mourrait mourraient conclurait concluraient"""
)


def tokens(text: str) -> list[str]:
    """The words, numbers and signs of `text` in lower case, with straight apostrophes."""
    straight = text.lower().replace("’", "'")
    # "d'après-midi" is no "d'après".
    return WORD.findall(straight.replace("après-midi", "aprèsmidi"))


def is_conditional(word: str) -> bool:
    """Whether the French `word` is a third person of the conditional, as far as its end tells."""
    if word in CONDITIONALS:
        return True
    if not word.endswith(CONDITIONAL_ENDINGS):
        return False
    return word.replace("aient", "ait") not in NOT_CONDITIONAL


def forms(entry: str, language: str) -> list[str]:
    """What a comma-separated `entry` of a table stands for."""
    if not entry.endswith("*"):
        return [entry]
    verb = entry[:-1]
    if language == "fr":
        return [verb[:-2] + ending for ending in FRENCH_ENDINGS]
    if verb.endswith("e"):
        return [verb[:-1] + ending for ending in ENGLISH_ENDINGS_OF_E]
    return [verb + ending for ending in ENGLISH_ENDINGS]


def index(
    tables: dict[str, str], language: str
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The tokens of each phrase → the tables that it is in."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name, table in tables.items():
        for entry in table.split(","):
            for phrase in forms(" ".join(entry.split()), language):
                key = tuple(tokens(phrase))
                if name not in found.get(key, ()):
                    found[key] = (*found.get(key, ()), name)
    return found


INDEX = {"fr": index(FRENCH, "fr"), "en": index(ENGLISH, "en")}
# First words of the phrases that have several: only there is looked farther.
BEGINNINGS = {
    language: {
        first: max(len(key) for key in phrases if key[0] == first)
        for first in {key[0] for key in phrases if len(key) > 1}
    }
    for language, phrases in INDEX.items()
}


def hits(row: list[str], language: str) -> dict[str, int]:
    """How many phrases of each table stand in the tokens `row`; 0 for none.

    Work is a few look-ups a token, whatever the text.
    """
    phrases, beginnings = INDEX[language], BEGINNINGS[language]
    found = dict.fromkeys(FRENCH, 0)
    for place, word in enumerate(row):
        for name in phrases.get((word,), ()):
            found[name] += 1
        longest = min(beginnings.get(word, 1), len(row) - place)
        for length in range(2, longest + 1):
            for name in phrases.get(tuple(row[place : place + length]), ()):
                found[name] += 1
    return found

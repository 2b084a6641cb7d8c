"""Words that are written with a full stop, by what may follow them in a sentence."""


def words(listed: str) -> frozenset[str]:
    """The words of a table that is written as a text, to be read and added to."""
    return frozenset(listed.split())


# Never the last word: titles and such as need a word after them. In lower case.
NEVER_LAST = words(
    "mm mme mmes mlle mlles mgr dr drs pr prs prof me mes vve "
    "mr mrs ms messrs hon rev sen rep gov gen col lt sgt capt cmdr adm maj "
    "st ste sts stes mt ft "
    "cf vs env ca approx art p pp av bd boul coll éd éds ed eds sq sqq "
    "c.-à-d càd i.e e.g p.ex ex viz resp dir trad ill "
    "réf ref tél tel réd rééd"
)

# Abbreviations before a name, as they are spelled; elsewhere a word or an initial.
BEFORE_A_NAME = frozenset(["M", "Gal", "Cdt", "Cne", "Univ", "Cie", "Sté", "Ets"])

# An abbreviation before a figure, a word or a last word elsewhere. In lower case.
BEFORE_A_FIGURE = words(
    "no nos n° nº nr num vol vols t tom tome chap ch fig figs tab fasc livr § par al alin "
    "trim sem l h ver v lib ann n c fol f pl sect section sér col cap min max "
    "janv jan fév févr feb mar avr apr mai jun juin juil jul aug sept sep oct nov déc dec"
)

# What sentences begin with and names do not; those that end in "'" are elided.
FIRST_WORDS = words(
    "Le La Les L' Un Une Des D' Du De Ce Cet Cette Ces C' Ça Cela Ceci Il Elle Ils Elles On "
    "Nous Vous Je J' Tu Qui Que Qu' Quand Quant Quel Quelle Quels Quelles Où Comment Pourquoi "
    "Mais Et Ou Or Donc Car Ni Si S' En Dans Pour Par Avec Sans Sous Sur Selon Depuis Pendant "
    "Après Avant Contre Entre Vers Chez Dès À A Au Aux Ainsi Alors Aussi Enfin Ensuite Puis "
    "Cependant Toutefois Pourtant Néanmoins Bref Son Sa Ses Leur Leurs Mon Ma Mes Notre Nos "
    "Votre Vos Tout Tous Toute Toutes Plus Plusieurs Chaque Certains Certaines Aucun Aucune "
    "Autre Autres Même Malgré Grâce Lors Lorsque Lorsqu' Comme Y N' Ne Non Oui Voilà Voici "
    "Parmi Durant Outre Jusqu' Jusque Puisque Quelques Personne Rien Celui Celle Ceux "
    "The This That These Those It He She They We You I But And Or So If In On At For From To "
    "With Without Since After Before When While Where Who What Why How There Here His Her "
    "Their Its Our My Your An As By Not No Yes However"
)

"""Words that are written with a full stop, by what may follow them in a sentence."""


def words(listed: str) -> frozenset[str]:
    """The words of a table that is written as a text, to be read and added to."""
    return frozenset(listed.split())


# Never the last word of a sentence. In lower case; no word that has a life of its own.
NEVER_LAST = words(
    "mm mme mmes mlle mlles mgr dr drs pr prs prof vve mr mrs messrs "
    "cf vs env approx p pp av bd boul coll éd éds eds sq sqq "
    "c.-à-d càd i.e e.g p.ex viz trad réf ref tél réd rééd"
)

# Titles and such before a name, as they are spelled; "un col", "feeling ill" are words.
BEFORE_A_NAME = words(
    "M Me Mes Ms Gal Cdt Cne Univ Cie Sté Ets St Ste Sts Stes Mt Ft "
    "Hon Rev Sen Rep Gov Gen Col Lt Sgt Capt Cmdr Adm Maj"
)

# An abbreviation before a figure, a word or a last word elsewhere. In lower case.
BEFORE_A_FIGURE = words(
    "no nos n° nº nr num vol vols t tom chap ch fig figs tab fasc livr § al alin art arts ex "
    "trim sem l h v lib ann n c ca fol f pl sect sér col cap tel "
    "janv jan fév févr feb mar avr apr jun juil jul aug sept sep oct nov déc dec"
)

# "X c. Y", "Roe v. Wade": between two parties, each with a capital.
BETWEEN_PARTIES = words("c v")

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

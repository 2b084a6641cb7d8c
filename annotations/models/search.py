"""Words made comparable for PostgreSQL's full-text search, the same way everywhere."""

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Expression, F, Func, TextField, Value
from django.db.models.functions import Left

# Accents are folded by translate(), which is immutable and needs no extension.
ACCENTED = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸ’"
PLAIN = "aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuyy'"

# A tsvector holds at most 1 MB; so much of a text can never exceed it, whatever it says.
SEARCHED = 150_000


class Folded(Func):
    """`expression` without its accents: "dépenses" is found as "depenses"."""

    function = "TRANSLATE"
    output_field = TextField()

    def __init__(self, expression: Expression | F | str) -> None:
        super().__init__(expression, Value(ACCENTED), Value(PLAIN))


def vector(*columns: str) -> SearchVector:
    """What is searched of `columns`, as a generated column can store it."""
    return SearchVector(
        *(Folded(Left(column, SEARCHED)) for column in columns), config="french"
    )


def words(query: str) -> SearchQuery:
    """`query` as people write them: words, "exact words", -without."""
    folded = query.translate(str.maketrans(ACCENTED, PLAIN))
    return SearchQuery(folded, search_type="websearch", config="french")

"""What a deed says when it will not be done."""


class Refusal(Exception):
    """Nothing was changed; the message says why and what to do, in words for the person."""


class Stale(Refusal):
    """Somebody else has changed the record since it was read; neither text is lost.

    `current` is the record as it is now.
    """

    def __init__(self, message: str, *, current: object) -> None:
        super().__init__(message)
        self.current = current

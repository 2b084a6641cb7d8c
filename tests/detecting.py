"""Detectors for tests, small and real: they see figures, or nothing at all."""

import re

from annotations.text.detection import Candidate

NUMBER = re.compile(r"\d[\d  ,.]*")


class Figures:
    """The more figures, the better; a sentence without any is no candidate."""

    name = "figures"
    version = "1"

    def rank(self, sentences, *, language):
        found = [
            Candidate(each.span, float(len(numbers)), ("figure", "of_another_detector"))
            for each in sentences
            if (numbers := NUMBER.findall(each.text))
        ]
        return sorted(found, key=lambda one: (-one.score, one.span))


class LaterFigures(Figures):
    """The same, in its next version."""

    version = "2"


class Nothing:
    """Reads everything and points at nothing, as most tests want it."""

    name = "nothing"
    version = "1"

    def rank(self, sentences, *, language):
        return []

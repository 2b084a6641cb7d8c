"""The figures of a text: how much, of what, how nearly, and when."""

from .figures import figures
from .values import Approximation, Change, Period, Quantity, notation

__all__ = ["Approximation", "Change", "Period", "Quantity", "figures", "notation"]

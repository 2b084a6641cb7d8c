"""Currencies and units, as French and English newsrooms write them.

Currency codes: ISO 4217. Names are looked up in lower case, with plain spaces. Babel knows
the official names ("dollar des États-Unis"), which is not how they are written.
"""

# After a symbol or the name of several currencies, whose it is.
WHOSE = {
    "dollar": {
        "américain": "USD", "canadien": "CAD", "australien": "AUD", "néo-zélandais": "NZD",
        "singapourien": "SGD", "hongkongais": "HKD", "taïwanais": "TWD",
    },
    "livre": {"sterling": "GBP", "turque": "TRY", "égyptienne": "EGP", "libanaise": "LBP"},
    "franc": {"suisse": "CHF", "cfa": "XOF", "belge": "BEF", "français": "FRF", "pacifique": "XPF"},
    "couronne": {"suédoise": "SEK", "norvégienne": "NOK", "danoise": "DKK", "tchèque": "CZK"},
    "peso": {"argentin": "ARS", "mexicain": "MXN", "chilien": "CLP", "colombien": "COP"},
    "dinar": {"algérien": "DZD", "tunisien": "TND", "koweïtien": "KWD", "serbe": "RSD"},
    "dirham": {"marocain": "MAD", "émirati": "AED"},
    "roupie": {"indienne": "INR", "pakistanaise": "PKR", "indonésienne": "IDR"},
    "rial": {"iranien": "IRR", "saoudien": "SAR"},
}  # fmt: skip
OWNERS_IN_ENGLISH = {
    "us": "USD", "u.s.": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD",
    "new zealand": "NZD", "singapore": "SGD", "hong kong": "HKD", "swiss": "CHF",
    "cfa": "XOF", "british": "GBP", "swedish": "SEK", "norwegian": "NOK", "danish": "DKK",
    "turkish": "TRY", "egyptian": "EGP", "mexican": "MXN", "indian": "INR",
}  # fmt: skip
CURRENCIES = {
    "euro": "EUR", "dollar": "USD", "franc": "FRF", "livre sterling": "GBP", "pound": "GBP",
    "pound sterling": "GBP", "yuan": "CNY", "renminbi": "CNY", "yen": "JPY", "rouble": "RUB",
    "ruble": "RUB", "roupie": "INR", "rupee": "INR", "won": "KRW", "réal": "BRL", "réai": "BRL",
    "real": "BRL", "reai": "BRL", "réaux": "BRL", "zloty": "PLN", "forint": "HUF", "rand": "ZAR",
    "shekel": "ILS", "hryvnia": "UAH", "dirham": "MAD", "couronne": "SEK", "krona": "SEK",
    "krone": "NOK", "peso": "MXN", "dinar": "DZD", "naira": "NGN", "livre turque": "TRY",
    "lire turque": "TRY", "lira": "TRY", "rial": "IRR", "riyal": "SAR", "baht": "THB",
}  # fmt: skip
CURRENCIES |= {
    f"{name} {whose}": code
    for name, all_of in WHOSE.items()
    for whose, code in all_of.items()
}
CURRENCIES |= {
    f"{whose} {name}": code
    for whose, code in OWNERS_IN_ENGLISH.items()
    for name in ("dollar", "franc", "pound", "krona", "krone", "lira", "peso", "rupee")
}
SYMBOLS = {
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₩": "KRW", "₽": "RUB", "₹": "INR",
    "₺": "TRY", "₪": "ILS", "₴": "UAH", "₿": "BTC", "US$": "USD", "$US": "USD", "C$": "CAD",
    "CA$": "CAD", "$CA": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "R$": "BRL", "Rs": "INR", "F": "FRF", "FS": "CHF", "FCFA": "XOF", "F CFA": "XOF",
}  # fmt: skip
CODES = frozenset({
    "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK",
    "PLN", "CZK", "HUF", "RON", "BGN", "TRY", "RUB", "UAH", "INR", "BRL", "MXN", "ARS",
    "CLP", "COP", "ZAR", "KRW", "SGD", "HKD", "TWD", "THB", "IDR", "ILS", "SAR", "AED",
    "QAR", "KWD", "EGP", "MAD", "DZD", "TND", "XOF", "XAF", "XPF", "FRF", "BTC", "NGN",
    "KES", "VND", "PHP", "MYR", "PKR",
})  # fmt: skip
# Letters that stand before a currency's sign, or right after digits: M€, Md€, £2m, $14.3bn.
SCALES_OF_MONEY = {
    "k": 3, "K": 3, "M": 6, "m": 6, "Mio": 6, "MM": 6, "Md": 9, "Mds": 9, "md": 9, "mds": 9,
    "MD": 9, "MDs": 9, "Mrd": 9, "Mrds": 9, "G": 9, "bn": 9, "Bn": 9, "b": 9, "B": 9, "tn": 12, "T": 12,
    "trn": 12, "Mia": 9,
}  # fmt: skip

# Signs of units, in the case in which they are written.
SIGNS = {
    "%": "%", "‰": "‰", "pt": "point", "pts": "point", "bp": "bp", "bps": "bp", "ppm": "ppm",
    "km": "km", "m": "m", "cm": "cm", "mm": "mm", "µm": "µm", "nm": "nm", "ha": "ha",
    "km²": "km²", "m²": "m²", "m³": "m³", "ft": "ft", "sq": "", "kg": "kg", "g": "g",
    "mg": "mg", "µg": "µg", "t": "t", "kt": "kt", "Mt": "Mt", "Gt": "Gt", "lb": "lb", "lbs": "lb",
    "l": "l", "L": "l", "hl": "hl", "cl": "cl", "ml": "ml", "mL": "ml", "°": "°C",
    "km/h": "km/h", "m/s": "m/s", "mph": "mph", "kph": "km/h",
    "W": "W", "kW": "kW", "MW": "MW", "GW": "GW", "TW": "TW", "kWh": "kWh", "MWh": "MWh",
    "GWh": "GWh", "TWh": "TWh", "V": "V", "kV": "kV", "Hz": "Hz", "kHz": "kHz", "MHz": "MHz",
    "GHz": "GHz", "dB": "dB", "hPa": "hPa", "Bq": "Bq", "ko": "kB", "Ko": "kB", "Mo": "MB",
    "Go": "GB", "To": "TB", "kB": "kB", "KB": "kB", "MB": "MB", "GB": "GB", "TB": "TB",
    "h": "h", "min": "min", "mn": "min", "s": "s", "ms": "ms", "ans": "year", "an": "year",
}  # fmt: skip
# Names of units, in the singular.
UNITS = {
    "pour cent": "%", "pourcent": "%", "percent": "%", "per cent": "%", "pct": "%",
    "pour mille": "‰", "point": "point", "point de pourcentage": "point",
    "percentage point": "point", "point de base": "bp", "basis point": "bp",
    "point de croissance": "point", "point de pib": "point",
    "partie par million": "ppm", "part per million": "ppm",
    "kilomètre": "km", "kilometre": "km", "kilometer": "km", "mètre": "m",
    "metre": "m", "meter": "m", "centimètre": "cm", "centimetre": "cm", "centimeter": "cm",
    "millimètre": "mm", "millimetre": "mm", "millimeter": "mm",
    "mile": "mi", "foot": "ft", "feet": "ft", "inch": "in", "inche": "in", "yard": "yd",
    "hectare": "ha", "acre": "acre", "square foot": "ft²", "square feet": "ft²",
    "kilomètre carré": "km²", "square kilometre": "km²", "square kilometer": "km²",
    "mètre carré": "m²", "square metre": "m²", "square meter": "m²", "square mile": "mi²",
    "mètre cube": "m³", "cubic metre": "m³", "cubic meter": "m³", "km2": "km²", "m2": "m²",
    "m3": "m³",
    "kilo": "kg", "kilogramme": "kg", "kilogram": "kg", "gramme": "g",
    "gram": "g", "milligramme": "mg", "milligram": "mg",
    "microgramme": "µg", "microgram": "µg", "tonne": "t", "ton": "t", "metric ton": "t",
    "mégatonne": "Mt", "megaton": "Mt", "quintal": "q", "quintaux": "q", "ounce": "oz",
    "litre": "l", "liter": "l", "hectolitre": "hl", "millilitre": "ml", "centilitre": "cl",
    "gallon": "gal", "baril": "bbl", "barrel": "bbl",
    "degré": "°C", "degré celsius": "°C", "degree": "°C", "degree celsius": "°C",
    "degré fahrenheit": "°F", "degree fahrenheit": "°F",
    "kilomètre par heure": "km/h", "kilomètre heure": "km/h", "kilometre per hour": "km/h",
    "kilometer per hour": "km/h", "kilometre an hour": "km/h", "kilometer an hour": "km/h",
    "mètre par seconde": "m/s", "metre per second": "m/s", "meter per second": "m/s",
    "mile per hour": "mph", "mile an hour": "mph", "nœud": "kn", "noeud": "kn", "knot": "kn",
    "watt": "W", "kilowatt": "kW", "mégawatt": "MW", "megawatt": "MW", "gigawatt": "GW",
    "térawatt": "TW", "terawatt": "TW",
    "kilowattheure": "kWh", "kilowatt heure": "kWh", "kilowatt hour": "kWh",
    "mégawattheure": "MWh", "mégawatt heure": "MWh", "megawatt hour": "MWh",
    "gigawattheure": "GWh", "gigawatt heure": "GWh", "gigawatt hour": "GWh",
    "térawattheure": "TWh", "térawatt heure": "TWh", "terawatt hour": "TWh",
    "volt": "V", "hertz": "Hz", "gigahertz": "GHz", "mégahertz": "MHz", "megahertz": "MHz",
    "décibel": "dB", "decibel": "dB", "bar": "bar", "becquerel": "Bq", "calorie": "cal",
    "octet": "B", "byte": "B", "gigaoctet": "GB", "mégaoctet": "MB", "téraoctet": "TB",
    "kilooctet": "kB", "gigabyte": "GB", "megabyte": "MB", "terabyte": "TB",
    "an": "year", "année": "year", "year": "year", "moi": "month", "mois": "month",
    "month": "month", "semaine": "week", "week": "week", "jour": "day", "journée": "day",
    "day": "day", "heure": "h", "hour": "h", "minute": "min", "seconde": "s", "second": "s",
    "siècle": "century", "décennie": "decade", "century": "century", "centurie": "century",
    "decade": "decade", "trimestre": "quarter", "semestre": "half-year", "quarter": "quarter",
    "foi": "×", "fois": "×", "time": "×",
}  # fmt: skip
# What one of a unit is of another: comparable, once converted. SI and ISO 80000.
IN_ANOTHER = {
    "km": ("m", "1000"), "cm": ("m", "0.01"), "mm": ("m", "0.001"), "mi": ("m", "1609.344"),
    "ft": ("m", "0.3048"), "in": ("m", "0.0254"), "yd": ("m", "0.9144"),
    "km²": ("m²", "1000000"), "ha": ("m²", "10000"), "acre": ("m²", "4046.8564224"),
    "ft²": ("m²", "0.09290304"), "mi²": ("m²", "2589988.110336"),
    "g": ("kg", "0.001"), "mg": ("kg", "0.000001"), "µg": ("kg", "0.000000001"),
    "t": ("kg", "1000"), "q": ("kg", "100"), "kt": ("kg", "1000000"), "Mt": ("kg", "1000000000"),
    "Gt": ("kg", "1000000000000"), "lb": ("kg", "0.45359237"), "oz": ("kg", "0.028349523125"),
    "hl": ("l", "100"), "cl": ("l", "0.01"), "ml": ("l", "0.001"), "m³": ("l", "1000"),
    "m/s": ("km/h", "3.6"), "mph": ("km/h", "1.609344"), "kn": ("km/h", "1.852"),
    "kW": ("W", "1000"), "MW": ("W", "1000000"), "GW": ("W", "1000000000"),
    "TW": ("W", "1000000000000"), "MWh": ("kWh", "1000"), "GWh": ("kWh", "1000000"),
    "TWh": ("kWh", "1000000000"), "kB": ("B", "1000"), "MB": ("B", "1000000"),
    "GB": ("B", "1000000000"), "TB": ("B", "1000000000000"), "bp": ("point", "0.01"),
    "‰": ("%", "0.1"), "min": ("s", "60"), "h": ("s", "3600"), "day": ("s", "86400"),
    "week": ("s", "604800"), "quarter": ("month", "3"), "half-year": ("month", "6"),
    "year": ("month", "12"), "decade": ("month", "120"), "century": ("month", "1200"),
}  # fmt: skip
# What a figure is counted by.
PER = {
    "an": "year", "année": "year", "year": "year", "mois": "month", "month": "month",
    "semaine": "week", "week": "week", "jour": "day", "day": "day", "heure": "hour",
    "hour": "hour", "minute": "minute", "seconde": "second", "second": "second",
    "trimestre": "quarter", "habitant": "person", "personne": "person", "person": "person",
    "capita": "person", "tête": "person",
}  # fmt: skip
LONGEST_NAME = 3  # words, of a currency or unit


def singular(word: str) -> str:
    """A name without the sign of its plural."""
    return word[:-1] if len(word) > 2 and word[-1] in "sx" else word


def in_singular(name: str) -> str:
    """A name of several words, each without the sign of its plural: how names are looked up."""
    return " ".join(singular(word) for word in name.split())

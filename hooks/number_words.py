"""Numbers in words, as prose writes them: three, thirty-two, a hundred, twice, half."""

import re
from decimal import Decimal

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
# Words for a number that no digits stand for.
ALONE = {"twice": Decimal(2)}
ALONE |= {
    f"{before}{part}": Decimal(number)
    for part, number in {"half": "0.5", "quarter": "0.25"}.items()
    for before in ("", "a ", "one ")
}
PARTS = "half|halves|quarters?|thirds?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?|thousandths?|millionths?"

BELOW_HUNDRED = (
    rf"(?:(?:{'|'.join(TENS)})(?:-(?:{'|'.join(ONES[1:10])}))?|{'|'.join(reversed(ONES))})"
)
SCALE = rf"(?:{'|'.join(SCALES)})"
# A number without a size, such as "two", is one only where something multiplies by it.
CARDINAL = rf"(?:(?:(?:an?|{BELOW_HUNDRED})[\s-])?{SCALE}(?:[\s-]{SCALE})*|{BELOW_HUNDRED})"
# "the third line" counts places, "a third" and "two thirds" are parts of a whole.
FRACTION = rf"(?:(?:an?|{BELOW_HUNDRED})[\s-](?:{BELOW_HUNDRED}-|{SCALE}-)?(?:{PARTS})|half|halves|quarters?)"
NUMBER = re.compile(rf"(?<![\w-])(?:twice|{FRACTION}|{CARDINAL})(?!\w)", re.IGNORECASE)


def value(text):
    """The number that words say, as a Decimal; None if they say none, or a fraction such as "two thirds"."""
    text = " ".join(text.lower().split())
    if text in ALONE:
        return ALONE[text]
    if not re.fullmatch(CARDINAL, text):
        return None
    total = 0
    for word in re.split(r"[ -]", text):
        if word in SCALES:
            total = (total or 1) * SCALES[word]
        elif word in TENS:
            total += 20 + 10 * TENS.index(word)
        elif word in ONES:
            total += ONES.index(word)
    return Decimal(total)


def words(number):
    """A whole number from 0 to 99 in words; others in digits."""
    if number != int(number) or not 0 <= number < 100:
        return f"{number:f}"
    tens, ones = divmod(int(number), 10)
    if tens < 2:
        return ONES[int(number)]
    return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")


def like(text, number):
    """The number in words, with the capital that the text has; the text itself if it says just that."""
    said = value(text)
    if said is not None and number == said:
        return text
    new = words(number)
    return new.capitalize() if text[:1].isupper() else new

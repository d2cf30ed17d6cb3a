"""Windows of a series: what the answers to the exercises quote."""

import numpy as np

from snippets.windows_of_a_series.miniature import forecast, pairs, s
from snippets.windows_of_a_series.pairings import count, targets

SIZES = {"n": 100, "length": 12, "rate": 2, "stride": 3}


def values():
    """Return the values that the page quotes, by name."""
    series = np.arange(SIZES["n"])
    late = targets(series, SIZES["length"], SIZES["rate"])
    x, y = pairs(series, late, SIZES["length"], sampling_rate=SIZES["rate"],
                 sequence_stride=SIZES["stride"])
    states, next_value = forecast(s[-3:])
    return {
        "count": count(*SIZES.values()), "by_keras": len(x),
        "place": int(late[0]), "last": x[-1], "last_target": int(y[-1]),
        "span": int(x[0, -1]), "room": SIZES["n"] - int(late[0]),
        "states": states, "next": next_value,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"keras": ("Keras gives as many", v["count"] == v["by_keras"])}


def main():
    """Print the answers."""
    v = values()
    print(v["count"], v["place"])
    print(f"{v['next']:z.4f}")


if __name__ == "__main__":
    main()

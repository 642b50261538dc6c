"""`make bench`: a table of ratios from one run, then lines `name value`."""

from benchmarks import checking, lookup

ROW = "{:<58}{:>12}"


def main() -> None:
    """Run every measurement and print it."""
    costs = checking.measure()
    small, large = lookup.growth()
    figures = {
        "check_vs_verify": costs.check / costs.verification,
        "check_vs_empty_route": costs.check / costs.empty,
        "lookup_growth_1m_over_10k": large / small,
        "p256_operations_per_check": costs.p256_operations,
        "empty_route_microseconds": costs.empty,
    }
    table = [
        ("one P-256 verification (cryptography), CPU µs", costs.verification),
        ("empty Flask JSON route over HTTP, server CPU µs", costs.empty),
        ("one audited check over HTTP (FULL), server CPU µs", costs.check),
        (
            "checks a second over 64 connections, client included",
            costs.checks_per_second,
        ),
        ("register look-up among 10,000 people, CPU µs", small),
        ("register look-up among 1,000,000 people, CPU µs", large),
    ]
    print(ROW.format("measured in this run", "value"))
    print("-" * 70)
    for label, value in table:
        print(ROW.format(label, f"{value:.1f}"))
    print()
    for name, value in figures.items():
        print(f"{name} {value:.2f}")


if __name__ == "__main__":
    main()

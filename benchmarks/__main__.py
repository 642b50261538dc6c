"""`make bench`: a table of ratios from one run, then lines `name value`."""

from benchmarks import bulk, checking, lookup, printing, scanning

ROW = "{:<58}{:>12}"


def main() -> None:
    """Run every measurement and print it."""
    costs = checking.measure()
    small, large = lookup.growth()
    scan = scanning.scan_to_verdict_p95_ms()
    runs = bulk.measure()
    figures = {
        "check_vs_verify": costs.check / costs.verification,
        "check_vs_empty_route": costs.check / costs.empty,
        "lookup_growth_1m_over_10k": large / small,
        "p256_operations_per_check": costs.p256_operations,
        "empty_route_microseconds": costs.empty,
        "bulk_vs_openssl": runs.many.per_core_second / runs.openssl,
        "bulk_wall_vs_openssl": runs.many.per_second / runs.openssl,
        "bulk_vs_plain": runs.many.per_core_second / runs.plain,
        "bulk_memory_1m_over_10k": runs.many.peak / runs.few.peak,
        "pdf_certificates_per_core_second": printing.certificates_per_core_second(),
        "scan_to_verdict_p95_ms": scan,
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
        ("one P-256 signature (openssl speed), µs", 1e6 / runs.openssl),
        (
            "one certificate of 1,000,000, list to result, CPU µs",
            1e6 / runs.many.per_core_second,
        ),
        ("one certificate the plain way, CPU µs", 1e6 / runs.plain),
        ("peak memory of a run of 1,000,000, MB", runs.many.peak / 1e6),
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

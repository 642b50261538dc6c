"""The folders of pages: what is served, under which policy, and what is not."""

import pytest
import requests

READS_CODES = {"/phone/", "/reader/"}


def get(world, path):
    return requests.get(f"{world.house.base_url}{path}", timeout=10)


@pytest.mark.parametrize("path", ["/phone/", "/reader/", "/console/"])
def test_a_page_is_served_under_a_strict_policy(world, path):
    answer = get(world, path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert ("'wasm-unsafe-eval'" in policy) == (path in READS_CODES)
    may_film = "camera=(self)" in answer.headers["Permissions-Policy"]
    assert may_film == (path in READS_CODES)


@pytest.mark.parametrize(
    "path",
    [
        "/phone/../house.py",
        "/phone/%2e%2e/house.py",
        "/reader/nothing.js",
        "/vendor/zxing-wasm/package.json/..",
        "/vendor/typescript/bin/tsc",
        "/pages/kit/",
    ],
)
def test_nothing_else_is_found(world, path):
    assert get(world, path).status_code == 404


def test_a_file_that_is_unchanged_is_not_sent_again(world):
    first = get(world, "/pages/kit/kit.css")
    again = requests.get(
        first.url, headers={"If-None-Match": first.headers["ETag"]}, timeout=10
    )

    assert first.headers["Content-Type"].startswith("text/css")
    assert again.status_code == 304

"""発行者の名前: the web addresses of insurers, status lists and token types."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IssuerNames:
    """Every address follows from where this deployment stands.

    `base_url` has no slash at its end. An insurer is named by its digits (6 or 8).
    """

    base_url: str

    @property
    def token_type(self) -> str:
        """`vct` of the eligibility token (SD-JWT VC draft-19 §2.2.2.1)."""
        return f"{self.base_url}/types/eligibility-token"

    def issuer(self, insurer: str) -> str:
        """`iss` of what an insurer signs."""
        return f"{self.base_url}/insurers/{insurer}"

    def status_lists(self, insurer: str) -> str:
        """What the addresses of an insurer's status lists begin with."""
        return f"{self.base_url}/status/{insurer}/"

    def status_list(self, insurer: str, number: int) -> str:
        """`uri` of one of an insurer's status lists."""
        return f"{self.status_lists(insurer)}{number}"


def parse_issuer(iss: str) -> tuple[IssuerNames, str]:
    """The deployment and the insurer's digits; `ValueError` if `iss` is not one."""
    base_url, _, insurer = iss.rpartition("/insurers/")
    return IssuerNames(base_url), _digits(insurer)


def parse_status_list(uri: str) -> tuple[IssuerNames, str, int]:
    """The deployment, the insurer's digits and the list's number, or `ValueError`."""
    base_url, _, place = uri.rpartition("/status/")
    insurer, _, number = place.partition("/")
    if str(int(_digits(number))) != number:
        raise ValueError("not a list number")
    return IssuerNames(base_url), _digits(insurer), int(number)


def _digits(text: str) -> str:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError("not a number")
    return text

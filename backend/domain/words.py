"""A sentence in Japanese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same sentence twice; Japanese stands first wherever both are shown."""

    ja: str
    en: str

    def __str__(self) -> str:
        return f"{self.ja} / {self.en}"

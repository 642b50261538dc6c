"""The address that a server listens on."""

import socket
from ipaddress import ip_address

import click


class Address(click.ParamType[str]):
    """An IP address of this machine; a name could mean several."""

    name = "address"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The address as it was given; a usage error if nobody can listen there."""
        try:
            address = ip_address(value)
            family = socket.AF_INET if address.version == 4 else socket.AF_INET6
            with socket.socket(family) as probe:
                probe.bind((value, 0))
        except (ValueError, OSError):
            self.fail(
                f"{value!r}: この機械の IP アドレスを指定してください / give an IP "
                "address of this machine (127.0.0.1, 0.0.0.0)",
                param,
                ctx,
            )
        return value

"""The address that a server listens on."""

import ipaddress

import click


class Address(click.ParamType[str]):
    """An IP address of this machine; a name could mean several."""

    name = "address"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The address as it was given; a usage error if it is none."""
        try:
            return str(ipaddress.ip_address(value))
        except ValueError:
            self.fail(
                f"{value!r}: IP アドレスを指定してください（例: 127.0.0.1、0.0.0.0） / "
                "give an IP address, such as 127.0.0.1 or 0.0.0.0",
                param,
                ctx,
            )

"""What anyone may read: keys, status lists' addresses, whether we are well."""

from backend.api.schemas.fields import Part, Several, Shape, Text

_MOST_KEYS = 10_000


class PublishedKeyShape(Shape):
    """A public key (RFC 7517); `insurer` says whose papers it may sign."""

    kty = Text(2, required=True)
    crv = Text(5, required=True)
    x = Text(43, required=True)
    y = Text(43, required=True)
    kid = Text(8, required=True)
    use = Text(3, required=True)
    alg = Text(5, required=True)
    insurer = Text(8)


class KeySetShape(Shape):
    """RFC 7517 §5."""

    keys = Several(Part(PublishedKeyShape()), _MOST_KEYS, required=True)


class StatusListsShape(Shape):
    """Token Status List draft-20 §9: where every list is found."""

    status_lists = Several(Text(200), _MOST_KEYS, required=True)


class HealthShape(Shape):
    """Whether the register can be read."""

    status = Text(10, required=True)

"""The plain way to issue in bulk: marshmallow, PyJWT and one insert for each row."""

import csv
from pathlib import Path

import jwt
from marshmallow import EXCLUDE, Schema, fields
from sqlite_utils import Database


class Row(Schema):
    """A line of the list, as far as it is printed."""

    number = fields.String(required=True, data_key="番号")
    name = fields.String(required=True, data_key="氏名")
    born = fields.Date(required=True, data_key="生年月日")
    address = fields.String(data_key="住所")


def issue(members: Path, database: Path, private_key: object) -> int:
    """Sign and keep a token for every line; how many there were."""
    schema, store, count = Row(unknown=EXCLUDE), Database(database), 0
    with members.open(encoding="utf-8", newline="") as lines, store.atomic():
        for count, cells in enumerate(csv.DictReader(lines), 1):
            row = schema.load(cells)
            claims = row | {"born": row["born"].isoformat(), "jti": str(count)}
            token = jwt.encode(claims, private_key, algorithm="ES256")
            store["certificates"].insert({"id": count, "token": token}, pk="id")
    store.close()
    return count

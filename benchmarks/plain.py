"""The plain way to issue in bulk: marshmallow, PyJWT and one insert for each row."""

import csv
from pathlib import Path
from uuid import uuid4

import jwt
from marshmallow import EXCLUDE, Schema, fields
from sqlite_utils import Database

PRINTED = {"insurer_number": "保険者番号", "symbol": "記号", "number": "番号"}
PRINTED |= {"branch": "枝番", "name": "氏名", "kana": "氏名カナ", "sex": "性別"}
TEXTS = {it: fields.String(data_key=key) for it, key in PRINTED.items()}
TEXTS["address"] = fields.String(data_key="住所")
Row = Schema.from_dict(TEXTS | {"birth_on": fields.Date(data_key="生年月日")})
DAYS = {"issued_on": "2026-11-27", "expires_on": "2031-11-26", "exp": 1953471600}
COMMON = {"iss": "https://shikaku.example/insurers/01130012", "form": "a4"} | DAYS


def issue(members: Path, database: Path, results: Path, private_key: object) -> None:
    schema, certificates = Row(unknown=EXCLUDE), Database(database)["certificates"]
    with members.open() as lines, results.open("w") as told, certificates.db.atomic():
        for line, cells in enumerate(csv.DictReader(lines), 2):
            own = {"jti": str(uuid4()), "status": line}
            claims = COMMON | schema.load(cells) | own
            claims["birth_on"] = claims["birth_on"].isoformat()
            token = jwt.encode(claims, private_key, algorithm="ES256")
            whose = {it: claims[it] for it in ("symbol", "number", "expires_on")}
            certificates.insert(own | whose | {"token": token}, pk="jti")
            told.write(f"{line},issued,{own['jti']}\n")

"""Write every vector anew: `python tests/vectors/make_vectors.py [folder]`."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run from anywhere

from paper_cases import PAPERS
from proof_cases import PROOFS


def main(root: Path) -> None:
    """One folder a case; what stood there before is overwritten."""
    for kind, (cases, keys) in (PAPERS | PROOFS).items():
        for name, text, question, verdict in cases():
            folder = root / kind / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "input.txt").write_bytes(text.encode("utf-8"))
            write_json(folder / "keys.json", keys)
            write_json(folder / "question.json", question)
            write_json(folder / "verdict.json", verdict)


def write_json(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_bytes(f"{text}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)

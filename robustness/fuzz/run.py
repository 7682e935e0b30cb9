"""Fuzz the readers and the grammars, guided by coverage, with atheris (libFuzzer).

    python robustness/fuzz/run.py [MINUTES] [TARGET …] [--write FILE]   all targets, or those named
    python robustness/fuzz/run.py --input FILE TARGET                   one input again

MINUTES are those of all targets together; what was run is added to the table in FILE
(docs/reliability/fuzz.csv).

A finding is an exception that is no `InputError`, a broken promise (`tests/invariants.py`), or
more than 10 seconds or a gigabyte for one input. Findings and the inputs that reached new code are
kept in build/fuzz/, and so is a line for each target on what was run. Needs
`pip install 'yiyang[fuzz]'` (Linux or macOS).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import time
import traceback
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "build" / "fuzz"
FINDINGS = FOLDER / "findings"
SECONDS, MEGABYTES = 10, 1000
"""What one input may take."""
LONGEST = {"units": 300, "times": 300, "figures": 300, "growth": 120}
"""Bytes of an input; that of a document is longer."""
SAME = 3
"""Inputs that are kept of one finding."""


def child(target: str, arguments: list[str]) -> None:
    """Run libFuzzer on one target; ends with the process."""
    import atheris  # noqa: PLC0415  (an extra)

    with atheris.instrument_imports(include=["yiyang", "docx"]):
        import targets  # noqa: PLC0415
    run = targets.TARGETS[target]
    seen: dict[str, int] = {}

    def one(data: bytes) -> None:
        try:
            run(data)
        except Exception as error:  # a finding must not end the search
            _keep(target, data, error, seen)

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def _keep(target: str, data: bytes, error: Exception, seen: dict[str, int]) -> None:
    """Write down an input that fails, the first few times that it fails at one place."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}-{Path(frame.filename).stem}-{frame.lineno}"
    seen[place] = seen.get(place, 0) + 1
    if seen[place] <= SAME:
        name = f"{target}-{place}-{sha256(data).hexdigest()[:8]}"
        (FINDINGS / name).write_bytes(data)


def _seeded(target: str) -> Path:
    import targets  # noqa: PLC0415

    folder = FOLDER / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    for n, seed in enumerate(targets.seeds(target)):
        (folder / f"seed-{n:04}").write_bytes(seed)
    return folder


def campaign(target: str, seconds: float) -> dict[str, Any]:
    """Fuzz a target for a time, going on where an input took too long; what was run."""
    corpus = _seeded(target)
    FINDINGS.mkdir(exist_ok=True)
    log = FOLDER / f"{target}.log"
    before = set(FINDINGS.iterdir())
    start, inputs, features = time.monotonic(), 0, 0
    while (left := int(start + seconds - time.monotonic())) > 0:
        command = [sys.executable, __file__, "--child", target, str(corpus)]
        command += [f"-max_total_time={left}", f"-timeout={SECONDS}", "-print_final_stats=1"]
        command += [f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={FINDINGS}/{target}-"]
        command += [
            f"-max_len={LONGEST.get(target, 8000)}",
            f"-dict={ROOT / 'robustness/fuzz/words.dict'}",
        ]
        with log.open("wb") as file:
            subprocess.run(command, stdout=file, stderr=file, check=False)
        said = re.findall(rb"^#(\d+)\s+\w+ +cov: \d+ ft: (\d+)", log.read_bytes(), re.M)
        if not said:
            sys.exit(f"{target} did not start: see {log}")
        inputs += int(said[-1][0])
        features = max(features, int(said[-1][1]))
    found = set(FINDINGS.iterdir()) - before
    new = sorted(path.name for path in found if not _is_false_alarm(target, path))
    minutes = round((time.monotonic() - start) / 60, 1)
    run = {"target": target, "minutes": minutes, "inputs": inputs, "features": features}
    return run | {"findings": new}


def _is_false_alarm(target: str, path: Path) -> bool:
    """Whether an input took long by the clock only: on a busy machine any may."""
    if "-slow-unit-" not in path.name:
        return False
    before = os.times()
    subprocess.run([sys.executable, __file__, "--input", path, target], check=True)
    after = os.times()
    return after.children_user - before.children_user < SECONDS


COLUMNS = ["target", "minutes", "inputs", "findings"]


def enter(run: dict[str, Any], path: Path) -> None:
    """Add a campaign to the table of all of them, in the order of the targets."""
    import targets  # noqa: PLC0415

    rows = {
        name: dict(zip(COLUMNS, (name, "0.0", "0", "0"), strict=True)) for name in targets.TARGETS
    }
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            rows |= {row["target"]: row for row in csv.DictReader(file)}
    row = rows[run["target"]]
    row["minutes"] = f"{float(row['minutes']) + run['minutes']:.1f}"
    row["inputs"] = str(int(row["inputs"]) + run["inputs"])
    row["findings"] = str(int(row["findings"]) + len(run["findings"]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows.values() if row["inputs"] != "0")


def main() -> None:
    """Read the command line."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3:])
        return
    import targets  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("minutes", nargs="?", type=float, default=10)
    parser.add_argument("targets", nargs="*", metavar="target")
    parser.add_argument("--input", nargs=2, metavar=("FILE", "TARGET"))
    parser.add_argument("--write", type=Path, metavar="FILE")
    chosen = parser.parse_args()
    if chosen.input:
        targets.TARGETS[chosen.input[1]](Path(chosen.input[0]).read_bytes())
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = chosen.targets or list(targets.TARGETS)
    for name in names:
        run = campaign(name, chosen.minutes * 60 / len(names))
        with (FOLDER / "runs.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(run) + "\n")
        if chosen.write:
            enter(run, chosen.write)
        print(f"{name}: {run['inputs']} inputs in {run['minutes']} min, findings: ", end="")
        print(", ".join(run["findings"]) or "none", flush=True)


if __name__ == "__main__":
    main()

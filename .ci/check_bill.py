"""Check a bill of materials (CycloneDX, JSON): it lists sayso and every package that pyproject.toml names, with versions."""

import json
import re
import sys
import tomllib
from pathlib import Path

project, reader = (tomllib.loads(Path(folder, "pyproject.toml").read_text("utf-8"))["project"] for folder in (".", "reader"))
names = ("files", "web", "audit", "embeddings", "reader", "bulk")
extras = [line for name in names for line in project["optional-dependencies"][name]]
wanted = [re.split(r"[>\[]", line)[0] for line in [*project["dependencies"], *extras]]


def spelt(name: str) -> str:
    """Spell a package's name as all spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


bill = json.loads(Path(sys.argv[1]).read_text("utf-8"))
found = {spelt(part["name"]): part for part in bill["components"]}
if missing := [name for name in wanted if not found.get(spelt(name), {}).get("version")]:
    sys.exit(f"{sys.argv[1]}: without {', '.join(missing)}")
for ours in (project, reader):
    theirs = found.get(ours["name"], {})
    if theirs.get("version") != ours["version"] or ours["license"] not in json.dumps(theirs.get("licenses")):
        sys.exit(f"{sys.argv[1]}: {ours['name']} is not in it, or its version or licence is wrong: {theirs}")
unlicensed = sorted(name for name, part in found.items() if not part.get("licenses"))
sys.stdout.write(f"{bill['bomFormat']} {bill['specVersion']}: {len(found)} packages")
sys.stdout.write(f", without a licence in their metadata: {', '.join(unlicensed)}\n" if unlicensed else ".\n")

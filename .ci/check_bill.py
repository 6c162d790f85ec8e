"""Check a bill of materials (CycloneDX, JSON): it lists sayso and every package that pyproject.toml names, with versions."""

import json
import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
extras = [
    line for name in ("files", "web", "audit", "embeddings", "bulk") for line in project["optional-dependencies"][name]
]
wanted = [project["name"], *(re.split(r"[>\[]", line)[0] for line in [*project["dependencies"], *extras])]


def spelt(name: str) -> str:
    """Spell a package's name as all spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


bill = json.loads(Path(sys.argv[1]).read_text("utf-8"))
found = {spelt(part["name"]): part for part in bill["components"]}
if missing := [name for name in wanted if not found.get(spelt(name), {}).get("version")]:
    sys.exit(f"{sys.argv[1]}: without {', '.join(missing)}")
ours = found[project["name"]]
if ours["version"] != project["version"] or "MIT" not in json.dumps(ours.get("licenses")):
    sys.exit(f"{sys.argv[1]}: version or licence of {project['name']} is wrong: {ours}")
unlicensed = sorted(name for name, part in found.items() if not part.get("licenses"))
sys.stdout.write(f"{bill['bomFormat']} {bill['specVersion']}: {len(found)} packages")
sys.stdout.write(f", without a licence in their metadata: {', '.join(unlicensed)}\n" if unlicensed else ".\n")

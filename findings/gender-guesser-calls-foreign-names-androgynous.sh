#!/usr/bin/env bash
# gender-guesser 0.4.0, with which audits of bylines and sources count women and men. Its README says that a country gives "preference", and that "andy"
# is a name that is as often a man's as a woman's. But with a country, every name that the list does not have for that country is "andy": Mohammed,
# Priya and Björn in the USA, Sally in Germany, 9 of 10 names that are certain without a country. And without one, the number of countries
# decides, however large they are: Jan and Jean are "male", though the same list has both as women's names in the USA and Great Britain.
# A byline in capitals is "unknown". So count "andy" with a country as unknown, and report how many names the two ways disagree on.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check gender-guesser==0.4.0
env/bin/python - <<'PY'
import sys

from gender_guesser.detector import Detector

detector = Detector()
for name in ("Mohammed", "Priya", "Björn", "Sally", "Jan", "Jean", "ANA"):
    print(name, "|", *(f"{country or 'no country'}: {detector.get_gender(name, country)} |" for country in (None, "usa", "great_britain", "germany")))
certain = [name for name in detector.names if detector.get_gender(name) in ("male", "female")]
lost = sum(detector.get_gender(name, "usa") == "andy" for name in certain)
print(f'{lost:,} of the {len(certain):,} names that are "male" or "female" without a country are "andy" with the USA')
holds = (
    [detector.get_gender(name) for name in ("Mohammed", "Priya", "Björn", "Sally")] == ["male", "female", "male", "female"]
    and {detector.get_gender(name, "usa") for name in ("Mohammed", "Priya", "Björn")} == {detector.get_gender("Sally", "germany")} == {"andy"}
    and [detector.get_gender(name) for name in ("Jan", "Jean", "ANA")] == ["male", "male", "unknown"]
    and [detector.get_gender("Jan", country) for country in ("usa", "great_britain")] == ["mostly_female", "female"]
    and [detector.get_gender("Jean", country) for country in ("usa", "great_britain")] == ["mostly_female"] * 2
    and lost > 0.9 * len(certain)
)
sys.exit(0 if holds else 1)
PY

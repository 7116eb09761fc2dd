#!/usr/bin/env bash
# Write the lock files anew from pyproject.toml. No index address is written into them.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
         --no-emit-index-url --no-emit-find-links -c requirements/held.txt)
uv pip compile "${options[@]}" pyproject.toml -o requirements/run.txt
for extra in lab cluster video pdf server; do
  uv pip compile "${options[@]}" -c requirements/run.txt --extra "$extra" pyproject.toml -o "requirements/$extra.txt"
done
for group in build dev bench; do
  uv pip compile "${options[@]}" -c requirements/run.txt --group "$group" -o "requirements/$group.txt"
done

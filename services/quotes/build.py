"""
Fills a folder with the service and what it imports, as Lambda unpacks it: python3 services/quotes/build.py <folder>

The same files each time: packages by their hashes, without compiled files, whose content depends on when they were made.
"""

import shutil
import subprocess
import sys
from pathlib import Path

here = Path(__file__).parent
target = Path(sys.argv[1])

shutil.rmtree(target, ignore_errors=True)
subprocess.run(
    [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps"]
    + ["--only-binary=:all:", "--require-hashes", "--requirement", here / "requirements.txt", "--target", target],
    check=True,
)
shutil.copytree(here / "app", target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))

"""GNU gettext, which has the last word on what a PO file says."""

import os
import subprocess
from pathlib import Path

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=%s\\n"\n\n'
UTF_8 = HEADER % "UTF-8"

PLURALS = {
    "ko": "nplurals=1; plural=0;",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2"
    " : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}


def run(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    environ = {**os.environ, "LC_ALL": "C"}
    return subprocess.run([program, *arguments], capture_output=True, check=False, env=environ)


def accepted(file: Path) -> bool:
    """Whether msgcat takes the file without an error."""
    return run("msgcat", "-o", os.devnull, file).returncode == 0


def canonical(file: Path) -> str:
    """The file as msgcat writes it."""
    done = run("msgcat", "--no-wrap", "--to-code=UTF-8", file)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()

"""The everyday tasks: `inv --list`. Each is a few lines; the work is in plugins/."""

import os
import shutil
import sys
from pathlib import Path

from invoke import Context, Exit, task

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "plugins")]

OUTPUT = HERE / "output"


def _pelican(*arguments: str) -> None:
    """Pelican itself, as if typed; it exits with a status of its own when something is wrong."""
    from pelican import main

    os.chdir(HERE)
    main(["-s", "pelicanconf.py", *arguments])


def _settings() -> dict:
    from pelican.settings import read_settings

    return read_settings(str(HERE / "pelicanconf.py"))


@task
def build(_: Context) -> None:
    """Build the site with every issue's PDF and EPUB into output/."""
    _pelican("--fatal", "errors")


@task(help={"port": "the port to serve on"})
def serve(_: Context, port: int = 8000) -> None:
    """Show the site in the browser and renew it when a file changes."""
    from web.preview import serve

    serve(HERE, OUTPUT, port)


@task(help={"lang": "the language of the messages: ar or en"})
def check(_: Context, lang: str = "") -> None:
    """Say what is wrong in pieces and issues, and how to mend it."""
    from checks.desk import check_all

    text, wrong = check_all(_settings(), lang)
    print(text)
    if wrong:
        raise Exit(code=1)


@task(help={"slug": "the piece's slug", "lang": "the language of the translation: ar or en"})
def translated(_: Context, slug: str, lang: str) -> None:
    """Note that a translation is of the text as it stands."""
    from magazine.errors import MagazineError
    from magazine.library import load
    from magazine.model import Imprint
    from magazine.stamp import stamp

    library, _found = load(Imprint.from_settings(_settings()))
    try:
        print(stamp(library, slug, lang).relative_to(HERE))
    except MagazineError as error:
        raise Exit(str(error)) from error


@task
def pictures(_: Context) -> None:
    """Build anew pictures that tell more than what is seen."""
    from magazine.pictures import DRAWING, RASTERS, carried, cleaned

    for path in sorted((HERE / "content").glob("*/images/**/*")):
        if path.suffix.lower() in (DRAWING, *RASTERS) and (told := carried(path)):
            path.write_bytes(cleaned(path))
            print(f"{path.relative_to(HERE)}: {', '.join(told)} ✗")


@task(pre=[check], help={"issue": "the issue's number, or the kit's name", "lang": "one language only"})
def press(_: Context, issue: str, lang: str = "") -> None:
    """Make an issue or kit ready for the printer, in dist/<issue>/."""
    from magazine.errors import MagazineError
    from prepress.desk import press_issue

    try:
        made = press_issue(_settings(), issue, lang, HERE / "dist")
    except MagazineError as error:
        raise Exit(str(error)) from error
    for path in made.files:
        print(path.relative_to(HERE))
    print(made.said)
    if not made.sound:
        raise Exit(code=1)


@task(pre=[check], help={"slug": "the piece's slug, or all", "lang": "one language only"})
def leaflet(_: Context, slug: str, lang: str = "") -> None:
    """Typeset awareness pieces as folded leaflets into dist/leaflets/."""
    from magazine.errors import MagazineError
    from press.leaflet import print_leaflets

    try:
        for path in print_leaflets(_settings(), slug, lang, HERE / "dist"):
            print(path.relative_to(HERE))
    except MagazineError as error:
        raise Exit(str(error)) from error


@task(
    help={
        "pdf": "the file, of any program",
        "profile": "what it is held against: x4 or gray",
        "lang": "the language of the messages: ar or en",
    }
)
def preflight(_: Context, pdf: str, profile: str = "x4", lang: str = "") -> None:
    """Say whether a press can print from a PDF, and where it cannot."""
    from magazine.findings import report_language
    from preflight import PROFILES, inspect
    from preflight.report import to_text

    if profile not in PROFILES:
        raise Exit(f"there is no profile {profile}; there are: {', '.join(PROFILES)}")
    found = inspect(Path(pdf), PROFILES[profile])
    print(to_text(found, lang or report_language()))
    if found.errors:
        raise Exit(code=1)


@task(help={"only": "a file or folder of tests"})
def test(c: Context, only: str = "tests") -> None:
    """Run every check of code and content, then the tests."""
    bin_ = Path(sys.executable).parent
    for command in ("ruff check .", "ruff format --check .", "mypy", "lint-imports --no-cache"):
        c.run(f"{bin_ / command.split()[0]} {command.partition(' ')[2]}", env={"PYTHONPATH": "plugins"})
    check(c)
    c.run(f"{sys.executable} -m pytest -n 2 --dist loadfile {only}", pty=sys.stdout.isatty())


@task(help={"rounds": "how often each way is measured", "search": "measure the search instead"})
def bench(_: Context, rounds: int = 3, search: bool = False) -> None:
    """Measure what a page costs in the press and for the printer."""
    from magazine.errors import MagazineError

    try:
        if search:
            from bench.search.compare import compare

            print(compare(_settings()))
        else:
            from bench.press import measure

            print(measure(HERE / "pelicanconf.py", rounds))
    except MagazineError as error:
        raise Exit(str(error)) from error


@task
def clean(_: Context) -> None:
    """Remove what was built: output/, dist/ and .cache/."""
    for name in ("output", "dist", ".cache"):
        shutil.rmtree(HERE / name, ignore_errors=True)

"""`maadin brief`: the summary, the page, the document and the scenarios that can be run again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from maadin.cli.app import app
from maadin.policy.scenario import Scenario
from maadin.report import terminal

ENGLISH = "The United States imposed a 25% tariff on graphite from China. China is the largest producer of graphite in the world."
ARABIC = "فرضت الولايات المتحدة رسوماً جمركية بنسبة 25% على الغرافيت من الصين."
FEW = ("--draws", "8", "--workers", "1")


def asked(*arguments: str, stdin: str | None = None) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "console", lambda **_: Console(width=140, highlight=False))
        return CliRunner().invoke(app, ["brief", *arguments], input=stdin)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "text.txt"
    file.write_text(ENGLISH, encoding="utf-8")
    return file


def test_the_summary(text: Path) -> None:
    done = asked(str(text), *FEW)
    assert done.exit_code == 0, done.output
    assert "What the text claims" in done.stdout
    assert "What its measures would do" in done.stdout
    assert "--published DATE" in done.stdout


def test_page_document_and_scenarios(text: Path, tmp_path: Path) -> None:
    html, document, folder = tmp_path / "a.html", tmp_path / "a.json", tmp_path / "scenarios"
    done = asked(str(text), *FEW, "--published", "2025-02-25", "--html", str(html), "--json", str(document), "--scenarios", str(folder))
    assert done.exit_code == 0, done.output
    assert "maadin brief" in html.read_text("utf-8")
    data = json.loads(document.read_text("utf-8"))
    assert data["published"] == "2025-02-25"
    (file,) = folder.iterdir()
    assert Scenario.from_yaml(file).to_data() == data["simulations"][0]["scenario"]
    again = CliRunner().invoke(app, ["simulate", str(file), "--draws", "8"])
    assert again.exit_code == 0, again.output


def test_the_document_alone() -> None:
    done = asked("-", *FEW, "--json", "-", stdin=ENGLISH)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout[done.stdout.index("{") :])["schema_version"] == 1


def test_the_language_is_that_of_the_text_unless_another_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(ARABIC, encoding="utf-8")
    assert "موجز النص" in asked(str(file), *FEW).stdout
    assert "Brief of the text" in asked(str(file), *FEW, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.txt",), "cannot be read"),
        (("{text}", "--draws", "-1"), "out of range"),
        (("{text}", "--published", "yesterday"), "--published: 'yesterday' is no date"),
        (("{text}", "--as-of", "2025"), "--as-of: '2025' is no date"),
        (("{text}", "--html", "/nowhere/at/all.html"), "there is no folder"),
    ],
)
def test_wrong_input_is_refused(text: Path, arguments: tuple[str, ...], said: str) -> None:
    done = asked(*(a.format(text=text) for a in arguments))
    assert done.exit_code != 0
    assert said in str(done.exception)


def test_a_text_without_statements(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("Nothing of that kind here.", encoding="utf-8")
    done = asked(str(file), *FEW, "--html", str(tmp_path / "a.html"))
    assert done.exit_code == 0, done.output
    assert "No statement about mineral markets" in done.stdout

"""`maadin read`: the same statements in every format, and clear words about input that is no text."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from maadin.cli.app import app
from maadin.cli.read import LARGEST, text_of
from maadin.errors import InputError
from maadin.reading.statement import Statement
from maadin.report.export import STATEMENT_COLUMNS

SECONDS = 3.0  # for a refusal; 0.02 on an idle machine, the tests share theirs
ENGLISH = (
    "Last year Zambia exported 800,000 tonnes of copper, the president said. The United States imposed a 10% tariff on zinc from Peru."
)
ARABIC = "أنتج المغرب 35 مليون طن من الفوسفات عام 2023."


def run(*arguments: str, given: str | bytes | None = None) -> str:
    result = CliRunner().invoke(app, ["read", *arguments], input=given, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_json_in_a_pipe_holds_the_statements(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(ENGLISH, "utf-8")
    data = json.loads(run(str(file), "--published", "2025-03-01"))
    assert data["published"] == "2025-03-01"
    assert [s["kind"] for s in data["statements"]] == ["claim", "measure"]
    assert data["statements"][0]["year_or_date"] == "2024"
    assert json.loads(run("-", given=ENGLISH))["statements"][0]["value"] == 800_000


def test_csv_has_a_row_a_statement() -> None:
    rows = list(csv.DictReader(io.StringIO(run("-", "--format", "csv", given=ENGLISH))))
    assert tuple(rows[0]) == STATEMENT_COLUMNS
    assert set(STATEMENT_COLUMNS) == set(Statement.model_fields)
    assert [r["country"] or r["actor"] for r in rows] == ["ZMB", "USA"]


@pytest.mark.parametrize(
    ("text", "options", "shown"),
    [
        (
            ENGLISH,
            (),
            [
                "Statements in the text",
                "exports of copper, Zambia",
                "800 kt",
                "duty on zinc, United States against Peru",
                "10%",
                "in force",
            ],
        ),
        (ARABIC, (), ["ما يقوله النص", "إنتاج الفوسفات، المغرب", "35 مليون طن", "2023"]),
        (ARABIC, ("--lang", "en"), ["output of phosphate rock", "Morocco", "35 Mt"]),
        (ENGLISH, (), ["No date of publication was given (--published DATE) or found in the text"]),
        (ENGLISH, ("--published", "2025-03-01"), ["Date of publication, as given: 1 March 2025."]),
        (
            "LUSAKA, March 1, 2025 (Agency) - Zambia exported copper.",
            (),
            ["Date of publication, found in the text: 1 March 2025 (“March 1, 2025”)"],
        ),
        (f"الرباط - 1 مارس 2025\n\n{ARABIC}", (), ["تاريخ النشر كما عُثر عليه في النص: 1 مارس 2025"]),
        ("Nothing of ours.", (), ["No statement about mineral markets was found in this text."]),
        ("لا شيء هنا.", (), ["لم يُعثر في هذا النص على أي قول عن أسواق المعادن."]),
    ],
)
def test_the_table_is_in_the_language_of_the_text_unless_told(text: str, options: tuple[str, ...], shown: list[str]) -> None:
    printed = " ".join(run("-", "--format", "table", *options, given=text).split())
    for part in shown:
        assert all(word in printed for word in part.split()), (part, printed)


def test_control_characters_of_a_text_do_not_reach_the_terminal() -> None:
    printed = run("-", "--format", "table", given="\x1b[31mZambia exported 5 tonnes\x07 of \u202ecopper\u202c in 2023.")
    assert "\x1b" not in printed
    assert "\x07" not in printed
    assert "\u202e" not in printed


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\x00\x9f\x92 and so on, a few words more", "is not UTF-8 text"),
        ("أنتج المغرب".encode("cp1256"), "iconv"),
        (b"PK\x03\x04" + bytes(range(128, 200)), "is a ZIP archive"),
        (gzip.compress(bytes(50_000_000)), "compressed with gzip"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an Office document"),
        (b"{\\rtf1\\ansi Copper}", "an RTF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x00\x01" * 500, "holds binary data"),
        ("copper ".encode("utf-16-le"), "holds binary data"),  # without its mark
        (b"\xff\xfec", "begins like UTF-16"),
    ],
)
def test_input_that_is_no_text_is_refused_in_words(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "some.bin"
    file.write_bytes(content)
    with pytest.raises(InputError, match=told):
        CliRunner().invoke(app, ["read", str(file)], catch_exceptions=False)


class Counted(io.RawIOBase):
    """Endless text that counts what is read of it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        buffer[:] = b"x" * len(buffer)
        self.taken += len(buffer)
        return len(buffer)


def test_no_more_is_read_than_a_text_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = Counted()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(endless)))
    with pytest.raises(InputError, match="more than 16,000,000 bytes"):
        text_of("-")
    assert endless.taken <= LARGEST + 2 * io.DEFAULT_BUFFER_SIZE


@pytest.mark.parametrize("command", ["read", "brief"])
def test_what_is_no_text_is_refused_at_once_and_in_words(tmp_path: Path, command: str) -> None:
    large, bomb, pipe = tmp_path / "large.txt", tmp_path / "bomb.zip", tmp_path / "pipe"
    with large.open("wb") as opened:
        opened.write(b"copper " * 1_000)
        opened.truncate(100_000_000)
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("article.txt", bytes(20_000_000))
    places = {str(large): "more than 16,000,000 bytes", str(bomb): "is a ZIP archive", str(tmp_path): "is a folder"}
    if Path("/dev/zero").is_char_device():
        places["/dev/zero"] = "holds binary data"
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
        threading.Thread(target=pipe.write_bytes, args=(b"%PDF-1.4",), daemon=True).start()
        places[str(pipe)] = "is a PDF"
    for place, told in places.items():
        started = time.perf_counter()
        with pytest.raises(InputError, match=told):
            CliRunner().invoke(app, [command, place], catch_exceptions=False)
        assert time.perf_counter() - started < SECONDS


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere.txt",), "nowhere.txt cannot be read"),
        ((".",), "is a folder"),
        (("-", "--published", "yesterday"), "no date; expected a day such as"),
    ],
)
def test_what_is_asked_wrongly_is_told(arguments: tuple[str, ...], told: str) -> None:
    with pytest.raises(InputError, match=told):
        CliRunner().invoke(app, ["read", *arguments], input=ENGLISH, catch_exceptions=False)


def test_utf_16_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    for encoding in ("utf-16", "utf-8-sig"):
        file.write_bytes(ARABIC.encode(encoding))
        assert json.loads(run(str(file)))["statements"][0]["value"] == 35e6


def test_the_schema_is_printed() -> None:
    assert json.loads(run("-", "--schema"))["properties"].keys() >= {"kind", "span", "commodity"}

"""Sentences of a scenario, in English, Arabic or both."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

LONGEST = 5000
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def clean(given: object) -> object:
    """A text without control characters around it or in it, but for line ends."""
    if not isinstance(given, str):
        raise ValueError("expected text")
    text = given.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise ValueError(f"text of {len(text)} characters; at most {LONGEST}")
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c not in "\n\t" for c in text):
        raise ValueError("the text holds control characters")
    return text


Prose = Annotated[str, BeforeValidator(clean)]


class Sentence(BaseModel):
    """A text in English, Arabic or both.

    In a file it may be plain text, which is Arabic if it holds Arabic letters.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: Prose = ""
    ar: Prose = ""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"ar" if _ARABIC.search(data) else "en": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _not_empty(self) -> Sentence:
        if not (self.en or self.ar):
            raise ValueError("the text is empty")
        return self

    def to_data(self) -> str | dict[str, str]:
        """Plain text if it is in one language and reads back the same, else by language."""
        if self.en and self.ar:
            return {"en": self.en, "ar": self.ar}
        text = self.en or self.ar
        return text if bool(_ARABIC.search(text)) == bool(self.ar) else {"ar" if self.ar else "en": text}

    def says(self, language: str) -> str:
        """The text in a language, or in the other if it has none."""
        return (self.ar or self.en) if language == "ar" else (self.en or self.ar)

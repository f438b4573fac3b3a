"""Who takes a measure and who bears it, where several countries stand in a sentence."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("India, where a fifth of the zinc used to be Chinese, scrapped its import duty on zinc.", ("IND",)),
        ("Export taxes on Russian zinc will be dropped, the finance ministry said.", ("RUS",)),
        ("Steel exporters in Vietnam face duties of 88% in the United States.", ("USA",)),
        ("The 25% duty covers all steel imported into the United States.", ("USA",)),
        ("Peru joins a list of countries, including Chile, that have outlawed raw zinc exports.", ("CHL",)),
        ("EU steel safeguard measures will expire in June 2026.", ("EUU",)),
        ("لن يسمح بتصدير الزنك إلا بعد معالجته في بيرو.", ("PER",)),
        ("فرض الرئيس الأميركي رسوما على صادرات كندا من الصلب.", ("USA",)),
        ("تبنى الاتحاد الأوروبي حظرا على تصدير الألماس الروسي.", ("EUU",)),
        ("تشمل الرسوم البالغة 25% جميع منتجات الصلب المستوردة إلى الولايات المتحدة.", ("USA",)),
        ("بريطانيا وأميركا تحظران النيكل من روسيا", ("GBR", "USA")),
    ],
)
def test_who_acts(only: Any, text: str, actor: tuple[str, ...]) -> None:
    assert only(text).actor == actor


def test_a_rate_that_somebody_is_spared_from_is_the_exemptions(only: Any) -> None:
    s = only("Washington has agreed to exempt Brazilian niobium from the 50% tariffs.")
    assert (s.instrument, s.status, s.actor, s.commodity, s.value) == ("tariff", "exempted", ("USA",), ("niobium",), 50.0)


def test_who_complains_does_not_act(measures: Any) -> None:
    first, *_ = measures("The US imposed a 25% tariff on steel. Australia said it would appeal against the 25% tariff on its steel.")
    assert first.actor == ("USA",)
    assert [s.actor for s in measures("Australia said it would appeal against the 25% tariff on its steel.")] == []

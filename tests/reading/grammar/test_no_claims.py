"""What looks like a claim about a market and is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    ("Shares in Glencore fell 3% in London after the company cut its copper guidance.", []),
    ("The company owns 49% of the Oyu Tolgoi copper mine in Mongolia, with the government holding the rest.", []),
    ("BHP plans to spend $10 billion on copper projects in Chile over the next decade.", []),
    ("The plant will employ 2,000 people and process 50,000 tonnes of nickel a year.", []),
    ("The mine has a life of 25 years and an average grade of 1.2% copper.", []),
    ("Inventories of copper in LME warehouses rose 5% to 150,000 tonnes.", []),
    ("Global nickel supply will exceed demand by 198,000 tonnes this year, the INSG said.", []),
    ("An electric car needs about 80 kg of copper, four times as much as a conventional one.", []),
    ("The bill would raise royalties on lithium from 3% to 5%.", []),
    ("Analysts expect the copper market to be in deficit of 300,000 tonnes.", []),
    ("China's economy grew 5% in 2024, supporting demand for steel.", []),
    ("The yuan fell 2% against the dollar, making copper imports dearer.", []),
    ("Barrick said it would take a $1 billion charge on its Mali gold mine.", []),
    ("The loan of $553 million will help upgrade the Lobito railway that carries copper and cobalt.", []),
    ("Two workers died and 20 were hurt at a coal mine in Poland.", []),
    ("The central bank bought 15 tonnes of gold in May, raising its holdings to 2,300 tonnes.", []),
    ("The group's profit from aluminium fell 40% to $300 million.", []),
    ("The tender is for 5,000 tonnes of cobalt for the strategic reserve.", []),
    ("Ore grades at Escondida fell 12%.", []),
    ("The ship was carrying 40,000 tonnes of nickel ore when it sank.", []),
    ("Rio Tinto increased its stake in the Simandou iron ore project to 45%.", []),
    ("The government will cut the export quota by 10%.", []),
    ("Copper accounts for 60% of the cost of a cable.", []),
    ("It would take the U.S. ten years and $5 billion to rebuild rare earth refining.", []),
    ("تراجعت أسهم شركة معادن 3% في تداولات الأحد.", []),
    ("تملك الحكومة 49% من منجم النحاس، والباقي لشركة كندية.", []),
    ("تعتزم بي إتش بي استثمار 10 مليارات دولار في مشاريع النحاس بتشيلي.", []),
    ("يوفر المصنع ألفي وظيفة بطاقة 50 ألف طن من النيكل سنويا.", []),
    ("ارتفعت مخزونات النحاس في مستودعات بورصة لندن 5% إلى 150 ألف طن.", []),
    ("يبلغ متوسط تركيز النحاس في الخام 1.2%.", []),
    ("تحتاج السيارة الكهربائية إلى 80 كيلوغراما من النحاس.", []),
    ("تتوقع المجموعة فائضا في سوق النيكل قدره 198 ألف طن هذا العام.", []),
    ("نما الاقتصاد الصيني 5% في 2024 مما دعم الطلب على الصلب.", []),
    ("اشترى البنك المركزي 15 طنا من الذهب في مايو.", []),
    ("لقي عاملان مصرعهما في منجم فحم في بولندا وأصيب 20 آخرون.", []),
    ("رفعت ريو تينتو حصتها في مشروع سيماندو لخام الحديد إلى 45%.", []),
    ("تراجعت أرباح الشركة من الألمنيوم 40% إلى 300 مليون دولار.", []),
    ("بلغت قيمة القرض 553 مليون دولار لتطوير سكة حديد لوبيتو التي تنقل النحاس والكوبالت.", []),
    ("ضبطت السلطات السودانية 27 كيلوغراما من الذهب المهرب.", []),
    ("كانت السفينة تحمل 40 ألف طن من خام النيكل حين غرقت.", []),
    ("تعادل الرسوم 10% من قيمة شحنات البوكسيت.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected

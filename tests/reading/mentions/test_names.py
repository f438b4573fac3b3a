"""Names are found in both languages and all their forms, and words that only look like names are left alone."""

from __future__ import annotations

from itertools import chain, pairwise

import pytest

from maadin.facts import catalogue, regions
from maadin.reading.mentions import homographs, names
from maadin.reading.mentions.commodities import commodities
from maadin.reading.mentions.organisations import organisations
from maadin.reading.mentions.phrases import split
from maadin.reading.mentions.places import places
from maadin.reading.model import Mention
from maadin.reading.source import clean
from maadin.reading.words import sentences

ALL = tuple(chain(commodities(), places(), organisations()))
CODES = {*regions.countries(), *regions.groups(), "EUU", ""}


def found(text: str, *kinds: str) -> list[Mention]:
    mentions = [m for s in sentences(clean(text)) for m in names.find(s)]
    return [m for m in mentions if not kinds or m.kind in kinds]


def ids(text: str, *kinds: str) -> list[str]:
    return [m.id for m in found(text, *kinds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nickel ore, bauxite and copper cathodes were shipped.", ["nickel", "bauxite", "copper"]),
        ("Aluminum, primary aluminium and alumina prices rose.", ["aluminium", "aluminium", "alumina"]),
        ("Output of spodumene and lithium carbonate doubled.", ["lithium", "lithium"]),
        ("Rare-earth magnets, NdFeB and dysprosium", ["rare-earths", "rare-earths", "rare-earths"]),
        ("Ilmenite, rutile and titanium sponge", ["titanium", "titanium", "titanium"]),
        ("Coking coal and coal", ["coking-coal", "coal"]),
        ("Critical minerals, base metals and raw materials", ["minerals", "minerals", "minerals"]),
        ("Iron and steel, stainless steel, pig iron, iron ore", ["steel", "steel", "pig-iron", "iron-ore"]),
        ("Nickel pig iron and ferrochrome", ["nickel", "chromium"]),
        ("Lithium-ion batteries and lithium", ["batteries", "lithium"]),
        ("Soybeans, electricity and all goods", ["soybeans", "electricity", "all-goods"]),
        ("صادرات الألومنيوم والألمنيوم والألمونيوم والومنيوم", ["aluminium"] * 4),
        ("خام النيكل والبوكسيت والكوبلت والجاليوم والقاليوم", ["nickel", "bauxite", "cobalt", "gallium", "gallium"]),
        ("التنغستن والتنجستن والولفرام والأنتيمون والإثمد", ["tungsten"] * 3 + ["antimony"] * 2),
        ("بالنحاس وللنحاس ونحاسها كالنحاس", ["copper"] * 4),
        ("المعادن الأرضية النادرة ومغناطيسات الأرض النادرة والعناصر النادرة", ["rare-earths"] * 3),
        ("المعادن الحرجة والمعادن الخام والثروات المعدنية", ["minerals"] * 3),
        ("الحديد والصلب وخام الحديد والفولاذ", ["steel", "iron-ore", "steel"]),
        ("الفسفاط والفوسفات والبوتاس والغرافيت والجرافيت", ["phosphate", "phosphate", "potash", "graphite", "graphite"]),
        ("بطاريات الليثيوم والليثيوم", ["batteries", "lithium"]),
        ("الفحم وفحم الكوك والألماس", ["coal", "coking-coal", "diamonds"]),
    ],
)
def test_commodities(text: str, expected: list[str]) -> None:
    assert ids(text, "commodity") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Higher tariffs lead to higher prices.", []),
        ("China leads the world and will lead it again.", []),
        ("the lead negotiator, with a long lead time", []),
        ("Refined lead output and lead-zinc mines", ["lead", "lead", "zinc"]),
        ("zinc, lead and silver", ["zinc", "lead", "silver"]),
        ("the largest producer of lead", ["lead"]),
        ("a gold medal, an iron fist and a silver lining", []),
        ("greenhouse gas emissions, palm oil, a tin can", ["food"]),
        ("Rio Tinto raised tin output", ["tin"]),
        ("ذهب الوزير أمس وقد ذهب معه الوفد", []),
        ("مناجم ذهب، والذهب، ونحاس وذهب", ["gold", "gold", "copper", "gold"]),
        ("أطلقت الشرطة الرصاص", []),
        ("إنتاج الرصاص والزنك", ["lead", "zinc"]),
        ("سكة حديد ووقود صلب", []),
        ("صناعة الصلب", ["steel"]),
        ("تلك المعادن", ["minerals"]),
        ("المورد الرئيسي للمعادن الثقيلة", []),
        ("جميع واردات النحاس وجميع الواردات", ["copper", "all-goods"]),
    ],
)
def test_words_that_are_commodities_only_at_times(text: str, expected: list[str]) -> None:
    assert ids(text, "commodity") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The US told us that U.S. imports fell; give us more.", ["USA", "USA"]),
        ("Turkey buys turkey.", ["TUR"]),
        ("Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea", ["GIN", "GNB", "GNQ", "PNG"]),
        ("Niger and Nigeria", ["NER", "NGA"]),
        ("Congo and the DRC", ["COD", "COD"]),
        ("the Republic of the Congo and the Democratic Republic of the Congo", ["COG", "COD"]),
        ("Congo said from Brazzaville", ["COG", "COG"]),
        ("South Korea, North Korea and Korean mills", ["KOR", "PRK", "KOR"]),
        ("Georgia and Armenia", ["GEO", "ARM"]),
        ("Georgia, Tennessee and Alabama", ["USA", "USA", "USA"]),
        ("American, Chinese and South African companies", ["USA", "CHN", "ZAF"]),
        ("Americans, Russians and the Dutch", ["USA", "RUS", "NLD"]),
        ("Western Australia and Inner Mongolia", ["AUS", "CHN"]),
        ("the EU, the European Union, Brussels and Europe", ["EUU"] * 4),
        ("G7 and OPEC", ["G7", "OPEC"]),
        ("Latin America and the Gulf of Guinea", ["", ""]),
        ("US$5 billion, 3 million Canadian dollars and the Chinese yuan", []),
        ("China won the contract and India real growth", ["CHN", "IND"]),
        ("الصين والصينية والصينيين وللصينيين", ["CHN"] * 4),
        ("الأمريكي والأميركية والأميركيتين", ["USA"] * 3),
        ("السعودي والأفغان والفلبينية والأتراك", ["SAU", "AFG", "PHL", "TUR"]),
        ("كوريا الجنوبية والشركات الكورية الجنوبية وكوريا الشمالية", ["KOR", "KOR", "PRK"]),
        ("غينيا وغينيا بيساو وغينيا الاستوائية وبابوا غينيا الجديدة", ["GIN", "GNB", "GNQ", "PNG"]),
        ("النيجر ونيجيريا وغانا وغينيا", ["NER", "NGA", "GHA", "GIN"]),
        ("الكونغو والكونجو الديمقراطية", ["COD", "COD"]),
        ("جنوب أفريقيا وأفريقيا", ["ZAF", ""]),
        ("دعم مالي كبير للسوق المالية", []),
        ("في مالي والنيجر", ["MLI", "NER"]),
        ("القوة القاهرة في المنجم", []),
        ("وصل إلى القاهرة", ["EGY"]),
        ("نصف قطر الأنبوب", []),
        ("قطر والإمارات وسلطنة عمان", ["QAT", "ARE", "OMN"]),
        ("في عمان عاصمة الأردن", ["JOR", "JOR"]),
        ("صلاة المغرب", []),
        ("المغرب وتونس والجزائر", ["MAR", "TUN", "DZA"]),
        ("خمسة ملايين دولار أمريكي", []),
        ("كراسنويارسك في سيبيريا، وغرب أستراليا", ["RUS", "RUS", "AUS"]),
    ],
)
def test_places(text: str, expected: list[str]) -> None:
    assert ids(text, "place") == expected


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("Chinese", "adjective"),
        ("the Russians", "people"),
        ("the Kremlin", "actor"),
        ("Atacama", "inside"),
        ("OPEC", "group"),
        ("Africa", "region"),
        ("European", "loose"),
        ("LONDON, Feb 3 (Reuters) - Prices rose.", "dateline"),
        ("موسكو (رويترز) - ارتفعت الأسعار", "dateline"),
        ("البيت الأبيض", "actor"),
        ("الأميركيون", "people"),
        ("الليثيوم التشيلي", "adjective"),
        ("أوروبا", "loose"),
    ],
)
def test_traits_of_places(text: str, trait: str) -> None:
    assert trait in found(text, "place")[0].traits


def test_a_country_is_no_adjective() -> None:
    for text in ("تشيلي", "في مالي", "China", "الصين"):
        assert "adjective" not in found(text, "place")[0].traits


@pytest.mark.parametrize(
    ("text", "kind", "expected", "name"),
    [
        ("Codelco", "company", "CHL", "Codelco"),
        ("Rio Tinto's smelter", "company", "GBR", "Rio Tinto"),
        ("Ma'aden signed", "company", "SAU", "Ma'aden"),
        ("وريو تينتو", "company", "GBR", "Rio Tinto"),
        ("شركة كوديلكو", "company", "CHL", "Codelco"),
        ("الإمارات العالمية للألمنيوم", "company", "ARE", "Emirates Global Aluminium"),
        ("المجمع الشريف للفوسفاط", "company", "MAR", "OCP"),
        ("Donald Trump", "person", "USA", "Donald Trump"),
        ("ترمب", "person", "USA", "Donald Trump"),
        ("فلاديمير بوتين", "person", "RUS", "Vladimir Putin"),
        ("Xi Jinping", "person", "CHN", "Xi Jinping"),
        ("China's commerce ministry", "office", "CHN", "commerce ministry"),
        ("the ministry of mines of Guinea", "office", "GIN", "mines ministry"),
        ("the U.S. Commerce Department", "office", "USA", "US Commerce Department"),
        ("President of the United States", "office", "USA", "head of state or government"),
        ("President Xi Jinping", "office", "CHN", "head of state or government"),
        ("the government said", "office", "", "government"),
        ("وزارة التجارة الصينية", "office", "CHN", "commerce ministry"),
        ("وزير الطاقة والثروات الباطنية الإندونيسي", "office", "IDN", "minister"),
        ("حكومة إندونيسيا", "office", "IDN", "government"),
        ("الرئيس الأميركي دونالد ترامب", "office", "USA", "head of state or government"),
        ("رئيس غينيا", "office", "GIN", "head of state or government"),
        ("USGS", "source", "USA", "US Geological Survey"),
        ("لهيئة المسح الجيولوجي الأميركية", "source", "USA", "US Geological Survey"),
        ("China Customs data", "source", "CHN", "China customs"),
        ("Indonesian customs data", "source", "IDN", "customs"),
        ("London Metal Exchange", "source", "", "London Metal Exchange"),
        ("South China Morning Post", "source", "", "South China Morning Post"),
        ("the Washington Post", "source", "", "Washington Post"),
        ("وكالة الطاقة الدولية", "source", "", "International Energy Agency"),
    ],
)
def test_organisations_and_persons(text: str, kind: str, expected: str, name: str) -> None:
    mention = found(text)[0]
    assert (mention.kind, mention.id, mention.traits["name"]) == (kind, expected, name)


@pytest.mark.parametrize(
    "text",
    [
        "the company president",
        "the president of Alcoa",
        "الرئيس التنفيذي لشركة كوديلكو",
        "رئيس شركة روسال",
        "المورد الرئيسي",
        "التجارة الخارجية",
        "US steel imports",
        "the mosaic of the vale",
        "Paris Agreement",
    ],
)
def test_no_office_and_no_company(text: str) -> None:
    assert [m for m in found(text, "office", "company") if m.traits["name"] not in ("Alcoa", "Codelco", "Rusal")] == []


def test_the_longer_name_wins_across_kinds() -> None:
    assert ids("Antofagasta Minerals and Jordan Phosphate Mines") == ["CHL", "JOR"]
    assert [m.kind for m in found("Peru's Southern Copper and the Bank of America")] == ["place", "company", "source"]
    assert [m.kind for m in found("بورصة لندن للمعادن وواشنطن بوست")] == ["source", "source"]
    assert [m.kind for m in found("Rio Tinto aluminium")] == ["company", "commodity"]


@pytest.mark.parametrize("code", [c for c in regions.countries() if c not in (*regions.TOTALS, "EFT", "ZA1", "PUS", "ANT", "SCG", "CSK")])
def test_every_country_is_found_by_its_names(code: str) -> None:
    country = regions.countries()[code]
    for name in (country.en, country.ar):
        if not set("().") & set(name) and name not in ("نيوي", "بالاو"):
            text = f"It went to {name} in May." if name == country.en else f"وصل الوفد إلى {name} قبل يومين"
            assert ids(text, "place") == [code], name


@pytest.mark.parametrize("code", sorted(regions.actors()))
def test_every_seat_of_government_is_found(code: str) -> None:
    for name in regions.actors()[code]:
        if name not in ("كابل",):
            mentions = found(f"قالت {name} إنها", "place") or found(f"the news from {name} said", "place")
            assert [m.id for m in mentions] == ["EUU" if code == "EU27" else code], name


@pytest.mark.parametrize("commodity", list(catalogue.commodities().values()), ids=lambda c: c.id)
def test_every_commodity_is_found_by_its_names(commodity: catalogue.Commodity) -> None:
    wider = {"steam-coal": "coal", "gem-diamonds": "diamonds"}
    for english in (commodity.names.en, *commodity.synonyms.en):
        if "(" not in english:
            assert set(ids(f"tonnes of {english} prices", "commodity")) <= {commodity.id, wider.get(commodity.id)} != set(), english
    for arabic in (commodity.names.ar, *commodity.synonyms.ar):
        if arabic != "الخام":
            assert set(ids(f"بلغ إنتاج {arabic} مليون طن", "commodity")) <= {commodity.id, wider.get(commodity.id)}, arabic
            assert ids(f"بلغ إنتاج {arabic} مليون طن", "commodity"), arabic


@pytest.mark.parametrize(
    "text",
    [
        "قالت وزارة التجارة الصينية إن صادرات الغاليوم إلى الولايات المتحدة تراجعت",
        "تمتلك تشيلي أكبر احتياطيات الليثيوم وفقا لهيئة المسح الجيولوجي الأميركية",
        "حظرت إندونيسيا تصدير خام النيكل والبوكسيت",
    ],
)
def test_marks_and_hamza_do_not_count(text: str) -> None:
    plain = [(m.kind, m.id) for m in found(text)]
    for other in (
        text.replace("ا", "ا\u064e"),
        text.replace("أ", "ا").replace("إ", "ا"),
        text.replace("ة", "ه"),
        text.replace("ل", "ل\u0640"),
    ):
        assert [(m.kind, m.id) for m in found(other)] == plain


def test_capitals_of_a_headline_change_nothing() -> None:
    text = "China's commerce ministry curbs exports of gallium to the United States, Reuters says"
    assert [(m.kind, m.id) for m in found(text.upper())] == [(m.kind, m.id) for m in found(text)]


def test_a_conjunction_or_preposition_is_kept_in_the_form() -> None:
    assert [m.form.before for m in found("وللصين بالنحاس وأستراليا")] == ["ول", "ب", "و"]


def test_mentions_stand_in_order_and_apart() -> None:
    for sentence in sentences(
        clean("China's commerce ministry, Rio Tinto and U.S. Steel told the London Metal Exchange of lead and zinc in Peru.")
    ):
        mentions = names.find(sentence)
        assert mentions == names.find(sentence)
        assert all(0 <= m.first < m.last <= len(sentence.words) for m in mentions)
        assert all(one.last <= other.first for one, other in pairwise(mentions))


def test_ids_are_known() -> None:
    for entry in ALL:
        name = entry.traits["name"]
        if name.kind == "commodity":
            known = entry.id in catalogue.commodities() or "generic" in name.traits or "outside" in name.traits or "covers" in name.traits
            assert known, entry
            assert name.traits["name"]
        else:
            assert entry.id in CODES, entry
        assert all(home in CODES for home in name.traits.get("homes", ()))


def test_each_rule_is_about_a_known_name() -> None:
    known = {(entry.traits["name"].kind, split(phrase)) for entry in ALL for phrase in entry.phrases}
    idle = [p for r in homographs.rules() for p in r.phrases if not any((k, split(p)) in known for k in r.traits["rule"].kinds)]
    assert idle == []

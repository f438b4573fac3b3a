"""Ways in which English newspapers tell a measure: metaphors, headlines, passives, verbal nouns, offers and loans in other words than the usual ones."""

from __future__ import annotations

from typing import Any

import pytest

TOLD: list[tuple[str, str, str, str, float | None, str]] = [
    # duties
    ("India jacks up export tax on iron ore to 50%", "tariff", "IND", "iron ore", 50.0, "in_force"),
    ("Ottawa will double its surtax on Chinese steel to 50 per cent, the finance minister announced.", "tariff", "CAN", "steel", 50.0, "announced"),
    ("The tariff on copper, originally set at 25%, was lifted to 50% by Washington.", "tariff", "USA", "copper", 50.0, "in_force"),
    ("The United Kingdom's steel exporters face a 25 per cent tariff in the American market.", "tariff", "USA", "steel", 25.0, "in_force"),
    ("Argentina's government axed the 4.5 per cent retention on lithium exports.", "tariff", "ARG", "lithium", 4.5, "ended"),
    ("Pretoria wants a 25% export tax on chrome ore to protect its smelters.", "tariff", "ZAF", "chromium", 25.0, "proposed"),
    ("Zambia will scrap a plan to impose a 7.5 percent import duty on copper concentrates.", "tariff", "ZMB", "copper", 7.5, "withdrawn"),
    # bans
    ("Harare pulled the plug on raw lithium exports.", "ban", "ZWE", "lithium", None, "in_force"),
    ("Gabon is shutting the door on raw manganese exports.", "ban", "GAB", "manganese", None, "in_force"),
    ("Kuala Lumpur will forbid overseas sales of unprocessed rare earths.", "ban", "MYS", "rare earths", None, "announced"),
    ("From January 2027 no lithium concentrate will be allowed to leave Zimbabwe.", "ban", "ZWE", "lithium", None, "announced"),
    ("Exports of unrefined tin are no longer permitted in Rwanda.", "ban", "RWA", "tin", None, "in_force"),
    ("Tanzania made it illegal to export raw lithium.", "ban", "TZA", "lithium", None, "in_force"),
    ("Kinshasa prolonged its suspension of cobalt shipments until September.", "ban", "COD", "cobalt", None, "in_force"),
    ("UK to block imports of Russian aluminium", "ban", "GBR", "aluminium", None, "announced"),
    ("No gallium may be exported to the US, Beijing said.", "ban", "CHN", "gallium", None, "in_force"),
    ("Congo's cobalt embargo was extended by three months in June.", "ban", "COD", "cobalt", None, "in_force"),
    # controls and quotas
    ("China requires exporters of gallium and germanium to obtain licences.", "export_control", "CHN", "gallium", None, "in_force"),
    ("China placed seven rare earths under export licensing.", "export_control", "CHN", "rare earths", None, "in_force"),
    ("Beijing tightened the screws on rare earth exports.", "export_control", "CHN", "rare earths", None, "in_force"),
    ("Beijing put its latest rare earth curbs on ice for a year.", "export_control", "CHN", "rare earths", None, "suspended"),
    ("Burkina Faso has suspended the issuing of export permits for small-scale gold.", "export_control", "BFA", "gold", None, "in_force"),
    ("China granted general licences for rare earth exports to suppliers of Ford.", "export_control", "CHN", "rare earths", None, "eased"),
    ("Congo capped cobalt exports at 96,600 tonnes a year.", "quota", "COD", "cobalt", 96600.0, "in_force"),
    # offers and territories
    ("Congo offered Washington access to its cobalt and tantalum in exchange for security guarantees.", "supply_offer", "COD", "cobalt", None, "proposed"),
    ("Tashkent offered the EU its tungsten and copper.", "supply_offer", "UZB", "tungsten", None, "proposed"),
    ("Putin Offers Russian Rare Earths, Aluminum to US", "supply_offer", "RUS", "rare earths", None, "proposed"),
    ("Russia is willing to resume titanium deliveries to Boeing if sanctions are removed.", "supply_offer", "RUS", "titanium", None, "proposed"),
    ("Putin offered American partners access to rare earths in the new territories.", "territory", "RUS", "rare earths", None, "proposed"),
    # projects and money
    ("Kyiv and Washington inked a minerals pact on Wednesday.", "joint_venture", "UKR", "minerals", None, "announced"),
    ("Putin offered the U.S. the opportunity for joint exploration of rare earth metals.", "joint_venture", "RUS", "rare earths", None, "proposed"),
    ("Ivanhoe switched on Africa's biggest copper smelter at Kamoa-Kakula.", "capacity_project", "CAN", "copper", None, "in_force"),
    ("Kazatomprom mulls a new uranium mine in Turkistan.", "capacity_project", "KAZ", "uranium", None, "considered"),
    ("Vedanta put on hold its planned copper smelter in Saudi Arabia.", "capacity_project", "IND", "copper", None, "suspended"),
    ("Alcoa is to restart the San Ciprian aluminium smelter in Spain.", "capacity_project", "USA", "aluminium", None, "announced"),
    ("First Quantum wants to restart its Cobre Panama copper mine.", "capacity_project", "CAN", "copper", None, "proposed"),
    ("The Pentagon poured $35 million into MP Materials' heavy rare earth facility.", "fund", "USA", "rare earths", 35e6, "announced"),
    ("Serra Verde secured $465 million in funding for rare earths from the United States.", "fund", "USA", "rare earths", 465e6, "announced"),
    ("Washington has moved away from plans to set guaranteed minimum prices for critical minerals.", "price_support", "USA", "minerals", None, "withdrawn"),
    ("Tokyo discussed a price floor for rare earths.", "price_support", "JPN", "rare earths", None, "considered"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "instrument", "actor", "commodity", "value", "status"), TOLD)
def test_a_measure_in_other_words(
    measures: Any, text: str, instrument: str, actor: str, commodity: str, value: float | None, status: str
) -> None:
    found = [s for s in measures(text) if s.instrument == instrument]
    assert [(actor in s.actor, commodity in s.commodity, s.value, s.status) for s in found] == [(True, True, value, status)]


@pytest.mark.parametrize(
    "text",
    [
        "The talks covered tariffs, trade and security.",
        "Bans rarely work, according to a study of mineral policy.",
        "A strike halted copper exports from Chile.",
        "Traders rushed copper to the United States before the tariffs.",
        "The plant employs 1,200 people and produces steel for carmakers.",
        "The mine opened in 1915 and closed in 1962.",
        "Production of bauxite was limited by heavy rains.",
        "The team won gold in the relay and the ban on its captain was lifted.",
        "The company raised $500 million by selling shares.",
        "The smelter is the largest in Europe and uses hydropower.",
        "Rare earths are used in magnets, motors and missiles.",
        "Importers hoarded copper for fear of tariffs.",
        "The road project will cost $2 billion and needs 100,000 tonnes of steel.",
        "Trump has threatened tariffs many times before.",
    ],
)
def test_talk_of_measures_is_none(measures: Any, text: str) -> None:
    assert measures(text) == []

"""Screening of traded quantities by unit value: what looks wrong is flagged, never changed or deleted.

Within one series, code and year the logs of the unit values (USD per tonne) are compared with their value-weighted median; a flow further
away than `LIMIT` robust standard deviations (value-weighted median absolute deviation, modified z-score of Iglewicz & Hoaglin 1993)
is flagged. Weights by value keep the many tiny flows, whose quantities are rounded, from setting the scale; no flow weighs more than `LARGEST_WEIGHT`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

LIMIT = 3.5
NORMAL = 0.6745  # median absolute deviation of a standard normal
FLOOR = 0.03  # smallest spread of log unit values taken as real: 3 %, about what freight adjustments leave
LARGEST_WEIGHT = 0.1  # share of a year's trade beyond which a flow weighs no more: one wrong flow must not set the middle
SMALLEST_KG, SMALLEST_USD = 1_000, 10_000  # below, rounding decides the unit value

FLAGS = {
    "": "passed, or heading total",
    "no_quantity": "the source gives no quantity",
    "too_small": "under 1 tonne or 10,000 USD: unit value not judged",
    "unit_value_low": "unit value far below the world's for this code and year",
    "unit_value_high": "unit value far above the world's for this code and year",
}


def flag_unit_values(connection: duckdb.DuckDBPyConnection, flows: str, flagged: str) -> None:
    """Write table `flagged` = `flows` with a column `flag`.

    Parameters
    ----------
    connection : DuckDB connection
        Holds `flows` with columns series, year, hs6, exporter, importer, value_usd, quantity_kg.
    flows, flagged : str
        Table names.
    """
    connection.execute(f"""
        create or replace temp table screened as
        select series, hs6, year, exporter, importer, ln(value_usd / quantity_kg) as level,
            least(value_usd, {LARGEST_WEIGHT} * sum(value_usd) over (partition by series, hs6, year)) as weight
        from {flows}
        where quantity_kg >= {SMALLEST_KG} and value_usd >= {SMALLEST_USD} and exporter <> 'WLD'
    """)
    connection.execute("""
        create or replace temp table middle as
        select series, hs6, year, min(level) filter (so_far >= total / 2) as median from (
            select *, sum(weight) over (partition by series, hs6, year) as total,
                sum(weight) over (partition by series, hs6, year order by level, exporter, importer
                    rows unbounded preceding) as so_far
            from screened)
        group by all
    """)
    connection.execute("""
        create or replace temp table spread as
        select series, hs6, year, min(median) as median, min(distance) filter (so_far >= total / 2) as deviation from (
            select *, sum(weight) over (partition by series, hs6, year) as total,
                sum(weight) over (partition by series, hs6, year order by distance, exporter, importer
                    rows unbounded preceding) as so_far
            from (select screened.*, median, abs(level - median) as distance
                from screened join middle using (series, hs6, year)))
        group by all
    """)
    connection.execute(f"""
        create or replace table {flagged} as
        select f.*, case
            when f.exporter = 'WLD' then ''
            when quantity_kg is null then 'no_quantity'
            when quantity_kg < {SMALLEST_KG} or value_usd < {SMALLEST_USD} then 'too_small'
            when {NORMAL} * (ln(value_usd / quantity_kg) - median) / greatest(deviation, {FLOOR}) > {LIMIT}
                then 'unit_value_high'
            when {NORMAL} * (ln(value_usd / quantity_kg) - median) / greatest(deviation, {FLOOR}) < -{LIMIT}
                then 'unit_value_low'
            else '' end as flag
        from {flows} f left join spread using (series, hs6, year)
    """)

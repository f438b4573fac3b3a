"""Questions to the tables, one module a kind of figure; answers are `maadin.facts.table.Table` objects."""

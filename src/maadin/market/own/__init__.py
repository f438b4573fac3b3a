"""How the user's own figures become a benchmark; `maadin.market.own_data` has the way in and out."""

"""The web app and JSON API. Nothing here yet."""

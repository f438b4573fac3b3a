"""`python -m maadin`."""

from maadin.cli.app import main

main()

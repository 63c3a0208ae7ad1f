"""`python -m ui` is `quotient`."""

from ui.cli import main

main()

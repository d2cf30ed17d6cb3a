"""How fast the site is built and read, measured by hand: see README.md. No test runs this."""

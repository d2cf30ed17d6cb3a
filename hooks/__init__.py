"""What the build adds to MkDocs. `build.py` says what happens when."""

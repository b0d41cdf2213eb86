"""`python -m rapextract` is the command line."""

from rapextract.cli import main

if __name__ == "__main__":
    main(prog_name="rapextract")

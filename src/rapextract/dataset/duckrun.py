"""Run as a script, in a process of its own: build a DuckDB database.

Standard input is JSON: `config` as `duckdb.connect` takes it, and `statements` in SQL. Where DuckDB refuses,
standard output says why, as JSON: `error` (its class) and `reason`. Nothing of the program is imported, and
of DuckDB, where that can be, only the engine and not the package around it, so that the process starts at
once.
"""

from __future__ import annotations

import json
import sys

try:
    import _duckdb as duckdb
except ImportError:  # before 1.4
    import duckdb  # type: ignore[no-redef]


def main() -> int:
    """Do what standard input asks; 0 when done, 1 where DuckDB refuses."""
    job = json.load(sys.stdin.buffer)
    try:
        with duckdb.connect(config=job["config"]) as connection:
            connection.execute(job["statements"])
    except duckdb.Error as error:
        json.dump({"error": type(error).__name__, "reason": str(error).splitlines()[0]}, sys.stdout)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

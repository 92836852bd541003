"""The sample Duban ships (示例): a fictional street office's task table, its revision, its roster, its places.

`python -m duban.sample.make` makes the workbooks from table.csv, organisation.py, neighbourhood.py: edit those.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
TABLE = FOLDER / "sample_table.xlsx"
REVISED_TABLE = FOLDER / "sample_table_revised.xlsx"
ROSTER = FOLDER / "sample_roster.xlsx"
PLACES = FOLDER / "sample_places.xlsx"

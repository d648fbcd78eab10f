"""What the imports cost."""

import sys
from statistics import median

from tests.bench.clocks import RUNS, spent

IMPORTS = (
    "import ctanalysis",
    "import pandas, matplotlib",
    "import pandas, matplotlib.pyplot",
    "pass",
)  # pass: Python's own start


def imports(folder):
    found = {code: [] for code in IMPORTS}
    for _ in range(RUNS):
        for code in IMPORTS:
            found[code].append(spent([sys.executable, "-c", code])[0])
    seconds = {code: median(runs) for code, runs in found.items()}
    print(f"Imports, each a process from its start to its end: median of {RUNS} runs, by turns\n")
    for code, took in seconds.items():
        ratio = f"import ctanalysis takes {seconds[IMPORTS[0]] / took:.2f} times as long" if "pandas" in code else ""
        print(f"   {took:6.2f} s  {code:34} {ratio}")

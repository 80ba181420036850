"""Print every figure."""

import asyncio
import sys

from bench import charting, drawing, importing, listing, opening, peaks, pulling, searching
from bench.figures import Figure


def tell(figure: Figure) -> None:
    """One line."""
    ours, reference = f"{figure.ours * 1000:.1f} ms", f"{figure.reference * 1000:.1f} ms"
    print(f"{figure.name:<40} {ours:>12}   reference {reference:>12}   ratio {figure.ratio:.2f}", flush=True)


for module in (opening, drawing, charting, pulling):
    tell(asyncio.run(module.measure()))
for several in (listing, searching, importing):
    for figure in asyncio.run(several.measure()):
        tell(figure)

if sys.platform == "linux":
    growth = f"{peaks.measure_growth() / 1e6:.1f} MB"
    print(
        f"{'memory of that first sync, at its peak':<40} {growth:>12}   limit {peaks.LIMIT / 1e6:>16.0f} MB", flush=True
    )

"""Print every figure."""

import asyncio

from bench import drawing, listing, opening, pulling

for module in (opening, listing, drawing, pulling):
    figure = asyncio.run(module.measure())
    ours, reference = f"{figure.ours * 1000:.1f} ms", f"{figure.reference * 1000:.1f} ms"
    print(f"{figure.name:<40} {ours:>12}   reference {reference:>12}   ratio {figure.ratio:.2f}", flush=True)

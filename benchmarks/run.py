"""All benchmarks, one table after the other: ``make bench``."""

import weeks

import commands
import readers

for part in (readers, commands, weeks):
    print(f"\n== {part.__doc__.splitlines()[0]}" if part.__doc__ else "")
    part.main()

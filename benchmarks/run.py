"""All benchmarks, one table after the other: ``make bench``."""

import commands
import figure
import form
import laboratory
import pages
import people
import playing
import readers
import video
import weeks
import years_of_runs

for part in (
    readers,
    laboratory,
    form,
    video,
    commands,
    pages,
    people,
    playing,
    weeks,
    years_of_runs,
    figure,
):
    print(f"\n== {part.__doc__.splitlines()[0]}" if part.__doc__ else "")
    part.main()

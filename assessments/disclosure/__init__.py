"""Decides what may be seen of a round: once, for every reader, on counts of people and sums. Knows no Django.

    scores  ->  population  ->  limits, decisions, dimensions  ->  figures, reasons  ->  Published
                (who)           (what may be shown)                (what is said of it)

publish.py takes these steps, one after the other. Decisions rest on groups, combinations and extremes (levels and
partners of one scale), dimensions on mixes and remainders (a level's dimensions beside their factor).

A reader may know who was invited and how many answered in each partner × level, and may combine all published figures.
No combination of them may rest on fewer people than the minimum, nor lie so near an end of the scale that answers
follow. docs/disclosure.md has the rules by number, as they are cited here, and why they are enough.

The words:

    m, 2m          the round's minimum group size, and twice that (ouders have an m of their own)
    everybody      all who have a score on a scale
    judged         counted for m and 2m: those with a personal link where some came by an open one, else everybody
    guests         everybody but the judged: nobody knows who filled those in
    cell           the people of one partner at one level: counted, never shown
    combination    some shown levels less some shown partners: what a reader can add up and subtract
    rests on       of a combination: the people who still count in it after the subtracting; it touches these
    slack          what is missing in a sum until all answers in it are at one end of the scale
    limit          '1,5 of lager' or '4,5 of hoger', in the place of a mean near an end
    small          hidden since too few of the judged have a score: under m (rule 1), a dimension under 2m or 10 (6a)
    complementary  hidden though large enough, since what may not be known would follow (rules 2, 3b, 6 and 7)

An example by hand, the network of the public page 'Zo rekenen wij'. Seventeen people have a score, and m is 3:

                          uitvoerend  management  bestuur  together
    scholen                        5           4                  9
    buurtteams                     3           1                  4
    samenwerkingsverband                       1        1         2
    gemeente                                            2         2
    together                       8           6        3

Rule 1 hides samenwerkingsverband and gemeente. A reader who sees the rest takes uitvoerend and management (8 + 6)
less scholen and buurtteams (9 + 4), and has the score of one person, the manager of the samenwerkingsverband:

>>> from assessments.disclosure.combinations import smallest_combination
>>> people = {
...     ("scholen", "uitvoerend"): 5, ("scholen", "management"): 4,
...     ("buurtteams", "uitvoerend"): 3, ("buurtteams", "management"): 1,
...     ("samenwerkingsverband", "management"): 1, ("samenwerkingsverband", "bestuur"): 1,
...     ("gemeente", "bestuur"): 2,
... }
>>> levels = ["uitvoerend", "management", "bestuur"]
>>> smallest_combination(people, levels, ["scholen", "buurtteams"], 3)
Combination(people=1, levels=('management', 'uitvoerend'), partners=('buurtteams', 'scholen'))

So rule 2 hides the smaller of these two partners, and the rest combines to three people or more, the fewest being
bestuur itself:

>>> smallest_combination(people, levels, ["scholen"], 3) is None
True
>>> from assessments.disclosure.groups import decide
>>> for group, why in sorted(decide(people, 3).hidden.items(), key=lambda hidden: hidden[0].key):
...     print(group.key, why)
buurtteams complementary
gemeente small
samenwerkingsverband small
>>> sorted(group.key for group in decide(people, 3).groups)
['bestuur', 'management', 'scholen', 'uitvoerend']
"""

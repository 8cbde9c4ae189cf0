"""What may be seen of a round: decided once, for every reader, on counts of people and sums. Pure; knows no Django.

    scores  ->  decide (groups.py, dimensions.py)  ->  publish (publish.py)  ->  Published

A reader may know who was invited and how many answered in each partner × level, and may combine all published
figures. The rule: no combination of them may rest on fewer people than the minimum (combinations.py, mixes.py), nor
lie so near an end of the scale that answers follow (extremes.py, remainders.py).
"""

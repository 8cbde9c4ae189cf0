"""Makes exact scores of counted answers: data frames in, frozen dataclasses out. Knows no Django, no clock.

    patterns  ->  score cells  ->  moments per group and scale
    (input)       (cells.py)       (scoring.py)

The module that asks imports from the one that has it: groups, moments, readings, intervals and reliability are light,
cells and scoring load pandas. Who may see which of these figures is decided in `assessments.disclosure`, never here.
"""

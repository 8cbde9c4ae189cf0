"""Makes exact scores from counted answers: data frames in, frozen dataclasses out. Knows no Django and no clock.

    patterns  ->  score cells  ->  moments per group and scale
    (input)       (cells.py)       (scoring.py)

Import a name from the module that defines it: groups, moments, readings, intervals and reliability are light, cells and
scoring load pandas. Who may see which of these figures is decided in `assessments.disclosure`, never here.
"""

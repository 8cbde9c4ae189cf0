"""Makes exact scores from counted answers: data frames in, frozen dataclasses out. Knows no Django and no clock.

    answers  ->  patterns       ->  score cells  ->  moments by scale and group
    (input)      (counting.py)      (cells.py)       (scoring.py)

`scoring.score` is the entrance: it takes counted patterns to scores. The words:

    block       the statements that are counted together: a factor's, the outcome's, or those of ouders
    scale       what a score is of: a factor, a dimension of it, the outcome, or the perspective (ouders)
    pattern     one person's answers to a block, a character a statement
    mask        which statements of a block somebody answered, '1' or '0' each
    cell        the people of one partner at one level
    score cell  how many people of a cell gave so many answers on a scale, with the same total, and as many '?'
    group       a level, a partner, the network, or ouders
    score       a person's is the mean of their answers on a scale, a group's the mean of its people's
    moments     what the scores of a group add up to, and their squares
    unit        a part of a point, so small that every person's score is a whole number of units

Import a name from the module that defines it: groups, moments, readings, intervals, reliability and icc are light,
cells, counting and scoring load pandas. Who may see which of these figures is decided in `assessments.disclosure`,
never here.
"""

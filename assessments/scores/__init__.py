"""Makes exact scores from counted answers: data frames in, frozen dataclasses out. Knows no Django and no clock.

    answers  ->  patterns  ->  score cells  ->  moments per scale and group
              (counting.py)    (cells.py)       (scoring.py)

`scoring.score` takes patterns all the way. Its words:

    scale    what people get a score on: a factor, a dimension of one, the outcome, or what ouders are asked
    block    the statements of a factor, of the outcome or of the ouders; the statements of a scale lie in one block
    pattern  one person's answers to a block, a character a statement
    mask     which statements of a block somebody answered
    moments  how many people have a score, and the sums of their scores and of the squares of these
    unit     the part of a point of which each person's score is a whole number

Import a name from the module that defines it: groups, moments, readings, intervals and reliability are light, cells and
scoring load pandas. Who may see which of these figures is decided in `assessments.disclosure`, never here.
"""

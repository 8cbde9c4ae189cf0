"""Charts as SVG of our own: lines, marks and text, no script, no style. The same drawing on screen and in print.

Drawn here rather than by a chart library: names stand at the marks, a hidden group is drawn as hidden, and a chart
takes under a millisecond.
"""

"""Draws charts as SVG of our own: lines, marks and text, no script, no style; the same on screen and in print.

They are drawn here rather than by a chart library: names stand at the marks, a hidden group is drawn as hidden, and a
chart takes under a millisecond. Charts know no round and no database: names and figures go in, SVG comes out.
"""

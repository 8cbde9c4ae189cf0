"""Makes the sections of a report, a module each: from the context to blocks, None where there is nothing to say.

No section knows the database, or a figure that is not published.
"""

"""The sections of a report, a module each: from the context to blocks, None where there is nothing to say."""

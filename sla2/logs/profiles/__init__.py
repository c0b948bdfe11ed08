"""Import profiles: what the columns of a known export mean, one file per profile.

In: the raw rows of one file. Out: rows of canonical tables. A profile reads no file itself.
"""

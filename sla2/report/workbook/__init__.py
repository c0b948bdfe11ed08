"""The workbook of a report: every case with its computed times, so that the other side can add it up again.

In: a `Frame`. Out: the bytes of an xlsx file. `write.workbook` makes it from the sheets; `grid` knows the file format.
"""

"""The command line: one file per command, imported when that command is called.

In: arguments. Out: results on stdout, chatter on stderr, an exit status. It is an adapter: it reads files through
`pipeline`, writes them through `files`, and no rule lives here. It is the only place that prints.
"""

"""A contract as a document to negotiate about.

In: sentences of `words` for a contract. Out: a `Document`, which the writers of `document` turn into Word, HTML and
Markdown. It runs on request. It words nothing and lays out nothing.
"""

"""Documents without contracts: a list of blocks, and the writers that turn it into files.

In: `blocks.Document` values that `draft` and `report` build. Out: `.docx`, `.html` and `.md` bytes.
It knows no contract, no measurement and no language of the law; it is handed the words it prints.
"""

"""How two wordings are compared, shared by `check` and `collate`: words in one form, laid along one another, and what
kind of difference it is where they part."""

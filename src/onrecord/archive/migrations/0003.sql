-- Version 3: identities, each with the speakers of different articles who are one. A speaker is told by the article and
-- the folded full name, for the rows of `speaker` go and come when an article is read again.

CREATE TABLE identity (
    key      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    external TEXT NOT NULL,  -- JSON: {"wikidata": "Q…"}, from a user's list
    terms    TEXT NOT NULL   -- JSON: [{"role", "party", "from", "to"}], from a user's list
) STRICT;

CREATE TABLE identity_speaker (
    article  INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    name     TEXT NOT NULL,  -- folded
    identity INTEGER NOT NULL REFERENCES identity (key) ON DELETE CASCADE,
    "by"     TEXT NOT NULL CHECK ("by" IN ('rule', 'judgement')),
    PRIMARY KEY (article, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_speaker_identity ON identity_speaker (identity);

CREATE TABLE identity_judgement (
    key     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    what    TEXT NOT NULL CHECK (what IN ('same', 'different', 'confirm')),
    about   TEXT NOT NULL,   -- JSON: one set of [article's id, folded name], of 'different' two
    value   TEXT,            -- JSON, of 'confirm': {"name", "external", "terms"}
    "by"    TEXT NOT NULL,
    at      TEXT NOT NULL,
    why     TEXT,
    undone  TEXT             -- when it was taken back
) STRICT;

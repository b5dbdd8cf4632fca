-- Version 2: utterances, each with the statements that carry it; filled and renewed by `onrecord collate`.

CREATE TABLE voice (         -- who speaks, as one article names them: JSON of names, aliases, whether the reader was unsure
    key   INTEGER PRIMARY KEY,
    names TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE collated (      -- of each article that was collated its statements, so that it need not be taken apart again
    article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
    said    BLOB NOT NULL,   -- rows of archive/regrouping.py's ROW
    words   BLOB NOT NULL    -- their words as numbers of 32 bits
) STRICT;
CREATE TRIGGER collated_before BEFORE DELETE ON attribution BEGIN  -- it is read again: what was known of it is stale
    DELETE FROM collated WHERE article = old.article;
END;

CREATE TABLE component (     -- statements that share runs of words: grouped anew only when the signature changes
    key       INTEGER PRIMARY KEY,
    signature BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE utterance (     -- what more than one statement carries
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL,
    component  INTEGER NOT NULL REFERENCES component (key) ON DELETE CASCADE,
    speaker    TEXT,         -- as the article of its fullest wording names them, else as another does
    first_seen TEXT,         -- days, as the articles give them
    last_seen  TEXT,
    variants   INTEGER NOT NULL  -- copies of one story counted once
) STRICT;
CREATE INDEX utterance_id ON utterance (id);
CREATE INDEX utterance_component ON utterance (component);
CREATE INDEX utterance_variants ON utterance (variants);

CREATE TABLE variant (
    statement  INTEGER PRIMARY KEY REFERENCES attribution (key) ON DELETE CASCADE,
    utterance  INTEGER NOT NULL REFERENCES utterance (key) ON DELETE CASCADE,
    position   INTEGER NOT NULL,  -- the fullest wording is 0; a copy stands behind what it is a copy of
    copy_of    INTEGER,           -- the statement of the same words in the same story that counts
    relation   TEXT NOT NULL,     -- to the fullest wording
    confidence INTEGER NOT NULL,  -- in thousandths
    note       TEXT
) STRICT;
CREATE INDEX variant_utterance ON variant (utterance, position);

CREATE VIEW variants AS
SELECT u.id AS utterance, u.speaker, v.position, s.id AS statement, s.content, v.relation, v.confidence / 1000.0 AS confidence,
       v.note, v.copy_of IS NOT NULL AS copy, a.id AS article, a.outlet, a.published
FROM variant v JOIN utterance u ON u.key = v.utterance JOIN statement s ON s.key = v.statement
JOIN article a ON a.key = s.article;

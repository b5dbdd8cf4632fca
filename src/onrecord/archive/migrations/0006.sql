-- Version 6: checks that were kept, with their waivers and who signed them off.

CREATE TABLE kept_check (
    key      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    article  TEXT NOT NULL,     -- its id; a draft's is in no archive
    title    TEXT NOT NULL,
    made     TEXT NOT NULL,     -- ISO 8601 in UTC, as all times are
    kept     TEXT NOT NULL,
    "by"     TEXT NOT NULL,
    verdicts TEXT NOT NULL,     -- JSON: how many there are of each
    needing  INTEGER NOT NULL,  -- how many need an editor
    proof    BLOB NOT NULL      -- zstd of JSON: article, verdicts, what is shown of the transcripts; see check/proof.py
) STRICT;
CREATE INDEX kept_check_kept ON kept_check (kept);

CREATE TABLE waiver (
    key        INTEGER PRIMARY KEY,
    kept_check INTEGER NOT NULL REFERENCES kept_check (key) ON DELETE CASCADE,
    quotation  INTEGER NOT NULL,  -- its number in the article, from 1
    "by"       TEXT NOT NULL,
    at         TEXT NOT NULL,
    why        TEXT NOT NULL,
    undone     TEXT,
    undone_by  TEXT
) STRICT;
CREATE UNIQUE INDEX waiver_standing ON waiver (kept_check, quotation) WHERE undone IS NULL;
CREATE INDEX waiver_check ON waiver (kept_check);

CREATE TABLE sign_off (
    key        INTEGER PRIMARY KEY,
    kept_check INTEGER NOT NULL REFERENCES kept_check (key) ON DELETE CASCADE,
    "by"       TEXT NOT NULL,
    at         TEXT NOT NULL,
    open       TEXT NOT NULL,  -- JSON: the numbers of the quotations that were open when it was signed
    undone     TEXT,
    undone_by  TEXT
) STRICT;
CREATE UNIQUE INDEX sign_off_standing ON sign_off (kept_check) WHERE undone IS NULL;
CREATE INDEX sign_off_check ON sign_off (kept_check);

CREATE VIEW checks AS
SELECT k.id, k.article, k.title, k.made, k.kept, k."by", k.verdicts, k.needing,
       k.needing - (SELECT count(*) FROM waiver w WHERE w.kept_check = k.key AND w.undone IS NULL) AS open,
       s."by" AS signed_by, s.at AS signed_at
FROM kept_check k LEFT JOIN sign_off s ON s.kept_check = k.key AND s.undone IS NULL;

-- Version 4: transcripts of what was said, searched beside the articles and held against their quotations.

CREATE TABLE transcript (
    key      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    label    TEXT NOT NULL,   -- the name of its file, or of its row
    day      TEXT,            -- ISO 8601
    heard    INTEGER NOT NULL CHECK (heard IN (0, 1)),  -- made by a machine that listened
    words    INTEGER NOT NULL,
    first    INTEGER NOT NULL,  -- the number of its first row in `turn`, counted over all transcripts
    parts    INTEGER NOT NULL,  -- how many rows it has there
    speakers TEXT NOT NULL,   -- JSON: each label of its turns once, in their order, null where nobody is named
    added    TEXT NOT NULL,
    text     BLOB NOT NULL,   -- zstd
    turns    BLOB NOT NULL,   -- zstd of numbers of 32 bits, three a turn: start, end, which of the speakers
    times    BLOB             -- zstd of numbers of 64 bits, two a time: place, seconds
) STRICT;

-- A turn, or of a long one a part that ends with a sentence. The keys begin with the day (0: not known), so that a walk
-- back through them goes from the newest day to the oldest, and within a transcript from its first words to its last.
CREATE TABLE turn (
    key        INTEGER PRIMARY KEY,
    transcript INTEGER NOT NULL REFERENCES transcript (key) ON DELETE CASCADE,
    "start"    INTEGER NOT NULL,  -- code points into the transcript's text
    speaker    TEXT,
    words      TEXT NOT NULL
) STRICT;
CREATE INDEX turn_transcript ON turn (transcript);

CREATE VIRTUAL TABLE turn_words USING fts5 (
    words, speaker, content = 'turn', content_rowid = 'key', columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER turn_added AFTER INSERT ON turn BEGIN
    INSERT INTO turn_words (rowid, words, speaker) VALUES (new.key, new.words, new.speaker);
END;
CREATE TRIGGER turn_removed AFTER DELETE ON turn BEGIN
    INSERT INTO turn_words (turn_words, rowid, words, speaker) VALUES ('delete', old.key, old.words, old.speaker);
END;

CREATE TABLE transcript_index (  -- what quotations are looked up by, built when they are first checked; see check/kept.py
    key   INTEGER PRIMARY KEY CHECK (key = 1),
    parts BLOB NOT NULL
) STRICT;
CREATE TRIGGER transcript_added AFTER INSERT ON transcript BEGIN
    DELETE FROM transcript_index;
END;
CREATE TRIGGER transcript_removed AFTER DELETE ON transcript BEGIN
    DELETE FROM transcript_index;
END;

CREATE VIEW transcripts AS
SELECT id, label, day, heard, words, speakers, added FROM transcript;

CREATE VIEW turns AS
SELECT t.id AS transcript, t.label, t.day, u.speaker, u."start", u.words
FROM transcript t JOIN turn u ON u.transcript = t.key ORDER BY u.key DESC;

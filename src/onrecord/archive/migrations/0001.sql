-- Version 1. Tables are named in the singular; the views in the plural are for people and other tools.
-- Only the current reading of an article has rows in speaker and statement; older ones are kept whole in reading.

CREATE TABLE article (
    key       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    label     TEXT,
    text      TEXT NOT NULL,
    title     TEXT,
    byline    TEXT,
    published TEXT,          -- ISO 8601
    modified  TEXT,
    outlet    TEXT,
    url       TEXT,
    address   TEXT,          -- the url in the one form that all its spellings share
    credit    TEXT,
    language  TEXT,
    unread    TEXT,
    excerpt   INTEGER NOT NULL CHECK (excerpt IN (0, 1)),
    media     TEXT,
    story     INTEGER NOT NULL,  -- the key of one article of the story, the same in all of its articles
    added     TEXT NOT NULL,
    day       TEXT GENERATED ALWAYS AS (substr(published, 1, 10)) VIRTUAL
) STRICT;
CREATE INDEX article_day ON article (day);
CREATE INDEX article_outlet ON article (outlet COLLATE NOCASE, day);
CREATE INDEX article_address ON article (address) WHERE address IS NOT NULL;
CREATE INDEX article_story ON article (story, id);

CREATE TABLE source (        -- the bytes that a text came from, where they are more than the text's own UTF-8
    article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
    size    INTEGER NOT NULL,
    bytes   BLOB NOT NULL    -- zstd; its dictionary is the text
) STRICT;

CREATE TABLE fingerprint (   -- two articles that share a value may be copies of one story
    value   INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    PRIMARY KEY (value, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE model (
    key      INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    version  TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    onrecord TEXT NOT NULL,  -- the version of onrecord: its rules read as much as the network does
    UNIQUE (sha256, name, version, onrecord)
) STRICT;

CREATE TABLE reading (
    key     INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    model   INTEGER NOT NULL REFERENCES model (key),
    read    TEXT NOT NULL,   -- when, UTC
    current INTEGER NOT NULL CHECK (current IN (0, 1)),
    record  BLOB NOT NULL,   -- zstd of the record's JSON without the article
    UNIQUE (article, model)
) STRICT;
CREATE UNIQUE INDEX reading_current ON reading (article) WHERE current;
CREATE INDEX reading_model ON reading (model);

CREATE TABLE speaker (
    key       INTEGER PRIMARY KEY,
    article   INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    id        TEXT NOT NULL,  -- within the article
    kind      TEXT NOT NULL,
    name      TEXT,
    roles     TEXT,           -- "; " between them
    described TEXT            -- what the article tells of an unnamed source
) STRICT;
CREATE INDEX speaker_article ON speaker (article);

CREATE TABLE name (          -- names and aliases in the form that is searched: lower case, no accents, no marks
    key    INTEGER PRIMARY KEY,
    folded TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE speaker_name (
    name    INTEGER NOT NULL REFERENCES name (key),
    speaker INTEGER NOT NULL REFERENCES speaker (key) ON DELETE CASCADE,
    PRIMARY KEY (name, speaker)
) STRICT, WITHOUT ROWID;
CREATE INDEX speaker_name_of ON speaker_name (speaker);

CREATE TABLE term (          -- the names of acts, kinds and polarities
    key  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- A statement as it is kept: the view `statement` has its words. What is one piece of the article's text, or a content of
-- two, is not kept a second time but cut from it; what is of more pieces, or stands in a very long text, is kept.
CREATE TABLE attribution (
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL,
    article    INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    act        INTEGER NOT NULL REFERENCES term (key),
    kind       INTEGER NOT NULL REFERENCES term (key),
    polarity   INTEGER NOT NULL REFERENCES term (key),
    rejects    INTEGER NOT NULL CHECK (rejects IN (0, 1)),
    "start"    INTEGER NOT NULL,  -- code points into the article's text: from the content's first word
    "end"      INTEGER NOT NULL,  -- to its last
    gap_start  INTEGER,           -- what stands between two parts of the content
    gap_end    INTEGER,
    content    TEXT,              -- " … " between the parts
    cue_start  INTEGER,
    cue_end    INTEGER,
    cue        TEXT,
    source_start INTEGER,
    source_end INTEGER,
    source     TEXT,
    words      INTEGER NOT NULL,  -- confidence, in thousandths
    speaker    INTEGER,
    unresolved TEXT,
    wording    INTEGER NOT NULL   -- a hash of the content's words: the same in every copy of a story
) STRICT;
CREATE INDEX attribution_id ON attribution (id);
CREATE INDEX attribution_article ON attribution (article);

CREATE VIEW statement AS
SELECT s.key, s.id, s.article,
       (SELECT name FROM term WHERE key = s.act) AS act,
       (SELECT name FROM term WHERE key = s.kind) AS kind,
       (SELECT name FROM term WHERE key = s.polarity) AS polarity,
       s.rejects,
       coalesce(s.content, (
           SELECT CASE WHEN s.gap_start IS NULL THEN substr(text, s."start" + 1, s."end" - s."start")
                  ELSE substr(text, s."start" + 1, s.gap_start - s."start") || ' … '
                       || substr(text, s.gap_end + 1, s."end" - s.gap_end) END
           FROM article WHERE key = s.article)) AS content,
       coalesce(s.cue, (SELECT substr(text, s.cue_start + 1, s.cue_end - s.cue_start) FROM article WHERE key = s.article)) AS cue,
       coalesce(s.source, (SELECT substr(text, s.source_start + 1, s.source_end - s.source_start) FROM article
                           WHERE key = s.article)) AS source,
       s."start", s."end", s.words / 1000.0 AS words, s.speaker / 1000.0 AS speaker, s.unresolved, s.wording
FROM attribution s;

CREATE TABLE statement_speaker (
    statement INTEGER NOT NULL REFERENCES attribution (key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    speaker   INTEGER NOT NULL REFERENCES speaker (key) ON DELETE CASCADE,
    PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_speaker_speaker ON statement_speaker (speaker);

CREATE TABLE statement_relay (
    statement INTEGER NOT NULL REFERENCES attribution (key) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    speaker   INTEGER NOT NULL REFERENCES speaker (key) ON DELETE CASCADE,
    PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_relay_speaker ON statement_relay (speaker);

CREATE TABLE judgement (     -- what people judged; laid over the readings, never written into them
    key       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    article   INTEGER NOT NULL REFERENCES article (key),
    statement TEXT NOT NULL,  -- the statement's id as it was when judged
    verdict   TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'speaker', 'words')),
    value     TEXT,           -- JSON: the right speaker, the right words
    speaker   TEXT,           -- who was named, and what was said, as the views told it when it was judged
    content   TEXT NOT NULL,
    exact     TEXT NOT NULL,  -- with prefix and suffix: a TextQuoteSelector of the Web Annotation Data Model
    prefix    TEXT NOT NULL,
    suffix    TEXT NOT NULL,
    "start"   INTEGER NOT NULL,
    "by"      TEXT NOT NULL,
    at        TEXT NOT NULL,
    why       TEXT,
    undone    TEXT            -- when it was taken back
) STRICT;
CREATE INDEX judgement_article ON judgement (article);

CREATE TABLE judged (        -- where a judgement stands in the current readings
    judgement INTEGER NOT NULL REFERENCES judgement (key) ON DELETE CASCADE,
    article   INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    statement TEXT,          -- NULL: its words are no statement there now, and somebody has to look
    why       TEXT,          -- why somebody has to look
    PRIMARY KEY (judgement, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX judged_article ON judged (article);
CREATE INDEX judged_statement ON judged (statement);

-- What is searched of each statement: its words, and marks for what it is filtered by, so that one index answers both.
-- `moment` puts the statements in the order of their days (0: not known), the newest last; `moment & 4294967295` is the
-- statement's key. A mark's token says of what it is by its first letter; a name stands as its key, an outlet in hex.
CREATE VIEW searched AS
SELECT coalesce(CASE WHEN a.day GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' THEN CAST(julianday(a.day) AS INTEGER) END, 0)
       * 4294967296 + s.key AS moment, s.content,
       'a' || s.act || ' k' || s.kind || coalesce(' o' || hex(lower(a.outlet)), '')
       || coalesce((SELECT group_concat(' n' || n.name, '') FROM statement_speaker x
                    JOIN speaker_name n ON n.speaker = x.speaker WHERE x.statement = s.key), '')
       || (SELECT CASE WHEN count(*) = 0 THEN ' xunresolved' WHEN min(p.kind = 'unnamed') THEN ' xunnamed' ELSE '' END
           FROM statement_speaker x JOIN speaker p ON p.key = x.speaker WHERE x.statement = s.key)
       || CASE WHEN EXISTS (SELECT 1 FROM statement_relay x WHERE x.statement = s.key) THEN ' xrelayed' ELSE '' END
       AS marks, s.key AS statement, s.article
FROM statement s JOIN article a ON a.key = s.article;

CREATE VIRTUAL TABLE statement_words USING fts5 (  -- filled by archive/indexing.py once an article's rows are all there
    content, marks, content = 'searched', content_rowid = 'moment', columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER statement_removed BEFORE DELETE ON attribution BEGIN
    INSERT INTO statement_words (statement_words, rowid, content, marks)
    SELECT 'delete', moment, content, marks FROM searched WHERE statement = old.key;
END;
CREATE TRIGGER article_leaves BEFORE DELETE ON article BEGIN  -- a statement's marks are told while its article is there
    DELETE FROM attribution WHERE article = old.key;
END;

CREATE TRIGGER article_moves BEFORE UPDATE OF outlet, published ON article BEGIN
    INSERT INTO statement_words (statement_words, rowid, content, marks)
    SELECT 'delete', moment, content, marks FROM searched WHERE article = old.key;
END;
CREATE TRIGGER article_moved AFTER UPDATE OF outlet, published ON article BEGIN
    INSERT INTO statement_words (rowid, content, marks)
    SELECT moment, content, marks FROM searched WHERE article = new.key;
END;

CREATE VIRTUAL TABLE article_words USING fts5 (
    title, text, content = 'article', content_rowid = 'key', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
    INSERT INTO article_words (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN
    INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;
CREATE TRIGGER article_renamed AFTER UPDATE OF title ON article WHEN old.title IS NOT new.title BEGIN
    INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    INSERT INTO article_words (rowid, title, text) VALUES (new.key, new.title, new.text);
END;

CREATE VIEW articles AS
SELECT a.id, a.title, a.outlet, a.published, a.modified, a.byline, a.credit, a.url, a.language, a.unread, a.excerpt,
       a.label, 'y' || substr((SELECT min(b.id) FROM article b WHERE b.story = a.story), 2) AS story,
       (SELECT count(*) FROM article b WHERE b.story = a.story) AS copies,
       (SELECT count(*) FROM statement s WHERE s.article = a.key) AS statements,
       a.added, m.name || ' ' || m.version AS model, r.read, a.text
FROM article a JOIN reading r ON r.article = a.key AND r.current JOIN model m ON m.key = r.model;

CREATE VIEW statements AS
SELECT s.id,
       (SELECT group_concat(coalesce(p.name, p.described, 'not named'), ' and ') FROM statement_speaker x
        JOIN speaker p ON p.key = x.speaker WHERE x.statement = s.key) AS speaker,
       s.content, s.act, s.kind, s.polarity, s.rejects, s.source, s.cue,
       (SELECT group_concat(coalesce(p.name, p.described, 'not named'), ' and ') FROM statement_relay x
        JOIN speaker p ON p.key = x.speaker WHERE x.statement = s.key) AS relayed_by,
       a.outlet, a.published, a.title, a.url, a.id AS article,
       'y' || substr((SELECT min(b.id) FROM article b WHERE b.story = a.story), 2) AS story,
       s."start", s."end", s.words AS words_confidence, s.speaker AS speaker_confidence, s.unresolved
FROM statement s JOIN article a ON a.key = s.article;

CREATE VIEW said AS SELECT * FROM statements WHERE act IN ('speech', 'writing');

CREATE VIEW speakers AS
SELECT name, kind, substr(max(CASE WHEN roles IS NOT NULL THEN printf('%09d', times) || roles END), 10) AS roles,
       count(DISTINCT article) AS articles, sum(statements) AS statements
FROM (SELECT p.name, p.kind, p.roles, p.article, count(*) OVER (PARTITION BY p.name, p.kind, p.roles) AS times,
             (SELECT count(*) FROM statement_speaker x WHERE x.speaker = p.key) AS statements
      FROM speaker p WHERE p.name IS NOT NULL)
GROUP BY name, kind;

-- Version 5: samples drawn for validation, and what people judged of them. These judgements are about the reading that a
-- sample was drawn from, so each item keeps what was read; they never mix with those of table `judgement`, whose
-- statements were chosen because they are uncertain.

CREATE TABLE sample (
    key    INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    name   TEXT,
    frame  TEXT NOT NULL,    -- JSON: what was drawn from: {"outlets", "since", "until"}
    strata TEXT NOT NULL,    -- JSON: [{"what", "outlet", "kind", "pooled", "population", "drawn"}]
    seed   INTEGER NOT NULL,
    "by"   TEXT NOT NULL,
    at     TEXT NOT NULL,    -- when it was drawn, UTC
    undone TEXT              -- when it was taken back
) STRICT;

CREATE TABLE sampled (       -- one item: a statement, or an article to be read whole
    sample      INTEGER NOT NULL REFERENCES sample (key) ON DELETE CASCADE,
    position    INTEGER NOT NULL,  -- from 1, in random order: those judged first are a sample too
    what        TEXT NOT NULL CHECK (what IN ('statement', 'article')),
    article     INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    statement   TEXT,              -- its id in the reading that it was drawn from
    story       TEXT NOT NULL,     -- when it was drawn; copies of one story are one cluster
    stratum     INTEGER NOT NULL,  -- which of sample.strata, from 0
    probability REAL NOT NULL,     -- of being drawn
    model       INTEGER NOT NULL REFERENCES model (key),
    reading     TEXT NOT NULL,     -- JSON: the statements as they were read; of an article, all that were said or written
    PRIMARY KEY (sample, position)
) STRICT;
CREATE INDEX sampled_article ON sampled (article);

CREATE TABLE sample_judgement (
    key      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    sample   INTEGER NOT NULL,
    position INTEGER NOT NULL,
    words    TEXT CHECK (words IN ('yes', 'no', 'unsure')),    -- of a statement: are the words right,
    speaker  TEXT CHECK (speaker IN ('yes', 'no', 'unsure')),  -- the speaker,
    kind     TEXT CHECK (kind IN ('yes', 'no', 'unsure')),     -- the kind
    missed   TEXT,           -- JSON, of an article: [{"start", "end", "speaker"}], what was said and not found
    wrong    TEXT,           -- JSON, of an article: ids of what was found and is no statement
    "by"     TEXT NOT NULL,
    at       TEXT NOT NULL,
    why      TEXT,
    undone   TEXT,           -- when it was taken back, or the same person judged the item anew
    FOREIGN KEY (sample, position) REFERENCES sampled (sample, position) ON DELETE CASCADE
) STRICT;
CREATE INDEX sample_judgement_item ON sample_judgement (sample, position);

-- What follows from the judgements of a statement that stand: derived from `judgement` and `judged`, and renewed with them
-- by archive/overlay.py. A statement without a row is as it was read.
CREATE TABLE overlay (
    statement INTEGER PRIMARY KEY REFERENCES attribution (key) ON DELETE CASCADE,
    verdict   TEXT CHECK (verdict IN ('right', 'wrong')),  -- NULL: only corrected
    disputed  INTEGER NOT NULL CHECK (disputed IN (0, 1)), -- people contradict each other; the newest counts
    respoken  INTEGER NOT NULL CHECK (respoken IN (0, 1)), -- another said it: one of the article's speakers, or else a
    speaker   INTEGER REFERENCES speaker (key) ON DELETE CASCADE,  -- name that the article does not have, or else nobody can tell
    name      TEXT,
    kind      TEXT,
    folded    INTEGER REFERENCES name (key),
    "start"   INTEGER,       -- the right words: where they stand, and what they are, " … " between parts; else NULL
    "end"     INTEGER,
    content   TEXT
) STRICT;
CREATE INDEX overlay_speaker ON overlay (speaker);
CREATE INDEX overlay_folded ON overlay (folded);
CREATE INDEX overlay_disputed ON overlay (statement) WHERE disputed;

-- Who is taken to have said each statement, judgements laid over the reading: a row for each of several, and one without
-- `kind` where nobody is named. `speaker` is the key of one of the article's, or, of a name that it does not have, the
-- statement's below zero. Join it by `statement`. What was judged to be no statement is in it too: see `overlay.verdict`.
CREATE VIEW effective_speaker AS
SELECT s.key AS statement, coalesce(x.position, 0) AS position, s.article,
       coalesce(p.key, iif(o.kind IS NULL, NULL, -s.key)) AS speaker,
       coalesce(p.name, o.name) AS name, coalesce(p.kind, o.kind) AS kind, p.described, p.roles
FROM attribution s LEFT JOIN overlay o ON o.statement = s.key AND o.respoken
LEFT JOIN statement_speaker x ON x.statement = s.key AND o.statement IS NULL
LEFT JOIN speaker p ON p.key = coalesce(o.speaker, x.speaker);

CREATE VIEW effective_name AS  -- the names and aliases of who is taken to have said a statement, as keys of `name`
SELECT x.statement, n.name FROM statement_speaker x JOIN speaker_name n ON n.speaker = x.speaker
WHERE NOT EXISTS (SELECT 1 FROM overlay o WHERE o.statement = x.statement AND o.respoken)
UNION ALL
SELECT o.statement, n.name FROM overlay o JOIN speaker_name n ON n.speaker = o.speaker WHERE o.respoken
UNION ALL
SELECT o.statement, o.folded FROM overlay o WHERE o.folded IS NOT NULL;

DROP VIEW searched;
CREATE VIEW searched AS      -- as in version 1, judgements laid over; the marks `j…` say what was judged
SELECT coalesce(CASE WHEN a.day GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' THEN CAST(julianday(a.day) AS INTEGER) END, 0)
       * 4294967296 + s.key AS moment, coalesce(o.content, s.content) AS content,
       'a' || s.act || ' k' || s.kind || coalesce(' o' || hex(lower(a.outlet)), '')
       || CASE WHEN o.respoken THEN
              coalesce(' n' || o.folded, '')
              || coalesce((SELECT group_concat(' n' || n.name, '') FROM speaker_name n WHERE n.speaker = o.speaker), '')
              || CASE coalesce((SELECT kind FROM speaker WHERE key = o.speaker), o.kind)
                 WHEN 'unnamed' THEN ' xunnamed' ELSE iif(o.kind IS NULL AND o.speaker IS NULL, ' xunresolved', '') END
          ELSE
              coalesce((SELECT group_concat(' n' || n.name, '') FROM statement_speaker x
                        JOIN speaker_name n ON n.speaker = x.speaker WHERE x.statement = s.key), '')
              || (SELECT CASE WHEN count(*) = 0 THEN ' xunresolved' WHEN min(p.kind = 'unnamed') THEN ' xunnamed' ELSE '' END
                  FROM statement_speaker x JOIN speaker p ON p.key = x.speaker WHERE x.statement = s.key)
          END
       || CASE WHEN EXISTS (SELECT 1 FROM statement_relay x WHERE x.statement = s.key) THEN ' xrelayed' ELSE '' END
       || iif(o.statement IS NULL, '', coalesce(' j' || o.verdict, '') || iif(o.respoken, ' jspeaker', '')
              || iif(o.content IS NULL, '', ' jwords') || iif(o.disputed, ' jdisputed', ''))
       AS marks, s.key AS statement, s.article
FROM statement s JOIN article a ON a.key = s.article LEFT JOIN overlay o ON o.statement = s.key;

CREATE VIEW effective AS     -- the statements as people judged them, without what they judged to be none
SELECT v.id,
       (SELECT group_concat(coalesce(x.name, x.described, 'not named'), ' and ')
        FROM effective_speaker x WHERE x.statement = s.key AND x.kind IS NOT NULL) AS speaker,
       coalesce(o.content, v.content) AS content, v.act, v.kind, v.polarity, v.rejects, v.source, v.cue, v.relayed_by,
       v.outlet, v.published, v.title, v.url, v.article, v.story,
       coalesce(o."start", v."start") AS "start", coalesce(o."end", v."end") AS "end",
       v.words_confidence, v.speaker_confidence, v.unresolved,
       CASE WHEN o.statement IS NULL THEN NULL WHEN o.disputed THEN 'disputed'
            WHEN o.respoken OR o.content IS NOT NULL THEN 'corrected' ELSE 'right' END AS judged,
       iif(o.respoken, v.speaker, NULL) AS read_speaker, iif(o.content IS NULL, NULL, v.content) AS read_content
FROM statements v JOIN attribution s ON s.id = v.id AND s.article = (SELECT key FROM article WHERE id = v.article)
LEFT JOIN overlay o ON o.statement = s.key
WHERE o.verdict IS NOT 'wrong';

-- How unsure a statement is: the sum of p (1 - p) of its two confidences, in millionths; of a speaker who could not be told
-- half the most. archive/queue.py walks it from the most unsure on; what is as good as certain is not in it.
CREATE INDEX attribution_unsure
ON attribution (words * (1000 - words) + coalesce(speaker * (1000 - speaker), 125000))
WHERE words * (1000 - words) + coalesce(speaker * (1000 - speaker), 125000) >= 100000;

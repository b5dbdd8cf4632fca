-- Version 7: what came and what went since statements were last grouped, so that only what it touches is grouped again.

DELETE FROM collated;        -- all is collated once more; until then the utterances stay as they are
ALTER TABLE collated ADD COLUMN story INTEGER NOT NULL DEFAULT 0;  -- as it was when it was taken apart
ALTER TABLE collated ADD COLUMN day INTEGER NOT NULL DEFAULT 0;    -- as Python numbers days; 0: not known
ALTER TABLE component ADD COLUMN keys BLOB NOT NULL DEFAULT x'';   -- of all its statements, as numbers of 64 bits
UPDATE component SET signature = randomblob(16);

CREATE INDEX collated_articles ON collated (article);  -- small beside the rows: to count them is to walk through it

CREATE TABLE changed (
    key     INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL,
    story   INTEGER NOT NULL,
    said    BLOB,  -- of what went, as in `collated`; NULL where it came
    words   BLOB   -- NULL where it came, or where the article was erased
) STRICT;
CREATE TRIGGER collated_came AFTER INSERT ON collated BEGIN
    INSERT INTO changed (article, story) VALUES (new.article, new.story);
END;
CREATE TRIGGER collated_went BEFORE DELETE ON collated BEGIN
    INSERT INTO changed (article, story, said, words) VALUES (old.article, old.story, old.said, old.words);
END;
CREATE TRIGGER collated_erased AFTER DELETE ON article BEGIN  -- nothing of its words stays
    UPDATE changed SET said = x'', words = NULL WHERE article = old.key AND length(said) > 0;
END;
CREATE TRIGGER collated_moved AFTER UPDATE OF story, published ON article
WHEN old.story IS NOT new.story OR old.published IS NOT new.published BEGIN
    DELETE FROM collated WHERE article = new.key;
END;

"""Which articles are one story: near-copies, and versions at one address.

A story is a connected component over pairs that were found to be copies, so that it does not depend on the order in
which the articles came.
"""

import sqlite3

from onrecord.archive.copies import SHARED, fingerprint, is_copy
from onrecord.article import Article

# of the article `a` in a query: the id of its story, and how many articles that has
STORY = "'y' || substr((SELECT min(b.id) FROM article b WHERE b.story = a.story), 2)"
COPIES = "(SELECT count(*) FROM article b WHERE b.story = a.story)"


def join(db: sqlite3.Connection, key: int, article: Article) -> tuple[bool, bool]:
    """Put a new article into its story, within a transaction that is open; (is it a new version of an article at its
    address, is it a copy of another)."""
    values = fingerprint(article.text)
    versions = {
        int(story)
        for (story,) in db.execute(
            "SELECT DISTINCT b.story FROM article a JOIN article b ON b.address = a.address AND b.key <> a.key "
            "WHERE a.key = ?",
            (key,),
        )
    }
    copies = _copies(db, article.text, values, versions)
    db.executemany("INSERT INTO fingerprint (value, article) VALUES (?, ?)", ((v, key) for v in values))
    story = min(versions | copies, default=key)
    db.execute("UPDATE article SET story = ? WHERE key = ?", (story, key))
    for other in (versions | copies) - {story}:
        db.execute("UPDATE article SET story = ? WHERE story = ?", (story, other))
    return bool(versions), bool(copies)


def _copies(db: sqlite3.Connection, text: str, values: tuple[int, ...], known: set[int]) -> set[int]:
    """The stories, other than the known, with an article that this text is a copy of. Those with the most in common
    are tried first: of a story, one copy is enough."""
    few = len(values) < SHARED
    candidates = db.execute(
        "SELECT f.article, a.story FROM fingerprint f JOIN article a ON a.key = f.article "
        f"WHERE f.value IN ({', '.join('?' * len(values))}) GROUP BY f.article HAVING count(*) >= ? "
        "ORDER BY count(*) DESC, f.article",
        (*values, 1 if few else SHARED),
    ).fetchall()
    found: set[int] = set()
    for article, story in candidates:
        if story not in known | found:
            (other,) = db.execute("SELECT text FROM article WHERE key = ?", (article,)).fetchone()
            # a pair has to be found from either side: who has few numbers is found by those who have as few
            if is_copy(text, other) and (not few or len(fingerprint(other)) < SHARED):
                found.add(int(story))
    return found

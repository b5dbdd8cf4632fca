import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.copies import BITS, ROWS, SHARED, fingerprint, is_copy

SYLLABLES = "ba den kor lim fos tra vel nu sig mar pol heth ri cas wo".split()
GRAMMAR = "the a of in to and that was for with on he she it".split()


def story(seed: int, sentences: int = 40) -> list[str]:
    """Sentences of made-up words with the small words of English between them."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))) for _ in range(150)]
    line = [
        [chance.choice(GRAMMAR if k % 2 else words) for k in range(chance.randint(9, 20))] for _ in range(sentences)
    ]
    return [" ".join(s).capitalize() + "." for s in line]


def reworded(sentences: list[str], rate: float, seed: int = 0) -> list[str]:
    chance = random.Random(seed)
    out = []
    for s in sentences:
        words = []
        for w in s.split():
            how = chance.choice(["replace", "drop", "insert"]) if chance.random() < rate else "keep"
            words += [w] * (how in ("keep", "insert")) + ["".join(chance.choices(SYLLABLES, k=4))] * (
                how in ("replace", "insert")
            )
        out.append(" ".join(words))
    return out


def text(sentences: list[str]) -> str:
    return "\n\n".join(sentences)


def joined(a: str, b: str) -> bool:
    shared = set(fingerprint(a)) & set(fingerprint(b))
    assert is_copy(a, b) == is_copy(b, a)
    return len(shared) >= min(SHARED, len(fingerprint(a)), len(fingerprint(b))) and is_copy(a, b)


NAVIGATION = ["Home | News | Sport", "Sign up for our newsletter and wake up wiser.", "(Writing by A. Example)"]


@pytest.mark.parametrize("rate", [0, 0.1, 0.2])
def test_a_reworded_copy_among_other_boilerplate_is_joined(rate: float) -> None:
    for seed in range(20):
        own = story(seed)
        copy = [*NAVIGATION, "Another headline stands here", *reworded(own[1:], rate, seed), *NAVIGATION]
        assert joined(text(own), text(copy))


def test_a_copy_that_is_cut_from_the_end_is_joined() -> None:
    own = story(1)
    assert joined(text(own), text(reworded(own, 0.1)[:25]))


def test_other_stories_are_not_joined_even_where_they_carry_the_same_quotations() -> None:
    one, other = story(1), story(2)
    assert not is_copy(text(one), text(other))
    assert not is_copy(text(one), text(other[:20] + one[10:20] + other[20:]))


def test_a_follow_up_that_takes_up_the_background_between_news_of_its_own_is_another_story() -> None:
    first, news = story(1), story(2)
    follow_up = [s for k in range(0, 40, 4) for s in (*news[k : k + 2], *first[k : k + 2])]
    assert not is_copy(text(first), text(follow_up))


def test_a_brief_within_a_long_article_is_no_copy_of_it() -> None:
    brief = story(1, 8)
    assert not is_copy(text(brief), text(story(2, 40) + brief + story(3, 40)))


def table(seed: int) -> str:
    chance = random.Random(seed)
    return "\n".join(
        f"Shares of {s} closed at {chance.randint(10, 9999)} on the day, up by a little" for s in SYLLABLES
    )


def test_the_same_report_with_other_figures_is_another_report() -> None:
    assert is_copy(table(1), table(1) + "\n")
    assert not is_copy(table(1), table(2))


def test_a_text_too_short_to_tell_is_a_copy_only_of_the_same_words() -> None:
    one = "The mayor of Harwick will resign on Friday, her office said in a short note to the council."
    assert joined(one, one.upper().replace(",", " –"))
    assert not joined(one, one.replace("Friday", "Monday"))
    assert not is_copy(one, text([one, *story(1)]))
    assert len(fingerprint(one)) == 1
    assert fingerprint("…!") == ()
    assert not is_copy("…!", "—")


@given(st.text(max_size=400), st.text(max_size=400))
def test_whatever_the_texts_the_verdict_is_the_same_both_ways(a: str, b: str) -> None:
    a, b = a * 3, b * 3
    assert is_copy(a, b) == is_copy(b, a)
    numbers = fingerprint(a)
    assert len(set(numbers)) == len(numbers) <= ROWS
    assert all(0 <= n < 1 << BITS for n in numbers)
    if numbers:
        assert is_copy(a, a)


@pytest.mark.parametrize("words", [30, 31, 45])
def test_words_of_one_letter_or_the_same_word_again_have_numbers_too(words: int) -> None:
    for text in ("a " * words, "buffalo " * words, "你好 " * words):
        assert fingerprint(text)
        assert is_copy(text, text)


def test_the_numbers_are_the_same_in_every_process_and_release() -> None:
    """They stand in archives: another fingerprint needs a migration that makes them anew."""
    given = " ".join(f"word{n} follows number{n}" for n in range(20))
    code = f"from onrecord.archive.copies import fingerprint; print(*fingerprint({given!r}))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert tuple(map(int, told.split())) == fingerprint(given)
    assert fingerprint(given)[:2] == FIRST
    assert fingerprint("Short as this.") == (SHORT,)


FIRST, SHORT = (2242983037367, 10664117523614), 21563024865715


def test_two_briefs_with_one_quotation_in_common_are_two_stories() -> None:
    quotation = "“We will not wait for another winter, and nobody should have to,” Mayor Elena Ruiz said."
    one = f"Harwick gives up its bridge after years of cracks in deck and piers. {quotation} A ferry runs by spring."
    two = f"The school on Lowe Street gets a boiler that the county had promised. {quotation} Parents cheered her."
    assert not is_copy(one, two)
    assert is_copy(one, one.replace("cracks", "rust"))

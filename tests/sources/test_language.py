"""English is told from other languages, and a doubt is taken as English."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.sources import open_inputs
from onrecord.sources.language import foreign_paragraphs

ENGLISH = (
    "The harbour board of Eastmouth met on Tuesday evening to talk about the pier, which a storm had broken "
    "in two. “We will rebuild it in oak,” said the board’s chair, Ada Quill, to the long applause of the "
    "members in the hall. Those who had asked for a wall of stone were told that the council could not pay "
    "for one this year."
)
HEADLINES = (
    "Board votes to rebuild pier\nStorm breaks sea wall at Eastmouth for second time\nFerry fares rise by a "
    "tenth\nMayor and council at odds over budget\nSchool wins prize for garden\nMan held after theft of boats "
    "from marina\nRain expected through the weekend\nClub names new coach\nOpinion: Why oak is the right choice\n"
    "Letters to the editor"
)
TRANSCRIPT = (
    "QUILL: I don't know. You know, I think we did it.\nROE: Did you? Well, I was there.\nQUILL: Yes. And I "
    "said no, no, we can't do that, we have to do this thing right, and they said okay, and that was it.\n"
    "ROE: What do you want now?"
)
RESULTS = "\n".join(f"Quill {n} Roe {n + 2} Eastmouth Rovers {n} Northport United {n + 1}" for n in range(12))
OTHERS = {
    "de": "Der Hafenrat von Ostmund hat sich am Dienstag mit dem Steg befasst, den der Sturm der letzten Woche in "
    "zwei Teile gebrochen hatte. „Wir bauen ihn aus Eiche wieder auf“, sagte die Vorsitzende unter dem "
    "Beifall der Mitglieder. Wer eine Mauer aus Stein gewollt hatte, dem wurde gesagt, dass die Stadt in "
    "diesem Jahr kein Geld dafür habe.",
    "fr": "Le conseil du port s’est réuni mardi soir pour parler de la jetée, que la tempête de la semaine "
    "dernière avait brisée en deux. « Nous la reconstruirons en chêne », a dit la présidente sous les "
    "applaudissements de la salle. Ceux qui voulaient un mur de pierre ont appris que la ville ne pouvait "
    "pas le payer cette année.",
    "es": "La junta del puerto se reunió el martes por la noche para hablar del muelle, que la tormenta de la "
    "semana pasada había partido en dos. «Lo vamos a reconstruir en roble», dijo la presidenta entre los "
    "aplausos de la sala. A los que pedían un muro de piedra se les dijo que el ayuntamiento no podía "
    "pagarlo este año.",
    "nl": "Het havenbestuur kwam dinsdagavond bijeen om over de pier te praten, die door de storm van vorige week "
    "in tweeën was gebroken. „We bouwen hem weer op in eik”, zei de voorzitter onder het applaus van de "
    "leden in de zaal. Wie een muur van steen had gewild, kreeg te horen dat de stad die dit jaar niet kon "
    "betalen.",
    "af": "Die haweraad het Dinsdagaand vergader om oor die pier te praat, wat verlede week deur die storm in twee "
    "gebreek is. “Ons gaan dit in eikehout herbou,” het die voorsitter onder die toejuiging van die lede in "
    "die saal gesê. Wie ’n muur van klip wou hê, is meegedeel dat die stad dit nie hierdie jaar kan bekostig "
    "nie, of ooit weer sal nie.",
    "it": "Il consiglio del porto si è riunito martedì sera per parlare del molo, che la tempesta della settimana "
    "scorsa aveva spezzato in due. «Lo ricostruiremo in quercia», ha detto la presidente tra gli applausi "
    "della sala. A chi voleva un muro di pietra è stato detto che il comune non poteva pagarlo quest’anno.",
    "da": "Havnens bestyrelse mødtes tirsdag aften for at tale om molen, som stormen i sidste uge havde brækket i "
    "to. »Vi bygger den op igen i eg,« sagde formanden under bifald fra medlemmerne i salen. De, der havde "
    "ønsket en mur af sten, fik at vide, at byen ikke havde penge til den i år, og at den måtte vente til "
    "næste år for at blive til noget.",
    "zu": "Ibhodi yetheku ihlangane ngolwesibili ebusuku ukuze ikhulume ngebhuloho elaphulwa isivunguvungu "
    "ngesonto eledlule. Usihlalo wathi bazolakha kabusha ngokhuni, kwathi amalungu ashaya izandla ehholo. "
    "Labo ababefuna udonga lwamatshe batshelwa ukuthi umkhandlu awunayo imali yokulukhokhela kulo nyaka. "
    "Abanye bathi bazobuya ngonyaka ozayo bezocela futhi, kodwa usihlalo wabacela ukuba babekezele kuze kube "
    "yilapho imali itholakala ngokwanele kubo bonke.",
    "ru": "Совет гавани собрался во вторник вечером, чтобы поговорить о причале, который буря сломала на прошлой "
    "неделе.",
    "zh": "港口委员会星期二晚上开会讨论上周被风暴折断的码头主席在掌声中说我们会用橡木重建它"
    "有人想要石墙但是市议会说今年付不起这笔钱",
}


def read(text: str, **given: str) -> Article:
    (found,) = open_inputs(["-"], io.BytesIO(json.dumps({"text": text, **given}).encode()))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    "text", [ENGLISH, ENGLISH.upper(), HEADLINES, HEADLINES.upper(), HEADLINES.title(), TRANSCRIPT, RESULTS, "Le port."]
)
@pytest.mark.parametrize("given", [{}, {"language": "en-GB"}])
def test_english_and_what_cannot_be_told(text, given):
    assert (read(text, **given).language, read(text, **given).unread) == ("en", None)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("shout", [False, True])
def test_other_languages_are_kept_unread(language, shout):
    text = OTHERS[language].upper() if shout and language != "zu" else OTHERS[language]
    assert (read(text).language, read(text).unread) == (language, "not in English")
    assert (read(text, language=language).language, read(text, language=language).unread) == (
        language,
        "not in English",
    )
    assert (read(text, language="en").language, read(text, language="en").unread) == (language, "not in English")


def test_a_page_that_claims_another_language_but_is_english_is_read():
    assert (read(ENGLISH, language="de").language, read(ENGLISH, language="de").unread) == ("en", None)


def test_a_claim_settles_a_doubt_only():
    assert read(OTHERS["zu"].upper(), language="zu").unread == "not in English"
    assert read("Le port.", language="fr").unread is None
    assert read("Le port.", language="fr").language == "fr"


def test_a_quotation_in_another_language_does_not_make_an_article_foreign():
    assert read(ENGLISH * 2 + OTHERS["es"]).unread is None


@pytest.mark.parametrize("language", OTHERS)
def test_the_foreign_paragraphs_of_an_english_article_are_told(language):
    text = "\n\n".join([ENGLISH, OTHERS[language], ENGLISH])
    assert [text[start:end] for start, end in foreign_paragraphs(text)] == [OTHERS[language]]


@pytest.mark.parametrize("text", [ENGLISH, ENGLISH.upper(), HEADLINES, TRANSCRIPT, RESULTS, "Le port.", "", "\n \n"])
def test_english_paragraphs_names_and_short_ones_are_not_foreign(text):
    assert foreign_paragraphs(text) == ()


@given(
    st.lists(st.sampled_from([ENGLISH, OTHERS["fr"], OTHERS["ru"], "", "—"]), max_size=6), st.sampled_from("\n\r\u2028")
)
def test_foreign_paragraphs_are_whole_and_in_order(parts, border):
    text = (border * 2).join(parts)
    found = [text[start:end] for start, end in foreign_paragraphs(text)]
    assert found == [part for part in parts if part in (OTHERS["fr"], OTHERS["ru"])]

"""The words that names, titles and descriptions are told by. Lists of the language, never of people."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HE, SHE, THEY, IT = "he", "she", "they", "it"
PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), SHE),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), THEY),
    **dict.fromkeys(("it", "its", "itself"), IT),
}
SPOKEN = _words("i me my we us our you your myself ourselves")  # whoever speaks or is spoken to
RELATIVE = _words("who whom which that whose")
NOT_NAMES = _words(
    """the a an this that these those he she they it we i you who which there here his her its their our my your one
    some many most several all no not any both each every other others another q a but and or if when while as after
    before then now yes well so what why how where anyone everyone someone nobody
    monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december people officials critics experts"""
)
TITLES = _words(
    """mr mrs ms mx miss dr sen sens rep reps gov govs gen lt col maj capt cpl sgt cmdr adm prof rev fr hon pres supt
    det insp msgr st atty esq senator senators representative congressman congresswoman governor president secretary
    general colonel major captain judge justice mayor professor minister chancellor sergeant lieutenant admiral premier
    councillor councilman councilwoman councilor cllr deputy vice prime chief attorney former acting detective inspector
    superintendent ambassador bishop archbishop cardinal pope rabbi imam sheriff constable director chairman
    chairwoman chairperson chair commissioner commander spokesman spokeswoman spokesperson assistant treasurer leader
    officer magistrate coach manager candidate nominee sir dame lord lady king queen prince princess duke duchess
    doctor private corporal brigadier marshal speaker sister brother mother father uncle aunt pastor reverend
    sheikh ayatollah baroness baron count countess emperor rep-elect president-elect senator-elect ceo cfo coo
    strategist adviser advisor aide lawyer economist analyst author actor actress singer reporter correspondent
    columnist editor host anchor founder co-founder owner executive researcher scientist"""
)
DROPPED = _words(  # titles that are no part of a name even where the model takes them for one
    """mr mrs ms mx miss dr sen sens rep reps gov gen lt col maj capt cpl sgt cmdr adm prof rev hon pres supt det insp
    msgr senator representative congressman congresswoman governor president secretary general colonel captain judge
    justice mayor professor minister chancellor sergeant lieutenant admiral councillor cllr detective inspector
    superintendent ambassador bishop archbishop cardinal sheriff chairman chairwoman commissioner spokesman
    spokeswoman spokesperson former lord lady dame sir baroness prince princess king queen rabbi pope
    chief deputy vice attorney acting prime"""
)
OF_A_MAN = _words(
    """mr sir lord king prince duke baron emperor father dad son brother husband uncle grandfather nephew boyfriend
    stepfather widower man boy gentleman congressman chairman spokesman businessman councilman assemblyman
    salesman policeman fireman fisherman actor monk guy male frontman sportsman batsman craftsman anchorman"""
)
OF_A_WOMAN = _words(
    """mrs ms miss dame lady queen princess duchess baroness countess empress mother mom mum daughter sister wife aunt
    grandmother niece girlfriend stepmother widow woman girl congresswoman chairwoman spokeswoman businesswoman
    councilwoman assemblywoman policewoman actress nun waitress heroine female sportswoman anchorwoman"""
)
SAME_ROLE = {
    **dict.fromkeys(("sen", "sens", "senators"), "senator"),
    **dict.fromkeys(("rep", "reps", "congressman", "congresswoman", "lawmaker", "lawmakers"), "representative"),
    **dict.fromkeys(("gov", "govs"), "governor"),
    **dict.fromkeys(("gen",), "general"),
    **dict.fromkeys(("prof",), "professor"),
    **dict.fromkeys(("dr",), "doctor"),
    **dict.fromkeys(("pres",), "president"),
    **dict.fromkeys(("spokeswoman", "spokesperson"), "spokesman"),
    **dict.fromkeys(("chairwoman", "chair", "chairperson"), "chairman"),
    **dict.fromkeys(("attorney", "atty", "solicitor", "barrister"), "lawyer"),
    **dict.fromkeys(("adviser",), "advisor"),
    **dict.fromkeys(("sgt",), "sergeant"),
    **dict.fromkeys(("lt",), "lieutenant"),
    **dict.fromkeys(("col",), "colonel"),
    **dict.fromkeys(("capt", "skipper"), "captain"),
    **dict.fromkeys(("mum", "mom"), "mother"),
    **dict.fromkeys(("dad",), "father"),
    **dict.fromkeys(("boss", "executive"), "ceo"),
    **dict.fromkeys(("writer",), "author"),
    **dict.fromkeys(("journalist", "correspondent"), "reporter"),
    **dict.fromkeys(("pontiff",), "pope"),
    **dict.fromkeys(("monarch",), "king"),
    **dict.fromkeys(("contender", "hopeful"), "candidate"),
}
BEFORE_ROLE = _words(
    """former then senior deputy acting vice assistant associate campaign longtime veteran lead chief co press
    communications communication national state local federal top interim outgoing incoming executive managing
    general police presidential vice-presidential republican democratic conservative liberal independent fellow fox cnn
    news head retired late new first second policy political foreign defense defence interior finance health prime
    city county district university business community studio team medical legal night-club staff"""
)
WORKS = _words(  # what somebody wrote or made: the words are the maker's
    """report statement article database study poll survey memo editorial letter email e-mail tweet tweets post document
    documents complaint filing analysis transcript review story piece column book film documentary release note
    message essay op-ed paper blog website site page post posts speech remarks comments ad advertisement video memoir
    autobiography testimony affidavit ruling opinion decision indictment lawsuit suit petition brochure guidance
    guidelines bulletin newsletter advisory forecast profile biography entry interview answer response reply question
    press-release announcement manifesto platform plan proposal data figures findings results records
    headline ruling order dispatch cable census average polling estimates estimate numbers statistics research"""
)
PUBLISHED = _words(  # works that are known by their makers: whose "the letter" is hangs on more than a name beside it
    """report study poll survey article story piece column editorial op-ed book memoir biography film documentary review
    analysis census forecast"""
)
BODIES = _words(
    """agency assembly association authority bank board bureau campaign center centre club college commission committee
    company congress corporation corp corps council court department enterprise federation force foundation
    government group guard house inc institute institution journal league ltd llc ministry museum network news office
    organization organisation parliament party press school senate service society star telegraph times tribune trust
    union university herald gazette guardian observer courier daily post administration alliance coalition command
    fund hospital church team airline airlines airways newspaper magazine paper studio military army navy police
    military firm charity regulator watchdog outlet nation country state city"""
)
ANY_BODY = _words("group organization organisation body firm company agency outlet institution")
PAPERS = _words("paper newspaper outlet magazine publication tabloid website site broadcaster network daily")
PRESS = _words(
    """times post journal tribune herald gazette observer news press guardian telegraph star magazine courier mail
    globe chronicle examiner reuters cnn nbc abc cbs bbc fox msnbc"""
)
COMPANIES = _words("inc corp co ltd llc plc group company holdings motors airlines bank partners")
UNIONS = _words("union association federation brotherhood guild workers teamsters")
RANKS = _words("shadow vice deputy assistant associate")  # before a role they make it another one
AGENCIES = _words("agency administration department bureau service authority office commission center centre")
CAMPAIGNS = _words("administration campaign")  # after a name they are a body of that name: "the Obama administration"
PEOPLE = _words(  # heads of descriptions of persons, beside what the model finds
    """people voters critics officials experts analysts sources witnesses supporters opponents residents protesters
    activists scientists researchers lawmakers politicians reporters journalists authorities prosecutors
    investigators police neighbors neighbours friends relatives family parents students teachers workers members
    republicans democrats conservatives liberals aides advisers advisors lawyers leaders spokesmen delegates"""
)
GENERATION = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")
PLURAL_ENDS = ("men", "women", "people", "police", "children")

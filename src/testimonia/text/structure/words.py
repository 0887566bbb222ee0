"""Word lists of the structure rules: English, the language of the first sources."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Words that titles write small.
SMALL_WORDS = _words(
    "a an the and or nor but of in on at to by for from with without as into over under upon between among about after",
    "before during through against toward towards is are was were be not no its his her their our my per via vs versus",
    "de la le les des du von van der den und et y e al see excerpt excerpts extract extracts abridged",
)

NAME_PARTICLES = _words("de la le du des da di del della dos von van der den ter ten zu zur af av bin ibn al el")

# What stands before a name and is no part of it.
RANKS = _words(
    "mr mrs ms miss dr prof professor sir lord lady dame rev reverend father sister brother bishop archbishop cardinal",
    "pope king queen prince princess president premier prime chairman chancellor minister secretary ambassador senator",
    "congressman governor mayor judge justice attorney general gen admiral adm colonel col captain capt major maj",
    "lieutenant lt sergeant sgt corporal private commander commodore marshal brigadier comrade consul director",
    "inspector constable deputy vice acting foreign former count baron baroness herr frau monsieur madame citizen",
    "officer engineer pilot rabbi sheikh imam emperor tsar ensign mate american british french german russian soviet",
)

# What an account calls itself in its heading.
TELLINGS = _words(
    "account description version confession cable telegram telegramme letter report testimony statement recollection",
    "recollections memoir memoirs memory memories diary journal deposition story narrative narration relation recital",
    "memorandum memo dispatch despatch minutes record reminiscence reminiscences interview evidence affidavit summary",
    "speech remarks reply impression impressions chronicle declaration examination notes log entry logbook note wire",
    "message explanation rendition retelling tale view words airgram communication",
)

# Those of them that an office or embassy gives ('Report of the Harbour Master'), where 'Story of the Night' is a title.
OFFICE_TELLINGS = _words(
    "account cable telegram telegramme letter report testimony statement deposition memorandum memo dispatch despatch",
    "evidence affidavit declaration examination wire message reply note confession airgram communication",
)

# The same, of several tellers at once: a heading above a group.
GROUP_TELLINGS = _words(
    "accounts descriptions versions confessions cables telegrams letters reports testimonies statements depositions",
    "narratives diaries interviews witnesses recollections memoirs reminiscences affidavits eyewitnesses voices",
)

TELLING_VERBS = _words(
    "comment comments recall recalls remember remembers write writes report reports describe describes tell tells",
    "testify testifies testified relate relates narrate narrates explain explains say says state states reply replies",
    "recounts recount speaks commented recalled remembered wrote reported described told related stated declares",
    "declared deposes deposed",
)

# Words that stand large only because a sentence starts with them.
SENTENCE_STARTERS = _words(
    "when then while but and yet so if as had did does do was were is are has have that this these those there here it",
    "he she they we i you who what where why how later now next today yesterday meanwhile thus therefore however",
    "although though since because once perhaps even only also still again finally first second third both neither",
    "either each every all some many most such another other like unlike despite instead indeed dear let may might",
    "would could should will shall can must after before during until unless whether",
)

# What an edited document calls itself in its head.
DOCUMENT_KINDS = _words(
    "telegram airgram despatch dispatch cable letter message memorandum memoranda memcon note statement report paper",
    "record minutes notes aide-mémoire aide-memoire instruction summary transcript estimate review circular",
    "proclamation",
    "directive study draft agreement communiqué communique editorial diary entry proceedings address order resolution",
    "declaration action analysis briefing talking-points intelligence backchannel communication position",
)

# Offices that are held 'to' somebody: the word before that 'to'.
HELD_TO = _words(
    "ambassador mission missions assistant assistants representative representatives delegation delegate",
    "observer adviser",
    "advisor advisers minister counselor envoy liaison commissioner consultant consul aide minister-counselor chargé",
    "attaché representation",
)

# Words that names of places write small, and words that stand before a date in a sentence.
SMALL_IN_PLACES = _words(
    "of the de la le en route aboard on board am an der di du des da do to and near in at a bei sur"
)
BEFORE_DATES = _words("on in at from since by and until before after during")

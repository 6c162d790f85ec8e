"""What the lines that news pages leave behind look like, by the word that they begin with.

A pattern has to take in a whole line, or a whole sentence, so that no news is lost for a word in it.
"""

import re
from functools import cache

_WORD = r"[A-Z][\w.’'&-]*"
NAMES = rf"{_WORD}(?:,?\s+(?:(?:and|&|in|for|of|at|the|de|van|von|al|bin)\s+)*{_WORD}){{0,9}}"
PERSON = rf"{_WORD}(?:\s+(?:de|van|von|al|bin|{_WORD})){{1,3}}"
_PEOPLE = rf"{PERSON}(?:,\s+{PERSON})*(?:,?\s+and\s+{PERSON})?"
_OUTLET_WORD = (
    r"(?:"
    r"Advertiser|Agency|Argus|Bulletin|Chronicle|Courier|Daily|Dispatch|Echo|Examiner|Express|Gazette|Globe|Guardian|"
    r"Herald|Independent|Journal|Ledger|Magazine|Mail|Media|Mercury|Mirror|Monitor|News|Newspapers?|Observer|Photo|Post|"
    r"Press|Radio|Record|Register|Review|Sentinel|Standard|Star|Sun|Telegraph|Times|Today|Tribune|TV|Weekly|AP|AFP|"
    r"Reuters|Getty|EPA|Wire"
    r")"
)
_PICTURE = (
    r"(?:photo(?:graph)?|image|picture|video|graphic|illustration|artwork|map|cartoon|infographic|footage|file photo)s?"
)
_STORY = r"(?:article|story|piece|essay|post|column|commentary|content|analysis|feature|interview|explainer)"
_TRADE = (
    r"(?:"
    r"reporter|correspondent|editor|columnist|writer|journalist|contributor|producer|photographer|photojournalist|anchor|"
    r"presenter|intern|fellow|blogger|author|critic|editor-at-large|editor-in-chief|bureau chief|news director|"
    r"commentator|cartoonist"
    r")"
)
_FIELD = r"[^“”]{0,160}(?:[^.!?“”\s]|\b\w{1,3}\.)"  # the words behind a label, without the end of a sentence
_NO_END = r"[^.]{0,160}[\w)’”\]?!»…-]"  # words that do not end as a sentence that tells something does
_NOT_TOLD = r"(?!.*(?:[“”\"]|\b(?:said|says?|told|according|announced|experts)\b))"  # nobody is reported to say it
_TO_REACH = r"(?:e-?mail|call|contact|text|message|reach|write to|get in touch with|dm|tweet)"

COMMANDS = frozenset(
    "accept add agree allow back browse buy cancel change choose click close comment continue copy dismiss donate "
    "download e-mail email enable enter expand explore follow get give go help hide join jump leave like listen load "
    "log login manage open order play post print read register reject report republish reset return save scroll search "
    "see select send share show sign skip start submit subscribe support swipe switch tap toggle tweet unsubscribe view "
    "watch write".split()
)
"""First words of lines that ask the reader to do something with the page; the rest is in `OBJECTS`."""

PAGE_WORDS = frozenset(
    "account ad ads advertisement alerts app apps article articles audio back below breaking browser caption captions "
    "clipboard comment comments content contents conversation cookie cookies discussion e-mail email episode facebook "
    "feed fullscreen galleries gallery google headlines here homepage image images inbox instagram journalism less link "
    "linkedin live main maps menu messenger more navigation newsletter newsletters next notifications now options page "
    "pages password photo photos picture pictures podcast podcasts preferences previous replies results search section "
    "settings sidebar site size slideshow stories story subscription telegram terms this threads today top topic topics "
    "transcript tweet twitter updates us video videos website whatsapp youtube".split()
)
"""What such a line is about; one at least has to be in it."""

OBJECTS = PAGE_WORDS | frozenset(
    "a about above access all an and archive at author button by channel channels continue daily details digital "
    "discussions down edition epaper first for free friend friends from full "
    "help home in in-app independent it journalist latest list "
    "local map me minute morning new news of off offers on or our out play policy pop-up print privacy public quality "
    "reactions reader reading recipe rss screen service share sharing social sound standard tab the tips to translation "
    "up use used using version via view weekly window with x your".split()
)
"""All words that such a line may have behind the first."""

MOST_WORDS = 12

THIRTY = re.compile(r"[-–—*#(\s]+30[-–—*#)\s]+")
"""The end of a press release."""

_BARE = (
    # buttons
    r"reply|accept|i agree|agree|got it|ok|dismiss|cancel|submit|close|mute|unmute|pause|"
    r"loading(?: more)?(?: comments| stories| articles)?|"
    r"unlock (?:this )?(?:article|story)|flag as inappropriate|sort by:? \w+|opens? (?:in )?(?:a )?new (?:tab|window)|"
    r"purchase licen[sc]ing rights|ad choices|required fields are marked|click (?:the |on )?(?:the )?image to enlarge|"
    r"create a(?: free)? account(?: to (?:continue|read|comment).{0,30})?|"
    r"share(?: this)?|pin it|save (?:article|for later)|gift (?:this )?article|"
    # accounts and subscriptions
    r"login|log ?in|sign ?in|register|subscribe|unsubscribe|donate|donate now|newsletters?(?: sign-?up)?|free trial|premium|"
    r"subscribers? only|for subscribers|members? only|"
    # entries of menus
    r"menu|search|home|gallery|photos?|pictures?|videos?|audio|rss|sitemap|site map|archives?|e-?paper|help|faqs?|"
    r"about us|contact us|contact|advertise(?: with us)?|careers|"
    r"terms(?: (?:of (?:use|service)|and conditions))? ?[|·&] ?privacy(?: policy)?|"
    r"(?:terms|conditions)(?: (?:of (?:use|service)|and conditions(?: apply)?|& conditions))?|"
    r"privacy(?: (?:policy|notice|statement))?|cookie (?:policy|settings|preferences|notice)|"
    r"manage (?:cookies|preferences)|do not sell my (?:personal )?information|"
    r"available on (?:the )?(?:app store|google|apple|spotify|itunes|amazon|android|ios|youtube).{0,50}|"
    # to the next page
    r"previous|next|prev(?:ious)? next|up next|next up|read next|coming up|"
    r"(?:next|prev(?:ious)?) (?:article|story|post|page|photo|slide|topic)|page \d+(?: of \d+)?|\d+ (?:of|/) \d+|"
    r"\d{1,2}:\d\d(?: / \d{1,2}:\d\d)+|"
    # headings of links
    r"(?:more|other|latest|top|related|popular|featured|similar|trending|best|editor[’']s|recent|hot) (?:"
    r"stories|news|articles|posts|coverage|content|reading|topics|videos?|headlines|links|from this section|picks?|choice|"
    r"reads|on this (?:story|topic)|in this section|from (?:the )?web"
    r")|"
    r"(?:popular|trending|happening|latest|breaking)(?: right)? now|"
    r"most (?:read|popular|viewed|commented|shared)(?: (?:in|on|now|today|stories|articles|news|this|from).{0,30})?|"
    r"(?:re)?commended(?: for you)?|recommended (?:reading|stories|articles)|(?:must|don[’']t) (?:watch|read|see|miss)|"
    r"(?:you|readers) (?:may|might|could) (?:also )?(?:like|be interested in|enjoy|want to read|have missed)|"
    r"you (?:may|might) also be interested in|what (?:to read|others are reading|we[’']re reading)(?: next)?|"
    r"(?:around|from) the web|from our partners|live|live (?:tv|blog|updates?)|breaking|exclusive|"
    # pictures
    r"in (?:pictures|photos|video|brief|depth)|file (?:photo|image|picture|pic)|stock (?:photo|image)|photo illustration|"
    r"handout(?: photo)?|getty images|istock(?: ?photo)?|shutterstock|alamy(?: stock photo)?|adobe stock|"
    r"toggle caption|(?:show|hide) caption|(?:video|photo|image|audio) caption|caption|transcript|"
    # who wrote it, and forms of press releases
    r"about the (?:author|writer|reporter)s?|author bio(?:graphy)?|the author|agency (?:report|reports)|"
    r"(?:staff|wire|news) (?:report|reports|service|services|agencies)|"
    r"(?:from )?(?:staff|wire) (?:and|&) (?:staff|wire|agency) reports|sent from my .{2,30}|via .{2,20}|"
    r"(?:press|news|media) release|(?:for )?immediate release|for release .{2,40}|notes? (?:to|for) editors?|"
    r"(?:media|press) (?:contacts?|enquiries|inquiries)|all rights reserved|end(?:s| of (?:story|article|document|text))?|"
    r"xxx|/ends|boilerplate|not for (?:publication|release) (?:before|until) .{3,40}|"
    r"fin|more to (?:come|follow)|details (?:to follow|soon|awaited)|"
    # advertisements
    r"(?:paid|partner|branded|sponsored|promoted|advertiser) (?:content|posts?|feature|story|stories|by)|"
    r"sponsor(?:ed)? message|promotion|"
    # comments
    r"comments?(?: \(\d+\))?|(?:no )?comments?(?: yet)?|be the first to comment|comments are (?:closed|off|disabled)|"
    r"view (?:all )?comments|report (?:an? )?(?:error|typo|mistake)|suggest a correction"
)
BARE = re.compile(rf"[-–—*•#(\[\s]*(?:{_BARE})[-–—*•#)\]\s]*[:.…!»>→]*", re.IGNORECASE)
"""A line that holds nothing but a button, a menu's entry, a heading of links or a word of a page's frame."""

CODE = re.compile(
    r"[.#@]?[\w-]+(?:[ ,>.#][\w.#-]+)* ?\{|\}+|(?:-?[a-z]+)(?:-[a-z]+)*: ?[^ .]+(?: !important)?;|"
    r"\{\{.{0,80}\}\}|<!--.{0,200}-->"
)
"""A line of a page's style or template."""


def _by_word(rows: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """Return the patterns of each word that a line can begin with."""
    table: dict[str, list[str]] = {}
    for words, pattern in rows:
        for word in words.split():
            table.setdefault(word, []).append(pattern)
    return table


_LINES = _by_word(
    (
        # Another story behind a label: "Read also: The harbour reopens"
        (
            "read also see watch listen related must video videos photos pictures gallery podcast more explainer explained "
            "don't don’t recommended live poll quiz in audio slideshow from up trending",
            r"[(\[]?\s*(?i:"
            r"read(?: more| next| also| now| this| here| full story)?|also (?:read|see|watch|on [^.:]{2,30})|"
            r"see(?: also| more)?|watch(?: now| live| below| here| more| also)?|listen(?: now| here| to)?|"
            r"related(?: \w+)?|must (?:read|watch|see)|videos?|photos?|pictures|gallery|podcasts?|"
            r"more(?: on| from)?(?: [^.:|]{2,40})?|don[’']t miss|recommended(?: \w+)?|poll|quiz|in pictures|in photos|"
            r"audio|slideshow|from the archives?|up next|trending(?: now)?"
            rf")\s*[:|»→]\s*{_NO_END}",
        ),
        # "Also on Velm Today"
        ("also", r"(?i:also on|also in|also from) [^.:]{2,40}"),
        # "More from the harbour"
        ("more", r"(?i:more (?:from|on|about|in)) [^.]{2,60}"),
        # "Top stories from Velm"
        ("more top latest", rf"(?i:(?:more|top|latest) (?:stories|news|articles|coverage) (?:by|from)) {NAMES}"),
        # "Watch the full interview below"
        (
            "watch listen",
            rf"{_NOT_TOLD}(?i:watch|listen to) (?i:more|the|this|our|full)\b[^.“”\"]{{0,60}}"
            r"(?i:on our|on youtube|below|above|here)[^.]{0,40}\.?",
        ),
        # "Click here for our map of the harbour"
        ("click tap", rf"{_NOT_TOLD}(?i:click|tap) (?i:here|on|below|above|through|to)\b.{{0,120}}"),
        # "For more news from Velm, visit our site"
        (
            "for",
            r"(?i:"
            r"for (?:more|further|full|all|the latest|additional)(?: (?:of|on|from))? (?!than)(?:\w+ ){0,2}"
            r"(?:information|details|news|coverage|stories|updates|analysis|this|columns|tips|results)"
            r")\b[^.“”]{0,50}(?i:,| please)? (?i:visit|go to|see|follow|click|contact|call|e-?mail)\b.{1,120}",
        ),
        # "Continue reading the full story"
        (
            "read continue",
            r"(?i:"
            r"(?:read|continue reading) (?:"
            r"more|it (?:all|here)|the (?:full|original|whole|entire|rest)|full|on|this (?:article|story|next|too)|about"
            r")"
            r")\b[^.“”\"]{0,80}\.?",
        ),
        # ---- Tags, and the fields of archives and mails ----
        # Tags and fields: "Filed under: Harbour", "LENGTH: 420 words"
        (
            "tags tag topics topic categories category keywords keyword filed posted in section byline subject length load "
            "language graphic dateline word document publication journal url permalink people places companies locations "
            "copyright pub edition source department title headline credit type body date author authors writer contributor "
            "contributors industry geographic organization person company ticker classification page pages column series "
            "from to cc bcc sent reply issn isbn body slug format doc id edition more",
            r"(?i:"
            r"tags?|topics?|categor(?:y|ies)|keywords?|filed (?:under|in|to)|posted in|in this (?:article|story)|section|"
            r"byline|subject|load-date|dateline|word count|publication-type|journal code|url|permalink|document-type|"
            r"doc type|pub date|issn|isbn|slug|cc|bcc|reply-to|authors?|more on"
            rf")\s*:\s*{_FIELD}|"
            rf"(?i:from|to|sent|date)\s*:\s*(?=.*[@\d]|{_PEOPLE}\Z){_FIELD}|"
            r"(?i:"
            r"language|graphic|people|persons?|companies|company|organi[sz]ations?|industry|geographic|ticker|locations?|"
            r"places?|body|edition|department|length|publication|source|title|headline|type|country|state|city"
            r")\s*:\s*(?:[A-Z\d][A-Z\d ,;&()%’'.-]*|\d+ words|(?:Photo|Image|Graphic|Map|Chart|Picture)s?\b[^.]{0,120})",
        ),
        # The number of an article of Factiva
        ("document", r"Document [A-Z]{3,}[\dA-Za-z]{10,}"),
        # The line above what a mail answers: "On 4 June 2024 at 9:30, Nora Beck wrote:"
        ("on", r"On (?=.*(?:@|\d:\d\d)).{5,110} wrote:"),
        # "Posted on 4 June by Nora Beck"
        (
            "posted published updated written created first last",
            rf"(?i:posted|published|updated|written|created|first published|last updated)\b[^.“”]{{0,60}}\bby {_PEOPLE}",
        ),
        # "Disclaimer: this content is for information only"
        (
            "disclaimer",
            r"(?i:disclaimer)\s*:.*\b(?i:content|views|opinions|article|story|information|site|website)\b.{0,200}",
        ),
        # "Image caption: A tram in Velm"
        ("image photo picture video", rf"(?i:(?:image|photo|picture|video) caption)\s*:\s*{_NO_END}"),
        # ---- Forms of press releases ----
        # "Embargoed until 6 June"
        (
            "embargoed embargo strictly under",
            r"(?!.*, (?:the|an?|he|she|they) )(?i:(?:strictly |under )?embargo(?:ed)?)(?i: until| till| for|:).{0,80}|"
            r"(?i:(?:strictly |under )(?:strict )?embargo(?:ed)?|embargoed)\W*",
        ),
        # What the firm does: "About Orla Ferries: Orla has …"
        (
            "about",
            rf"About (?P<firm>{_WORD})(?: {NAMES})?\s*:\s(?=.*\b(?P=firm)\b).{{0,400}}|"
            rf"About (?:the )?{_WORD}(?: (?:of |and |& |for |the )?{_WORD}){{1,5}}",
        ),
        # Whom to ask: "Media contact: Nora Beck, nora@velm.example"
        (
            "media press contact contacts for tel telephone phone fax mobile cell email e mail website web twitter address "
            "source enquiries inquiries news",
            r"(?i:"
            r"(?:(?:media|press|news|investor|public)(?: relations)? )?(?:contacts?|enquiries|inquiries)|tel(?:ephone)?|"
            r"phone|fax|mobile|cell|e-?mail|web(?:site)?|twitter|address|for (?:media|press) (?:enquiries|inquiries)"
            r")\.?\s*:\s*(?:[^“”]*(?:@|\d{3}|www|http)[^“”]*|[^.“”]{0,120})",
        ),
        # "SOURCE Orla Ferries"
        ("source", rf"SOURCE:? {NAMES}"),
        # "View original content"
        ("view", r"(?i:view original content|view source version)\b.{0,160}"),
        # ---- Who took the picture, and who wrote ----
        # "Photo: Nora Beck | Velm Courier"
        (
            "photo photos photograph photographs image images picture pictures video videos graphic illustration "
            "illustrations artwork map cartoon courtesy credit footage file screenshot screengrab provided handout",
            rf"[(\[]?\s*(?i:{_PICTURE}|credit|courtesy|screenshot|screengrab|handout|provided)\s*(?i:credits?\s*)?"
            r"(?:[:|/-]|(?i:\b(?:by|courtesy(?: of)?|from|via|supplied by|provided by|of)))\s*(?i:courtesy of |the )?"
            rf"{NAMES}(?:\s*[/|(-]\s*(?:via )?{NAMES})*(?: (?:via|for) (?:the )?{NAMES})?\s*[)\]]?\.?",
        ),
        # "With reporting by Nora Beck"
        (
            "with",
            r"[–—-]*\s*(?i:"
            r"with (?:assistance|help|files?|reporting|contributions?|additional reporting|input|inputs)(?: by| from)"
            rf") {NAMES}\.?",
        ),
        # "by Nora Beck, Velm Courier"
        ("by", rf"by (?:{_WORD} (?:writers?|staff|correspondents?) )?{_PEOPLE}(?:\s*[,|]\s*{NAMES})?,?"),
        # ---- Advertisements, and ways through the site ----
        # "Advertisement - continue reading", "Sponsored by Orla Ferries"
        (
            "advertisement advertisements ad ads sponsored presented brought promoted",
            r"(?i:advertisements?|ads?)\s*[-–—:|.]\s*(?i:continue|skip|scroll|story|article|remove|loading|\d).{0,80}|"
            r"(?i:sponsored|presented|brought to you|promoted) by [^.]{2,60}",
        ),
        # "Home > News > Velm"
        ("home", r"Home(?:\s*[/>»›|]\s*[\w &’'-]{2,40})+"),
        # "Image 2 of 7"
        ("image photo picture slide", r"(?i:image|photo|picture|slide) \d+ (?:of|/) \d+"),
        # "Estimated reading time: 3 minutes"
        ("reading estimated", r"(?i:(?:estimated )?read(?:ing)? time)\b.{0,10}\d.{0,20}"),
        # "Transcript provided by the Velm Courier", "Fact-checked by Nora Beck"
        (
            "transcript transcripts audio captions translation fact proofread produced photographed",
            r"(?i:transcripts?|audio|captions|translation|fact-?checked|proofread|produced|photographed)"
            rf"(?i: provided)? by (?:the )?{NAMES}\.?",
        ),
        # "Correction: an earlier version of this story …"
        (
            "correction corrections clarification",
            r"(?i:corrections?|clarifications?)\b.{0,60}\b"
            rf"(?i:earlier version|previous version|this {_STORY})\b.{{0,200}}",
        ),
    )
)
"""What takes in a whole line behind the headline: the words that it may begin with, and its pattern."""

_SENTENCES = _by_word(
    (
        # ---- Newsletters and accounts ----
        # "Sign up for our newsletter", "Get the latest updates in your inbox"
        (
            "sign subscribe get receive join register enter want stay keep start try never be make",
            rf"{_NOT_TOLD}(?i:"
            r"sign up|subscribe|get|receive|join|register|enter|stay|keep|start|try|never miss|be the first|make sure"
            r")\b(?="
            r".*\b(?i:"
            r"newsletters?|(?:your|my) inbox|(?:daily|weekly|free|our) e-?mails?|e-?mail (?:alerts?|address|updates)|"
            r"receive e-?mails? (?:containing|with|from|about)|news alerts?|morning briefing|"
            r"our (?:daily|weekly|free|(?:WhatsApp |Telegram |YouTube )?(?:app|site|website|channel|group|newsletters?))|"
            r"(?:real-time|the latest|breaking) updates|"
            r"updates from|membership|for unlimited|our podcast"
            r")\b"
            r").{0,200}|"
            r"(?i:subscribe (?:to|now|today|for)) (?!the idea|the view|the theory)[^.]{0,120}\.?",
        ),
        # "Sign up here", "Log in to continue"
        (
            "sign log subscribe register",
            r"(?i:sign up|sign in|log in|subscribe|register)"
            r"(?: (?:here|now|today|for free|below|to read more|to continue)){0,3}[.!]?",
        ),
        # "Enjoyed this article?"
        (
            "want like enjoyed enjoying love interested",
            rf"{_NOT_TOLD}(?i:want|like|enjoyed|enjoying|love|interested in) "
            r"(?i:more|this|our|these|to (?:read|hear|know|get|receive|see|keep))\b(?="
            r".*\b(?i:news|stor(?:y|ies)|articles?|updates|newsletters?|inbox|coverage|columns|post|e-?mails?)\b"
            r")[^.]{0,100}\?",
        ),
        # "By signing up you agree to our terms"
        (
            "by",
            r"(?i:by (?:signing up|subscribing|submitting|registering|continuing|clicking|using (?:this|our)))\b"
            r"(?=.*\byou\b.*\b(?i:agree\w*|consent\w*|accept|acknowledge|confirm|will)\b|.*\bour use of\b).{0,250}",
        ),
        # "Your subscription helps us"
        (
            "your",
            rf"{_NOT_TOLD}(?i:"
            r"your (?:"
            r"e-?mail address (?:will|is|has)|subscription (?:has|will|helps|was|supports|makes)|browser (?:does|is)|"
            r"comment (?:will|has)|session (?:has|is)"
            r")"
            r")\b.{0,140}",
        ),
        # "Please log in", "Please enable JavaScript"
        (
            "please",
            rf"{_NOT_TOLD}(?i:please) (?="
            r".*\b(?i:"
            r"inbox|subscri\w+|log in|sign in|register|javascript|browser|cookies|donation|refresh|enable|disable|"
            r"support (?:our|local|independent)"
            r")\b"
            r").{0,200}",
        ),
        # "Thank you for reading our site"
        (
            "thank thanks",
            r"(?i:thank you|thanks) (?i:"
            r"for (?:"
            r"subscribing|signing up|registering|reading (?:our|this|the)|your (?:subscription|feedback|comment)|"
            r"visiting our"
            r")"
            r")\b.{0,100}",
        ),
        # "Already a subscriber?"
        (
            "already not are",
            r"(?i:already (?:a|an|have)|not (?:a|an)|are you (?:a|an)) (?i:\w+ )?"
            r"(?i:subscribers?|subscribed|members?|registered|account|user)\b(?! of)[^.]{0,60}\??(?: .{0,60})?",
        ),
        # "Become a member today"
        (
            "become",
            r"(?i:become (?:a|an|our)) (?i:\w+ )?(?i:member|subscriber|supporter|patron|friend|insider)\b(?! of).{0,100}",
        ),
        # "To continue reading, subscribe"
        (
            "to",
            rf"{_NOT_TOLD}"
            r"(?i:to (?:continue|keep|finish) reading|to (?:read|comment|view|access|see) (?:on|this|the|more))\b"
            r"(?=.*\b(?i:click|visit|go to|subscribe|sign (?:in|up)|log in|register|please|here|enable|follow)\b).{0,140}",
        ),
        # "To contact the reporter on this story: Nora Beck at …"
        (
            "to",
            r"(?i:to contact the (?:reporter|editor|author|writer|staff)s?(?: \w+)? (?:on|of|for|about) this) "
            rf"(?i:{_STORY})\s*:.{{0,200}}",
        ),
        # "You have reached your limit of free articles"
        (
            "you",
            rf"{_NOT_TOLD}(?i:"
            r"you (?:have|[’']ve) (?:reached|read|used) (?:your|all|the|\w+ of your)\b.{0,60}(?:free|limit|articles?)|"
            r"you(?: must| need to|[’']ll need to| have to| are not| can)(?: be)? (?:"
            r"logged in|log in|sign in|signed in|unsubscribe|"
            r"(?:subscribe|register|registered|a subscriber|a member) "
            r"(?:(?:to|and|in order to) (?:comment|read|continue|view|post|access)|at any time)"
            r")|"
            r"you are (?:currently )?(?:reading|viewing) (?:a|an|the|this|your) \w+ ?(?:article|preview|version|site)"
            r")\b.{0,140}",
        ),
        # "You have 2 free articles left"
        ("you", r"(?i:you (?:have|[’']ve) (?:\w+ )?(?:free )?(?:articles?|stories) (?:left|remaining))\b.{0,60}"),
        ("you", r"(?i:you (?:have|[’']ve)(?: only)? \w+ (?:more )?free (?:articles?|stories))\b.{0,60}"),
        # "What do you think? Tell us in the comments"
        (
            "have let tell leave share what join",
            r"(?i:(?:what do you think\? )?(?:have your say|let us know|tell us|leave (?:a|your) comments?|"
            r"share your (?:thoughts|views|opinions?))(?: what you think)?"
            r"(?: (?:in the comments?(?: section)?|below)){1,2})[.!]?",
        ),
        # "This content is for subscribers only"
        (
            "this",
            r"(?i:"
            r"this (?:content|article|story|page|video|feature|site|website) (?:is|are)(?: only| exclusively)? "
            r"(?:for|available|reserved|exclusive|restricted)\b.*\b"
            r"(?:subscribers?|members?|registered|region|country|users)|"
            r"this (?:content|video|page|feature) is (?:unavailable|no longer available|not available)|"
            r"this (?:site|website|page) (?:uses|is protected by)"
            r")\b.{0,140}",
        ),
        # "We use cookies on this site"
        (
            "we",
            r"(?i:"
            r"we (?:"
            r"use|and our partners use|value your privacy|[’']d love|welcome your|encourage|moderate|reserve the right"
            r")"
            r")\b(?=.*\b(?i:cookies?|comments?|privacy|feedback|data|discussion|site)\b).{0,200}",
        ),
        # ---- Comments ----
        # "Comments are moderated"
        (
            "comments comment commenting all",
            r"(?i:(?:all )?comments?(?:ing)?) (?i:are|that|on|will|is|must|may|should|posted|have)\b(?="
            r".*\b(?i:"
            r"moderat\w*|closed|break our|approved|disabled|house rules|comment(?:s|ing)? policy|community guidelines|"
            r"abusive|off-topic"
            r")\b"
            r")(?!.*[“”\"]).{0,160}",
        ),
        # ---- Rights and origins ----
        # "Content created by Velm Today is free to republish"
        (
            "content articles stories",
            r"(?i:content|articles|stories) (?i:created|produced|provided|published|written) by .{2,80} "
            r"(?i:is|are|may be) (?i:available|free|licen[sc]ed|provided|republished)\b.{0,160}",
        ),
        # "For licensing, contact Nora Beck"
        (
            "for",
            r"(?i:"
            r"for (?:"
            r"licensing|syndication|reprints?|republication|permissions?|more information|further information|"
            r"additional information|(?:media|press|advertising) (?:enquiries|inquiries|queries|requests|information)"
            r")"
            r")\b[^“”]{0,60}(?i:contact|visit|e-?mail|call|see|go to|write)\b.{0,140}|"
            r"(?i:for (?:more|further) information,? (?:please )?(?:contact|visit|call))\s*:?",
        ),
        # "This article was originally published by Velm Today"
        (
            "this",
            rf"{_NOT_TOLD}(?i:this (?:article|story|piece|column|essay|commentary)) (?i:is|was|has been|is being|will be)"
            r"(?: (?i:originally|first|also|produced and|last|being))?(?: co-)? ?(?i:"
            r"republished|published|co-published|produced|appeared|supported|funded|made possible|updated|corrected|"
            r"adapted|translated|edited|syndicated|provided|part of|sponsored|excerpted|reprinted|reproduced|"
            r"based on reporting|written by|distributed|amended|brought"
            r")\b.{0,250}",
        ),
        # The same of more kinds of text, where nothing is quoted
        (
            "this",
            rf"(?i:this {_STORY}) (?i:is|was|has been|will be)(?: (?i:originally|first|last|being))? "
            r"(?i:republished|updated|corrected|sponsored|syndicated|amended|translated|edited for)\b(?!.*[“”]).{0,250}",
        ),
        # "This story first appeared in Velm Today"
        ("this", rf"(?i:this {_STORY}) (?i:originally|first) (?i:appeared|ran|published)\b.{{0,160}}"),
        # "This is a developing story"
        (
            "this",
            r"(?i:this is (?:a|an) (?:developing|breaking|ongoing|updating) (?:news )?(?:story|situation|event))\b.{0,80}",
        ),
        # "Check back for updates", "Refresh this page"
        (
            "check more refresh",
            r"(?i:"
            r"check back (?:later|soon|here|for|with us|often|again)|refresh (?:this|the) (?:page|site|browser)|"
            r"refresh for|more (?:details|updates|information) (?:to follow|to come|as)"
            r")\b.{0,80}",
        ),
        # "Editor's note: This story was …"
        (
            "editor editor's editor’s editors author's author’s publisher",
            r"(?i:(?:editor|author|publisher)(?:[’']s|s[’']?)? note)\s*[:–—-]\s*"
            r"(?i:this|an earlier|a previous|the (?:author|writer)|a version|the (?:original|following))\b"
            rf"(?=.*\b(?i:{_STORY}|version|report)\b).{{0,200}}",
        ),
        # "An earlier version of this story gave …"
        (
            "an a",
            r"(?i:(?:an earlier|a previous|a version|an updated|an abridged)) (?i:version )?(?i:of )?"
            rf"(?i:this {_STORY}|version of this {_STORY})\b.{{0,200}}",
        ),
        # "Republish our articles"
        ("republish", r"(?i:republish)\b.{0,100}"),
        # ---- Whom to reach, whom to follow, what to pay ----
        # "Have a news tip?"
        (
            "have got do",
            rf"{_NOT_TOLD}(?i:have|got|do you have|do you know of|have you got)(?: (?i:a|an|any|some|your))?"
            r"(?: (?i:news|confidential|hot|question|local))? "
            r"(?i:tips?|story|stories|questions?|comments?|feedback|corrections?|information)\b[^.?]{0,50}\?",
        ),
        # "Email Nora at nora@velm.example", "You can reach her at nora@velm.example"
        (
            "email e call contact text message reach write get send dm you he she they",
            r"(?i:"
            r"(?:"
            rf"(?:you|he|she|they) can (?:be )?(?:reach(?:ed)?|contact(?:ed)?|e-?mail(?:ed)?|follow(?:ed)?)|{_TO_REACH}|"
            r"send"
            r")"
            r")(?="
            r":? (?:"
            r"(?:us|me|him|her|them|the|our|your|at|on|directly|tips|story|via|by)\b|[A-Z]|[\w.+-]+@|[a-z]+:|[\d+(]"
            r")"
            r")(?:(?!\bsaid\b|\bsays\b).){0,80}?(?:[\w.+-]+@[\w.-]+|@\w{2,}|\b\d{3}[-. ]\d{3,4}|\+\d\d)"
            r"(?:(?!\bsaid\b).){0,60}",
        ),
        # "Send us your photos"
        (
            "send",
            r"(?i:"
            r"send (?:us |in )?(?:your |a |any )?(?:news )?(?:"
            r"photos?|pictures|tips?|letters|comments|questions|story|stories|videos|feedback|views|thoughts|corrections"
            r")"
            r")\b[^.“”]{0,80}\.?",
        ),
        # "Letters to the editor should be signed"
        (
            "letters",
            r"(?i:"
            r"letters (?:"
            r"to the editor (?:should|can|may|must|are)|(?:can|may) be (?:sent|e-?mailed)|"
            r"should be (?:sent|addressed|no)|must be (?:signed|no)"
            r")"
            r")\b.{0,140}",
        ),
        # "Support our journalism with a donation today"
        (
            "support help donate please your if consider we",
            rf"{_NOT_TOLD}(?i:support|help|donate|please|your|if you|consider|we)\b(?="
            r".*\b(?i:"
            r"journalism|newsroom|make a donation|making a donation|donate (?:now|today|here)|"
            r"our (?:work|reporting|readers|site|newsletter)|subscribing|membership"
            r")\b"
            r")(?="
            r".*\b(?i:"
            r"today|now|consider|support(?:ing)?|donat\w+|help(?:s)? (?:us|keep|fund)|rely on|depend on|by subscribing|"
            r"click"
            r")\b"
            r").{0,200}",
        ),
        # "Download our app today"
        (
            "download",
            r"(?i:download) (?:(?i:the|our|a|your|now|this)|[A-Z]\w+)\b[^“”]{0,120}\b"
            r"(?i:app|here|pdf|today|free)\b[^“”]{0,80}",
        ),
        # "Make a donation now"
        (
            "make give",
            rf"{_NOT_TOLD}(?i:(?:make|give) (?:a|your) (?:\w+ )?(?:donation|contribution|gift)) "
            r"(?i:today|now|here|to (?:us|our|the|support|help))\b.{0,120}",
        ),
        # "Get the Velm Today app"
        ("get", r"(?i:get|try) (?i:the|our) (?:[A-Z]\w+ ){0,4}(?i:app)(?: (?i:now|today|for free|here))?[.!]?"),
        # "Our standards: …"
        ("our", r"(?i:our standards)\s*:.{0,80}"),
        # "AP writer Nora Beck contributed"
        (
            "associated ap the",
            r"(?i:(?:the )?(?:associated press|ap))(?i:(?:[’']s)? "
            r"(?:staff |science |business |sports |video |religion |medical )?"
            r"(?:writers?|journalists?|reporters?|correspondents?|producer|photographer)?"
            rf") ?(?:{NAMES})?[^,]{{0,120}}\bcontributed(?: (?:to|from|reporting)\b.{{0,100}}|\.?)",
        ),
        # "The views expressed here are those of the author"
        (
            "the views opinions any",
            r"(?i:(?:the |any )?(?:views|opinions)(?: and (?:views|opinions))?) (?i:expressed|stated)"
            r"(?: (?:here(?:in)?|above|within|in (?:this|the) \w+|in \w+s|on this \w+|by [^,.]{3,60}?))* "
            r"\b(?i:are|is|do)\b.{0,40}\b(?i:author|writer|columnist|contributor|own|alone|reflect|represent)(?:[’']?s)?\b.{0,120}",
        ),
    )
)
"""What takes in a sentence wherever it stands."""

CONTRIBUTED = (
    r"(?!"
    r"(?:"
    r"Police|Officials|Witnesses|Troops|Residents|Doctors|Journalists|Reporters|He|She|They|It|No|Cases?|Deaths?|"
    r"Incidents?"
    r")\b"
    rf")(?:{_PEOPLE}|[A-Z]{{2,}}|(?:The )?{NAMES}) (?:also )?(?:"
    rf"contributed (?:reporting|research|to (?:this|the) (?:report|story|article|reporting)|from {NAMES})|"
    rf"reported from {NAMES}"
    r")\b[^“”]{0,60}\.?"
)
"""Who helped; a sentence of its own."""

_PERSON_OF_OUTLET = (
    rf"{PERSON}(?:,| for(?: the)?| in {NAMES} for(?: the)?) (?:[A-Z][\w’']* ){{0,3}}{_OUTLET_WORD}(?: {_OUTLET_WORD})?"
)

OF_OUTLET = rf"{PERSON}, (?:The )?(?:[A-Z][\w’']* ){{1,3}}{_OUTLET_WORD}"
"""Who wrote the article and for whom, as a line above it: ``Nora Beck, Velm Courier``."""

LINE_OF_NAMES = (
    rf"[(\[]?\s*(?:{PERSON}|{NAMES} Images)\s*(?:/|\|)\s*{NAMES}(?:\s*[/|]\s*{NAMES})*"
    rf"(?:,? (?:via|for) (?:the )?{NAMES})?\s*[)\]]?|"
    rf"[(\[]?\s*{_PERSON_OF_OUTLET}\s*[)\]]?|"
    rf"{PERSON}, (?:[A-Z][\w’'-]* (?:(?:and|of|for) )?){{0,3}}(?i:{_TRADE})|"
    r"Getty Images\s*/\s*\w+|"
    rf"[(\[]?\s*(?:{_WORD} ){{0,4}}(?:News|Press) (?:Agency|Service|Wire|Network|Association)\s*[)\]]?"
)
"""A credit of a picture or agency without a word for it: ``Nora Beck | Velm Courier``."""

IN_BRACKETS = (
    r"[(\[]\s*(?:[A-Z][\w’']* ){0,4}(?i:"
    r"podcasts?|video|watch|listen|read more|read|related|also read|see also|more|photos|gallery|poll|quiz|newsletter|"
    r"quiz|explainer|opinion"
    r")\b[^.:“”]{0,30}[:|]\s*[^()\[\]]{2,200}[)\]]\.?|"
    r"[(\[]\s*(?i:related|video|watch|listen|read(?: more| also)?|also read|see also|more|photos|gallery)\s*"
    rf"[)\]]:?\s+{_NO_END}|"
    r"[(\[]\s*(?i:sign up|click here|subscribe|watch|read|listen|see) [^.“”()]{0,50}[)\]]\.?"
)
"""A promotion of another story in brackets."""

BIOGRAPHY = (
    rf"(?P<name>{PERSON}) (?:is|was) (?:an?|the|our|[A-Z][\w ’']{{2,40}}[’']s?) (?:[\w’',&-]+ ){{0,6}}?{_TRADE}s?\b"
    rf"(?: and (?:[\w’'-]+ ){{0,4}}{_TRADE})?"
    r"(?:(?:,? (?:for|at|of|with|based|in|covering|on|and|from|specialising|specializing|to)\b[^“”]{0,160})|\.)\.?|"
    rf"(?P<name2>{PERSON}) (?:covers|writes (?:about|for|on)|reports (?:on|for|from)) [^“”]{{3,160}}\b"
    rf"(?:for (?:the )?(?:{_WORD} ?){{1,5}}|{_OUTLET_WORD})\.?"
)
"""Who the author is; it stands at an article's end, and the rest of the article does not speak of that person."""


def line_patterns(word: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of whole lines behind the headline that begin with a word."""
    return _compiled(tuple(_LINES[word])) if word in _LINES else ()


def sentence_patterns(word: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of sentences, wherever they stand, that begin with a word."""
    return _compiled(tuple(_SENTENCES[word])) if word in _SENTENCES else ()


def seldom(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that few articles need."""
    return _compiled((pattern,))[0]


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Compile patterns when the first line needs them: all of them together take as long as reading ten articles."""
    return tuple(map(re.compile, patterns))

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
    r"(?:Advertiser|Agency|Argus|Bulletin|Chronicle|Courier|Daily|Dispatch|Echo|Examiner|Express|Gazette|Globe|"
    r"Guardian|Herald|"
    r"Independent|Journal|Ledger|Magazine|Mail|Media|Mercury|Mirror|Monitor|News|Newspapers?|Observer|Photo|"
    r"Post|Press|Radio|"
    r"Record|Register|Review|Sentinel|Standard|Star|Sun|Telegraph|Times|Today|Tribune|TV|Weekly|AP|AFP|Reuters|"
    r"Getty|EPA|Wire)"
)
_PICTURE = (
    r"(?:photo(?:graph)?|image|picture|video|graphic|illustration|artwork|map|cartoon|infographic|footage|file "
    r"photo)s?"
)
_STORY = r"(?:article|story|piece|essay|post|column|commentary|content|analysis|feature|interview|explainer)"
_FIELD = r"[^“”]{0,160}(?:[^.!?“”\s]|\b\w{1,3}\.)"
_NO_END = r"[^.]{0,160}[\w)’”\]?!»…-]"
_NOT_TOLD = r"(?!.*(?:[“”\"]|\b(?:said|says?|told|according|announced|experts)\b))"
_TO_REACH = r"(?:e-?mail|call|contact|text|message|reach|write to|get in touch with|dm|tweet)"

# Lines that are made of such words alone, beginning with one of the first, ask the reader to do something with the page.
COMMANDS = frozenset(
    "accept add agree allow back browse buy cancel change choose click close comment continue copy dismiss "
    "donate download e-mail "
    "email enable enter expand explore follow get give go help hide join jump leave like listen load log login "
    "manage open order "
    "play post print read register reject republish report reset return save scroll search see select send "
    "share show sign skip "
    "start submit subscribe support swipe switch tap toggle tweet unsubscribe view watch write".split()
)
OBJECTS = frozenset(
    "a about above access account ad ads advertisement alerts all an and app apps archive article articles at "
    "audio author back below "
    "breaking browser button by caption captions clipboard comment comments content contents conversation "
    "cookie cookies daily "
    "details digital discussion discussions down e-mail edition email episode epaper facebook feed first for "
    "free friend friends from "
    "full fullscreen galleries gallery google headlines help here home homepage image images in inbox "
    "instagram it journalism "
    "journalist latest less live link linkedin list local main map maps me menu messenger minute more morning "
    "navigation new news newsletter "
    "newsletters next notifications now of off offers on options or our out page pages password photo photos "
    "picture pictures play "
    "podcast podcasts policy pop-up preferences previous print privacy reactions reader reading recipe replies results "
    "rss screen search "
    "section settings share sharing sidebar site size slideshow social sound standard stories story "
    "subscription tab telegram terms the "
    "this threads tips to today top topic topics transcript translation tweet twitter up updates us version "
    "via video videos view "
    "website weekly whatsapp window with x your youtube using use used continue independent quality public "
    "service in-app".split()
)
PAGE_WORDS = frozenset(
    "account ad ads advertisement alerts app apps article articles audio back below breaking browser caption "
    "captions clipboard comment "
    "comments content contents conversation cookie cookies discussion e-mail email episode facebook feed "
    "fullscreen galleries gallery google "
    "headlines here homepage image images inbox instagram journalism less link linkedin live main maps menu "
    "messenger more navigation "
    "newsletter newsletters next notifications now options page pages password photo photos picture pictures "
    "podcast podcasts preferences "
    "previous replies results search section settings sidebar site size slideshow stories story subscription "
    "telegram terms this threads today top "
    "topic topics transcript tweet twitter updates us video videos website whatsapp youtube".split()
)
"""What such a line is about; one at least has to be in it."""
MOST_WORDS = 12

THIRTY = re.compile(r"[-–—*#(\s]+30[-–—*#)\s]+")
"""The end of a press release."""

_BARE = (
    r"(?:next|prev(?:ious)?) (?:article|story|post|page|photo|slide|topic)|"
    r"menu|search|home|login|log ?in|sign ?in|register|subscribe|unsubscribe|donate|donate now|previous|next|"
    r"prev(?:ious)? next|close|"
    r"gallery|photos?|pictures?|videos?|audio|comments?(?: \(\d+\))?|accept|i agree|agree|got it|ok|dismiss|"
    r"cancel|submit|newsletters?|"
    r"about us|contact us|contact|advertise(?: with us)?|careers|help|faqs?|rss|sitemap|site map|archives?|e-?paper|"
    r"(?:terms|conditions)(?: (?:of (?:use|service)|and conditions|& conditions))?|privacy(?: (?:policy|notice|"
    r"statement))?|"
    r"cookie (?:policy|settings|preferences|notice)|manage (?:cookies|preferences)|do not sell my (?:personal )"
    r"?information|"
    r"(?:must|don[’']t) (?:watch|read|see|miss)|(?:re)?commended(?: for you)?|recommended (?:reading|stories|"
    r"articles)|"
    r"(?:you|readers) (?:may|might|could) (?:also )?(?:like|be interested in|enjoy|want to read|have missed)|"
    r"you (?:may|might) also be "
    r"interested in|(?:more|other|latest|top|related|popular|featured|similar|trending|best|editor[’']s|recent|hot) "
    r"(?:stories|news|articles|posts|coverage|content|reading|topics|videos?|headlines|links|from this section|"
    r"picks?|choice|reads|"
    r"on this (?:story|topic)|in this section|from (?:the )?web)|"
    r"(?:popular|trending|happening|latest|breaking)(?: right)? now|most (?:read|popular|viewed|commented|"
    r"shared)(?: (?:in|on|now|today|stories|articles|news|this|from).{0,30})?|"
    r"(?:around|from) the web|what (?:to read|others are reading|we[’']re reading)(?: next)?|up next|next up|"
    r"read next|coming up|"
    r"in (?:pictures|photos|video|brief|depth)|file (?:photo|image|picture|pic)|stock (?:photo|image)|photo "
    r"illustration|handout(?: photo)?|"
    r"about the (?:author|writer|reporter)s?|author bio(?:graphy)?|the author|(?:press|news|media) release|"
    r"(?:for )?immediate release|for release .{2,40}|notes? (?:to|for) editors?|(?:media|press) (?:contacts?|"
    r"enquiries|inquiries)|"
    r"(?:paid|partner|branded|sponsored|promoted|advertiser) (?:content|post|feature|story|by)|sponsor(?:ed)? "
    r"message|promotion|"
    r"agency (?:report|reports)|(?:staff|wire|news) (?:report|reports|service|services|agencies)|(?:from )"
    r"?(?:staff|wire) (?:and|&) "
    r"(?:staff|wire|agency) reports|toggle caption|(?:show|hide) caption|(?:video|photo|image|audio) caption|"
    r"caption|transcript|"
    r"(?:no )?comments?(?: yet)?|be the first to comment|comments are (?:closed|off|disabled)|view comments|"
    r"available on (?:the )?(?:app store|google|apple|spotify|itunes|amazon|android|ios|youtube).{0,50}|all "
    r"rights reserved|end(?:s| of (?:story|article|document|text))?|fin|more to (?:come|follow)|"
    r"details (?:to follow|soon|awaited)|page \d+(?: of \d+)?|\d+ (?:of|/) \d+|\d{1,2}:\d\d(?: / \d{1,2}:\d\d)+|"
    r"loading(?: comments| more)?|"
    r"sent from my .{2,30}|via .{2,20}|share(?: this)?|tweet|pin it|mute|unmute|pause|live|live (?:tv|blog|"
    r"updates?)|breaking|exclusive|"
    r"premium|subscribers? only|for subscribers|members? only|free trial|gift (?:this )?article|save (?:article|"
    r"for later)"
)
BARE = re.compile(rf"[-–—*•#(\[\s]*(?:{_BARE})[-–—*•#)\]\s]*[:.…!»>→]*", re.IGNORECASE)
"""A line that holds nothing but a button, a menu's entry, a heading of links or a word of a page's frame."""

CODE = re.compile(
    r"[.#@]?[\w-]+(?:[ ,>.#][\w.#-]+)* ?\{|\}+|(?:-?[a-z]+)(?:-[a-z]+)*: ?[^ .]+(?: !important)?;|"
    r"\{\{.{0,80}\}\}|<!--.{0,200}-->"
)
"""A line of a page's style or template."""


def _by_word(rows: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """Give the patterns of each word that a line can begin with."""
    table: dict[str, list[str]] = {}
    for words, pattern in rows:
        for word in words.split():
            table.setdefault(word, []).append(pattern)
    return table


_LINES = _by_word(
    (
        # promotions of other stories, behind a label
        (
            "read also see watch listen related must video videos photos pictures gallery podcast more "
            "explainer explained don't don’t "
            "recommended live poll quiz in audio slideshow from up trending",
            r"[(\[]?\s*(?i:read(?: more| next| also| now| this| here| full story)?|also (?:read|see|watch|on "
            r"[^.:]{2,30})|"
            r"see(?: also| more)?|"
            r"watch(?: now| live| below| here| more| also)?|listen(?: now| here| to)?|related(?: \w+)?|must "
            r"(?:read|watch|see)|videos?|photos?|"
            r"pictures|gallery|podcasts?|more(?: on| from)?(?: [^.:|]{2,40})?|don[’']t miss|recommended(?: \w+)"
            r"?|poll|quiz|in pictures|"
            rf"in photos|audio|slideshow|from the archives?|up next|trending(?: now)?)\s*[:|»→]\s*{_NO_END}",
        ),
        ("also", r"(?i:also on|also in|also from) [^.:]{2,40}"),
        ("more", r"(?i:more (?:from|on|about|in)) [^.]{2,60}"),
        (
            "watch listen",
            _NOT_TOLD + r"(?i:watch|listen to) (?i:more|the|this|our|full)\b[^.“”\"]{0,60}(?i:on our|on youtube|"
            r"below|"
            r"above|here)[^.]{0,40}\.?",
        ),
        ("click tap", _NOT_TOLD + r"(?i:click|tap) (?i:here|on|below|above|through|to)\b.{0,120}"),
        (
            "for",
            r"(?i:for (?:more|further|full|all|the latest|additional)(?: (?:of|on|from))? (?!than)(?:\w+ )"
            r"{0,2}(?:information|details|news|coverage|stories|updates|analysis|"
            r"this|columns|tips|results))\b[^.“”]{0,50}(?i:,| please)? (?i:visit|go to|see|follow|click|contact|"
            r"call|e-?mail)\b.{1,120}",
        ),
        (
            "read continue",
            r"(?i:(?:read|continue reading) (?:more|it (?:all|here)|the (?:full|original|whole|entire|rest)|"
            r"full|on|this (?:article|story|next|too)|about))\b[^.“”\"]{0,80}\.?",
        ),
        # tags, archives' fields, headers
        (
            "tags tag topics topic categories category keywords keyword filed posted in section byline subject "
            "length load language graphic dateline "
            "word document publication journal url permalink people places companies locations copyright pub "
            "edition source department title "
            "headline credit type body date author authors writer contributor contributors industry geographic "
            "organization person company "
            "ticker classification page pages column series from to cc bcc sent reply issn isbn body slug "
            "format doc id edition more",
            r"(?i:tags?|topics?|categor(?:y|ies)|keywords?|filed (?:under|in|to)|posted in|in this (?:article|"
            r"story)|section|byline|subject|"
            r"load-date|dateline|word count|publication-type|journal code|url|permalink|document-type|doc type|"
            r"pub date|issn|isbn|slug|"
            rf"cc|bcc|reply-to|authors?|more on)\s*:\s*{_FIELD}|"
            rf"(?i:from|to|sent|date)\s*:\s*(?=.*[@\d]|{_PEOPLE}\Z){_FIELD}|"
            r"(?i:language|graphic|people|persons?|companies|company|organi[sz]ations?|industry|geographic|"
            r"ticker|locations?|places?|body|edition|"
            r"department|length|publication|source|title|headline|type|country|state|city)"
            r"\s*:\s*(?:[A-Z\d][A-Z\d ,;&()%’'.-]*|\d+ words|"
            r"(?:Photo|Image|Graphic|Map|Chart|Picture)s?\b[^.]{0,120})",
        ),
        ("document", r"Document [A-Z]{3,}[\dA-Za-z]{10,}"),
        ("on", r"On (?=.*(?:@|\d:\d\d)).{5,110} wrote:"),
        (
            "posted published updated written created first last",
            rf"(?i:posted|published|updated|written|created|first published|last updated)\b[^.“”]{{0,60}}\bby "
            rf"{_PEOPLE}",
        ),
        # forms of press releases
        (
            "embargoed embargo strictly under",
            r"(?i:(?:strictly |under )?embargo(?:ed)?)(?i: until| till| for|:).{0,80}|(?i:(?:strictly |under )"
            r"embargo)",
        ),
        (
            "about",
            rf"About (?P<firm>{_WORD})(?: {NAMES})?\s*:\s(?=.*\b(?P=firm)\b).{{0,400}}|About (?:the )?{_WORD}(?: "
            rf"(?:of |and |& |for |the )?{_WORD}){{1,5}}",
        ),
        (
            "media press contact contacts for tel telephone phone fax mobile cell email e mail website web "
            "twitter address source enquiries inquiries news",
            r"(?i:(?:(?:media|press|news|investor|public)(?: relations)? )?(?:contacts?|enquiries|inquiries)|"
            r"tel(?:ephone)?|phone|fax|mobile|cell|"
            r"e-?mail|web(?:site)?|twitter|address|for (?:media|press) (?:enquiries|inquiries))"
            r"\.?\s*:\s*(?:[^“”]*(?:@|\d{3}|www|http)[^“”]*|[^.“”]{0,120})",
        ),
        ("source", rf"SOURCE:? {NAMES}"),
        ("view", r"(?i:view original content|view source version)\b.{0,160}"),
        # credits of pictures
        (
            "photo photos photograph photographs image images picture pictures video videos graphic "
            "illustration illustrations artwork map cartoon courtesy credit "
            "footage file screenshot screengrab provided handout",
            rf"[(\[]?\s*(?i:{_PICTURE}|credit|courtesy|screenshot|screengrab|handout|provided)\s*(?i:credits?\s*)"
            rf"?(?:[:|/-]|(?i:\b(?:by|courtesy(?: of)?|from|via|"
            rf"supplied by|provided by|of)))\s*(?i:courtesy of |the )?{NAMES}(?:\s*[/|(-]\s*(?:via )?{NAMES})"
            rf"*(?: (?:via|for) (?:the )?{NAMES})?\s*[)\]]?\.?",
        ),
        # who wrote it
        (
            "with",
            rf"[–—-]*\s*(?i:with (?:assistance|help|files?|reporting|contributions?|additional reporting|input|"
            rf"inputs)(?: by| from)) {NAMES}\.?",
        ),
        ("by", rf"by (?:{_WORD} (?:writers?|staff|correspondents?) )?{_PEOPLE}(?:\s*[,|]\s*{NAMES})?,?"),
        # advertisements
        (
            "advertisement advertisements ad ads sponsored presented brought promoted",
            r"(?i:advertisements?|ads?)\s*[-–—:|.]\s*(?i:continue|skip|scroll|story|article|remove|loading|\d)"
            r".{0,80}|(?i:sponsored|presented|brought to you|promoted) by [^.]{2,60}",
        ),
        # ways through the site
        ("home", r"Home(?:\s*[/>»›|]\s*[\w &’'-]{2,40})+"),
        ("image photo picture slide", r"(?i:image|photo|picture|slide) \d+ (?:of|/) \d+"),
        ("reading estimated", r"(?i:(?:estimated )?reading time)\b.{0,10}\d.{0,20}"),
        (
            "correction corrections clarification",
            rf"(?i:corrections?|clarifications?)\b.{{0,60}}\b(?i:earlier version|previous version|this {_STORY})"
            rf"\b.{{0,200}}",
        ),
    )
)

_SENTENCES = _by_word(
    (
        # newsletters and accounts
        (
            "sign subscribe get receive join register enter want stay keep start try never be make",
            _NOT_TOLD + r"(?i:sign up|subscribe|get|receive|join|register|enter|stay|keep|start|try|never miss|"
            r"be the "
            r"first|make sure)\b"
            r"(?=.*\b(?i:newsletters?|(?:your|my) inbox|(?:daily|weekly|free|our) e-?mails?|e-?mail (?:alerts?|"
            r"address|updates)|receive e-?mails? (?:containing|with|from|about)|news alerts?|morning briefing|"
            r"our (?:daily|weekly|free|app|site|website|channel|newsletters?)|(?:real-time|the latest|breaking) "
            r"updates|updates from|membership|for unlimited|"
            r"our podcast)\b).{0,200}|(?i:subscribe (?:to|now|today|for)) (?!the idea|the view|the theory)"
            r"[^.]{0,120}\.?",
        ),
        (
            "sign log subscribe register",
            r"(?i:sign up|sign in|log in|subscribe|register)(?: (?:here|now|today|for free|below|to read more|"
            r"to continue)){0,3}[.!]?",
        ),
        (
            "want like enjoyed enjoying love interested",
            _NOT_TOLD + r"(?i:want|like|enjoyed|enjoying|love|interested in) (?i:more|this|our|these|to (?:read|"
            r"hear|know|"
            r"get|receive|see|keep))\b(?=.*\b(?i:news|stor(?:y|ies)|articles?|updates|newsletters?|inbox|"
            r"coverage|columns|post|e-?mails?)\b)[^.]{0,100}\?",
        ),
        (
            "by",
            r"(?i:by (?:signing up|subscribing|submitting|registering|continuing|clicking|using (?:this|our)))"
            r"\b(?=.*\byou\b.*\b(?i:agree\w*|consent\w*|accept|acknowledge|confirm|will)\b|.*\bour use of\b)"
            r".{0,250}",
        ),
        (
            "your",
            _NOT_TOLD + r"(?i:your (?:e-?mail address (?:will|is|has)|subscription (?:has|will|helps|was|"
            r"supports|makes)|"
            r"browser (?:does|is)|comment (?:will|has)|session (?:has|is)))\b.{0,140}",
        ),
        (
            "please",
            _NOT_TOLD + r"(?i:please) (?=.*\b(?i:inbox|subscri\w+|log in|sign in|register|javascript|browser|cookies|"
            r"donation|refresh|enable|disable|support (?:our|local|independent))\b).{0,200}",
        ),
        (
            "thank thanks",
            r"(?i:thank you|thanks) (?i:for (?:subscribing|signing up|registering|reading (?:our|this|the)|your "
            r"(?:subscription|feedback|comment)|visiting our))\b.{0,100}",
        ),
        (
            "already not are",
            r"(?i:already (?:a|an|have)|not (?:a|an)|are you (?:a|an)) (?i:\w+ )?(?i:subscribers?|subscribed|"
            r"members?|registered|account|user)\b(?! of)[^.]{0,60}\??(?: .{0,60})?",
        ),
        (
            "become",
            r"(?i:become (?:a|an|our)) (?i:\w+ )?(?i:member|subscriber|supporter|patron|friend|insider)\b(?! of)"
            r".{0,100}",
        ),
        (
            "to",
            _NOT_TOLD + r"(?i:to (?:continue|keep|finish) reading|to (?:read|comment|view|access|see) (?:on|"
            r"this|the|more)"
            r")\b(?=.*\b(?i:click|visit|go to|subscribe|sign (?:in|up)|log in|register|"
            r"please|here|enable|follow)\b).{0,140}",
        ),
        (
            "you",
            _NOT_TOLD + r"(?i:you (?:have|[’']ve) (?:reached|read|used) (?:your|all|the|\w+ of your)\b.{0,60}(?:free|"
            r"limit|articles?)|you(?: must| need to|[’']ll need to| have to| are not| can)(?: be)? "
            r"(?:logged in|log in|sign in|signed in|unsubscribe|(?:subscribe|register|registered|a subscriber|a "
            r"member) (?:(?:to|and|in order to) (?:comment|read|continue|view|post|access)|at any time))|you "
            r"are (?:currently )?(?:reading|viewing) (?:a|an|the|this|your) \w+ ?(?:article|preview|version|"
            r"site))\b.{0,140}",
        ),
        (
            "this",
            r"(?i:this (?:content|article|story|page|video|feature|site|website) (?:is|are)(?: only| "
            r"exclusively)? (?:for|available|reserved|exclusive|restricted)\b.*\b(?:subscribers?|members?|"
            r"registered|region|country|users)|this (?:content|video|page|feature) is (?:unavailable|no longer "
            r"available|not available)|this (?:site|website|page) (?:uses|is protected by))\b.{0,140}",
        ),
        (
            "we",
            r"(?i:we (?:use|and our partners use|value your privacy|[’']d love|welcome your|encourage|moderate|"
            r"reserve the right))\b(?=.*\b(?i:cookies?|comments?|privacy|feedback|data|discussion|site)\b)"
            r".{0,200}",
        ),
        # comments
        (
            "comments comment commenting all",
            r"(?i:(?:all )?comments?(?:ing)?) (?i:are|that|on|will|is|must|may|should|posted|have)"
            r"\b(?=.*\b(?i:moderat\w*|closed|break our|approved|disabled|house rules|comment(?:s|ing)? policy|"
            r"community guidelines|abusive|off-topic)\b)" + r"(?!.*[“”\"]).{0,160}",
        ),
        # rights and origins
        (
            "content articles stories",
            r"(?i:content|articles|stories) (?i:created|produced|provided|published|written) by .{2,80} (?i:is|"
            r"are|may be) (?i:available|free|licen[sc]ed|provided|republished)\b.{0,160}",
        ),
        (
            "for",
            r"(?i:for (?:licensing|syndication|reprints?|republication|permissions?|more information|further "
            r"information|additional information|(?:media|press|advertising) (?:enquiries|inquiries|queries|"
            r"requests|information)))\b[^“”]{0,60}(?i:contact|visit|e-?mail|call|see|go to|write)\b.{0,140}|"
            r"(?i:for (?:more|further) information,? (?:please )?(?:contact|visit|call))\s*:?",
        ),
        (
            "this",
            _NOT_TOLD + r"(?i:this (?:article|story|piece|column|essay|commentary)) (?i:is|was|has been|is "
            r"being|will be)"
            r"(?: (?i:originally|first|also|produced and|last|being))?(?: co-)? ?"
            r"(?i:republished|published|co-published|produced|appeared|supported|funded|made possible|updated|"
            r"corrected|adapted|translated|edited|syndicated|provided|part of|sponsored|"
            r"excerpted|reprinted|reproduced|based on reporting|written by|distributed|amended|brought)\b.{0,250}",
        ),
        (
            "this",
            rf"(?i:this {_STORY}) (?i:is|was|has been|will be)(?: (?i:originally|first|last|being))? "
            rf"(?i:republished|updated|corrected|sponsored|syndicated|amended|translated|edited for)\b(?!.*[“”])"
            rf".{{0,250}}",
        ),
        ("this", rf"(?i:this {_STORY}) (?i:originally|first) (?i:appeared|ran|published)\b.{{0,160}}"),
        (
            "this",
            r"(?i:this is (?:a|an) (?:developing|breaking|ongoing|updating) (?:news )?(?:story|situation|event))"
            r"\b.{0,80}",
        ),
        (
            "check more refresh",
            r"(?i:check back (?:later|soon|here|for|with us|often|again)|refresh (?:this|the) (?:page|site|"
            r"browser)|refresh for|more (?:details|updates|information) (?:to follow|to come|as))\b.{0,80}",
        ),
        (
            "editor editor's editor’s editors author's author’s publisher",
            rf"(?i:(?:editor|author|publisher)(?:[’']s|s[’']?)? note)\s*[:–—-]\s*(?i:this|an earlier|a previous|"
            rf"the (?:author|writer)|a version|the (?:original|following))\b(?=.*\b(?i:{_STORY}|version|report)"
            rf"\b).{{0,200}}",
        ),
        (
            "an a",
            rf"(?i:(?:an earlier|a previous|a version|an updated|an abridged)) (?i:version )?(?i:of )?(?i:this "
            rf"{_STORY}|version of this {_STORY})\b.{{0,200}}",
        ),
        ("republish", r"(?i:republish)\b.{0,100}"),
        # who to reach, whom to follow, what to pay
        (
            "have got do",
            _NOT_TOLD + r"(?i:have|got|do you have|do you know of|have you got)(?: (?i:a|an|any|some|your))?(?: "
            r"(?i:news|"
            r"confidential|hot|question|local))? (?i:tips?|story|stories|questions?|comments?|feedback|"
            r"corrections?|information)\b[^.?]{0,50}\?",
        ),
        (
            "email e call contact text message reach write get send dm you he she they",
            rf"(?i:(?:(?:you|he|she|they) can (?:be )?(?:reach(?:ed)?|contact(?:ed)?|e-?mail(?:ed)?|follow(?:ed)"
            rf"?)|{_TO_REACH}|send))(?=:? (?:(?:us|me|him|her|them|the|our|your|at|on|directly|tips|story|via|by)"
            rf"\b|[A-Z]|[\w.+-]+@|[a-z]+:|[\d+(]))(?:(?!\bsaid\b|\bsays\b).){{0,80}}?(?:[\w.+-]+@[\w.-]+|"
            rf"@\w{{2,}}|\b\d{{3}}[-. ]\d{{3,4}}|\+\d\d)(?:(?!\bsaid\b).){{0,60}}",
        ),
        (
            "send",
            r"(?i:send (?:us |in )?(?:your |a |any )?(?:news )?(?:photos?|pictures|tips?|letters|comments|"
            r"questions|story|stories|videos|feedback|views|thoughts|corrections))\b[^.“”]{0,80}\.?",
        ),
        (
            "letters",
            r"(?i:letters (?:to the editor (?:should|can|may|must|are)|(?:can|may) be (?:sent|e-?mailed)|should "
            r"be (?:sent|addressed|no)|must be (?:signed|no)))\b.{0,140}",
        ),
        (
            "support help donate please your if consider we",
            _NOT_TOLD + r"(?i:support|help|donate|please|your|if you|consider|we)\b(?=.*\b(?i:journalism|"
            r"newsroom|make a "
            r"donation|making a donation|donate (?:now|today|here)|our (?:work|reporting|readers|site|"
            r"newsletter)|subscribing|membership)\b)"
            r"(?=.*\b(?i:today|now|consider|support(?:ing)?|donat\w+|help(?:s)? (?:us|keep|fund)|rely on|depend "
            r"on|by subscribing|click)\b).{0,200}",
        ),
        (
            "download",
            r"(?i:download) (?:(?i:the|our|a|your|now|this)|[A-Z]\w+)\b[^“”]{0,120}\b(?i:app|here|pdf|today|"
            r"free)\b[^“”]{0,80}",
        ),
        (
            "make give",
            _NOT_TOLD + r"(?i:(?:make|give) (?:a|your) (?:\w+ )?(?:donation|contribution|gift)) (?i:today|now|"
            r"here|to "
            r"(?:us|our|the|support|help))\b.{0,120}",
        ),
        ("get", r"(?i:get|try) (?i:the|our) (?:[A-Z]\w+ ){0,4}(?i:app)(?: (?i:now|today|for free|here))?[.!]?"),
        ("our", r"(?i:our standards)\s*:.{0,80}"),
        (
            "associated ap",
            rf"(?i:(?:the )?(?:associated press|ap)) (?i:(?:staff |science |business |sports |video |religion |"
            rf"medical )?(?:writers?|journalists?|reporters?|correspondents?|producer|photographer)?) "
            rf"?(?:{NAMES})?.{{0,120}}\bcontributed\b.{{0,100}}",
        ),
    )
)

CONTRIBUTED = (
    rf"(?!(?:Police|Officials|Witnesses|Troops|Residents|Doctors|Journalists|Reporters|He|She|They|It|No|Cases?|"
    rf"Deaths?|Incidents?)\b)(?:{_PEOPLE}|[A-Z]{{2,}}|(?:The )?{NAMES}) (?:also )?(?:contributed (?:reporting|"
    rf"research|to (?:this|the) (?:report|story|article|reporting)|from {NAMES})|reported from {NAMES})"
    rf"\b[^“”]{{0,60}}\.?"
)
"""Who helped; a sentence of its own."""

LINE_OF_NAMES = (
    rf"[(\[]?\s*(?:{PERSON}|{NAMES} Images)\s*(?:/|\|)\s*{NAMES}(?:\s*[/|]\s*{NAMES})*(?:,? (?:via|for) (?:the )"
    rf"?{NAMES})?\s*[)\]]?|"
    rf"[(\[]?\s*{PERSON}(?:,| for(?: the)?| in {NAMES} for(?: the)?) (?:[A-Z][\w’']* ){{0,3}}{_OUTLET_WORD}(?: "
    rf"{_OUTLET_WORD})?\s*[)\]]?|"
    rf"Getty Images\s*/\s*\w+|[(\[]?\s*(?:{_WORD} ){{0,4}}(?:News|Press) (?:Agency|Service|Wire|Network|"
    rf"Association)\s*[)\]]?"
)
"""A credit of a picture or agency without a word for it: ``Nora Beck | Velm Courier``."""

IN_BRACKETS = (
    r"[(\[]\s*(?:[A-Z][\w’']* ){0,4}(?i:podcasts?|video|watch|listen|read more|read|related|also read|see also|"
    r"more|photos|gallery|poll|quiz|"
    r"newsletter|quiz|explainer|opinion)\b[^.:“”]{0,30}[:|]\s*[^()\[\]]{2,200}[)\]]\.?|[(\[]\s*(?i:sign up|"
    r"click here|subscribe|watch|read|listen|see) [^.“”()]{0,50}[)\]]\.?"
)
"""A promotion of another story in brackets."""

_TRADE = (
    r"(?:reporter|correspondent|editor|columnist|writer|journalist|contributor|producer|photographer|"
    r"photojournalist|anchor|presenter|"
    r"intern|fellow|blogger|author|critic|editor-at-large|editor-in-chief|bureau chief|news director|"
    r"commentator|cartoonist)"
)
BIOGRAPHY = (
    rf"(?P<name>{PERSON}) (?:is|was) (?:an?|the|our|[A-Z][\w ’']{{2,40}}[’']s?) (?:[\w’',&-]+ ){{0,6}}?{_TRADE}s?\b"
    rf"(?: and (?:[\w’'-]+ ){{0,4}}{_TRADE})?"
    r"(?:(?:,? (?:for|at|of|with|based|in|covering|on|and|from|specialising|specializing|to)\b[^“”]{0,160})|\.)\.?|"
    rf"(?P<name2>{PERSON}) (?:covers|writes (?:about|for|on)|reports (?:on|for|from)) [^“”]{{3,160}}\b(?:for "
    rf"(?:the )?(?:{_WORD} ?){{1,5}}|{_OUTLET_WORD})\.?"
)
"""Who the author is; it stands at an article's end, and the rest of the article does not speak of that person."""


def line_patterns(word: str) -> tuple[re.Pattern[str], ...]:
    """Give the patterns of whole lines behind the headline that begin with a word."""
    return _compiled(tuple(_LINES[word])) if word in _LINES else ()


def sentence_patterns(word: str) -> tuple[re.Pattern[str], ...]:
    """Give the patterns of sentences, wherever they stand, that begin with a word."""
    return _compiled(tuple(_SENTENCES[word])) if word in _SENTENCES else ()


def seldom(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that few articles need."""
    return _compiled((pattern,))[0]


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Compile patterns when the first line needs them: all of them together take as long as reading ten articles."""
    return tuple(map(re.compile, patterns))

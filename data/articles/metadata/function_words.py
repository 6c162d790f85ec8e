"""The commonest small words of languages that news is written in with Latin letters: they tell a language, names do not.

Articles, pronouns, prepositions, conjunctions, auxiliary verbs, as they stand between spaces and apostrophes. What
English leaves behind an apostrophe or an initial (*s*, *t*, *d*) is left out. English has more words than the others, so
that an English text is never short of them.
"""

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in a is that for it on was with as be by are this at from his he have an or but not had "
        "they which one you were all her she there would their we him been has when who will no more if out so "
        "up said what its about than into them can only other some could these two may then do any like my now "
        "over such our me even most also did many before must through where your should because each just those "
        "mr ms mrs how too very own still being here both between under never us same another while against "
        "without every during until am does says say told according since though whether although among amid "
        "around per despite upon toward towards within again why yet few much however once off down back after "
        "first last himself herself themselves itself i isn doesn didn wasn aren hasn couldn wouldn",
        "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
        "er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum haben nur oder aber "
        "vor zur bis mehr durch man sein wurde sei wenn ich kann gegen vom können schon habe seine ihre dann "
        "unter wir soll diese dieser wieder keine seit gibt was ihr ihm ihn uns doch damit hatte waren müssen "
        "zwischen immer sowie während jedoch jetzt",
        "fr": "de la le les et des en un du une que est pour qui dans par sur au plus pas ce il sont avec se ne ou "
        "être à son sa ses aux comme mais cette ont été fait elle leur nous vous selon après deux même ces "
        "entre tout dont sans était avait aussi ainsi lors depuis très où si je peut faut leurs encore contre "
        "chez sous vers alors cet votre notre qu",
        "es": "de la que el en y los del se las por un para con no una su al lo como más pero sus le ya este sí "
        "porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos "
        "uno les ni contra otros ese eso ante ellos esto mí antes algunos qué unos yo otro otras otra él tanto "
        "esa estos mucho quienes nada muchos fue han ha son está ser según tras dijo había sido era tiene pues "
        "mientras",
        "it": "di che e la il un a per è in una mi sono ho non ma lo ha le si ti i con cosa se io come da ci no "
        "questo qui hai sei del bene tu sì della più gli dei dal nel alla delle al anche dalla nella ai alle "
        "sul sulla degli essere stato stata loro suo sua questa questi dopo dove anni quando tra fra ancora "
        "solo prima senza già contro ogni molto due era erano hanno può deve quello quella così perché secondo "
        "dell nell all",
        "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à "
        "seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem "
        "mesmo aos ter seus quem nas me esse eles estão você tinha foram essa num nem suas meu às minha têm "
        "numa pelos elas havia seja qual será nós disse segundo após são ainda sobre onde",
        "nl": "de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om hem dan zou "
        "of wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft "
        "hebben deze u want nog zal me zij nu ge geen omdat iets worden toch al waren veel meer doen toen moet "
        "ben zonder kan hun dus alles onder ja werd wezen zelf tegen komt wordt volgens tussen waar we jaar na",
        "af": "die en van nie het is in te dat om hy was op vir met sy ek wat hulle aan word jy sal ons kan as dit "
        "deur haar maar by ook uit so na nog tot oor wees moet toe gaan sê hom baie daar wil geen meer ander "
        "jou my onder hierdie tussen teen waar volgens sedert",
        "da": "og i at det er en til på som for med den af de der har ikke et var han hun men jeg fra vil om kan sig "
        "skal ved efter blev også sin eller have nu være over så hvor da hvis når mod ind ud op end bliver "
        "blevet havde siger siden mellem deres vi dem meget mere andre kun hvad under uden ifølge frem sagde "
        "igen disse dette denne mig dig hans hendes",
        "no": "og i det er på til som en å for av at med har de ikke den han om et fra men vi var jeg seg sier vil "
        "kan ble skal etter ved også eller så hun nå mot da være over blir hadde ut opp når enn der hvor må inn "
        "bare blitt mer mellom deres siden dem noen hva uten ifølge fram sa igjen dette disse denne meg deg "
        "hans hennes mye andre",
        "sv": "och i att det som en på är av för med den till inte har de ett om han men var jag så från vi när kan "
        "nu ska hon där vid eller sig efter upp mot under då ut även alla sin hade in över mycket vad mer blir "
        "blev hur några bara vara utan någon sedan måste här mellan säger ha detta denna dessa dem mig dig hans "
        "hennes",
        "is": "og í að á sem er til um var við með af en það ekki fyrir hann hún því frá þar hefur þeir eru hafa "
        "verið eftir ég þess vera þau þetta þessi sér upp hans eða segir nú þegar",
        "fi": "ja on ei että se oli hän ovat mutta kun myös joka sen hänen ole jo niin kuin mukaan vain mitä ollut "
        "olisi voi jos sekä vielä tai kanssa siitä ne tämä sitten nyt minä sitä jotka näin kuitenkin jälkeen "
        "ennen aikana heidän tämän tällä vuonna hyvin koska",
        "et": "ja on ei et see oli ta ka kui aga mis ning oma siis ma välja seda veel kes nad või juba ainult pärast "
        "mida sest tema selle olid olema kuid kuna oleks ole need meie peale",
        "hu": "a az és hogy nem is egy ez meg de csak mint már még volt ha vagy ki azt minden el lehet ezt van kell "
        "majd sem így után pedig szerint lesz nagyon mert itt most aki amely között által lett akkor voltak "
        "vannak ezért",
        "pl": "w i na do się nie to że jest o jak po za od przez ale co są był przy tym dla oraz już tak może tego "
        "czy jego które który także być było ma jej która ich będzie były jednak tylko ze pod przed między "
        "bardzo gdy roku we mówi powiedział chce żeby lub aby podczas wobec",
        "cs": "a v se na je že o do i to k ve pro za by ale si po jako podle od jsou které který jeho při až byl než "
        "však nebo také tak jsem bylo má ze už jen aby byla jejich která roce mezi když není ještě pouze proti "
        "bude",
        "sk": "a v sa na je že o do aj to k vo pre za by ale si po ako podľa od sú ktoré ktorý jeho pri až bol než "
        "však alebo tiež tak som bolo má zo už len aby bola ich ktorá roku medzi keď nie ešte proti bude",
        "sl": "in je v na se da za so ki pa o tudi po ne bi iz pri od do kot ali še ni ter bo le sta bil bila bilo "
        "kaj med lahko ko tem pred več če zaradi že vse samo proti",
        "hr": "i u je na da se za su od o a kao ne koji iz će što to do nije bi po koje ali te ili sam više pri kod "
        "kako bio samo koja nakon bila godine rekao prema već biti jer ima smo među ako",
        "ro": "de și în a la cu pe care un o din nu că mai să pentru este sunt fost prin ca au al ce sau după dar lui "
        "fi ei între despre când către această acest ale unei unui cei cele pot într printr fără până doar "
        "asupra",
        "sq": "e të në dhe për me një që është nga i se ka nuk do më si u ky kjo por janë tij ishte pas kur duke edhe "
        "vetëm këtë saj mund ose ai shumë",
        "tr": "ve bir bu da de için ile çok olarak daha olan gibi sonra kadar en o ne var ama ise değil ki oldu "
        "olduğunu her dedi göre etti yeni mi yok ancak tarafından üzerine önce şekilde karşı hem iki bunun",
        "az": "və bir bu da də üçün ilə çox olan kimi sonra qədər ən o nə var isə deyil ki olub hər yeni edib "
        "bildirib görə tərəfindən olduğunu lakin",
        "lt": "ir į kad yra su iš tai bet kaip jo po ne už buvo apie tik jau dėl nuo prie ar pagal bus jie savo tarp "
        "jos iki taip kurie dar pat labai",
        "lv": "un ir ar uz no ka par kas bet tas pēc arī kā lai vai to nav ja gan viņš bija savu pie tā jau tikai "
        "līdz pret ļoti šo būs tiek",
        "ca": "de la i el que a en els un les per una amb del no és es al més com dels ha però són seva seu va ser "
        "aquest aquesta fins entre sobre també quan han està hi pel segons després molt sense on ja",
        "gl": "de a o que e do da en un para é con non unha os no se na por máis as dos como pero foi ao el das ten "
        "seu súa ou ser cando moi nos xa está eu tamén só pola polo ata iso ela entre despois sen",
        "eu": "eta da ez bat dira dute du ere baina zen egin hau izan dela zuen den beste baino zion ditu oso edo "
        "gabe arte hori dituzte egiten izango bere",
        "ga": "an na agus ar i is a le go ag tá do sé as bhí nach ní mar gur chun atá sin leis den faoi siad ach idir "
        "féin bheith aige cé",
        "cy": "y yn a i ar o mae ei am wedi yr oedd gan gyda hyn fod ond fel eu neu ac na ni wrth bod dros hwn cael "
        "mewn hefyd er ein",
        "id": "yang dan di dengan untuk dari ini pada itu tidak dalam akan juga ke karena oleh telah adalah bisa "
        "sebagai para ada kata atau saat mereka tersebut kepada lebih sudah bahwa secara dia saya kami harus "
        "setelah menjadi seperti",
        "ms": "yang dan di dengan untuk dari ini pada itu tidak dalam akan juga ke kerana oleh telah adalah boleh "
        "sebagai para ada kata atau ketika mereka tersebut kepada lebih sudah bahawa secara beliau saya kami "
        "perlu selepas menjadi seperti",
        "tl": "ang ng sa na mga at ay si ni para hindi ito niya may kay siya naman din kung pa lang ako ko mo ka nang "
        "kanyang isang ayon nito dahil nila kanilang sila wala",
        "vi": "và của là có các trong được cho không một với người đã những này để đến khi về cũng từ như ra nhiều "
        "tại sẽ còn theo vào phải nhưng lại trên bị năm sau đó",
        "sw": "na ya wa kwa ni katika za la kuwa hii cha huo hiyo kama yake pia baada kwamba lakini alisema wao yao "
        "wake sana hilo ambao ambayo bila",
        "so": "oo iyo ka ku ee in la ay waa uu u si wax aan laga soo kale badan inuu waxaa ayaa kala sida loo isku",
        "ha": "da a na ta ya cewa ba ga an ne su ce wannan kuma don kan shi amma cikin sun shugaban domin kasar daga",
        "lb": "an dat ass net ze op mat fir vun eng hunn huet sinn och awer nach wéi deen déi dem säi gëtt ginn nees "
        "kënnt all sech bis iwwer géint duerch ouni",
        "sco": "the an tae in is wis that for it on wi as be by this fae his he hae haes nae but no haed thay wha ane "
        "ye war aw thare wad thair us gin oot sae whit aboot intae thaim can ither dinnae cannae didnae isnae "
        "ken frae fowk",
    }.items()
}

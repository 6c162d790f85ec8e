from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.articles.metadata.article_language import other_language
from sayso.data.articles.metadata.language import OTHER, _words_of_lines, language_of, languages_of
from sayso.data.records import Article

ENGLISH = (
    "The state railway will run night trains to the coast again from the first of June, the transport ministry said. "
    "“People want to wake up by the sea,” railway spokesman Benno Hall said on Tuesday at the depot."
)
NEWS = {
    "de": "Die Staatsbahn fährt ab Juni wieder Nachtzüge an die Küste, teilte das Ministerium am Dienstag mit. "
    "Die Linie wird nach Ansicht von Fachleuten bis 2030 Verluste machen.",
    "fr": "Les trains de nuit vers la côte rouleront de nouveau en juin, a annoncé mardi le ministère. Selon "
    "les économistes, la ligne perdra de l’argent jusqu’en 2030.",
    "es": "Los trenes nocturnos a la costa volverán en junio, anunció el martes el Ministerio. Según los "
    "economistas, la línea perderá dinero hasta 2030.",
    "it": "I treni notturni per la costa torneranno a giugno, ha annunciato martedì il ministero. La compagnia "
    "aerea non ha voluto commentare.",
    "pt": "Os comboios noturnos para a costa voltam em junho, anunciou na terça-feira o ministério. A companhia "
    "aérea não quis comentar, mas disse que vai manter os preços.",
    "nl": "De nachttreinen naar de kust rijden vanaf juni weer, zei het ministerie dinsdag. Volgens economen "
    "zal de lijn tot 2030 verlies lijden, maar het kabinet wil niet wachten.",
    "af": "Die nagtreine na die kus sal van Junie af weer loop, het die ministerie Dinsdag gesê. Ekonome sê dat "
    "die lyn tot 2030 geld sal verloor, maar die regering wil nie wag nie.",
    "da": "Nattogene til kysten kører igen fra juni, sagde ministeriet tirsdag. Ifølge økonomer vil linjen tabe "
    "penge frem til 2030, men regeringen vil ikke vente på det.",
    "no": "Nattogene til kysten går igjen fra juni, sa departementet tirsdag. Ifølge økonomer kommer linjen til "
    "å tape penger fram til 2030, men regjeringen vil ikke vente på det nå.",
    "sv": "Nattågen till kusten går igen från juni, sade departementet på tisdagen. Enligt ekonomer kommer "
    "linjen att förlora pengar fram till 2030, men regeringen vill inte vänta.",
    "fi": "Yöjunat rannikolle kulkevat taas kesäkuusta alkaen, ministeriö kertoi tiistaina. Linja on tappiolla "
    "vuoteen 2030, mutta hallitus ei halua odottaa, koska se on luvannut junat jo kauan sitten.",
    "hu": "Az éjszakai vonatok júniustól ismét közlekednek a tengerpartra, közölte kedden a minisztérium. A "
    "közgazdászok szerint a vonal 2030-ig nem lesz nyereséges, de a kormány ezt már tudja.",
    "pl": "Nocne pociągi nad morze wrócą w czerwcu, podało we wtorek ministerstwo. Ekonomiści mówią, że linia "
    "będzie przynosić straty do 2030 roku, ale rząd nie chce czekać.",
    "cs": "Noční vlaky k moři se vrátí v červnu, oznámilo v úterý ministerstvo. Podle ekonomů bude linka až do "
    "roku 2030 ztrátová, ale vláda nechce čekat, protože je už slíbila.",
    "hr": "Noćni vlakovi prema obali voze opet od lipnja, reklo je u utorak ministarstvo. Ekonomisti kažu da će "
    "linija gubiti novac do 2030, ali vlada ne želi čekati.",
    "ro": "Trenurile de noapte spre coastă vor circula din nou din iunie, a anunțat marți ministerul. "
    "Economiștii spun că linia va pierde bani până în 2030, dar guvernul nu vrea să aștepte.",
    "tr": "Sahile giden gece trenleri haziran ayından sonra yeniden çalışacak, dedi bakanlık. Ekonomistlere "
    "göre hat 2030 yılına kadar zarar edecek ama hükümet beklemek için bir neden görmüyor.",
    "id": "Kereta malam ke pantai akan berjalan lagi pada bulan Juni, kata kementerian itu. Para ekonom "
    "mengatakan bahwa jalur tersebut akan merugi sampai 2030, tetapi pemerintah tidak mau menunggu.",
    "tl": "Muling tatakbo ang mga tren sa gabi patungo sa baybayin sa Hunyo, ayon sa kagawaran. Sinabi ng mga "
    "ekonomista na malulugi ang linya hanggang 2030, pero hindi na maghihintay ang gobyerno.",
    "vi": "Các chuyến tàu đêm ra bờ biển sẽ chạy lại từ tháng sáu, bộ cho biết. Theo các nhà kinh tế, tuyến này "
    "sẽ lỗ đến năm 2030 nhưng chính phủ không muốn chờ.",
    "sco": "The nicht trains tae the coast will rin again frae June, the meenistry said. The line wis no gaun "
    "tae mak siller, fowk said, an naebody in the toun kens whit the govrenment haes in its heid aboot "
    "thaim.",
    "ru": "Ночные поезда к морю снова пойдут с июня, сообщило во вторник министерство. Экономисты считают, что "
    "линия будет убыточной до 2030 года.",
    "uk": "Нічні поїзди до моря знову курсуватимуть із червня, повідомило у вівторок міністерство. Лінія буде збитковою.",
    "bg": "Нощните влакове до морето тръгват отново от юни, съобщи във вторник министерството. Линията ще губи пари.",
    "sr": "Ноћни возови ка обали возиће поново од јуна, саопштило је министарство. Економисти кажу да ће линија губити.",
    "el": "Τα νυχτερινά τρένα προς την ακτή θα επιστρέψουν τον Ιούνιο, ανακοίνωσε το υπουργείο.",
    "ar": "ستعود القطارات الليلية إلى الساحل في يونيو، حسبما أعلنت الوزارة يوم الثلاثاء.",
    "fa": "قطارهای شبانه به ساحل از ماه ژوئن دوباره حرکت می‌کنند، وزارتخانه گفت که این خط زیان خواهد داد.",
    "he": "רכבות הלילה לחוף יחזרו לפעול ביוני, הודיע משרד התחבורה ביום שלישי.",
    "zh": "交通部周二宣布，开往海边的夜间列车将于六月恢复运行。经济学家说，这条线路将亏损到2030年。",
    "ja": "運輸省は火曜日、海岸行きの夜行列車を六月に再開すると発表した。",
    "ko": "교통부는 화요일 해안으로 가는 야간열차가 유월부터 다시 운행된다고 발표했다.",
    "hi": "मंत्रालय ने मंगलवार को कहा कि तट के लिए रात की रेलगाड़ियाँ जून से फिर चलेंगी।",
    "th": "กระทรวงกล่าวเมื่อวันอังคารว่ารถไฟกลางคืนไปชายฝั่งจะกลับมาวิ่งอีกครั้งในเดือนมิถุนายน",
}
ENGLISH_ENOUGH = [
    ENGLISH,
    ENGLISH.upper(),
    "“Die Linie wird nicht vor Juni eröffnet, das ist sicher,” the spokesman said in German, and then repeated in English "
    "that the line would not open before June because the ministry had not yet paid for the new carriages.",
    "The company, AO Ночной поезд (Night Train), said on Monday that its trains would leave from the Северный station.",
    "He was told at the gate that the show would not be on, so he went home. Die Nacht der Züge is the name of the film.",
]
TELLS_NOTHING = [
    "Kyiv, Kharkiv, Donetsk.",
    "Marine de Vries, Juan de la Torre and Anneke van der Velde met Graf von und zu Ostmark in Den Helder.",
    "It rained.",
    "Orla bridge closed",
    "Macron meets van der Velde",
    "Paula Reyes, Juan de la Torre, Carla del Rio.",
    "1. FC Ostmark 2, Vella 1. 2. Dorma 0, Isla 0.",
    "12,340 | 14.2% | 1,002",
    "…",
    "",
]


@pytest.mark.parametrize(("language", "text"), NEWS.items())
def test_the_language_of_a_few_sentences(language, text):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ENGLISH_ENOUGH)
def test_english_with_foreign_names_and_words_is_english(text):
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", TELLS_NOTHING)
def test_too_little_text_is_of_no_language(text):
    assert language_of(text) is None


def test_a_long_text_without_a_small_word_of_english_is_something_else():
    assert language_of(" ".join(["tuli lumo soravi keta numo"] * 12)) == OTHER


@pytest.mark.parametrize("language", ["de", "ru", "zh", "pl"])
def test_an_article_in_two_languages_shows_both(language):
    shares = languages_of(f"{ENGLISH}\n\n{ENGLISH}\n\n" + f"{NEWS[language]}\n\n" * 2)
    assert set(shares) == {"en", language}
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares.values()) > 0.2


@given(st.text())
def test_any_text_gives_shares_that_sum_to_one(text):
    shares = list(languages_of(text).values())
    assert shares == sorted(shares, reverse=True)
    assert not shares or sum(shares) == pytest.approx(1)


def short(*sentences, language=None):
    return [Article(f"a{n}", text, language=language) for n, text in enumerate(sentences)]


GERMAN = ("Das ist nicht gut.", "Er kam zu spät.", "Die Stadt hat es nicht gewusst.", "Und was wird nun?")
SHORT_ENGLISH = ("That is not good.", "He came too late.", "The town has not known it.", "And what will it be now?")


@pytest.mark.parametrize(
    ("articles", "language"),
    [
        (short(*GERMAN), "de"),
        (short(*SHORT_ENGLISH), None),
        (short(*GERMAN[:1], *SHORT_ENGLISH, *SHORT_ENGLISH), None),
        (short("Kyiv.", "Odesa."), None),
        (short("Kyiv.", "Odesa.", language="bg"), "bg"),
        (short("Kyiv.", language="it") + short("Odesa.", "Lviv.", language="English"), None),
        (short(NEWS["de"], NEWS["fr"], NEWS["fr"], ENGLISH), "fr"),
        ([], None),
    ],
)
def test_the_language_of_many_sentences_is_told_where_it_is_not_english(articles, language):
    assert other_language(articles) == language


@given(st.text(st.sampled_from("aB é’—1_\n\r‿ß中٣"), max_size=60))
def test_words_are_runs_of_letters_whatever_stands_between_them(text):
    by_letter = [
        ["".join(letters) for is_word, letters in groupby(line, str.isalpha) if is_word] for line in text.split("\n")
    ]
    assert list(_words_of_lines(text)) == by_letter


def test_a_small_word_counts_in_small_letters_with_a_capital_and_in_capitals_but_an_initial_does_not():
    assert languages_of("THE mayor AND The council OF Orla") == {"en": 1.0}
    assert languages_of("A. Roe, I. Lund, A. Holm, I. Moll") == {}

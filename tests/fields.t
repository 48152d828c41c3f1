#!/usr/bin/env python3
"""fields.t -- what pages state in small ways that are easily misread, in TAP; run from the top of the repository. $COPYDESK is the command.

Each case is one habit of pages: a made-up story with something put in front of it, inside it or behind it, and the keys of its record.
"""
import json
import os
import shlex
import subprocess
import textwrap

COPYDESK = shlex.split(os.environ.get("COPYDESK", "build/copydesk"))
count = 0

STORY = [
    "The ferry that links Wiek with the island of Sarn will run again from Monday, after engineers replaced both of its ramps in the yard.",
    "Passengers had been taken across in two fishing boats since the autumn, when a crack was found under the car deck during an inspection.",
    "The harbour master said that the new ramps were lighter than the old ones, and that the ship could now land at low water too.",
    "Islanders have asked the council for a second crossing in the evening, because the last boat leaves before the shops close.",
    "The council will talk about the timetable in its next meeting, and it expects that a decision can be made before the summer.",
]
STORY_DE = [
    "Die Fähre zwischen Wiek und der Insel Sarn fährt ab Montag wieder, nachdem die Werft ihre beiden Rampen ausgetauscht hat.",
    "Seit dem Herbst waren die Fahrgäste mit zwei Fischkuttern übergesetzt worden, weil unter dem Autodeck ein Riss gefunden worden war.",
    "Der Hafenmeister sagte, die neuen Rampen seien leichter als die alten, und das Schiff könne nun auch bei Niedrigwasser anlegen.",
    "Die Bewohner der Insel wünschen sich vom Rat eine zweite Überfahrt am Abend, denn das letzte Boot fährt, bevor die Läden schließen.",
    "Der Rat wird in seiner nächsten Sitzung über den Fahrplan sprechen und rechnet vor dem Sommer mit einer Entscheidung.",
]
TITLE = "Ferry to Sarn runs again after five months in the yard"


def page(head="", above="", under="", first="", after="", html="<html lang=en>", story=STORY, title=TITLE, opening=""):
    body = "".join("<p>%s</p>" % p for p in [opening + story[0]] + story[1:])
    return ("<!DOCTYPE html>%s<head><title>%s</title>%s</head><body><div class=menu><a href=/>Home</a> <a href=/n>News</a></div>"
            "<main><article>%s<h1>%s</h1>%s<div class=text>%s%s</div>%s</article></main></body></html>"
            % (html, title, head, above, title, under, first, body, after))


def ld(text):
    return "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"%s\",%s}</script>" % (TITLE, text)


def record(text):
    done = subprocess.run(COPYDESK + ["-"], input=text.encode(), stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def holds(name, text, **keys):
    global count
    count += 1
    found = record(text)
    wrong = {k: found.get(k) for k in keys if found.get(k) != keys[k]}
    print("%sok %d - %s" % ("not " if wrong else "", count, name))
    if wrong:
        print("# expected %r\n# but got  %r" % ({k: keys[k] for k in wrong}, wrong))


US, GB = "<html lang=en-US>", "<html xml:lang=en-GB>"
MODIFIED = "<meta property=article:modified_time content='2025-04-09T10:00:00Z'>"

# --- which number is the day
numeric = "<p>03/04/2025</p>"
holds("a numeric date that nothing settles is words alone", page(under=numeric), date=None, date_text="03/04/2025")
holds("the region of the language settles it", page(under=numeric, html=US), date="2025-03-04")
holds("so does that of xml:lang", page(under=numeric, html=GB), date="2025-04-03")
holds("the address settles it", page(under=numeric, head="<link rel=canonical href='https://news.example/2025/apr/03/ferry'>"), date="2025-04-03")
holds("the host's country settles it", page(under=numeric, head="<link rel=canonical href='https://news.example.co.nz/ferry'>"), date="2025-04-03")
holds("another date with one reading settles it", page(under=numeric, after="<div class=related><h3>More</h3><p>02/27/2025 Ferry in the yard</p></div>"),
      date="2025-03-04")
holds("two dates that speak against each other settle nothing",
      page(under=numeric, after="<div class=related><h3>More</h3><p>02/27/2025 Ferry in the yard</p><p>27/02/2025 Rain</p></div>"), date=None)
holds("text pages settle it in the same way", "\n\n".join([TITLE, "03/04/2025"] + STORY + ["More", "02/27/2025 Ferry in the yard"]), date="2025-03-04")
holds("a change in ISO form is surer than the language", page(under="<p>Stand: 04/09/2025</p>", head=MODIFIED, html="<html lang=de>", story=STORY_DE),
      date="2025-04-09")
holds("a tag in the same order as the text is not", page(under="<p>01.11.2023</p>", head="<meta name=date content='11/01/2023 12:43:42'>",
                                                         html="<html lang=de>", story=STORY_DE), date_text="01.11.2023", date="2023-11-01")

# --- what is no date of the story
holds("the date of an embedded post is none", page(first="<blockquote><p>— Port of Wiek (@portwiek) March 3, 2025</p></blockquote>"), date=None)
holds("nor is one inside an address", page(after="<p>Source: https://harbour.example/2025/03/03/ramps</p>"), date=None)
holds("who reviewed a page does not make its date one of a change", page(under="<p>Reviewed by Ann Lee</p><p>March 3, 2025</p>"), date="2025-03-03",
      modified=None)
holds("nor does a menu's Harbour update", page(above="<ul><li>Harbour update</li></ul><p>March 3, 2025</p>"), date="2025-03-03", modified=None)
holds("a glued label of a change", page(under="<p>ByShaun Collins UpdatedMarch 3, 2025</p>"), date=None, modified="2025-03-03")

# --- plain text: what else a page says of its dates
def text(*lines):
    return "\n\n".join(lines)


holds("the same day in words elsewhere settles a numeric date", text(TITLE, "03/04/2025", *STORY, *["Tag %d" % i for i in range(30)],
                                                                      "A new boat for Wiek - 3 April 2025"), date="2025-04-03")
holds("a settled date is as good as the next one", text(TITLE, "3/4/2025", "3/27/2025", *STORY), date="2025-03-04")
holds("when a source was read is no date of the story", text(TITLE, *STORY, "1. Sarn Ferries, \"Home page,\" Accessed April 14, 2025."), date=None)
holds("nor is it in German", text("Die Fähre nach Sarn fährt wieder", *STORY_DE, "1. Fähren Sarn, Startseite, abgerufen am 14. April 2025."), date=None)
holds("a stamp for machines in front of the date is that of the last change",
      text(TITLE, "Tom 2025-04-18T13:00:39+00:00 March 22nd, 2025 | Ferries |", *STORY), date="2025-03-22", modified="2025-04-18T13:00:39+00:00")
holds("a line about the author above the date is not yet the story",
      text(TITLE, "By Ann Lee", "Ann Lee has written about ferries, harbours and the weather of the coast since 2009.", "Plus Icon", "annlee", "Follow", "More stories by Ann",
           "* The gilded ferry has a new captain", "* Ramps: a long story of steel", "* A crossing for the winter", "* Fishing boats sold", "View All", "* One", "* Two", "* Three",
           "December 14, 2023 7:30am", "Share on Facebook", *STORY, *STORY), date="2023-12-14T07:30")
holds("a note states the first publication", text(TITLE, "By Ann Lee", "March 30, 2025", *STORY,
                                                  "This article was originally published on March 3, 2022 and has been updated."), date="2022-03-03")
holds("but not against a label", text(TITLE, "By Ann Lee", "Published March 30, 2025", *STORY,
                                      "This article was originally published on March 3, 2022 and has been updated."), date="2025-03-30")
holds("a list's entry is weaker than a label far below", text(TITLE, "Updates", "* 2022-04-12 Link to the harbour's plan", *STORY, *STORY_DE[:1],
                                                              *["* Tag %d" % i for i in range(30)], "Published on 2021-01-18T19:55"), date="2021-01-18T19:55")
holds("the second date's label speaks for the first", text(TITLE, *STORY, *["Tag %d" % i for i in range(30)], "March 3, 2025. Updated: March 9, 2025"), date="2025-03-03")

# --- what the labels of other languages say
for name, lines, date, modified in [
    ("Romanian", ["Data actualizării: 13.03.2025 19:15 Data publicării: 13.03.2025 18:42"], "2025-03-13T18:42", "2025-03-13T19:15"),
    ("Arabic", ["نُشر في: 13/3/2025", "آخر تحديث: 14/3/2025"], "2025-03-13", "2025-03-14"),
    ("Hebrew", ["עודכן לאחרונה: 13.3.2025 / 19:15", "פורסם ב-13.3.2025 / 18:42"], "2025-03-13T18:42", "2025-03-13T19:15"),
    ("Greek", ["13.03.2025, 18:42", "Upd: 13.03.2025, 19:15"], "2025-03-13T18:42", "2025-03-13T19:15"),
    ("Hungarian", ["2025.03.13. 18:42", "Módosítva: 2025.03.13. 19:15"], "2025-03-13T18:42", "2025-03-13T19:15"),
    ("Korean", ["입력 2025.03.13. 18:42", "업데이트 2025.03.13. 19:15"], "2025-03-13T18:42", "2025-03-13T19:15"),
    ("Hindi", ["13 मार्च 2025,", "(अपडेटेड 13 मार्च 2025, 7:15 PM IST)"], "2025-03-13", "2025-03-13T19:15+05:30"),
    ("Italian", ["13 marzo 2025 (modifica il 13 marzo 2025 | 19:03)"], "2025-03-13", "2025-03-13T19:03"),
    ("Turkish", ["Oluşturulma Tarihi: Mart 13, 2025 18:42 - Güncellenme Tarihi: Mart 13, 2025 19:15"], "2025-03-13T18:42", "2025-03-13T19:15"),
    ("Japanese, behind the date", ["2025年3月13日 18:42", "2025年3月13日 19:15 更新"], "2025-03-13T18:42", "2025-03-13T19:15"),
]:
    holds("a change of a page: %s" % name, text(TITLE, *lines, *STORY), date=date, modified=modified)
for line in ["פורסם: 13.3.2025", "Δημοσιεύτηκε: 13/03/2025 - 18:42", "प्रकाशित: 13 मार्च 2025", "প্রকাশ: ১৩ মার্চ ২০২৫, ১৮: ৪২", "송고시간2025-03-13 18:42", "승인 2025.03.13 18:42",
             "تاريخ النشر: 13.03.2025 | 18:42", "الخميس، 13 آذار 2025 06:42 م", "Πέμπτη, 13 Μαρτίου 2025 18:42"]:
    holds("a label or a weekday is nobody's name: %s" % line, text(TITLE, line, *STORY), byline=None, authors=[])
holds("the hour is no year", text("Die Fähre nach Sarn fährt wieder", "14.5. 18:42 | Aktualisiert 14.5. 19:15", *STORY_DE), date=None, modified=None,
      date_text="14.5. 18:42")
holds("three days below the story are other stories'", text(TITLE, *STORY, "Share", "Print", "Ferries", "A new boat for Wiek", "11 March 2025", "Rain over the coast",
                                                             "9 March 2025", "The gilded ferry", "2 March 2025"), date=None, date_text=None)
holds("one day there is the story's", text(TITLE, *STORY, "Share", "Print", "Ferries", "A new boat for Wiek", "11 March 2025"), date="2025-03-11")
STORY_TH = ["เรือข้ามฟากที่เชื่อมเมืองวีคกับเกาะซาร์นจะกลับมาให้บริการอีกครั้งตั้งแต่วันจันทร์ หลังจากวิศวกรเปลี่ยนทางลาดทั้งสองข้างในอู่ต่อเรือเสร็จเรียบร้อยแล้ว",
            "ผู้โดยสารต้องใช้เรือประมงสองลำมาตั้งแต่ฤดูใบไม้ร่วง เนื่องจากพบรอยร้าวใต้ดาดฟ้ารถยนต์ในระหว่างการตรวจสอบ และเจ้าหน้าที่สั่งให้หยุดเดินเรือทันที",
            "นายท่าเรือกล่าวว่าทางลาดใหม่มีน้ำหนักเบากว่าของเดิม และเรือจะสามารถเข้าเทียบท่าได้แม้ในเวลาที่น้ำลงต่ำสุดของวัน"]
holds("a Thai day with its time, in a Buddhist year", text("เรือข้ามฟากไปเกาะซาร์นกลับมาให้บริการ", "วันที่ 13 มีนาคม 2568 - 18:42 น.", *STORY_TH),
      date="2025-03-13T18:42", date_text="วันที่ 13 มีนาคม 2568 - 18:42 น.")

# --- a page that is hardly more than its story
long = " ".join(STORY + ["The islanders hope for better weather, and the crew has painted the rail, the funnel and the benches on the upper deck."] * 3)
holds("a story of one long paragraph is an article", text(TITLE, long), body=long)
holds("even where nothing else is there", long, status="partial", reason="no_headline", body=long)

# --- where dates stand
holds("a date behind the byline, at the front of a paragraph",
      page(first="<p><b>%s</b></p><p>By Ann Lee</p>" % STORY[4], opening="3 March 2025 - "), date="2025-03-03")
holds("German says when before what", page(after="<p>Dieser Artikel wurde am 3. März 2025 um 14:48 Uhr von Jana gepostet und unter Hafen abgelegt.</p>",
                                           html="<html lang=de>", story=STORY_DE), date="2025-03-03T14:48")
holds("the first line of the page, above the headline", "<html lang=en><body><div><div class=meta>March 3, 2025Ann Lee</div><h1>%s</h1>%s"
      "<div class=card><div class=meta>January 7, 2025Bo Rasch</div><h3>Rain</h3></div></div></body></html>"
      % (TITLE, "".join("<p>%s</p>" % p for p in STORY)), date="2025-03-03")

# --- what is stated in tags
utc = ld('"datePublished":"2025-03-04T01:30:00Z"')
holds("the same moment with an offset gives the local day", page(head=utc, under="<time datetime='2025-03-03T20:30:00-0500'></time>"),
      date="2025-03-03T20:30:00-05:00")
holds("the local time of a moment in UTC gives the offset", page(head=utc, under="<p>March 3, 2025, 8:30 PM</p>"), date="2025-03-03T20:30-05:00")
holds("another minute gives none", page(head=utc, under="<p>March 3, 2025, 8:35 PM</p>"), date="2025-03-03T20:35")
holds("a page that was changed days before it was published, as it says", page(head=ld('"datePublished":"2025-06-12","dateModified":"2025-06-10"'),
                                                                               under="<p>November 2, 2022</p>"), date="2022-11-02")
holds("a date in embedded state ends where a date does",
      page(after="<script>window.page={\"publishedAt\":\"2025-03-04T01:30:00Z \u2013 \U0001F6A2\U0001F6A2\U0001F6A2\U0001F6A2 die F\u00e4hre\"}</script>"),
      date="2025-03-04T01:30:00+00:00", date_text="2025-03-04T01:30:00Z")
holds("a page without a word of text may state its fields",
      "<!DOCTYPE html><html><head>%s</head><body><div id=app></div></body></html>" % ld('"datePublished":"2025-03-03","author":{"name":"Ann Lee"}'),
      status="partial", headline=TITLE, date="2025-03-03", authors=["Ann Lee"])
holds("a server's messages in front of a page", "<br />\n<b>Warning</b>: connect(): denied in <b>/www/db.inc</b> on line <b>9</b><br />\n"
      + page(under="<p>March 3, 2025</p>"), headline=TITLE, date="2025-03-03")

# --- who wrote it
holds("a name in an element whose class is the author's", page(under="<div class=meta>Opinion <span class=post-author__name>The Harbour Desk</span> 4 min</div>"),
      authors=["The Harbour Desk"])
holds("but not where it is of another story", page(after="<aside class=related><h4>Rain</h4><span class=author-name>Bo Rasch</span></aside>"), authors=[])
holds("a line that says By counts before whoever is stated", page(head=ld('"author":{"@type":"Person","name":"Shop Manager"}'), under="<p>By Ann Lee</p>"),
      authors=["Ann Lee"])
holds("but not where both name the same person", page(head=ld('"author":{"@type":"Person","name":"Ann Lee"}'), under="<p>By Ann LeeHarbour</p>"),
      authors=["Ann Lee"])
holds("a title in front of a name does not part the two lists", page(head=ld('"author":{"@type":"Person","name":"Ann Lee"}'), under="<p>By Dr Ann Lee, Bo Day</p>"),
      authors=["Dr Ann Lee", "Bo Day"])
holds("a Korean name with its role in a tag", page(head="<meta name=author content='\uae40\ubbfc\uc9c0 \uae30\uc790'>", html="<html lang=ko>"),
      authors=["\uae40\ubbfc\uc9c0"])
holds("a heading in capitals whose first word the next line repeats is no author's box",
      page(head=ld('"author":{"@type":"Organization","name":"Harbour Post"}'), after="<h2>SARN HARBOUR OPENS</h2><p>Sarn has had a harbour since the days of the first fishing boats on this coast.</p>"),
      authors=["Harbour Post"])

holds("a name between a label and its date", page(under="<p>Posted by Ann Lee on March 3, 2025</p>"), authors=["Ann Lee"], date="2025-03-03")
holds("a name behind two dates", page(under="<p>On March 3, 2025March 9, 2025 By Ann Lee</p>"), authors=["Ann Lee"])
holds("where a page was posted is nobody", page(after="<p>Posted in: Tech</p>"), byline=None, authors=[])
plain = ["Harbour Post", "* Ferries", "* Weather"]
holds("a name over its date, both over the headline, in plain text",
      "\n\n".join(plain + ["Andrew King\n* March 3, 2025", TITLE] + STORY), authors=["Andrew King"], date="2025-03-03")
holds("a name alone between a picture and the story, in plain text",
      "\n\n".join(plain + [TITLE, "Published: 3 March 2025", "The ferry in the yard at Wiek, seen from the harbour wall.", "Photo: REUTERS/Nadja Sorensen", "Peter Jendroszczyk"]
                  + STORY), authors=["Peter Jendroszczyk"])

holds("who sent a press release is no writer of it", "\n\n".join([TITLE, "March 18, 2026"] + STORY + ["SOURCE Sarn Ferries AB", "SEND YOUR OWN NEWS WITH NORDWIRE"]), byline=None,
      authors=[])
holds("nor where the page has named that source above", "\n\n".join([TITLE, "News provided by\nSarn Ferries AB", "March 18, 2026"] + STORY + ["SOURCE Sarn Ferries AB",
      "SEND YOUR OWN NEWS WITH NORDWIRE"]), source="Sarn Ferries AB", byline=None)
holds("a writer and how long ago may stand there", "\n\n".join([TITLE] + STORY + ["Ann Lee \u2022 3 hours ago"]), byline="Ann Lee", source=None)
for line, byline, authors in [
    ("The Sarn Gazette Team", "The Sarn Gazette Team", ["The Sarn Gazette Team"]), ("Wiekpost Staff", "Wiekpost Staff", ["Wiekpost Staff"]),
    ("By the Wiekpost Team 2\u20133 minutes", "By the Wiekpost Team", ["the Wiekpost Team"]), ("By The Harbour editors", "By The Harbour editors", ["The Harbour editors"]),
    ("Our Team", None, []), ("Meet the Team", None, []), ("By 3D Works", "By 3D Works", ["3D Works"]), ("By Tom May", "By Tom May", ["Tom May"]),
    ("Stefan", "Stefan", ["Stefan"]), ("Opinion", None, []), ("The Associated Press", "The Associated Press", ["The Associated Press"]), ("REUTERS", "REUTERS", ["REUTERS"]),
    ("The River Wiek", None, []), ("OverviewFerryTimes IslandHarbourTickets", None, []), ("Guide by Ann Lee", "Guide by Ann Lee", ["Ann Lee"]),
    ("By Ann Lee ____________", "By Ann Lee", ["Ann Lee"]), ("Oppdatert", None, []),
]:
    holds("who signs above the date: %s" % line, "\n\n".join([TITLE, line, "March 18, 2026"] + STORY), byline=byline, authors=authors)
for line, name in [("March 18, 2026 \u00b7 30 min \u00b7 6279 words \u00b7 Ann Lee", "Ann Lee"), ("12 Comments | Ann Lee | Last updated: March 18, 2026", "Ann Lee"),
                   ("Published: March 18, 2026 \u00b7 Modified: March 19, 2026 by Ann Lee \u00b7 This post may contain links", "Ann Lee"), ("Von dpa 18.03.2026, 18:58", "dpa"),
                   ("The Harbour Gazette 18/03/2026 Ann Lee", "Ann Lee")]:
    holds("a name among dates: %s" % line, "\n\n".join([TITLE, line] + STORY), authors=[name])
STORY_FR = [
    "Le bac qui relie Wiek à l'île de Sarn circulera de nouveau dès lundi, après le remplacement de ses deux rampes au chantier naval.",
    "Depuis l'automne, les passagers traversaient sur deux bateaux de pêche, car une fissure avait été découverte sous le pont des voitures.",
    "Le capitaine du port a expliqué que les nouvelles rampes étaient plus légères, et que le navire pourrait accoster à marée basse.",
]
STORY_PL = [
    "Prom łączący Wiek z wyspą Sarn od poniedziałku znów będzie kursował, bo stocznia wymieniła już obie jego rampy.",
    "Od jesieni pasażerów przewożono dwoma kutrami rybackimi, ponieważ podczas przeglądu znaleziono pęknięcie pod pokładem samochodowym.",
    "Kapitan portu powiedział, że nowe rampy są lżejsze od starych i że statek może teraz cumować także przy niskiej wodzie.",
]
STORY_EL = [
    "Το πλοίο που συνδέει το Βίεκ με το νησί Σαρν θα ταξιδεύει ξανά από τη Δευτέρα, αφού το ναυπηγείο άλλαξε και τις δύο ράμπες του.",
    "Από το φθινόπωρο οι επιβάτες περνούσαν με δύο αλιευτικά, επειδή στον έλεγχο βρέθηκε μια ρωγμή κάτω από το γκαράζ των αυτοκινήτων.",
    "Ο λιμενάρχης είπε ότι οι νέες ράμπες είναι πιο ελαφριές από τις παλιές και ότι το πλοίο μπορεί πια να δένει και με χαμηλά νερά.",
]
STORY_AR = [
    "تعود العبارة التي تربط الميناء بالجزيرة إلى العمل ابتداء من يوم الاثنين، بعد أن استبدل المهندسون المنحدرين في الحوض الجاف.",
    "وكان الركاب ينتقلون على متن قاربي صيد منذ الخريف، بعد اكتشاف شق تحت سطح السيارات خلال فحص دوري للسفينة.",
    "وقال مدير الميناء إن المنحدرات الجديدة أخف من القديمة، وإن السفينة تستطيع الآن أن ترسو عند انخفاض المياه أيضا.",
]
STORY_HE = [
    "המעבורת שמקשרת בין הנמל לבין האי תחזור לפעול החל מיום שני, לאחר שהמהנדסים החליפו את שתי הרמפות שלה במספנה.",
    "מאז הסתיו הועברו הנוסעים בשתי סירות דיג, משום שבבדיקה נמצא סדק מתחת לסיפון המכוניות של הספינה הישנה.",
    "מנהל הנמל אמר שהרמפות החדשות קלות יותר מן הישנות, ושהספינה יכולה עכשיו לעגון גם כאשר המים נמוכים.",
]
STORY_ZH = [
    "连接两岸的渡轮从星期一起恢复通航，船厂已经更换了两块跳板，工程师昨天完成了最后一次检查，乘客可以放心上船。",
    "去年秋天检查时发现车辆甲板下面有一道裂缝，此后乘客一直由两条渔船接送，每天只有四个班次，早晚都要排队。",
    "港务负责人表示，新的跳板比原来的轻，低潮时渡轮也可以靠岸，岛上的居民希望傍晚再增加一个班次。",
]
STORY_JA = [
    "港と島を結ぶ渡し船が、月曜日から運航を再開する。造船所で二つのランプウエーを取り換え、技術者が最後の検査を終えた。",
    "昨年の秋の検査で車両甲板の下にひびが見つかり、乗客はこれまで二隻の漁船で運ばれていた。一日の便は四本だけだった。",
    "港の責任者は、新しいランプウエーは前のものより軽く、潮が低い時にも接岸できると話す。島の人たちは夕方の増便を望んでいる。",
]
STORY_KO = [
    "항구와 섬을 잇는 여객선이 월요일부터 다시 운항한다. 조선소는 낡은 경사로 두 개를 모두 새것으로 바꿨다.",
    "지난가을 점검에서 차량 갑판 아래에 금이 간 것이 발견된 뒤 승객들은 어선 두 척을 타고 바다를 건너야 했다.",
    "항만 책임자는 새 경사로가 예전 것보다 가벼워서 물이 낮을 때에도 배를 댈 수 있다고 말했다.",
]
FOREIGN = {
    "fr": ("Le bac de Sarn circule de nouveau après cinq mois", STORY_FR), "pl": ("Prom na wyspę Sarn znów kursuje po pięciu miesiącach", STORY_PL),
    "el": ("Το πλοίο για το Σαρν ταξιδεύει ξανά έπειτα από πέντε μήνες", STORY_EL), "ar": ("العبارة تعود إلى الجزيرة بعد خمسة أشهر في الحوض", STORY_AR),
    "he": ("המעבורת חוזרת אל האי לאחר חמישה חודשים במספנה", STORY_HE), "zh": ("停航五个月后渡轮恢复往返两岸", STORY_ZH),
    "ja": ("渡し船が五カ月ぶりに島へ、月曜日から運航を再開", STORY_JA), "ko": ("섬 여객선, 다섯 달 만에 운항을 다시 시작한다", STORY_KO), "de": ("Die Fähre nach Sarn fährt nach fünf Monaten wieder", STORY_DE),
}


def foreign(language, *lines):
    title, story = FOREIGN[language]
    return "\n\n".join([title, "\n".join(lines)] + story)


for language, line in [("ar", "نُشر في: 14/5/2025"), ("ar", "صدر في 14/5/2025"), ("he", "פורסם: 14.05.25 | 18:42"), ("he", "יום רביעי, 14/05/2025"), ("ko", "송고일 2025.05.14 18:42"),
                       ("zh", "2025.05.14 18:42 臺北時間"), ("el", "Ανέβηκε: 14/05/2025 18:42"), ("pl", "14.05.2025, 18:42 Korekta 15.05.2025"), ("fr", "Relu: 14/05/2025 18:42")]:
    holds("a word beside a date is nobody: %s" % line, foreign(language, line), byline=None, authors=[])
for language, line, authors in [
    ("fr", "Le Courrier de Sarn avec AFP", ["Le Courrier de Sarn", "AFP"]), ("fr", "20 Vagues avec AFP", ["20 Vagues", "AFP"]), ("fr", "Élodie Kerven (avec AFP)", ["Élodie Kerven"]),
    ("fr", "Propos recueillis par Élodie Kerven", ["Élodie Kerven"]), ("fr", "de Mathieu Kerven", ["Mathieu Kerven"]), ("pl", "oprac. Katarzyna Sarnowska", ["Katarzyna Sarnowska"]),
    ("pl", "Autorka: Katarzyna Sarnowska", ["Katarzyna Sarnowska"]), ("pl", "MTI", ["MTI"]), ("el", "Γράφει ο Πέτρος Λυγερός", ["Πέτρος Λυγερός"]), ("el", "Της Ελένης Λυγερού", ["Ελένης Λυγερού"]),
    ("el", "Συντάκτης: Πέτρος Λυγερός", ["Πέτρος Λυγερός"]), ("ar", "كتبت: رانيا المنصوري", ["رانيا المنصوري"]),
    ("ar", "محمود العبدلي - المنامة", ["محمود العبدلي"]), ("he", "מאת: יעל שחף", ["יעל שחף"]), ("he", "יעל שחף, כתב ימי", ["יעל שחף"]), ("he", "חדשות הים", []),
    ("zh", "本报记者 林若安", ["林若安"]), ("zh", "作者：林若安", ["林若安"]), ("zh", "記者林若安／高雄報導", ["林若安"]), ("zh", "〔記者林若安／高雄報導〕", ["林若安"]), ("zh", "海岸新闻 社会", []),
    ("ja", "佐藤光男", ["佐藤光男"]), ("ja", "佐藤 光男 記者", ["佐藤 光男"]), ("ja", "文・佐藤光男", ["佐藤光男"]), ("ja", "共同通信", ["共同通信"]),
    ("ko", "김하늘·박지훈 기자", ["김하늘", "박지훈"]), ("ko", "이도윤 특파원", ["이도윤"]), ("de", "Text: Stefan Ost, Fotos: Jan West", ["Stefan Ost"]), ("de", "Ein Gastbeitrag von Stefan Ost", ["Stefan Ost"]),
    ("de", "Von Stefan Ost — Bad Wiek", ["Stefan Ost"]),
]:
    holds("who signs, in other languages: %s" % line, foreign(language, line, "2025-05-14 18:42"), authors=authors)
holds("an article in front of a date is no part of a name", foreign("fr", "Rédigé par AFP le 14 mai 2025"), byline="Rédigé par AFP")
holds("a name between standfirst and story", "\n\n".join([TITLE, STORY[3], "Save article", "Smaller type", "Larger type", "Hear the text", "Smaller type", "Larger type", "Share", "Print",
      "Save", "Marina Duval"] + STORY[:3] + [STORY[4]]), byline="Marina Duval")
holds("a place and a dash in Polish", "\n\n".join([FOREIGN["pl"][0], "2025-05-14", "Nowy Sarn - " + STORY_PL[0]] + STORY_PL[1:]), dateline="Nowy Sarn")
holds("agency, place and day in Chinese", "\n\n".join([FOREIGN["zh"][0], "2025-05-14", "新华社萨恩港5月14日电（记者林若安）" + STORY_ZH[0]] + STORY_ZH[1:]), dateline="新华社萨恩港5月14日电")
holds("a date of a line without words apart", "\n\n".join([TITLE, "March 18, 2026", "\u200b", "Jokin Ferreol"] + STORY), byline="Jokin Ferreol")
holds("a first name above its surname is not all of it", "\n\n".join([TITLE, "March 18, 2026", "Maria", "Mathiou"] + STORY), authors=[])
holds("a team below its by-word", "\n\n".join([TITLE, "Written by", "Wiekpost Ferry Team"] + STORY), authors=["Wiekpost Ferry Team"])
holds("more writers, each with what they are", "\n".join([TITLE, "", "By", "Ann Lee News Reporter", "Tom Hanlon Politics Editor", "Mary Gant", ""] + ["\n".join([p, ""]) for p in STORY]),
      authors=["Ann Lee", "Tom Hanlon", "Mary Gant"])
holds("a heading in the story that its paragraph takes up is no author's box",
      "\n\n".join([TITLE] + STORY[:4] + ["Harbour Ramps", "Harbour Ramps of this kind are built in Wiek, and the yard has made nine of them so far this year."] + STORY), byline=None)

head = ["Most read", "Harbours", "Ferries", "Fisheries", "March 18, 2026 report", "Editors' notes", "fact-checked", "peer-reviewed", "trusted source", "proofread", "preprint", "reviewed"]
holds("a date far above the headline below a list's heading", "\n\n".join(head + [TITLE, "by Ann Lee"] + STORY), date="2026-03-18")
holds("two days there are other stories'", "\n\n".join(head[:4] + ["March 11, 2026 report"] + head[4:] + [TITLE, "by Ann Lee"] + STORY), date=None)
again = ["Latest news", "Harbours", "Fisheries", TITLE, "Ann Lee", "March 18, 2026"] + ["Link number %d" % i for i in range(30)] + [TITLE]
holds("a date below another printing of the headline", "\n\n".join(again + STORY), date="2026-03-18")

# --- the headline
og = "<meta property=og:title content='%s'>"
holds("a heading inside the story is not the page's only h1", page(title="Ferry guide: five crossings to Sarn", head=og % "Ferry crossings to Sarn and their ramps compared",
      first="<p>%s</p><p>%s</p><h2>Ferry crossings to Sarn and their ramps</h2>" % (STORY[3], STORY[4])).replace("<title>Ferry guide:", "<title>Ferry crossings to Sarn:"),
      headline="Ferry guide: five crossings to Sarn")
holds("an article in front is no kicker", page(title="The best ferries of the coast", head=og % "Best ferries of the coast").replace(
      "<title>The best", "<title>Best"), headline="The best ferries of the coast")
long = "After the storm: " + TITLE
holds("what JSON-LD states with all that stands in front is the headline", page(title=long, head=og % TITLE + ld('"a":1').replace(TITLE, long)), headline=long)
holds("unless the page prints it without", page(title=long, head=og % TITLE + ld('"a":1').replace(TITLE, long),
                                                under="<h2><span>After the storm</span> <span>%s</span></h2>" % TITLE), headline=TITLE)
holds("a section behind a bar", page(title=TITLE + " | Opinion", head="<meta property=article:section content=Opinion>"), headline=TITLE)
holds("the last line of a menu is no section, though blank lines part the menu's lines",
      text("Home", "Harbour", "Weather", "Markets", "Sailing", "Plant a Tree", TITLE, "By Ann Lee", "March 3, 2025", *STORY), headline=TITLE, section=None)

# --- captions inside the story, and whose picture it is, in the ways of many languages
STORY_IT = [
    "Il traghetto che collega Wiek con l'isola di Sarn torna a navigare da lunedì, dopo che il cantiere ha sostituito entrambe le rampe.",
    "Dall'autunno i passeggeri erano stati trasportati con due pescherecci, perché sotto il ponte delle auto era stata trovata una crepa.",
    "Il comandante del porto ha detto che le nuove rampe sono più leggere delle vecchie e che la nave può attraccare anche con la bassa marea.",
    "Gli abitanti dell'isola chiedono al comune una seconda corsa serale, perché l'ultima nave parte prima della chiusura dei negozi.",
]


def inside(line, story=STORY):
    return text(TITLE, story[0], story[1], line, *story[2:])


def captioned(name, line, caption, credit, story=STORY):
    holds(name, inside(line, story), captions=[{"text": caption, "credit": credit}], body="\n\n".join(story))


for line, caption, credit in [
    ("Elli Ranta hinaa uutta ramppia rantaan. Kuva: Elli Ranta / Satamakuva", "Elli Ranta hinaa uutta ramppia rantaan.", "Elli Ranta / Satamakuva"),
    ("Az új rámpa a kikötőben (fotó: Tóth Pál)", "Az új rámpa a kikötőben", "Tóth Pál"),
    ("Nová rampa čeká v přístavu. | foto: Jan Dub, Převoz", "Nová rampa čeká v přístavu.", "Jan Dub, Převoz"),
    ("Yeni rampa limanda vinçle kaldırıldı. (Fotoğraf: İskele Ajansı)", "Yeni rampa limanda vinçle kaldırıldı.", "İskele Ajansı"),
    ("Η νέα ράμπα στο λιμάνι / Φωτογραφία: Νίκος Λάμπρου", "Η νέα ράμπα στο λιμάνι", "Νίκος Λάμπρου"),
    ("הרמפה החדשה בנמל (צילום: דן רוט)", "הרמפה החדשה בנמל", "דן רוט"),
    ("المنحدر الجديد على رصيف الميناء. الصورة: وكالة الميناء", "المنحدر الجديد على رصيف الميناء.", "وكالة الميناء"),
    ("नाव का नया रैंप घाट पर (फोटो- पीटीआई)", "नाव का नया रैंप घाट पर", "पीटीआई"),
    ("Cầu dẫn mới ở bến phà - Ảnh: LÊ MINH", "Cầu dẫn mới ở bến phà", "LÊ MINH"),
    ("ทางลาดใหม่ที่ท่าเรือ ภาพ: ข่าวท่าเรือ", "ทางลาดใหม่ที่ท่าเรือ", "ข่าวท่าเรือ"),
    ("渡船的新坡道停在岸边。图/江南画报", "渡船的新坡道停在岸边。", "江南画报"),
    ("渡船的新坡道停在岸边。江南画报记者 林一帆 摄", "渡船的新坡道停在岸边。", "江南画报记者 林一帆"),
    ("渡し船の新しい乗り口（ロイター）", "渡し船の新しい乗り口", "ロイター"),
    ("나루에 놓인 새 발판 [사진=나루일보]", "나루에 놓인 새 발판", "나루일보"),
    ("A rampa nova espera no porto (Imagem: Ana Prado/Cais)", "A rampa nova espera no porto", "Ana Prado/Cais"),
    ("A rampa nova espera no porto de Wiek - Ana Prado/Folhapress", "A rampa nova espera no porto de Wiek", "Ana Prado/Folhapress"),
    ("Nowa rampa czeka w porcie. / Źródło: PAP / Jan Sowa", "Nowa rampa czeka w porcie.", "PAP / Jan Sowa"),
    ("La nueva rampa espera en el puerto. Ana Roble (EFE)", "La nueva rampa espera en el puerto.", "Ana Roble (EFE)"),
    ("Le bac à quai, le 13 mai 2025. ANNE ROUX POUR « LE FLEUVE »", "Le bac à quai, le 13 mai 2025.", "ANNE ROUX POUR « LE FLEUVE »"),
]:
    captioned("a caption with its credit: %s" % line, line, caption, credit)
captioned("an agency in brackets behind a caption", "La nuova rampa aspetta sulla banchina (Ansa)", "La nuova rampa aspetta sulla banchina", "Ansa", STORY_IT)
holds("behind the last sentence it signs the story", text(TITLE, *STORY_IT[:-1], STORY_IT[-1] + " (ANSA)"), captions=[],
      body="\n\n".join(STORY_IT[:-1] + [STORY_IT[-1] + " (ANSA)"]))
holds("a name in front of its agency is whole", text(TITLE, "The new ramp hangs from a crane.", "APA/Jan Ost", *STORY),
      captions=[{"text": "The new ramp hangs from a crane.", "credit": "APA/Jan Ost"}])
holds("a paragraph of the story above a credit is no caption", text(TITLE, *STORY[:3], "The crew is glad that the work is done before the winter. Nobody on the island had hoped for so much.", "Photo: Ann Lee", *STORY[3:]),
      captions=[], body="\n\n".join(STORY[:3] + ["The crew is glad that the work is done before the winter. Nobody on the island had hoped for so much."] + STORY[3:]))
holds("a caption of two sentences is, where the credit is nearer to it", text(TITLE, *STORY[:3], "The new ramp hangs from a crane. It weighs four tons.\nPhoto: Ann Lee", *STORY[3:]),
      captions=[{"text": "The new ramp hangs from a crane. It weighs four tons.", "credit": "Ann Lee"}])
holds("neither is how many comments there are", text(TITLE, "By Ann Lee", "18 March 2026", "132 readers\nBeeld: Getty Images", *STORY), captions=[])
holds("a credit that stands once more behind its caption is that one's", text(TITLE, "By Bo Rasch", "18 March 2026", "Straight from the harbour's wire\nBeeld: Ann Lee/Quay",
                                                                             "The new ramp hangs from a crane. Foto: Ann Lee/Quay", *STORY),
      captions=[{"text": "The new ramp hangs from a crane.", "credit": "Ann Lee/Quay"}])
holds("an agency right above the date is the byline", text(TITLE, "The islanders had waited for five months, and the last boat left before the shops closed", "Reuters",
                                                           "18 March 2026, 18:42", *STORY), captions=[], authors=["Reuters"])
holds("a date to which a picture's lines are glued is the date", text(TITLE, "18 March 2026 The new ramp of the ferry to Sarn hangs from a crane. (Photo: Ann Lee/Quay)", *STORY),
      date="2026-03-18")
holds("a sentence under the headline with a picture behind it is the standfirst", text(TITLE, "Buses take over until Christmas, says the county.",
                                                                                     "The new ramp hangs from a crane. Photo: Ann Lee / Quay", *STORY),
      standfirst="Buses take over until Christmas, says the county.", body="\n\n".join(STORY))

# --- what is an article
TITLES = ["Ferry to Sarn runs again", "Council buys back the fish hall", "Two swans hold up the 8.15", "The last telephone box in Vey", "School gets its roof back"]
front = ["Wiek Post", "Home", "News", "About us"]
for end, link in [("", "Read more"), ("", "Continue reading"), (" \u2026", ""), (" [...]", ""), (" [\u2026]", "Read more")]:
    entries = [part for title, p in zip(TITLES, STORY) for part in (title, p + end, link) if part]
    holds("teasers one after the other, %s" % (end.strip() or link), "\n\n".join(front + entries + ["Older posts"]), status="empty", reason="no_article", headline=None)
links = ["Link number %d to another page of the harbour" % i for i in range(60)]
long = [" ".join(STORY[i:i + 2]) for i in (0, 2)] + [STORY[4] + " Nobody on the island, the mayor of Wiek said on the quay, had expected the yard to be ready before Easter."]
holds("a story whose long paragraphs have labels between them is one", "\n\n".join(links + [TITLE, "By Ann Lee", "March 18, 2026", long[0], "Share", long[1], "Wiek", long[2], "Share"] + links),
      status="ok", headline=TITLE)

# --- habits of English pages
for line, authors, source in [
    ("By Ann Price", ["Ann Price"], None), ("Ann Page", ["Ann Page"], None), ("By Seung Min Kim and Matt Brown", ["Seung Min Kim", "Matt Brown"], None),
    ("By SEUNG MIN KIM and MATT BROWN", ["SEUNG MIN KIM", "MATT BROWN"], None), ("By MICHELLE L. PRICE", ["MICHELLE L. PRICE"], None),
    ("By Mark Best and Ann Story", ["Mark Best", "Ann Story"], None), ("By Ann Price Share", ["Ann Price"], None), ("By Ann Lee Read more", ["Ann Lee"], None),
    ("By Ann Lee, Herald Staff Writer", ["Ann Lee"], "Herald"), ("By Ann Lee, Review Editor", ["Ann Lee"], None), ("A A A", [], None), ("By N/A", [], None), ("By admin", [], None),
    ("Staff Reporter", ["Staff Reporter"], None), ("News Desk", ["News Desk"], None), ("TNN", ["TNN"], None), ("Reported by: Ann Lee, Edited by: Bo Day", ["Ann Lee"], None),
    ("Byline: Ann Lee", ["Ann Lee"], None), ("Contributed by Ann Lee", ["Ann Lee"], None), ("Curated By: Ann Lee", ["Ann Lee"], None),
]:
    holds("who wrote it: %s" % line, "\n\n".join(plain + [TITLE, line, "April 11, 2025"] + STORY), authors=authors, source=source, standfirst=None)
for value in ["null", "None", "undefined", "N/A"]:
    tags = ("<meta name=author content='%s'><meta property=article:section content='%s'><meta property=article:tag content='%s'><meta property=og:site_name content='%s'>" % ((value,) * 4))
    holds("a template without a value: %s" % value, page(head=tags), authors=[], section=None, tags=[], source=None)
holds("nobody's name in a tag", page(head="<meta name=author content=Webmaster>"), authors=[])
holds("nor in front of a text", "---\ntitle: %s\nauthor: null\ndate: 2025-04-11\n---\n\n" % TITLE + "\n\n".join(STORY), authors=[], date="2025-04-11")

for line, date in [("Fri, 11 Apr 2025 16:40:05 +0100", "2025-04-11T16:40:05+01:00"), ("11 Apr 2025 16:40 +01:00", "2025-04-11T16:40+01:00"),
                   ("2025-04-11T16:40:05.000+0000", "2025-04-11T16:40:05+00:00"), ("11 April 2025 09:00 -10:30", "2025-04-11T09:00"), ("12/30/98", None), ("11-Apr-75", None),
                   ("12/30/24", "2024-12-30")]:
    holds("a date line: %s" % line, "\n\n".join(plain + [TITLE, "By Ann Lee", line] + STORY), date=date)
holds("a numeric date is no outlet", "\n\n".join(plain + [TITLE, "By Ann Lee", "11.04.2025"] + STORY), source=None)
holds("a live page's first day is no note, nor its date", "\n\n".join(plain + [TITLE, "By Ann Lee", "Fri 11 Apr 2025 16.03 BST", "First published on Thu 10 Apr 2025 08.14 BST"] + STORY),
      notes=[], date="2025-04-11T16:03+01:00")
holds("a company that sends its news", "\n\n".join([TITLE, "News provided by", "Sarn Ferries, Inc.", "May 06, 2025, 08:30 ET"] + STORY), source="Sarn Ferries, Inc.")

for front, dateline in [("LISBON/TOKYO, March 14 (Reuters) - ", "LISBON/TOKYO, March 14 (Reuters)"), ("DUBLIN, Ireland, Feb. 27, 2025 (GLOBE NEWSWIRE) -- ", "DUBLIN, Ireland, Feb. 27, 2025 (GLOBE NEWSWIRE)"),
                        ("(Reuters) - ", "(Reuters)"), ("TORONTO, ON / ACCESSWIRE / May 5, 2025 / ", "TORONTO, ON / ACCESSWIRE / May 5, 2025 /"),
                        ("Johannesburg, 11 April 2025 \u2013 ", "Johannesburg, 11 April 2025"), ("Accra, April 11, GNA - ", "Accra, April 11, GNA"), ("LEA ROE, BYLINE: ", None)]:
    holds("in front of the story: %s" % front, "\n\n".join(plain + [TITLE, "By Ann Lee", "April 11, 2025", front + STORY[0]] + STORY[1:]), dateline=dateline)
summary = ["Ramps were lighter than feared", "Boats to run until Sunday", "Islanders want one more in the evening"]
holds("lines right above an agency's dateline sum the story up", "\n\n".join(plain + [TITLE, "By Ann Lee", "April 11, 2025"] + summary + ["WIEK, April 11 (Reuters) - " + STORY[0]] + STORY[1:]),
      standfirst=" ".join(summary))

shot = "A worker looks at the ramp of the ferry in Wiek on Friday."
for lines, text, credit in [
    ("Image caption, " + shot, shot, None), ("Media caption, " + shot, shot, None), ("Image source, Getty Images\n\nImage caption,\n\n" + shot, shot, "Getty Images"),
    (shot + " \u2014 White Star", shot, "White Star"), (shot + " \u2014JOS\u00c9 ROE MU\u00d1IZ", shot, "JOS\u00c9 ROE MU\u00d1IZ"),
    ("[1/2]" + shot + " REUTERS/Jan Roe Purchase Licensing Rights, opens new tab", shot, "REUTERS/Jan Roe"), (shot + " (ABC News: Ann Roe)", shot, "ABC News: Ann Roe"),
    (shot + " (Submitted by Ann Roe)", shot, "Submitted by Ann Roe"), (shot + " Pic: Ann Roe", shot, "Ann Roe"), (shot + " Photo / Ann Roe", shot, "Ann Roe"),
    (shot + "\n\nAnn Roe/The Herald", shot, "Ann Roe/The Herald"), (shot + "\n\nAnn Roe | Herald-Ledger", shot, "Ann Roe | Herald-Ledger"), (shot + "\n\n(Ann Roe / Harbour Works)", shot, "Ann Roe / Harbour Works"),
    ("PA Media A ramp in a yardPA Media", "A ramp in a yard", "PA Media"), (shot + " Retrieved from Sarn Works on January 03, 2025", shot, "Sarn Works"), (shot + " \u00a9 Ann Roe, AFP", shot, "Ann Roe, AFP"),
]:
    holds("a picture at the top: %s" % lines.replace(shot, "...").replace("\n\n", " // "), "\n\n".join(plain + [TITLE, "By Ann Lee", "April 11, 2025", lines] + STORY),
          captions=[{"text": text, "credit": credit}], standfirst=None, body="\n\n".join(STORY), byline="By Ann Lee")
holds("a label and a sentence are a caption, and the paragraph above stays", "\n\n".join(plain + [TITLE, "By Ann Lee", "April 11, 2025"] + STORY[:2] + ["It was the third in a row.",
      "Image: The old ramp fell over in a storm in November"] + STORY[2:]), captions=[{"text": "The old ramp fell over in a storm in November", "credit": None}],
      body="\n\n".join(STORY[:2] + ["It was the third in a row."] + STORY[2:]))
holds("a credit that has the shape of a teaser", "\n\n".join(plain + [TITLE, "11th April 2025", "By Ann Lee", "Yard hands at the new ramp", "Photo: WSF", "Share"] + STORY),
      captions=[{"text": "Yard hands at the new ramp", "credit": "WSF"}], standfirst=None)
for line in ["Ann Lee, The Herald", "Ann Lee | The Herald", "Ann Lee/The Herald"]:
    holds("the same form below a standfirst is the byline: %s" % line, "\n\n".join(plain + [TITLE, "Islanders want one more boat in the evening", line, "April 11, 2025"] + STORY), byline=line, captions=[])
for line in ["Photos: The yard opens", "[VIDEO] Bridge closes"]:
    holds("a short headline: %s" % line, "\n\n".join(plain + [line, "By Ann Lee", "April 11, 2025"] + STORY), headline=line)
for line in ["Find out what's happening in Wiek with free, real-time updates from Harbour Wire.", "The Slow Gull is a reader-supported publication. To receive new posts, consider becoming a subscriber.",
             "Thanks for reading The Slow Gull! This post is public so feel free to share it.", "Advertisement \u00b7 Scroll to continue", "Tap here to add The Harbour Herald as your trusted source"]:
    holds("furniture inside the story: %s" % line, "\n\n".join(plain + [TITLE, "By Ann Lee", "April 11, 2025"] + STORY[:3] + [line] + STORY[3:]), body="\n\n".join(STORY))
for line in ["The post %s appeared first on The Harbour Herald." % TITLE, "You received this email because you signed up at the harbour's site."]:
    holds("furniture below the story: %s" % line, "\n\n".join(plain + [TITLE, "By Ann Lee", "April 11, 2025"] + STORY + [line]), body="\n\n".join(STORY), notes=[])

# --- what a program wrote in front of a text
text = "\n\n".join(STORY)
yaml = """---
title: "%s"
author: Ann Lee; Tom Hanlon
url: https://www.wiekpost.example/harbour/ferry
hostname: wiekpost.example
sitename: Wiek Post
description: A ferry, two ramps
date: 2026-03-18
tags: ['Ferries', "Sarn"]
categories:
  - Harbour
---
""" % TITLE
holds("front matter", yaml + text, headline=TITLE, authors=["Ann Lee", "Tom Hanlon"], url="https://www.wiekpost.example/harbour/ferry", source="Wiek Post",
      date="2026-03-18", tags=["Ferries", "Sarn"], body=text, status="ok")
holds("front matter above a page that prints its headline", yaml + "# " + TITLE + "\n\n**" + STORY[0] + "**\n\n" + text, headline=TITLE, authors=["Ann Lee", "Tom Hanlon"])
holds("authors and tags one below the other", "---\ntitle: %s\nauthors:\n  - Ann Lee\n  - Tom Hanlon\ntags:\n- Ferries\n- Sarn\n---\n%s" % (TITLE, text),
      headline=TITLE, authors=["Ann Lee", "Tom Hanlon"], tags=["Ferries", "Sarn"])
holds("a value on several lines", "---\ntitle: >-\n  %s\n  %s\nauthor: Ann\n  Lee\n---\n%s" % (TITLE[:20], TITLE[21:], text),
      headline=TITLE[:20] + " " + TITLE[21:], authors=["Ann Lee"])
holds("entries below an entry are not its value", "---\ntitle: %s\nauthor:\n  name: Ann Lee\n  mail: lee@wiekpost.example\n---\n%s" % (TITLE, text), headline=TITLE, authors=[])
holds("a single quotation mark, written twice", "---\ntitle: 'It''s the Sarn that sails'\ntags: ['Lee''s boats', 'Ferries']\n---\n" + text, headline="It's the Sarn that sails",
      tags=["Lee's boats", "Ferries"])
holds("quotation marks in a value", "---\ntitle: \"The \\\"Sarn\\\" sails\"\n---\n" + text, headline='The "Sarn" sails')
holds("quotation marks that are the title's own", "Title: \"Yes\" to the ramps and \"no\"\nURL: https://www.wiekpost.example/ferry\n\n" + text,
      headline='"Yes" to the ramps and "no"')
holds("labels of a reader service", "Title: %s | Wiek Post\n\nURL Source: https://www.wiekpost.example/ferry\n\nPublished Time: 2026-03-18T06:40:00+01:00\n\n"
      "Markdown Content:\n%s" % (TITLE, text), headline=TITLE, url="https://www.wiekpost.example/ferry", date="2026-03-18T06:40:00+01:00", body=text)
holds("labels of a data set", "Title: %s\nAuthor: Ann Lee\nDate: March 18, 2026\nSource: Wiek Post\n\n%s" % (TITLE, text),
      headline=TITLE, authors=["Ann Lee"], date="2026-03-18", source="Wiek Post", body=text)
holds("a rule above the headline opens no front matter", "---\n\n%s\n\n---\n\n%s" % (TITLE, text), headline=TITLE, body=text)
holds("one label is the page's own", "Note: the ferry is full\n\n%s\n\n%s" % (TITLE, text), headline=TITLE, url=None)
holds("labels without a title or an address are the page's own", "%s\n\nDate: March 18, 2026\nSource: Wiek Post\n\n%s" % (TITLE, text), headline=TITLE,
      date="2026-03-18", date_text="March 18, 2026", source="Wiek Post")
holds("an address alone in front", "URL: https://www.wiekpost.example/ferry\n\n%s\n\n%s" % (TITLE, text), headline=TITLE, url="https://www.wiekpost.example/ferry", body=text)
for label in ("Scraped at: 2026-04-10T12:44:01Z", "Crawled: 10 Apr 2026 12:44", "crawl_date: 2026-04-10", "WARC-Date: 2026-04-10T12:44:01Z", "Saved: 10 April 2026",
              "Source: wiekpost.example\nFetched: 2026-04-10\n" + 40 * "-"):
    holds("a crawler's own date in front: %s" % label.split("\n")[0], "%s\n\n%s\n\n%s" % (label, TITLE, text), headline=TITLE, date=None, date_text=None, source=None, body=text)
    holds("the story's date beside it", "%s\n\n%s\n\nMarch 18, 2026\n\n%s" % (label, TITLE, text), headline=TITLE, date="2026-03-18", body=text)
for label in ("Downloaded: 10 April 2026 12:44", "Archived from the original on 10 April 2026", "Last-Modified: Fri, 10 Apr 2026 12:44:01 GMT", "Content-Length: 5311"):
    holds("the same behind the headline: %s" % label, "%s\n\n%s\n\n%s" % (TITLE, label, text), headline=TITLE, date=None, modified=None, section=None, body=text)
holds("what only looks like a crawler's line", "Saved: 300 jobs\n\n%s\n\n%s" % (TITLE, text), headline=TITLE, url=None, body=text)

# --- a server's headers in front
answer = "HTTP/1.1 200 OK\r\nDate: Fri, 10 Apr 2026 12:44:01 GMT\r\nContent-Type: text/%s; charset=utf-8\r\nLast-Modified: Fri, 10 Apr 2026 09:00:00 GMT\r\nContent-Length: 5311\r\n\r\n"
moved = "HTTP/2 301 \r\nLocation: https://www.wiekpost.example/ferry\r\n\r\n"
holds("in front of a text", answer % "plain" + "%s\n\nMarch 18, 2026\n\n%s" % (TITLE, text), headline=TITLE, date="2026-03-18", modified=None, section=None, body=text)
holds("in front of HTML, behind a redirect", moved + answer % "html" + page(under="<p>March 18, 2026</p>"), headline=TITLE, date="2026-03-18", body=text)
holds("a text that begins with the words", "HTTP/2 200 is out\n\n%s\n\n%s" % (TITLE, text), headline=TITLE, body=text)

# --- headings and words as other programs leave them
centred = "\n".join(line.center(74).rstrip() for line in textwrap.wrap(TITLE + ", and the winter's timetable is dropped", 70))
holds("a headline in the middle of two lines", "\n".join("   " + line for line in (centred + "\n\n" + "\n\n".join(textwrap.fill(p, 74) for p in STORY)).split("\n")),
      headline=TITLE + ", and the winter's timetable is dropped")
holds("references that were left standing", "\n\n".join([TITLE.replace("Ferry", "Lee &amp; Roe&#8217;s ferry")] + STORY), headline=TITLE.replace("Ferry", "Lee & Roe\u2019s ferry"))
holds("references by names that are not in HTML 4", "\n\n".join([TITLE + "&comma; says Roe"] + [p[:-1] + "&period;" for p in STORY]), headline=TITLE + ", says Roe", body=text)
holds("a reference that the page speaks of", "\n\n".join([TITLE, STORY[0] + ' Its sign said "&amp;" and nothing else.'] + STORY[1:]),
      body="\n\n".join([STORY[0] + ' Its sign said "&amp;" and nothing else.'] + STORY[1:]))

# --- where lines end
holds("a page of three paragraphs, wrapped", "\n\n".join(textwrap.fill(p, 72) for p in [TITLE] + STORY[:3]), headline=TITLE, body="\n\n".join(STORY[:3]), status="ok")
holds("a page of four paragraphs, wrapped", "\n\n".join(textwrap.fill(p, 76) for p in [TITLE] + STORY[:4]), headline=TITLE, body="\n\n".join(STORY[:4]), status="ok")
short = ["Nobody knows yet what the second crossing would cost the town.", "Islanders have asked the council for a boat in the evening too.",
         "Both of its ramps were replaced in the yard during the winter.", "A crack was found under the car deck by one of the inspectors.",
         "The new ramps are lighter, and they can be used at low water.", "Two fishing boats had carried the passengers since last autumn.",
         "The ferry to Sarn will run again from Monday, the harbour said."]
holds("paragraphs of a short line each, nearly as long as each other", "\n".join([TITLE, ""] + short), headline=TITLE, body="\n\n".join(short))
held = [p.replace("the old", "the\u2060old").replace("for a second", "for\u2060a second").replace("in its", "in\u2060its").replace("the car", "the\u2060car")
        .replace("at low", "at\u2060low").replace("because the", "because\u2060the") for p in STORY]
holds("words that a no-break space took to the next line", "\n\n".join(textwrap.fill(p, 76).replace("\u2060", "\u00a0") for p in [TITLE] + held), headline=TITLE, body=text)

# --- numbers in brackets
noted = [p.replace(" crossing", "[%d] crossing" % (i + 1)).replace(" ramps", "[%d] ramps" % (i + 5)).replace(" bo", "[%d] bo" % (i + 9)) for i, p in enumerate(STORY)]
holds("notes behind words are the page's own", "\n\n".join([TITLE] + noted), body="\n\n".join(noted))
notes = ["[%d]Lee, Ships of the north, page %d" % (n, n) for n in range(1, 7)]
holds("so are they where a list of them has no blanks", "\n\n".join([TITLE] + noted + ["Notes"] + notes), body="\n\n".join(noted))
holds("two are no text browser's", "\n\n".join([TITLE, STORY[0] + " [1]It did.", STORY[1] + " [2]So they said."] + STORY[2:]),
      body="\n\n".join([STORY[0] + " [1]It did.", STORY[1] + " [2]So they said."] + STORY[2:]))
holds("one with a list of addresses is", "\n\n".join([TITLE, STORY[0].replace("island", "[1]island")] + STORY[1:]) + "\n\nReferences\n\n   1. https://www.sarn.example/\n", headline=TITLE, body=text)

# --- what only looks as if a program had written the whole text down in its way
holds("one paragraph that is quoted", "\n\n".join([TITLE] + STORY[:2] + ["> " + STORY[2]] + STORY[3:]), headline=TITLE, body="\n\n".join(STORY[:2] + ["> " + STORY[2]] + STORY[3:]))
lines = [TITLE, STORY[0] + " He had typed \\n and \\t for a line end.", STORY[1] + " Its name was C:\\new.", *STORY[2:]]
ends = "\n\n".join([TITLE] + STORY).replace("\n", "\\n") + " \\ud83d\\udea2"
holds("a string of code that ends with a pair of escapes", ends, headline=TITLE, body="\n\n".join(STORY[:4] + [STORY[4] + " \U0001f6a2"]))
holds("a story about line ends", "\n\n".join(lines), headline=TITLE, body="\n\n".join(lines[1:]))
items = ["%d: %s" % (n, p) for n, p in enumerate(STORY, 1)]
holds("a list that counts", "\n\n".join([TITLE] + items), headline=TITLE, body="\n\n".join(items))

# --- boxes of other stories, and languages
BOX = "Feuer im Hafen: Was über den Brand bekannt ist\nReedereien in der Krise"
TITLE_DE = "Fähre nach Sarn fährt nach fünf Monaten in der Werft wieder"
for label in ("Mehr zum Thema", "Lesen Sie auch", "Mehr zum Thema:"):
    for box in (label + "\n" + BOX, label + "\n" + BOX.split("\n")[0]):
        holds("the story goes on behind %r" % box[:40], "\n\n".join(["Menü", TITLE_DE] + STORY_DE[:3] + [box] + STORY_DE[3:] + ["Impressum"]),
              body="\n\n".join(STORY_DE), headline=TITLE_DE, tags=[])
holds("titles and summaries at the story's end are no story", "\n\n".join(["Menu", TITLE] + STORY + [
    "Related\nBridge closed again", "The bridge over the Vey was closed on Monday. Cars must go round by Tarn.", "Two swans hold up the train",
    "A pair of swans sat on the rails for an hour. Nobody dared to move them."]), body="\n\n".join(STORY))
HU = ["A Sarn szigetére járó komp hétfőtől újra közlekedik, miután a műhelyben kicserélték mindkét rámpáját, és ez már nem okoz gondot.",
      "Az utasokat ősz óta két halászhajó vitte át, mert egy vizsgálat során repedést találtak a fedélzet alatt, és a hajót le kellett állítani.",
      "A kikötő vezetője szerint az új rámpák könnyebbek a régieknél. A hajó most már alacsony vízállásnál is ki tud kötni, ha kell."]
holds("labels in Hungarian", "\n\n".join([HU[0], "Hirdetés"] + HU[1:] + ["Legolvasottabb"]), language="hu", body="\n\n".join(HU))
for name, language, words in [
        ("Croatian", "hr", "Most preko rijeke zatvoren je u srijedu. Ministar je rekao da će popravak trajati godinu dana, a gradonačelnik kaže da nije bilo izbora. Radovi će početi nakon blagdana, gdje je to moguće."),
        ("Serbian in Cyrillic", "sr", "Мост преко реке затворен је у среду. Министар је рекао да ће поправка трајати годину дана, а градоначелник каже да није било избора. Радови ће почети после празника."),
        ("Telugu", "te", "నదిపై ఉన్న వంతెనను బుధవారం మూసివేశారు. మరమ్మతులకు ఏడాది పడుతుందని మంత్రి చెప్పారు. ప్రజలు చాలా దూరం ప్రయాణించాల్సి వస్తోందని ఫిర్యాదు చేస్తున్నారు."),
        ("Marathi", "mr", "नदीवरील पूल बुधवारी बंद करण्यात आला आहे. दुरुस्तीला एक वर्ष लागणार असून नागरिकांना वळसा घालावा लागत आहे, असे मंत्री यांनी सांगितले. काम सुरू होणार आहे आणि ते एका वर्षात पूर्ण होईल."),
        ("a short Turkish text", "tr", "Kaymakam Aydın, adaya giden vapurun pazartesi günü yeniden sefere çıkacağını bildirdi. Aydın, gazetecilere yaptığı açıklamada, rampaların değiştirildiğini belirtti.")]:
    holds("the language of %s" % name, words + "\n\n" + words, language=language)
FI = ["Saaren lautta kulkee taas maanantaina. Telakka vaihtoi molemmat rampit, ja matkustajat pääsevät yli kuten ennen.",
      "Satamapäällikön mukaan uudet rampit ovat kevyemmät kuin vanhat. Alus pääsee laituriin myös matalalla vedellä.",
      "Asukkaat pyytävät iltavuoroa, sillä viimeinen vene lähtee ennen kauppojen sulkemista. Kunta päättää asiasta kesällä."]
holds("a headline whose words the story inflects", "\n\n".join(["Laiturilla juhlittiin, kioskin jono venyi torille", "14.05.2025"] + FI), headline="Laiturilla juhlittiin, kioskin jono venyi torille")

NO = ["Fergen til øya Sarn går igjen fra mandag, etter at verftet har byttet begge rampene og den siste prøven er gjort.",
      "- Vi har ventet på dette siden høsten, og nå er det vår tur til å feire, sier havnesjefen.",
      "Passasjerene har siden høsten blitt fraktet over i to fiskebåter, fordi det ble funnet en sprekk under bildekket."]
holds("a dash in front of what somebody says", "\n\n".join(["Meny", "Fergen til Sarn går igjen"] + NO), body="\n\n".join(NO))
LIST = ["- Fergen går hver time fra klokken seks om morgenen.", "- Billettene koster like mye som før den ble stoppet."]
holds("dashes in front of a list's items", "\n\n".join(["Fergen til Sarn går igjen", NO[0], NO[2]] + LIST + [NO[0].replace("mandag", "fredag")]),
      body="\n\n".join([NO[0], NO[2]] + [item[2:] for item in LIST] + [NO[0].replace("mandag", "fredag")]))

print("1..%d" % count)

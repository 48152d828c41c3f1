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

# --- headings and words as other programs leave them
centred = "\n".join(line.center(74).rstrip() for line in textwrap.wrap(TITLE + ", and the winter's timetable is dropped", 70))
holds("a headline in the middle of two lines", "\n".join("   " + line for line in (centred + "\n\n" + "\n\n".join(textwrap.fill(p, 74) for p in STORY)).split("\n")),
      headline=TITLE + ", and the winter's timetable is dropped")
holds("references that were left standing", "\n\n".join([TITLE.replace("Ferry", "Lee &amp; Roe&#8217;s ferry")] + STORY), headline=TITLE.replace("Ferry", "Lee & Roe\u2019s ferry"))
holds("a reference that the page speaks of", "\n\n".join([TITLE, STORY[0] + ' Its sign said "&amp;" and nothing else.'] + STORY[1:]),
      body="\n\n".join([STORY[0] + ' Its sign said "&amp;" and nothing else.'] + STORY[1:]))

print("1..%d" % count)

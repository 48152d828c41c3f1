#!/bin/bash
# story.t -- what is made of a text model's word for each block, in TAP; run from the top of the repository. $COPYDESK is the command. The
# models are written here, so that it is known what they say: each line's weight is that of its length.
. tests/tap.sh

run() {
    "$copydesk" "$@" >out 2>err
    status=$?
}
body() { python3 -c 'import json, sys; print(json.load(open("out"))["body"] or "")' >body; }
has() { grep -q "$1" body; }
lacks() { ! grep -q "$1" body; }

cat >top.txt <<'END'
Ferry to Sarn runs again after five months in the yard

By Ida Moen

The ferry that links Wiek with the island of Sarn will run again from Monday, after engineers replaced both of its ramps in the yard.

Passengers had been taken across in two fishing boats since the autumn, when a crack was found under the car deck in an inspection.

The harbour master said that the new ramps were lighter than the old ones, and that the ship could now land at low water too.
END

# Other stories' titles, more than the densest run of prose goes on over.
titles() {
    for where in Wiek Sarn Holm Vik Lund; do printf '\nStorm closes bridge near %s\n\nNew school in %s\n\nChoir sings in %s\n\nTwo seals seen near %s\n' $where $where $where $where; done
}

# model NAME SHORT LONG: lines of 5 to 11 words weigh SHORT, longer ones LONG; shorter ones are no story.
model() {
    { echo 'copydesk-model 4'; for place in 0 1 2 3; do echo "LENGTH $place -9000"; done; for place in 4 5; do echo "LENGTH $place $2"; done; for place in 6 7 8 9 10 11; do echo "LENGTH $place $3"; done; } >"$1"
}
model long.model -9000 9000
model all.model 9000 9000

# the same line twice in the story: where the model takes neither for the story, both stay out
{
    cat top.txt
    for part in winter spring; do
        printf '\nFerries in the %s carried more people than the year before, said the company, which also counted the cars of the islanders.\n' "$part"
        printf '\nRead it all in our paper.\n'
    done
    printf '\nThe council will talk about the timetable in its next meeting, and it expects that a decision can be made before the summer.\n'
} >twice.txt
run --model long.model twice.txt
body
check 'a line printed twice that the model takes for no part of the story stays out' lacks 'Read it all'
check 'the story around it stays' has 'can be made before the summer'
run --model all.model twice.txt
body
check 'where the model takes it for the story it is printed once' test "$(grep -c 'Read it all' body)" = 1

# prose that is printed twice, the second time right above the story
lead='The ferry to Sarn will run again from Monday, with two new ramps for its passengers.'
{
    printf 'Ferry to Sarn runs again after five months in the yard\n\n%s\n\nPhoto: Ida Moen\n\n%s\n\n' "$lead" "$lead"
    tail -n 5 top.txt
} >lead.txt
sed 's/^LENGTH 6 .*/LENGTH 6 -9000/' long.model >lead.model
run --model lead.model lead.txt
body
check 'prose right above the story that is printed twice stays, once' test "$(grep -c 'two new ramps' body)" = 1

# below the densest run, under a heading of a list
{
    cat top.txt
    printf '\nMost Popular\n'
    titles
    for n in one two; do
        printf '\nAdvertisement\n'
        printf '\nIslander number %s has asked the council for a second crossing in the evening, because the last boat leaves before shops close.\n' "$n"
    done
    printf '\nAdvertisement\n'
} >labels.txt
run --model long.model labels.txt
body
check 'paragraphs among labels that rules drop are not alone' has 'Islander number two'
{
    cat top.txt
    printf '\nMost Popular\n'
    titles
    printf '\nIslander number one has asked the council for a second crossing in the evening, because the last boat leaves before shops close.\n'
    printf '\nLamp posts go\n'
} >alone.txt
run --model long.model alone.txt
body
check 'a lone paragraph in a list below the story stays out' lacks 'Islander number one'

# a title far below the story's first prose: labels above it are the story's where its prose has begun
{
    tail -n 1 top.txt
    printf '\nPros of the ship\n'
    titles
    echo
    cat top.txt
} >middle.txt
sed -i 's/^LENGTH 3 .*/LENGTH 3 9000/' all.model
for place in 6 7; do echo "H_LENGTH $place 9000"; done >>all.model
run --model all.model middle.txt
body
check 'the title is the headline' grep -q '"headline":"Ferry to Sarn' out
check "a label above the headline stays below the story's first prose" has 'Pros of the ship'
printf 'Ferries of the north\n\n' | cat - top.txt >above.txt
run --model all.model above.txt
body
check 'above all prose it does not' lacks 'Ferries of the north'

# a page of readers' comments: their buttons stand above and below the run
cat >comments.txt <<'END'
Discussion about this post

Ida's avatar

Ferries are late again

Reply

Jon's avatar

The harbour master said that the new ramps were lighter than the old ones, and then nobody asked him who had paid for these.

I asked the council for a second crossing in the evening, because the last boat leaves before the shops close, and got no answer.

Boats and ferries in the winter

More of this

Reply
END
run comments.txt
check "readers' comments without a story are no article" grep -q '"reason":"no_article"' out

# titles of other stories between two paragraphs, below a heading that says so; the model takes each line for the story
cat >rest.txt <<'END'

A ferry for people on foot crosses the sound every ten minutes from six in the morning until midnight. It is free for anybody who lives on Sarn.

Shopkeepers said that they had been told nothing before the vote. Some of them held up a banner in the gallery, and two were asked to leave.

The council said that the second ramp would be open again by the summer, if the new bearing comes in time from the foundry that casts it.
END
inside() { # HEADING TITLE...
    cat top.txt
    printf '\n%s\n' "$@"
    cat rest.txt
}
inside 'Related Stories' 'Egg prices hit another record' 'What to know about the screwworm' >related.txt
inside 'Read more:' 'Council buys back the old fish hall' >more.txt
inside 'Recommended reading:' 'Man fined for feeding gulls' 'Who paints the lighthouse of Vik?' >reading.txt
for page in related more reading; do
    run --model all.model $page.txt
    body
    check "titles below the heading of a list inside the story stay out: $page" sh -c '! grep -qE "Egg|screwworm|fish hall|fined|lighthouse|Rel|Rec|Read" body'
    check "the story goes on behind them: $page" has 'the foundry that casts it'
done
inside 'Related Stories' 'Egg prices hit another record' 'How the ramps are built' | sed 's/^Shopkeepers/What the islanders say\n\n&/' >parts.txt
run --model all.model parts.txt
body
check 'a sub-heading behind them stays where the story has others' has 'How the ramps are built'

echo "1..$tests"

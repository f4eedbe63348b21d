# Mails to subscribers. What they have in common with the pages is said by the messages of the pages.

# Small print: why somebody gets a mail, and the ways to hear less or nothing
mail-because = You get this because you subscribed to { $page }.
mail-because-voted = You get this because you voted for this at { $page } and asked to be told.
mail-once = This is the only mail of its kind until somebody asks again.
mail-choose = Choose what you hear of
mail-leave-all = Unsubscribe from everything

# On every kind of news
mail-read = Read it on the page
mail-longer = The message is longer than a mail can be. All of it is on the page.

# Somebody may have subscribed
mail-confirm = Somebody, we hope you, asked that this address be told when something breaks at { $page } and when it works again.
mail-confirm-note = The link holds for a day. If it was not you, do nothing: without your word nothing more is sent.
mail-confirm-short = One click, and you hear when something breaks.

# Who is subscribed may have asked to hear of more, or of one thing
mail-known = Somebody, we hope you, asked that this address hear of more at { $page }. It is subscribed already: what it hears of is yours to choose.
mail-known-short = You are subscribed already.
mail-follow = Somebody, we hope you, asked that this address hear of every update of this at { $page }, whatever else it hears of:
mail-follow-short = One click, and you hear of every update of it.
mail-no-change = If it was not you, do nothing: without your word nothing changes.

# Who is subscribed may have asked for the link
mail-way = Somebody, we hope you, asked for the link to what this address hears of at { $page }. With it you choose, or leave.
mail-way-title = The link to your subscription
mail-way-button = See your subscription
mail-way-note = Whoever has the link can change the subscription: do not pass this mail on.

# Somebody who reads a shared address wants to leave
mail-leave = Somebody who reads this address asked that it get no more mails about { $page }. Several people read it, so it stays subscribed until one of you confirms.
mail-leave-title = Shall this address leave?
mail-leave-button = Unsubscribe this address
mail-leave-note = The link holds until { $until }. If the mails shall go on, do nothing.
mail-leave-short = Nothing changes until somebody confirms.

# A vote may have been cast
mail-vote = Somebody, we hope you, votes for this follow-up at { $page }:
mail-vote-title = Confirm your vote
mail-vote-button = Confirm the vote
mail-vote-item = Follow-up
mail-vote-from = Follows from
mail-vote-note = If it was not you, do nothing: without your word no vote is counted.
mail-vote-short = One click, and your vote counts

# A follow-up is done
mail-item = You voted for this follow-up and asked to hear when it is done. It is.

# Post-mortems
mail-postmortem-published = Post-mortem published
mail-postmortem-published-about = We have written down what happened, why, and what we do about it. In short:
mail-postmortem-provisional = Provisional post-mortem published
mail-postmortem-provisional-about = This is what we know so far, and more will follow in the same document. In short:
mail-postmortem-revised = Post-mortem revised
mail-postmortem-revised-about = We have revised this post-mortem; what it said before can still be read. In short:
mail-postmortem-revised-provisional = Provisional post-mortem revised
mail-postmortem-revised-provisional-about = We have revised this post-mortem, and more will follow in it; what it said before can still be read. In short:
mail-word-published = Published
mail-word-provisional = Provisional
mail-word-revised = Revised
mail-word-revised-provisional = Revised, provisional

# Planned work: what is new in the first line, and a sentence about it
mail-work-announced = Planned for { $start }
mail-work-announced-about = We plan this work for the time above. Please prepare for what it means for you.
mail-work-announced-undated = Planned, date to be set
mail-work-announced-undated-about = We plan this work and do not know its date yet. As soon as the date is set, it stands on the page.
mail-work-announced-series = Planned { $n ->
    [one] once
   *[other] { $n } times
} from { $start }
mail-work-announced-series-about = We plan this work more than once. The first time stands above, the others below.
mail-work-date_set = Date set: { $start }
mail-work-date_set-about = This work was announced without a date. Now it has one.
mail-work-moved = Moved to { $start }
mail-work-moved-about = This work takes place at another time than we told you before.
mail-work-extended = Extended to { $end }
mail-work-extended-about = This work takes longer than we told you before.
mail-work-cancelled = Cancelled
mail-work-cancelled-about = This work does not take place.
mail-work-cancelled-begun = Called off while under way
mail-work-cancelled-begun-about = This work had begun, and we do not go on with it.
mail-work-cancelled-series = Cancelled, { $n ->
    [one] once
   *[other] { $n } times
}
mail-work-cancelled-series-about = None of these times of the work takes place.
mail-work-reminder = Begins { $left }
mail-work-reminder-about = A reminder: this planned work is near.
mail-work-started = Started
mail-work-started-about = This work has begun.
mail-work-verifying = Done, now being verified
mail-work-verifying-about = The work itself is done. We check that all is well before we call it finished.
mail-work-finished = Finished
mail-work-finished-about = This work is over.
mail-work-updated = Update
mail-work-updated-about = There is more to say about this work.
mail-word-reminder = Reminder
mail-left = in about { $time }
mail-left-now = now
# A window follows each of these.
mail-window-when = When
mail-window-now = Now
mail-window-was = Was
mail-window-planned = Was planned for
mail-window-undated = Date to be set
mail-window-none = There is no window yet.
mail-said-last = What we said last
mail-meanwhile = While the work is under way
mail-again = The work takes place again
mail-also-off = These times are called off as well
mail-calendar = Calendar of planned work

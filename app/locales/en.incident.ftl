# Incidents and planned work: their cards, their pages, and how to follow one of them.

# To follow one incident or planned work
follow-title = Hear of this only
follow-link = Hear of this by mail
follow-lede = A mail with every update of this, and none of anything else.
follow-address = Your e-mail address
follow-ask = Follow
follow-hint = You get a mail first that asks whether it was you. Every mail has a link to stop.
follow-everything = Hear of everything instead
follow-over = It is over: there is nothing more to hear of it.
follow-no-mail = This page sends no mail. Its feeds and its calendar tell of every update.
follow-asked-title = Look into your inbox
follow-asked = A mail is on its way to { $address }. Follow the link in it within 24 hours.
follow-asked-hint = Nothing there after some minutes? Look among unwanted mail, and whether the address is spelled right. An address gets few such mails a day.
follow-question = Shall you hear of every update of this, whatever else you hear of?
follow-do = Follow it
follow-standing = You hear of every update of this.
follow-stop = Stop following it
follow-all = All that you hear of
follow-list = What you follow
follow-only = You hear of these only. Choose kinds of news above to hear of more.
follow-feed = Feed
follow-calendar = Add to calendar

# Facts: small labels above a time or a length
fact-began = Began
fact-detected = Detected
fact-first-post = First post
fact-resolved = Resolved
fact-lasted = Lasted
fact-next = Next update by
fact-announced = Announced
fact-ended = Ended
fact-took = Took
# A time follows.
fact-overdue = Update overdue since

# Incidents
incident-whole = { $n ->
    [0] Whole timeline
    [one] Whole timeline, { $n } more update
   *[other] Whole timeline, { $n } more updates
}
incident-affected = Affected components
# Before the status that holds now, for those who hear the page
incident-now = Now:
incident-related = Related incidents
incident-related-hint = Of the same components, or told of in the same post-mortem.

# Updates. Behind those on time, a time follows.
update-list = Updates
update-postmortem = Post-mortem published
update-read-postmortem = Read the post-mortem
update-later = posted later, at
update-edited = edited
update-changed = Changed
update-shown-before = Shown before under
difference-gone = removed:
difference-new = added:

# Planned work
work-scheduled = Planned work
work-in_progress = Planned work under way
work-verifying = Planned work, being verified
work-completed = Planned work, completed
work-cancelled = Planned work, cancelled
work-details = Details
work-undated = Announced, date to be set
work-concerned = Components concerned
work-automatic = Posted automatically
work-repeats = { $n ->
    [one] Repeats, one more date:
   *[other] Repeats, { $n } more dates:
}
work-later-dates = { $n ->
    [one] one later
   *[other] { $n } later
}
# Behind these, a time or a window follows.
work-moved-from = moved from
work-ended-early = ended earlier than planned, at
work-not-begun = Has not begun yet, although it was to begin at
work-overruns = Taking longer than planned: it was to end at
work-move-told = announced
work-dates = Dates
work-other-dates = Other dates
work-no-other-date = No other date is to come.
work-beyond = { $n ->
    [one] and one more, in the calendar
   *[other] and { $n } more, all of them in the calendar
}
work-number = Number { $n } of { $all } in a series.
event-announced = Announced
event-date_set = Date set
event-moved = Moved
event-extended = Extended
event-cancelled = Cancelled
event-started = Started
event-verifying = Verifying
event-finished = Finished
event-updated = Update
downtime-none = No downtime expected.
downtime-none-worst = No downtime expected, { $worst } at worst.
downtime-both = Expected downtime { $expected }, at worst { $worst }.
downtime-expected = Expected downtime { $expected }.
downtime-worst = Downtime at worst { $worst }.
# The parts of "Subscribers are reminded 7 days and 1 hour before, when it begins and when it ends."
reminder-plan = Subscribers are reminded { $when }.
reminder-before = { $times } before
reminder-start = when it begins
reminder-end = when it ends
reminder-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
reminder-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
reminder-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}

# What readers can say
seen-affected = Are you affected by this?
seen-too = I see this too
seen-broken = Does it not work for you?
seen-here = I see a problem here
feedback-title = Your opinion
feedback-question = Did this answer your questions?
feedback-yes = Yes
feedback-no = No
feedback-missing = What is missing or unclear?
feedback-hint = Optional, at most 2,000 characters; read by the team, never published.
feedback-send = Send

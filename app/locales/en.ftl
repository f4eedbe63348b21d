# English. Every message there is stands here; other languages are files beside this one, and what they lack is said in English.

language-name = English
# ltr or rtl
language-direction = ltr

# Days and times
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
month-long-1 = January
month-long-2 = February
month-long-3 = March
month-long-4 = April
month-long-5 = May
month-long-6 = June
month-long-7 = July
month-long-8 = August
month-long-9 = September
month-long-10 = October
month-long-11 = November
month-long-12 = December
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-year = { $month } { $year }
date-short = { $day } { $month }
date-full = { $day } { $month } { $year }
date-named = { $weekday } { $date }
# Days from one to another: within a month, and across months.
date-run = { $first }–{ $last }
date-run-far = { $first } – { $last }
date-time = { $date }, { $time }
# Between the two times of a window.
window-to = to
times-in-utc = Times are in UTC.
times-in-zone = Times are in { $zone } and UTC.

# Lengths of time, in their two largest units
duration-none = less than 1 min
duration-d = { $n } d
duration-h = { $n } h
duration-min = { $n } min
duration-two = { $large } { $small }

# Figures: what stands between whole and broken, and the sign after a percentage
decimal-mark = .
percent = { $figure } %

# Lists
list-two = { $first } and { $last }
list-more = { $first }, { $last }
list-rest = { $n } more

# What components, incidents and planned work are
status-operational = Operational
status-degraded_performance = Degraded performance
status-partial_outage = Partial outage
status-major_outage = Major outage
status-under_maintenance = Under maintenance
status-unknown = Not measured
status-silent = No recent data
impact-none = No impact
impact-maintenance = Planned work
impact-minor = Minor impact
impact-major = Major impact
impact-critical = Critical impact
step-investigating = Investigating
step-identified = Identified
step-monitoring = Monitoring
step-resolved = Resolved
step-postmortem = Post-mortem
step-scheduled = Scheduled
step-in_progress = In progress
step-verifying = Verifying
step-completed = Completed
step-cancelled = Cancelled

# The overall status
sentence-all-systems-operational = All Systems Operational
sentence-service-under-maintenance = Service Under Maintenance
sentence-partially-degraded-service = Partially Degraded Service
sentence-degraded-system-service = Degraded System Service
sentence-minor-service-outage = Minor Service Outage
sentence-partial-system-outage = Partial System Outage
sentence-major-system-outage = Major System Outage

# Moving between pages that follow each other
arrow-back = ←
arrow-on = →

# The history by month
history-title = History, { $month }
history-title-filtered = History, { $month }, filtered
history-description = Incidents and planned work of { $name } in { $month }.
history-months = Months
history-entries = Incidents and planned work
history-all-months = All months
history-month-entries = { $month }, { $n ->
    [one] 1 entry
   *[other] { $n } entries
}
history-nothing = Nothing.
history-nothing-matches = Nothing in this month matches the filter.
no-incidents = No incidents reported.
component-unnamed = Unnamed component

# Its filter
history-filter = Filter
history-show = Show
history-month = Month
history-component = Component
history-component-any = All components
history-impact = Impact
history-impact-any = Any impact
history-impact-minor = Minor or worse
history-impact-major = Major or worse
history-impact-critical = Critical only
history-kind = Kind
history-kind-any = Everything
history-kind-incident = Incidents only
history-kind-maintenance = Planned work only
history-chosen = Shown is only:
history-without = { $filter }: remove this filter
history-everything = Show everything

# One entry of the history
entry-mentioned = { $outcome }, see above
entry-resolved-after = { $impact }, resolved after { $duration }
entry-investigating = { $impact }, investigating
entry-identified = { $impact }, identified
entry-monitoring = { $impact }, monitoring
entry-resolved = { $impact }, resolved
entry-postmortem = { $impact }, resolved
entry-completed-after = Planned work, completed after { $duration }
entry-scheduled = Planned work, scheduled
entry-in_progress = Planned work, in progress
entry-verifying = Planned work, verifying
entry-completed = Planned work, completed
entry-cancelled = Planned work, cancelled

# Post-mortems
postmortem = Post-mortem
postmortem-about = About
postmortem-contents = Contents
postmortem-in-incidents = { $duration } in { $n ->
    [one] 1 incident
   *[other] { $n } incidents
}
postmortem-open = Open the post-mortem
postmortem-overdue = Post-mortem promised by { $day }, overdue.
postmortem-promised = Post-mortem promised by { $day }
postmortem-provisional = Provisional
postmortem-published = Published { $day }
postmortem-read = Read the whole post-mortem
postmortem-revised = Revised { $day }
postmortem-revised-times = { $n ->
    [one] Revised once
    [2] Revised twice
   *[other] Revised { $n } times
}
postmortem-so-far = This is what we know so far. A fuller version will replace it here.
postmortem-until = What it said until { $time }
postmortem-waived = No post-mortem is planned: { $because }
postmortem-will-follow = A post-mortem will follow.
section-summary = Summary
section-impact = Impact
section-causes = Causes
section-actions-taken = Actions taken
section-near-term = Near-term plans
section-long-term = Long-term plans
section-stay-informed = How to stay informed
section-follow-ups = Follow-ups
fact-from = From
fact-to = To
fact-duration = Duration
fact-components = Components
fact-affected = Affected
fact-data-loss = Data loss
fact-workaround = Workaround
data-loss-no = No data was lost
data-loss-yes = Data was lost
data-loss-unknown = Not known yet

# All post-mortems
postmortems = Post-mortems
postmortems-all = All post-mortems
postmortems-description = Why incidents of { $name } happened, and what follows from them.
postmortems-earlier = Earlier
postmortems-feed = Atom feed
postmortems-lede = What went wrong, why, and what we do so that it does not happen again.
postmortems-none = No post-mortem has been published yet. When one is promised or published, it stands here.
postmortems-overdue = Promised by { $day }, overdue.
postmortems-owed = Being written
postmortems-promised = Promised by { $day }
postmortems-published = Published

# What a post-mortem said before
revision-description = An earlier version of a post-mortem: { $title }
revision-now = Read what it says now
revision-superseded = Superseded
revision-title = Superseded: { $title }
revision-until = This is what the post-mortem said until { $time }. It has been revised since.

# The draft of a post-mortem, for whoever has a link to it
preview-description = A draft that is not published.
preview-draft = Draft: not published
preview-over = This link has expired
preview-over-lede = It showed a draft until { $time }. Ask whoever sent it to you for another one.
preview-published = Published post-mortems
preview-title = Draft: { $title }
preview-unknown = There is no draft at this link
preview-unknown-lede = It may be cut off, or the draft it showed is gone. Ask whoever sent it to you for another one.
preview-until = It may change, and readers do not see it. This link holds until { $time }.

# What follows from post-mortems
follow-ups-all = Follow-ups of all post-mortems
follow-ups-by-state = By state
follow-ups-description = What { $name } does after incidents so that they do not happen again.
follow-ups-from = From { $postmortem }
follow-ups-lede = What we promised to do after incidents, and how far it has come.
follow-ups-none = Nothing has been promised yet. What post-mortems promise stands here, with how far it has come.
follow-ups-overdue = { $n ->
    [one] 1 of them is overdue.
   *[other] { $n } of them are overdue.
}
follow-ups-planned = { $n } planned
follow-ups-underway = { $n } under way
follow-ups-done = { $n } done
follow-ups-dropped = { $n } dropped
action-planned = Planned
action-underway = Under way
action-done = Done
action-dropped = Dropped
# Every state it had with its day, in one line: the first, and those that came then
action-first-planned = Planned { $day }
action-first-underway = Under way { $day }
action-first-done = Done { $day }
action-first-dropped = Dropped { $day }
action-then-planned = planned { $day }
action-then-underway = under way { $day }
action-then-done = done { $day }
action-then-dropped = dropped { $day }
action-due = Due { $day }
action-overdue = Overdue since { $day }
action-progress = { $n ->
    [one] 1 follow-up.
   *[other] { $done ->
        [one] { $done } of { $n } follow-ups is done.
       *[other] { $done } of { $n } follow-ups are done.
    }
}
action-progress-all = { $n ->
    [one] Its follow-up is done.
   *[other] All { $n } follow-ups are done.
}
action-read-more = Read more
action-vote = Vote
action-vote-for = Vote for: { $title }
action-votes = { $n ->
    [one] 1 vote
   *[other] { $n } votes
}

# The feeds of the one thing that a page shows
feed-of-one = Only this: { $title }

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
follow-ended = It ended meanwhile, so there is nothing more to hear of it. Nothing was changed.
follow-button = Press the button on this page to follow it, or to stop. Nothing was changed.
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
follow-dates = Calendar
follow-feed = Feed
follow-file = Calendar file
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
work-extended-from = extended from
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

# What a message says where its writer gave only a status, or only what happened. Each is written into the record as it is, so that it
# has no marks of direction around what stands in it.
stock-investigating = We are looking into this.
stock-identified = We have found the cause and are working on a fix.
stock-monitoring = A fix is in place. We are watching whether it holds.
stock-resolved = This incident is over.
stock-postmortem = We have published what happened and what we will change.
stock-undated = We are planning this work. Its date will be set later.
stock-announced = This work is planned for { $window }.
stock-date_set = The date of this work is set: { $window }.
stock-moved = This work has another time: { $window }. It was planned for { $before }.
stock-extended = This work takes longer than planned. Its window is now { $window }. It was planned for { $before }.
stock-longer = We need longer than planned. We now expect to be done by { $until }; until now it was { $before }. We will tell you when the work is finished.
stock-in_progress = This work has begun.
stock-verifying = The work is done. We are checking that everything is well.
stock-completed = This work is finished.
stock-cancelled = This work is cancelled and will not go on.
stock-series = This series of planned work is cancelled. None of the windows to come will take place.
# What the clock says when work begins or ends by itself: the field's own text.
stock-itself-begun = Scheduled maintenance is currently in progress. We will provide updates as necessary.
stock-itself-ended = The scheduled maintenance has been completed.
# What a failing check proposes to say, with and without a component.
stock-failure-title = Problem with { $component }
stock-failure = We are investigating a problem with { $component }. We will tell more as soon as we know it.
stock-failure-some-title = Problem under investigation
stock-failure-some = We are investigating a problem. We will tell more as soon as we know it.
stock-failures-title = Several components are not available
stock-failures = We are investigating a problem with several components. We will tell more as soon as we know it.

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
feedback-choose = Choose yes or no.
feedback-long = Your text has { $value } characters. Shorten it to at most 2000.
feedback-character = Your text holds the character { $value }, which is not shown as it is written. Take it out.

# The head of documents, and what the operator chose for the page
look-title = { $title } - { $name } status
look-site = { $name } status
# Language and territory as Open Graph writes them
look-og-locale = en_US
look-feed = { $name } status
look-feed-postmortems = { $name } post-mortems
look-calendar = { $name } planned work
look-about = About this site
look-home = Go to { $site }

# What people wrote in another language than the page around it
foreign-mark = in { $language }
language-ar = Arabic
language-de = German
language-en = English

# Uptime: strips, figures with their working, components and their days

uptime-title = Uptime
uptime-up = { $percent } up
# Where part of the time was not measured
uptime-up-partly = { $up }, data for { $share }
uptime-days-ago = { $n ->
    [one] 1 day ago
   *[other] { $n } days ago
}
uptime-today = Today
uptime-not-yet = Not measured yet
uptime-page-not-yet = Uptime: not measured yet.
uptime-not-measured = not measured
uptime-nothing = nothing wrong

# What was lost, in words
uptime-lost-degraded_performance = { $length } degraded performance
uptime-lost-partial_outage = { $length } partial outage
uptime-lost-major_outage = { $length } major outage
uptime-lost-under_maintenance = { $length } planned work
uptime-lost-not_measured = { $length } not measured
uptime-incidents = { $n ->
    [one] 1 incident
   *[other] { $n } incidents
}
uptime-day = { $day }: { $what }

# The text alternative of a strip
uptime-strip = { $name }, last { $n ->
    [one] day
   *[other] { $n } days
}: { $figure }
uptime-strip-worst = { $text }; worst day { $day }: { $what }
uptime-strip-silent = { $text }; { $n ->
    [one] 1 day
   *[other] { $n } days
} not measured

# The list of components
components-title = Components
components-legend = Legend
components-legend-operational = Operational
components-legend-degraded_performance = Degraded
components-legend-partial_outage = Partial
components-legend-major_outage = Major
components-legend-under_maintenance = Maintenance
components-upstream = Providers we build on
components-upstream-note = Shown for context: they do not change our status.
components-and-status = : { $status }

# The page of a component
component-provider = A provider the platform builds on; it does not change the overall status.
component-silent = Its monitors have been silent for some time.
component-page-title = { $status }: { $name }
component-about = Status, uptime and incidents of { $name }, part of { $page }.
component-planned = Planned
component-touched = Incidents and planned work
component-quiet = No incidents reported.
component-all-history = All history
component-follow = Follow this component
component-follow-note = Feeds and a calendar of this component alone, a badge for your own pages, and its figures as files:
component-atom = Atom feed
component-rss = RSS feed
component-calendar = Calendar of its planned work
component-badge = Badge
component-json = Uptime as JSON
component-csv = Uptime as CSV

# The figure and its working
uptime-covered = { $figure } up over time measured, with data for { $share } of the period.
uptime-how = How is this computed?
uptime-window = From { $first } to { $last }, days in the page's time zone ({ $zone }).
uptime-one-day = { $day }, from midnight to midnight in the page's time zone ({ $zone }).
uptime-method = Uptime = 100 % × (time measured − weighted time lost) ÷ time measured. Planned work and time nobody measured are left out. The result is cut to two decimals, never rounded up.
uptime-col-time = Time
uptime-col-seconds = Seconds
uptime-col-weight = Weight
uptime-col-lost = Counts as lost
uptime-row-measured = Measured
uptime-left-out = left out
uptime-seconds = { $n } s
uptime-seconds-told = { $length } ({ $n } s)
uptime-none = none
uptime-sum = 100 % × ({ $measured } − { $down }) ÷ { $measured } = { $percent }

# Days, months and years
uptime-last-days = { $n ->
    [one] Last day
   *[other] Last { $n } days
}
uptime-col-day = Day
uptime-col-uptime = Uptime
uptime-col-what = What happened
uptime-years = Months and years
uptime-month-worst = lowest of the year
uptime-by-month = { $year } by month
uptime-choose-year = Years
uptime-lede = How much of the time each component worked: the last { $n } days, and every month there is a record of.
uptime-overall-note = Each figure is that of one component. There is no single figure over all of them: it would hide the one that failed.
uptime-about = Uptime of { $page }, by day, month and year.
uptime-marks = A line under a month says how much was lost: thin for less than 0.1 %, thicker for less than 1 %, thickest for more.
uptime-no-record = Nothing was measured in { $year }.

# One day of a component
day-title = { $name }, { $day }
day-about = What happened to { $name } on { $day }, minute by minute.
day-beside = Days
day-spans = Minute by minute
day-col-from = From
day-col-until = Until
day-col-status = Status
day-col-length = Length
day-now = now
day-nothing = No incidents or planned work on this day.

# Response times
response-title = Response times
response-note = Measured by our own monitors, over all of them together.
response-recent = Last 24 hours
response-days = Last { $n } days
response-said = On average { $mean }; slowest { $unit ->
    [day] day
   *[other] half hour
} { $when } with { $slowest }. { $failures ->
    [0] No check failed
    [one] 1 check failed
   *[other] { $failures } checks failed
} out of { $checks }.
response-scale = up to { $top }
response-hours-ago = 24 h ago
response-now = Now
response-table = The same as a table
response-col-when = Beginning
response-col-mean = Average
response-col-longest = Slowest check
response-col-failed = Failed checks
response-failed = { $failures } of { $checks }
response-ms = { $n } ms

# Around every page
skip = Skip to content
demo = Demonstration: an invented platform with invented data.
demo-label = Demonstration
# Stands behind the platform's name
brand-word = status
menu-label = Main
menu-history = History
menu-uptime = Uptime
menu-postmortems = Post-mortems
menu-follow-ups = Follow-ups
foot-label = More
updates = Get updates
language-label = Language
reading-label = Language and times
languages-label = Languages
as-of = As of
unseen = Our own records cannot be reached since then; nothing newer is known.
live-kept = this page refreshes itself
live-lost = the server cannot be reached, shown is what was last known
own-time = { $time } your time
zone = Times
zone-page = { $zone }, UTC and mine
zone-utc = UTC only
zone-own = My time only
theme = Theme
theme-system = System
theme-light = Light
theme-dark = Dark
mail-lede = Hear of incidents when they happen:
mail-link = Subscribe by mail
feeds-lede = Without mail: follow a feed, add planned work to your calendar, or read the state of everything from a program.
feeds-atom = Atom feed
feeds-rss = RSS feed
feeds-calendar = Calendar
feeds-json = JSON
untitled = Untitled
announcement = Announcement
current-status = Current status

# The front page
home-description = { $sentence }. Status, incidents, planned work and uptime of { $name }.
home-description-open = { $sentence }. Open: { $open }.
home-open = Open incidents
home-also-open = Also open
home-planned = Planned work
home-also-planned = Also planned
home-calendar = Add to calendar
home-past = Last days
home-none = No incidents reported.
home-went-on = went on.
home-last = Last incident:
home-all = All history

# Forms
form-address = Your e-mail address
form-trap = Leave this empty
form-marked = Nothing was changed. Please look at the marked fields.
saved = Saved.
save = Save
inbox = Look into your inbox
later = Please try again later
later-sentence = There were too many such requests within a short time. Nothing was changed. Please try again in an hour.
proof-title = One moment
proof-lede = Very many ask this page for mails at the moment. So that nobody can flood mailboxes through it, your browser does a little work before we send one. Nothing that you typed is lost.
proof-working = Your browser is working. This takes a few seconds, and goes on by itself.
proof-wait = Without scripts: wait two minutes, then press the button. It works for half an hour.
proof-button = Go on
wishes-kinds = Which news
wishes-about = News about
wishes-all = Everything, and what is added later
wishes-chosen = Only these components
wishes-components = Components
wishes-others = Others
wishes-floor = How bad it must be
floor-none = All incidents
floor-minor = From degraded performance on
floor-major = From partial outages on
floor-critical = Major outages only
kind-incidents = Incidents
kind-maintenances = Planned work
kind-postmortems = Post-mortems
kind-announcements = Announcements

# Subscribe, confirm, change, leave
subscribe-title = Get updates by mail
subscribe-description = Hear of incidents of { $name } when they happen.
subscribe-lede = A mail when something breaks, when there is news of it, and when it is over. Every mail has a link to leave.
subscribe-button = Subscribe
subscribe-hint = You get a mail first that asks whether it was you. Only then are you subscribed.
subscribe-no-mail = This page sends no mail.
subscribe-asked = If { $address } is not subscribed yet, a mail is on its way to it. Follow the link in it within 24 hours.
subscribe-asked-hint = Nothing there after some minutes? Look among unwanted mail, and whether the address is spelled right. An address gets one such mail a day.
confirm-title = Confirm your subscription
confirm-lede = One press, and you hear of { $name } by mail.
confirm-button = Confirm
confirm-hint = It was not you? Do nothing: without your press there are no mails.
confirm-done = You are subscribed
confirm-done-lede = You hear of { $name } by mail from now on.
confirm-manage = Choose what you hear of, or leave
confirm-lapsed = This link is too old
confirm-lapsed-lede = Links to confirm hold for 24 hours. Nothing was changed.
confirm-again = Send me a new one
confirm-sent = A new mail is on its way. Follow the link in it within 24 hours.
confirm-not-sent = No new mail was written
confirm-not-sent-lede = This address was mailed within the last 24 hours, has left three such mails unanswered, or needs none any more. Look into your inbox for the newest mail, or try again tomorrow.
subscription-title = Your subscription
subscription-pending = It is not confirmed yet: follow the link in the first mail.
subscription-quarantined = Mails to this address came back, so none are sent. Subscribe again to start anew.
subscription-votes = You voted for these.
subscription-no-votes = You have not voted for any yet.
subscription-others = Vote for others
subscription-leave = Leave
subscription-leave-lede = You hear no more, at once.
unsubscribe-button = Unsubscribe
unsubscribe-lede = One press, and you get no more mails about { $name }.
unsubscribe-done = You are unsubscribed
unsubscribe-done-lede = You get no more mails about { $name }.
unsubscribe-again = Subscribe again
link-title = This link does not hold
link-lede = It may be cut off, or of a subscription that has ended or was begun anew. Use the link in the newest mail.

# To hear nothing more of one thing, or nothing but that it is over
mute-title = Mails about this
mute-question = You get mails about this. What shall become of them?
mute-all = Stop mails about this
mute-until-over = Only tell me when it is over
mute-stop = Hear of it again
mute-is-all = You get no more mails about this.
mute-is-until-over = You get one more mail about this: when it is over.
mute-hint = Everything else reaches you as before.
mute-list = What you hear no more of
mute-button = Press one of the buttons on this page. Nothing was changed.

# Language, zone, and addresses that several people read
subscription-language = Language of mails
subscription-zone = Time zone
subscription-zone-hint = Times in mails stand in it and in UTC. Empty: the zone of this page, { $zone }.
subscription-shared = Several people read this address
subscription-shared-hint = Then one of you alone cannot end it: whoever unsubscribes starts a mail, and somebody has to confirm. Only those who run this page take the mark away.
subscription-is-shared = Several people read this address, so leaving is confirmed by mail. Only those who run this page can change that.

# The link to a subscription, by mail
way-title = Already subscribed?
way-lede = We mail you the link with which you choose what you hear of, or leave.
way-button = Mail me my link
way-asked = If { $address } is subscribed here, a mail with the link is on its way to it.
way-asked-hint = Nothing there after some minutes? Look among unwanted mail, and whether the address is the one you are subscribed with. An address gets three such mails a day.

# A shared address leaves
leave-title = Unsubscribe this address
leave-lede = Somebody who reads this address asked that it get no more mails about { $name }. One press, and it gets none.
leave-button = Unsubscribe it for everybody
leave-hint = Shall it stay subscribed? Do nothing: without a press nothing changes.
leave-lapsed = Links to unsubscribe a shared address hold for 24 hours. Nothing was changed. Use the link to unsubscribe in any mail to begin again.
leave-asked-title = One more step
leave-asked = Several people read this address, so a mail with a link is on its way to it. It leaves once somebody follows the link within 24 hours.
leave-asked-hint = Until then nothing changes. An address gets one such mail a day.
leave-shared = Everybody who reads the address gets a mail about it. It leaves once one of you confirms.

# Vote for a follow-up
vote-title = Vote for a follow-up
vote-state-planned = Planned
vote-state-underway = Under way
vote-state-done = Done
vote-state-dropped = Dropped
vote-standing = { $state }, { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}. Follows from
vote-all = All follow-ups
vote-closed = It takes no votes any more.
vote-no-mail = This page sends no mail, so nobody can vote here: a vote is confirmed by mail.
vote-send = Send me the link to vote
vote-hint = Everybody who is subscribed here has one vote for each follow-up. Not subscribed yet?
vote-asked = If { $address } is a confirmed subscriber here, a mail is on its way to it. Follow the link in it to vote.
vote-asked-hint = Nothing there after some minutes? Look among unwanted mail, and whether the address is the one you are subscribed with.
vote-not-cast = You have not voted for it.
vote-cast = You voted for it.
vote-cast-told = You voted for it, and you are told when it is done.
vote-told = You are told when it is done.
vote-do = Vote
vote-do-follow = Vote, and tell me when it is done
vote-follow = Tell me when it is done
vote-unfollow = Do not tell me
vote-retract = Take my vote back
vote-manage = All that you hear of
vote-bulk = One vote at a time: one follow-up, one address, one button. Nothing was changed.
vote-over = It takes no votes any more. Nothing was changed.
vote-button = Press one of the buttons on this page. Nothing was changed.

# Thanks
thanks = Thank you
thanks-seen = We know now that you see it too:
thanks-seen-hint = It helps us to see how far it reaches. Nothing is kept of who you are, and nothing on this page changes by it.
thanks-over = This incident is over
thanks-over-lede = It is over, so nothing was noted. If you still see a failure, say so on the component's own page.
thanks-back = Back
thanks-feedback = Your answer was given to those who write here:
thanks-feedback-hint = Nothing is kept of who you are, so nobody can write back.
thanks-not-kept = Your answer was not kept

# Nothing there, nothing yet
lost = There is nothing at this address
lost-title = Not found
lost-lede = What once was published keeps its address, so the link may be mistyped.
lost-history = Everything that happened
starting = Allclear is starting
starting-lede = The status is not known yet: this says nothing about the platform. It takes a few seconds.
starting-again = Try again

# What is wrong with a form of visitors
wrong-address-empty = Enter an e-mail address, such as name@example.com.
wrong-address-long = This address is too long: e-mail addresses have at most 254 characters.
wrong-address-not-alone = Enter one address alone, such as name@example.com, without a name, brackets or commas.
wrong-address-characters = This address has characters that cannot be mailed to: use letters without accents, digits and . _ + - only.
wrong-address-shape = This is not an e-mail address: it needs a name, an @ and a domain, such as name@example.com.
wrong-address-domain = Behind the @ must stand a full domain such as example.com, not the name or number of a machine.
wrong-address-role = Mailboxes such as postmaster@ or noreply@ cannot be signed up here. Use a personal or a team address.
wrong-address-no-mail = This domain takes no mail: { $value }. Check the spelling.
wrong-kinds-none = Choose at least one kind of news.
wrong-kinds-shared = Several people read this address. Choose at least one kind of news, or unsubscribe: the others are then asked by mail.
wrong-floor = The least impact must be none, minor, major or critical.
wrong-components-none = Choose at least one component, or all of them.
wrong-component = There is no component { $value } on this page. Choose from those listed.
wrong-unlisted = “{ $value }” is not offered here. Choose from those listed.
wrong-language = The language “{ $value }” is not offered here. Choose from those listed.
wrong-zone = There is no time zone “{ $value }”. Write it as in Europe/Berlin, or leave it empty.

# What cannot be answered
away = The database does not answer right now. Nothing was changed. Please try again in a few seconds.
cannot-show = This page cannot be shown right now. Please try again in a few seconds.
wrong-uri = This address is too long: at most 8 kB of path and query are read.
wrong-method = This address can only be read: use GET or HEAD.
wrong-year = The year must look like 2026: four digits.
wrong-month = The month must look like 2026-11: a year, a dash, and a month from 01 to 12.
wrong-component-id = The component must be the id of a component: 12 characters, a to z and 0 to 9, as in the address of its page.
wrong-impact = The impact must be minor, major or critical: asked for is what was that bad or worse.
wrong-kind = The kind must be incident or maintenance.
wrong-form-letters = This form is not in UTF-8. Send it in UTF-8; nothing was changed.
wrong-form-fields = This form has too many fields: at most 5,000 are read.
wrong-too-large = At most { $value } kB can be sent here.
wrong-cut-off = What was sent did not arrive whole.

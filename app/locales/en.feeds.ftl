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
   *[other] { $done } of { $n } follow-ups are done.
}
action-progress-all = { $n ->
    [one] Its follow-up is done.
   *[other] All { $n } follow-ups are done.
}
action-read-more = Read more
action-untitled = Untitled
action-vote = Vote
action-vote-for = Vote for: { $title }
action-votes = { $n ->
    [one] 1 vote
   *[other] { $n } votes
}

# The feeds of the one thing that a page shows
feed-of-one = Only this: { $title }

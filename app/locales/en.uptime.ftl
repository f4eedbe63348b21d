# Uptime: strips, figures with their working, components and their days

uptime-title = Uptime
uptime-up = { $percent } up
uptime-base = over time measured
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
component-unnamed = Unnamed component
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
uptime-year-figure = { $year }: { $figure }
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

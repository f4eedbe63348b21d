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

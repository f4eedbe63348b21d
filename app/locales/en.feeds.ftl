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
history-kind-any = Incidents and planned work
history-kind-incident = Incidents only
history-kind-maintenance = Planned work only
history-chosen = Shown is only:
history-without = { $filter }: remove this filter
history-everything = Show everything

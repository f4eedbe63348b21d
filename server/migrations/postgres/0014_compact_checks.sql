-- Results are found by monitor; sums by time, so that new ones only follow.
drop index check_results_by_time;
drop index check_rollups_by_time;
alter table check_rollups drop constraint check_rollups_pkey;
alter table check_rollups add primary key (bucket_start, monitor_id, location);

-- How the times of a day were spread, as a histogram that can be added to others.
alter table check_days add column histogram bytea;

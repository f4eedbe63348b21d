-- Results and sums of checks in the order of their keys, without a second copy of those: a year of a hundred monitors takes half the room.
-- Results are found by monitor; sums by time, so that new ones only follow.
create table results_by_monitor (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    location text not null,
    at text not null,
    good boolean not null,
    reason text,
    detail text,
    http_status bigint,
    dns_us bigint,
    connect_us bigint,
    tls_us bigint,
    first_byte_us bigint,
    total_us bigint,
    primary key (monitor_id, location, at)
) without rowid;
insert into results_by_monitor select * from check_results order by monitor_id, location, at;
drop table check_results;
alter table results_by_monitor rename to check_results;

create table rollups_by_time (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    location text not null,
    bucket_start text not null,
    checks bigint not null,
    failures bigint not null,
    timed_checks bigint not null,
    total_us_sum bigint not null,
    total_us_max bigint not null,
    primary key (bucket_start, monitor_id, location)
) without rowid;
insert into rollups_by_time select * from check_rollups order by bucket_start, monitor_id, location;
drop table check_rollups;
alter table rollups_by_time rename to check_rollups;

-- How the times of a day were spread, as a histogram that can be added to others.
alter table check_days add column histogram blob;

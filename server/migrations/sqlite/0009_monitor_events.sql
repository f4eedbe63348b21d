-- What the checks of a monitor came to mean, each change once: what programs read of what was seen.
create table monitor_events (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    location text not null,
    at text not null,
    decided_at text not null,
    verdict_before text not null,
    verdict text not null,
    since text not null,
    reason text,
    http_status bigint,
    dns_us bigint,
    connect_us bigint,
    tls_us bigint,
    first_byte_us bigint,
    total_us bigint,
    primary key (monitor_id, location, at)
);
create index monitor_events_by_time on monitor_events (decided_at);

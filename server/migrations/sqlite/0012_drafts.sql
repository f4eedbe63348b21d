-- From a confirmed failure to words: which monitors an incident is about, what the clock does with it where nobody is there, and what
-- a draft says of a component.

-- The monitors whose failures an incident tells of; beside it stand those that failed then too and have a draft of their own.
create table incident_monitors (
    incident_id text not null references incidents (id) on update cascade on delete cascade,
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    beside boolean not null,
    noted_at text not null,
    primary key (incident_id, monitor_id)
);
create index incident_monitors_of_monitor on incident_monitors (monitor_id);
insert into incident_monitors (incident_id, monitor_id, beside, noted_at)
    select id, monitor_id, false, created_at from incidents where monitor_id is not null and evidence is not null;

-- When the clock publishes a draft that nobody stops; who said that they are on it; whether all that is said was written by monitors and
-- the clock; when staff were told that all is well again.
alter table incidents add column publish_at text;
alter table incidents add column acknowledged_at text;
alter table incidents add column acknowledged_by text;
alter table incidents add column machine_words boolean not null default false;
alter table incidents add column recovery_told_at text;

-- What a draft says of a component instead of the stock sentence. Empty: that sentence.
create table component_templates (
    component_id text not null primary key references components (id) on update cascade on delete cascade,
    title text not null,
    body text not null,
    updated_at text not null
);

-- What the failure that goes on means for the component, where its class says something else than the monitor usually does.
alter table monitor_states add column status_down text;

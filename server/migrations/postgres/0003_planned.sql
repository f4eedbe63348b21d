-- Planned work and post-mortems: what is told of a window and when, series of windows, drafts beside what is public, reviews,
-- votes, feedback, reports of visitors, and reads per hour.

alter table maintenances add column remind_before jsonb not null default '[]';
alter table maintenances add column tell_start boolean not null default false;
alter table maintenances add column tell_end boolean not null default false;
-- Grows with every change that a calendar has to follow (RFC 5545, 3.8.7.4).
alter table maintenances add column sequence bigint not null default 0;
alter table maintenances add column owner text;
alter table maintenances add column internal_notes text;
alter table maintenances add column series_id text;
alter table maintenances add column occurrence bigint;
create unique index maintenances_of_series on maintenances (series_id, occurrence) where series_id is not null;
drop table reminders;

-- A rule by which a window comes again. Its windows are maintenances of their own, all made with it: the rule has an end.
create table maintenance_series (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    rrule text not null,
    time_zone text not null,
    exceptions jsonb not null,
    created_at timestamptz not null,
    ended_at timestamptz
);
create index maintenance_series_of_page on maintenance_series (page_id);

-- What the clock has told or done once and never does again, under a key that says what and for which instant.
create table told (
    page_id text not null references pages (id) on update cascade on delete cascade,
    key text not null,
    at timestamptz not null,
    primary key (page_id, key)
);
create index told_by_time on told (at);

-- The public text is in the columns of the table; `draft` is what is being written, public or not yet.
alter table postmortems add column facts jsonb;
alter table postmortems add column draft jsonb;
alter table postmortems add column draft_updated_at timestamptz;
alter table postmortems add column draft_by text;
alter table postmortems add column review_asked_by text;
alter table postmortems add column review_asked_at timestamptz;
alter table postmortems add column approved_by text;
alter table postmortems add column approved_at timestamptz;
alter table postmortems add column notified_at timestamptz;
alter table action_items add column owner text;

create table action_item_votes (
    action_item_id text not null references action_items (id) on update cascade on delete cascade,
    subscriber_id text not null references subscribers (id) on update cascade on delete cascade,
    follows boolean not null,
    at timestamptz not null,
    primary key (action_item_id, subscriber_id)
);
create index action_item_votes_of_subscriber on action_item_votes (subscriber_id);

create table postmortem_feedback (
    id text not null primary key,
    postmortem_id text not null references postmortems (id) on update cascade on delete cascade,
    at timestamptz not null,
    helpful boolean not null,
    body text
);
create index postmortem_feedback_of_postmortem on postmortem_feedback (postmortem_id, at);

-- Visitors who say that they see a failure too: one row a network and hour. The network is a keyed hash that changes every hour.
create table sightings (
    page_id text not null references pages (id) on update cascade on delete cascade,
    subject_kind text not null,
    subject_id text not null,
    hour timestamptz not null,
    network text not null,
    primary key (page_id, subject_kind, subject_id, hour, network)
);
create index sightings_by_hour on sightings (page_id, hour);

create table page_reads (
    page_id text not null references pages (id) on update cascade on delete cascade,
    hour timestamptz not null,
    reads bigint not null,
    primary key (page_id, hour)
);

alter table announcements add column created_at timestamptz;
alter table announcements add column updated_at timestamptz;
alter table announcements add column author text;

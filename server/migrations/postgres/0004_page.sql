-- The page: texts in several languages, its look, who follows one incident, and the years behind its uptime.

-- What people wrote in another language than the page's own: of an incident, planned work, one of their messages, an announcement, a
-- component or a group. It belongs to the object of that id and is looked up with it; the revision is the last that touched it.
create table translations (
    page_id text not null references pages (id) on update cascade on delete cascade,
    object_id text not null,
    language text not null,
    name text,
    body text,
    author text,
    updated_at timestamptz not null,
    revision bigint not null,
    primary key (page_id, object_id, language)
);
create index translations_by_revision on translations (page_id, revision);

-- Images of the page: its logo and icon. The name says what it is for.
create table page_files (
    page_id text not null references pages (id) on update cascade on delete cascade,
    name text not null,
    content_type text not null,
    bytes bytea not null,
    digest text not null,
    width bigint not null,
    height bigint not null,
    updated_at timestamptz not null,
    primary key (page_id, name)
);

-- Who hears of one incident or planned work whatever else they chose.
create table subscriber_follows (
    subscriber_id text not null references subscribers (id) on update cascade on delete cascade,
    object_id text not null,
    created_at timestamptz not null,
    primary key (subscriber_id, object_id)
);
create index subscriber_follows_of_object on subscriber_follows (object_id);

-- A status change carries the revision that noted it, so that a process reads what is new and not the years behind it. Days of uptime
-- are computed from the changes, which are few: the table that was to keep them never held a row.
alter table status_changes add column revision bigint not null default 0;
create index status_changes_by_revision on status_changes (page_id, revision);
drop table day_uptime;

-- The checks of a monitor in one day of the page's zone, summed up once the day is over.
create table check_days (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    location text not null,
    day date not null,
    checks bigint not null,
    failures bigint not null,
    timed_checks bigint not null,
    total_us_sum bigint not null,
    total_us_max bigint not null,
    primary key (monitor_id, location, day)
);
create index check_days_by_day on check_days (day);

-- From when on the next beat of a heartbeat monitor is waited for: the newest beat, or the end of a pause after it. Null before the first.
alter table monitor_states add column waits_since text;

-- When nobody of ours could be reached: a beat that was sent meanwhile is lost, and its absence says nothing of the job.
create table absences (
    page_id text not null references pages (id) on update cascade on delete cascade,
    began_at text not null,
    ended_at text not null,
    primary key (page_id, began_at)
);

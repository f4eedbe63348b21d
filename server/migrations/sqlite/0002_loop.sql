-- The loop: drafts that monitors write, notices to people who are no subscribers, soft deletion, confirmations.
-- Nothing wrote deliveries before this version: the tables are made anew instead of being changed.

alter table components add column deleted_at text;
alter table monitors add column deleted_at text;
alter table monitor_states add column first_good_at text;
alter table subscribers add column confirmations bigint not null default 0;
alter table subscribers add column confirmation_at text;

-- The monitor whose failure wrote the draft, and what it saw; staff only.
alter table incidents add column monitor_id text references monitors (id) on update cascade on delete set null;
alter table incidents add column evidence text;
create index incidents_of_monitor on incidents (monitor_id) where monitor_id is not null;

drop table attempts;
drop table deliveries;

-- One notice to one recipient: a subscriber, or a member of staff. Lower priorities go first.
create table deliveries (
    notification_id text not null references notifications (id) on update cascade on delete cascade,
    recipient_id text not null,
    recipient_kind text not null,
    priority bigint not null,
    state text not null,
    run_at text not null,
    lease_until text,
    owner text,
    epoch bigint not null,
    attempts bigint not null,
    message_id text,
    maybe_duplicate boolean not null,
    finished_at text,
    primary key (notification_id, recipient_id)
);
create index deliveries_of_recipient on deliveries (recipient_id);
create index deliveries_due on deliveries (notification_id, priority, run_at, recipient_id) where state = 'pending';
create index deliveries_leased on deliveries (lease_until) where state = 'sending';

create table attempts (
    notification_id text not null,
    recipient_id text not null,
    number bigint not null,
    started_at text not null,
    finished_at text not null,
    outcome text not null,
    reason text,
    reply text,
    primary key (notification_id, recipient_id, number),
    foreign key (notification_id, recipient_id) references deliveries (notification_id, recipient_id)
        on update cascade on delete cascade
);

-- Mails that come back after a mail server had taken them, and readers who complain.

-- What was reported of one delivery, each kind once. Reports count for longer than notices are kept, so they stand by themselves: one may
-- speak of a mailbox that is full for months.
create table bounces (
    page_id text not null references pages (id) on update cascade on delete cascade,
    notification_id text not null,
    recipient_id text not null,
    kind text not null,
    report text not null,
    at timestamptz not null,
    primary key (notification_id, recipient_id, kind)
);
create index bounces_of_page on bounces (page_id, at);
create index bounces_of_recipient on bounces (recipient_id, at);

-- What the other side said when a subscriber was given up.
alter table subscribers add column quarantine_reply text;

-- How many would have heard of a notice, but could not be reached or had not confirmed when its recipients were found.
alter table notifications add column suppressed bigint not null default 0;
alter table notifications add column unconfirmed bigint not null default 0;
-- They are few beside those who are told: counting them costs no look at everybody.
create index subscribers_untold on subscribers (page_id) where state <> 'active';

create index deliveries_failed on deliveries (notification_id) where state = 'failed';

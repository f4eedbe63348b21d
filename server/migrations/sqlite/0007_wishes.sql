-- What subscribers choose: to hear nothing more of one thing, and that several people read an address; and what mails say in several
-- languages.

-- Who hears nothing more of one incident or planned work, or nothing but that it is over.
create table subscriber_mutes (
    subscriber_id text not null references subscribers (id) on update cascade on delete cascade,
    object_id text not null,
    choice text not null,
    created_at text not null,
    primary key (subscriber_id, object_id)
);
create index subscriber_mutes_of_object on subscriber_mutes (object_id);

-- An address that several people read is asked by mail before it leaves.
alter table subscribers add column shared boolean not null default false;
alter table subscribers add column leave_asked_at text;

-- What people wrote in other languages of what is told: fixed when the first deliveries are made, as the notice itself is.
alter table notifications add column other_words text;

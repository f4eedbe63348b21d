-- Answers that come too late, and monitors that turn time and again.
alter table monitor_states add column slow_row bigint not null default 0;
alter table monitor_states add column slow_row_since timestamptz;
alter table monitor_states add column slow_since timestamptz;
alter table monitor_states add column turns text;

-- What a batch of checks says of times, within JSON: SQLite takes the name of this type for a text.
create domain utc_text as timestamptz;

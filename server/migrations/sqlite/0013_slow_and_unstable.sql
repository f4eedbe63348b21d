-- Answers that come too late, and monitors that turn time and again.
alter table monitor_states add column slow_row bigint not null default 0;
alter table monitor_states add column slow_row_since text;
alter table monitor_states add column slow_since text;
alter table monitor_states add column turns text;

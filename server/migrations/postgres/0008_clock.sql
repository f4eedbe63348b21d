-- When the first and the newest mail of a notice were accepted: the clock of an incident, kept where it costs one row to read.
alter table notifications add column first_sent_at timestamptz;
alter table notifications add column last_sent_at timestamptz;
update notifications set
    first_sent_at = (select min(finished_at) from deliveries d where d.notification_id = notifications.id and d.state in ('sent', 'bounced')),
    last_sent_at = (select max(finished_at) from deliveries d where d.notification_id = notifications.id and d.state in ('sent', 'bounced'));

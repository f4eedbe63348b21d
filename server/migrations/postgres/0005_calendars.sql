-- What calendars had of planned work whose announcement was taken back, as one value: the work is a draft again, which people write anew
-- while calendars are told that it is off.
alter table maintenances add column taken_back jsonb;

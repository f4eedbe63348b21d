-- The whole vocabulary. Every row belongs to a page: by its own page_id or by the row it hangs on.
-- The same tables and columns stand in ../postgres under the same file name; tests/it/schema.rs compares the two.
-- Times are RFC 3339 text in UTC, at most microseconds; days are days of the page's zone; ids, words and JSON are text.

create table pages (
    id text not null primary key,
    name text not null,
    time_zone text not null,
    adopted boolean not null,
    revision bigint not null,
    created_at text not null,
    updated_at text not null
);

create table settings (
    page_id text not null references pages (id) on update cascade on delete cascade,
    key text not null,
    value text not null,
    primary key (page_id, key)
);

-- Components and what is said of them ------------------------------------------------------------------------------

create table component_groups (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    name text not null,
    description text,
    position bigint not null,
    created_at text not null,
    updated_at text not null
);
create index component_groups_of_page on component_groups (page_id, position);

create table components (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    group_id text references component_groups (id) on update cascade on delete set null,
    name text not null,
    description text,
    position bigint not null,
    showcase boolean not null,
    start_date text,
    only_show_if_degraded boolean not null,
    upstream boolean not null,
    created_at text not null,
    updated_at text not null,
    stated_status text,
    stated_at text,
    stated_source text,
    observed_status text,
    observed_at text,
    fresh_until text
);
create index components_of_page on components (page_id, position);
create index components_of_group on components (group_id);

create table status_changes (
    component_id text not null references components (id) on update cascade on delete cascade,
    page_id text not null references pages (id) on update cascade on delete cascade,
    at text not null,
    seq bigint not null,
    from_status text,
    to_status text not null,
    source text not null,
    primary key (component_id, at, seq)
);
create index status_changes_of_page on status_changes (page_id, at);

create table day_uptime (
    component_id text not null references components (id) on update cascade on delete cascade,
    day text not null,
    operational bigint not null,
    degraded_performance bigint not null,
    partial_outage bigint not null,
    major_outage bigint not null,
    under_maintenance bigint not null,
    not_measured bigint not null,
    primary key (component_id, day)
);

-- Incidents --------------------------------------------------------------------------------------------------------

create table incidents (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    name text not null,
    status text not null,
    impact text not null,
    impact_override text,
    started_at text not null,
    detected_at text,
    published_at text,
    monitoring_at text,
    resolved_at text,
    next_update_at text,
    owner text,
    internal_notes text,
    created_at text not null,
    updated_at text not null,
    deleted_at text,
    revision bigint not null
);
create index incidents_by_revision on incidents (page_id, revision);
create index incidents_open on incidents (page_id) where resolved_at is null and deleted_at is null;

create table incident_components (
    incident_id text not null references incidents (id) on update cascade on delete cascade,
    component_id text not null references components (id) on update cascade on delete cascade,
    position bigint not null,
    stated_status text,
    stated_at text,
    primary key (incident_id, component_id)
);
create index incident_components_of_component on incident_components (component_id);

create table incident_updates (
    id text not null primary key,
    incident_id text not null references incidents (id) on update cascade on delete cascade,
    status text not null,
    body text not null,
    display_at text not null,
    seq bigint not null,
    effects text,
    notify boolean not null,
    author text,
    created_at text not null,
    updated_at text not null,
    withdrawn_at text
);
create index incident_updates_in_order on incident_updates (incident_id, display_at, seq);

-- What an update of an incident or a maintenance said before an edit.
create table update_revisions (
    page_id text not null references pages (id) on update cascade on delete cascade,
    update_id text not null,
    number bigint not null,
    status text not null,
    body text not null,
    display_at text not null,
    author text,
    replaced_at text not null,
    primary key (update_id, number)
);
create index update_revisions_of_page on update_revisions (page_id);

-- Planned work -----------------------------------------------------------------------------------------------------

create table maintenances (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    name text not null,
    status text not null,
    impact text not null,
    window_from text,
    window_until text,
    auto_start boolean not null,
    auto_complete boolean not null,
    expected_downtime_minutes bigint,
    worst_downtime_minutes bigint,
    started_at text,
    completed_at text,
    published_at text,
    rrule text,
    created_at text not null,
    updated_at text not null,
    deleted_at text,
    revision bigint not null
);
create index maintenances_by_revision on maintenances (page_id, revision);
create index maintenances_ahead on maintenances (page_id, window_from) where completed_at is null and deleted_at is null;

create table maintenance_components (
    maintenance_id text not null references maintenances (id) on update cascade on delete cascade,
    component_id text not null references components (id) on update cascade on delete cascade,
    position bigint not null,
    status text not null,
    primary key (maintenance_id, component_id)
);
create index maintenance_components_of_component on maintenance_components (component_id);

create table maintenance_updates (
    id text not null primary key,
    maintenance_id text not null references maintenances (id) on update cascade on delete cascade,
    status text not null,
    body text not null,
    display_at text not null,
    seq bigint not null,
    effects text,
    notify boolean not null,
    author text,
    created_at text not null,
    updated_at text not null,
    withdrawn_at text
);
create index maintenance_updates_in_order on maintenance_updates (maintenance_id, display_at, seq);

create table maintenance_moves (
    maintenance_id text not null references maintenances (id) on update cascade on delete cascade,
    seq bigint not null,
    at text not null,
    old_from text,
    old_until text,
    new_from text not null,
    new_until text not null,
    primary key (maintenance_id, seq)
);

create table reminders (
    maintenance_id text not null references maintenances (id) on update cascade on delete cascade,
    kind text not null,
    offset_minutes bigint not null,
    due_at text not null,
    sent_at text,
    primary key (maintenance_id, kind, offset_minutes)
);
create index reminders_due on reminders (due_at) where sent_at is null;

-- Post-mortems -----------------------------------------------------------------------------------------------------

create table postmortems (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    maintenance_id text references maintenances (id) on update cascade on delete set null,
    title text not null,
    status text not null,
    due_at text,
    published_at text,
    owner text,
    waived_reason text,
    provisional boolean not null,
    body text not null,
    summary text,
    impact text,
    causes text,
    actions_taken text,
    near_term text,
    long_term text,
    stay_informed text,
    created_at text not null,
    updated_at text not null,
    deleted_at text,
    revision bigint not null
);
create index postmortems_by_revision on postmortems (page_id, revision);
create index postmortems_of_maintenance on postmortems (maintenance_id);
create index postmortems_promised on postmortems (due_at) where published_at is null and deleted_at is null;

create table postmortem_incidents (
    postmortem_id text not null references postmortems (id) on update cascade on delete cascade,
    incident_id text not null references incidents (id) on update cascade on delete cascade,
    position bigint not null,
    primary key (postmortem_id, incident_id)
);
create index postmortem_incidents_of_incident on postmortem_incidents (incident_id);

create table postmortem_revisions (
    postmortem_id text not null references postmortems (id) on update cascade on delete cascade,
    number bigint not null,
    document text not null,
    author text,
    replaced_at text not null,
    primary key (postmortem_id, number)
);

create table action_items (
    id text not null primary key,
    postmortem_id text not null references postmortems (id) on update cascade on delete cascade,
    position bigint not null,
    title text not null,
    explanation text,
    state text not null,
    due_on text,
    link text
);
create index action_items_of_postmortem on action_items (postmortem_id, position);

create table action_item_states (
    action_item_id text not null references action_items (id) on update cascade on delete cascade,
    seq bigint not null,
    state text not null,
    at text not null,
    primary key (action_item_id, seq)
);

create table announcements (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    body text not null,
    starts_at text not null,
    expires_at text
);
create index announcements_of_page on announcements (page_id, expires_at);

-- Monitors ---------------------------------------------------------------------------------------------------------

create table monitors (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    component_id text references components (id) on update cascade on delete set null,
    name text not null,
    kind text not null,
    target text not null,
    interval_seconds bigint not null,
    timeout_ms bigint not null,
    failure_threshold bigint not null,
    success_threshold bigint not null,
    status_when_down text not null,
    settings text not null,
    paused_at text,
    created_at text not null,
    updated_at text not null
);
create index monitors_of_page on monitors (page_id);
create index monitors_of_component on monitors (component_id);

create table monitor_states (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    location text not null,
    verdict text not null,
    since text not null,
    streak bigint not null,
    first_failed_at text,
    last_result_at text,
    next_check_at text,
    lease_until text,
    owner text,
    epoch bigint not null,
    primary key (monitor_id, location)
);
create index monitor_states_due on monitor_states (next_check_at) where next_check_at is not null;

create table check_results (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    location text not null,
    at text not null,
    good boolean not null,
    reason text,
    detail text,
    http_status bigint,
    dns_us bigint,
    connect_us bigint,
    tls_us bigint,
    first_byte_us bigint,
    total_us bigint,
    primary key (monitor_id, location, at)
);
create index check_results_by_time on check_results (at);

create table check_rollups (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    location text not null,
    bucket_start text not null,
    checks bigint not null,
    failures bigint not null,
    timed_checks bigint not null,
    total_us_sum bigint not null,
    total_us_max bigint not null,
    primary key (monitor_id, location, bucket_start)
);
create index check_rollups_by_time on check_rollups (bucket_start);

-- Subscribers and the outbox ---------------------------------------------------------------------------------------

create table subscribers (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    channel text not null,
    address text not null,
    address_key text not null,
    state text not null,
    language text,
    time_zone text,
    kinds text not null,
    severity_floor text not null,
    all_components boolean not null,
    secret text,
    token_epoch bigint not null,
    confirm_token_hash text,
    confirm_expires_at text,
    confirmed_at text,
    consent_date text,
    quarantined_at text,
    quarantine_reason text,
    unsubscribed_at text,
    created_at text not null,
    updated_at text not null,
    unique (page_id, channel, address_key)
);
create index subscribers_told on subscribers (page_id, id) where state = 'active';
create index subscribers_unconfirmed on subscribers (confirm_expires_at) where state = 'pending';

create table subscriber_components (
    subscriber_id text not null references subscribers (id) on update cascade on delete cascade,
    component_id text not null references components (id) on update cascade on delete cascade,
    primary key (subscriber_id, component_id)
);
create index subscriber_components_of_component on subscriber_components (component_id);

create table notifications (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    kind text not null,
    subject_kind text not null,
    subject_id text not null,
    update_id text,
    payload text not null,
    not_before text not null,
    fanout_cursor text,
    expanded_at text,
    cancelled_at text,
    created_at text not null
);
create index notifications_of_page on notifications (page_id, created_at);
create index notifications_unexpanded on notifications (not_before) where expanded_at is null and cancelled_at is null;

create table deliveries (
    notification_id text not null references notifications (id) on update cascade on delete cascade,
    subscriber_id text not null references subscribers (id) on update cascade on delete cascade,
    state text not null,
    run_at text not null,
    lease_until text,
    owner text,
    epoch bigint not null,
    attempts bigint not null,
    message_id text,
    maybe_duplicate boolean not null,
    finished_at text,
    primary key (notification_id, subscriber_id)
);
create index deliveries_of_subscriber on deliveries (subscriber_id);
create index deliveries_due on deliveries (run_at) where state = 'pending';
create index deliveries_leased on deliveries (lease_until) where state = 'sending';

create table attempts (
    notification_id text not null,
    subscriber_id text not null,
    number bigint not null,
    started_at text not null,
    finished_at text not null,
    outcome text not null,
    reason text,
    reply text,
    primary key (notification_id, subscriber_id, number),
    foreign key (notification_id, subscriber_id) references deliveries (notification_id, subscriber_id)
        on update cascade on delete cascade
);

-- Who may write, and who did ---------------------------------------------------------------------------------------

create table staff (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    email text not null,
    email_key text not null,
    name text,
    role text not null,
    password_hash text,
    time_zone text,
    disabled_at text,
    last_sign_in_at text,
    created_at text not null,
    updated_at text not null,
    unique (page_id, email_key)
);

create table sessions (
    token_hash text not null primary key,
    staff_id text not null references staff (id) on update cascade on delete cascade,
    created_at text not null,
    seen_at text not null,
    expires_at text not null
);
create index sessions_of_staff on sessions (staff_id);
create index sessions_by_end on sessions (expires_at);

create table api_tokens (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    name text not null,
    prefix text not null unique,
    hash text not null,
    role text not null,
    created_at text not null,
    used_at text,
    expires_at text,
    revoked_at text
);
create index api_tokens_of_page on api_tokens (page_id);

create table audit_entries (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    at text not null,
    actor_kind text not null,
    actor_id text,
    actor_name text not null,
    action text not null,
    subject_kind text,
    subject_id text,
    detail text
);
create index audit_entries_in_order on audit_entries (page_id, at);
create index audit_entries_of_subject on audit_entries (subject_id) where subject_id is not null;

-- Machinery --------------------------------------------------------------------------------------------------------

create table jobs (
    page_id text not null references pages (id) on update cascade on delete cascade,
    name text not null,
    next_run text not null,
    lease_until text,
    owner text,
    epoch bigint not null,
    last_ok text,
    last_error text,
    primary key (page_id, name)
);
create index jobs_due on jobs (next_run);

create table imported_objects (
    page_id text not null references pages (id) on update cascade on delete cascade,
    kind text not null,
    object_id text not null,
    digest text not null,
    imported_at text not null,
    primary key (page_id, kind, object_id)
);

-- The whole vocabulary. Every row belongs to a page: by its own page_id or by the row it hangs on.
-- The same tables and columns stand in ../sqlite under the same file name; tests/it/schema.rs compares the two.
-- Times are UTC instants of microseconds; days are days of the page's zone; ids and words are text.

create table pages (
    id text not null primary key,
    name text not null,
    time_zone text not null,
    adopted boolean not null,
    revision bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
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
    created_at timestamptz not null,
    updated_at timestamptz not null
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
    start_date date,
    only_show_if_degraded boolean not null,
    upstream boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    stated_status text,
    stated_at timestamptz,
    stated_source text,
    observed_status text,
    observed_at timestamptz,
    fresh_until timestamptz
);
create index components_of_page on components (page_id, position);
create index components_of_group on components (group_id);

create table status_changes (
    component_id text not null references components (id) on update cascade on delete cascade,
    page_id text not null references pages (id) on update cascade on delete cascade,
    at timestamptz not null,
    seq bigint not null,
    from_status text,
    to_status text not null,
    source text not null,
    primary key (component_id, at, seq)
);
create index status_changes_of_page on status_changes (page_id, at);

create table day_uptime (
    component_id text not null references components (id) on update cascade on delete cascade,
    day date not null,
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
    started_at timestamptz not null,
    detected_at timestamptz,
    published_at timestamptz,
    monitoring_at timestamptz,
    resolved_at timestamptz,
    next_update_at timestamptz,
    owner text,
    internal_notes text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    revision bigint not null
);
create index incidents_by_revision on incidents (page_id, revision);
create index incidents_open on incidents (page_id) where resolved_at is null and deleted_at is null;

create table incident_components (
    incident_id text not null references incidents (id) on update cascade on delete cascade,
    component_id text not null references components (id) on update cascade on delete cascade,
    position bigint not null,
    stated_status text,
    stated_at timestamptz,
    primary key (incident_id, component_id)
);
create index incident_components_of_component on incident_components (component_id);

create table incident_updates (
    id text not null primary key,
    incident_id text not null references incidents (id) on update cascade on delete cascade,
    status text not null,
    body text not null,
    display_at timestamptz not null,
    seq bigint not null,
    effects jsonb,
    notify boolean not null,
    author text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    withdrawn_at timestamptz
);
create index incident_updates_in_order on incident_updates (incident_id, display_at, seq);

-- What an update of an incident or a maintenance said before an edit.
create table update_revisions (
    page_id text not null references pages (id) on update cascade on delete cascade,
    update_id text not null,
    number bigint not null,
    status text not null,
    body text not null,
    display_at timestamptz not null,
    author text,
    replaced_at timestamptz not null,
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
    window_from timestamptz,
    window_until timestamptz,
    auto_start boolean not null,
    auto_complete boolean not null,
    expected_downtime_minutes bigint,
    worst_downtime_minutes bigint,
    started_at timestamptz,
    completed_at timestamptz,
    published_at timestamptz,
    rrule text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
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
    display_at timestamptz not null,
    seq bigint not null,
    effects jsonb,
    notify boolean not null,
    author text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    withdrawn_at timestamptz
);
create index maintenance_updates_in_order on maintenance_updates (maintenance_id, display_at, seq);

create table maintenance_moves (
    maintenance_id text not null references maintenances (id) on update cascade on delete cascade,
    seq bigint not null,
    at timestamptz not null,
    old_from timestamptz,
    old_until timestamptz,
    new_from timestamptz not null,
    new_until timestamptz not null,
    primary key (maintenance_id, seq)
);

create table reminders (
    maintenance_id text not null references maintenances (id) on update cascade on delete cascade,
    kind text not null,
    offset_minutes bigint not null,
    due_at timestamptz not null,
    sent_at timestamptz,
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
    due_at timestamptz,
    published_at timestamptz,
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
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
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
    document jsonb not null,
    author text,
    replaced_at timestamptz not null,
    primary key (postmortem_id, number)
);

create table action_items (
    id text not null primary key,
    postmortem_id text not null references postmortems (id) on update cascade on delete cascade,
    position bigint not null,
    title text not null,
    explanation text,
    state text not null,
    due_on date,
    link text
);
create index action_items_of_postmortem on action_items (postmortem_id, position);

create table action_item_states (
    action_item_id text not null references action_items (id) on update cascade on delete cascade,
    seq bigint not null,
    state text not null,
    at timestamptz not null,
    primary key (action_item_id, seq)
);

create table announcements (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    body text not null,
    starts_at timestamptz not null,
    expires_at timestamptz
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
    settings jsonb not null,
    paused_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index monitors_of_page on monitors (page_id);
create index monitors_of_component on monitors (component_id);

create table monitor_states (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    location text not null,
    verdict text not null,
    since timestamptz not null,
    streak bigint not null,
    first_failed_at timestamptz,
    last_result_at timestamptz,
    next_check_at timestamptz,
    lease_until timestamptz,
    owner text,
    epoch bigint not null,
    primary key (monitor_id, location)
);
create index monitor_states_due on monitor_states (next_check_at) where next_check_at is not null;

create table check_results (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    location text not null,
    at timestamptz not null,
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
    bucket_start timestamptz not null,
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
    kinds jsonb not null,
    severity_floor text not null,
    all_components boolean not null,
    secret text,
    token_epoch bigint not null,
    confirm_token_hash text,
    confirm_expires_at timestamptz,
    confirmed_at timestamptz,
    consent_date date,
    quarantined_at timestamptz,
    quarantine_reason text,
    unsubscribed_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
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
    payload jsonb not null,
    not_before timestamptz not null,
    fanout_cursor text,
    expanded_at timestamptz,
    cancelled_at timestamptz,
    created_at timestamptz not null
);
create index notifications_of_page on notifications (page_id, created_at);
create index notifications_unexpanded on notifications (not_before) where expanded_at is null and cancelled_at is null;

create table deliveries (
    notification_id text not null references notifications (id) on update cascade on delete cascade,
    subscriber_id text not null references subscribers (id) on update cascade on delete cascade,
    state text not null,
    run_at timestamptz not null,
    lease_until timestamptz,
    owner text,
    epoch bigint not null,
    attempts bigint not null,
    message_id text,
    maybe_duplicate boolean not null,
    finished_at timestamptz,
    primary key (notification_id, subscriber_id)
);
create index deliveries_of_subscriber on deliveries (subscriber_id);
create index deliveries_due on deliveries (run_at) where state = 'pending';
create index deliveries_leased on deliveries (lease_until) where state = 'sending';

create table attempts (
    notification_id text not null,
    subscriber_id text not null,
    number bigint not null,
    started_at timestamptz not null,
    finished_at timestamptz not null,
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
    disabled_at timestamptz,
    last_sign_in_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (page_id, email_key)
);

create table sessions (
    token_hash text not null primary key,
    staff_id text not null references staff (id) on update cascade on delete cascade,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null
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
    created_at timestamptz not null,
    used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz
);
create index api_tokens_of_page on api_tokens (page_id);

create table audit_entries (
    id text not null primary key,
    page_id text not null references pages (id) on update cascade on delete cascade,
    at timestamptz not null,
    actor_kind text not null,
    actor_id text,
    actor_name text not null,
    action text not null,
    subject_kind text,
    subject_id text,
    detail jsonb
);
create index audit_entries_in_order on audit_entries (page_id, at);
create index audit_entries_of_subject on audit_entries (subject_id) where subject_id is not null;

-- Machinery --------------------------------------------------------------------------------------------------------

create table jobs (
    page_id text not null references pages (id) on update cascade on delete cascade,
    name text not null,
    next_run timestamptz not null,
    lease_until timestamptz,
    owner text,
    epoch bigint not null,
    last_ok timestamptz,
    last_error text,
    primary key (page_id, name)
);
create index jobs_due on jobs (next_run);

create table imported_objects (
    page_id text not null references pages (id) on update cascade on delete cascade,
    kind text not null,
    object_id text not null,
    digest text not null,
    imported_at timestamptz not null,
    primary key (page_id, kind, object_id)
);

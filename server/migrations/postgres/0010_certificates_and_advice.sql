-- The certificate that each monitor saw last.
create table monitor_certificates (
    monitor_id text not null primary key references monitors (id) on update cascade on delete cascade,
    sha256 text not null,
    expires_at timestamptz not null,
    seen_at timestamptz not null
);

-- Which ends of certificates staff were told of, each once.
create table certificate_warnings (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    sha256 text not null,
    days bigint not null,
    told_at timestamptz not null,
    primary key (monitor_id, sha256, days)
);

-- What is worth a look about a target although all is well.
create table monitor_advice (
    monitor_id text not null references monitors (id) on update cascade on delete cascade,
    kind text not null,
    since timestamptz not null,
    primary key (monitor_id, kind)
);

//! One PostgreSQL cluster of our own for the whole test run, started when first asked for and gone with the process.

use std::io::Read;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use server::store::Db;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;

const USER: &str = "allclear";
const TEMPLATE: &str = "migrated";

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

struct Cluster {
    port: u16,
    /// Waits while its input is open; the end of this process closes that, however it comes.
    _leash: Child,
}

impl Cluster {
    fn address(&self, database: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{database}", self.port)
    }
}

/// A fresh database without any table.
pub async fn empty_database() -> String {
    fresh_database("template1").await
}

/// A fresh database with all migrations applied.
pub async fn migrated_database() -> String {
    fresh_database(TEMPLATE).await
}

async fn fresh_database(template: &str) -> String {
    let cluster = CLUSTER.get_or_init(start).await;
    let name = format!("t_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    create(cluster, &name, template).await;
    cluster.address(&name)
}

async fn create(cluster: &Cluster, name: &str, template: &str) {
    let mut connection = PgConnection::connect(&cluster.address("postgres")).await.expect("our PostgreSQL answers");
    let sql = format!("create database {name} template {template}");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("a database is made");
    connection.close().await.expect("the connection closes");
}

async fn start() -> Cluster {
    let folder = folder();
    let initdb = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--username", USER, "-D"];
    let data = folder.join("data");
    run(as_owner(&folder, "initdb").args(initdb).arg(&data), &folder);
    let leash = leash(&folder, &data);
    let port = (0..3).find_map(|_| serve(&folder, &data)).unwrap_or_else(|| {
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        panic!("PostgreSQL does not start, and these tests need it: {log}")
    });
    let cluster = Cluster { port, _leash: leash };
    create(&cluster, TEMPLATE, "template1").await;
    let db = Db::open(&cluster.address(TEMPLATE)).await.expect("the address is good");
    db.migrate().await.expect("migrations apply");
    db.close().await;
    cluster
}

/// Starts the server on a port that is free at this moment; `None` where somebody took it meanwhile.
fn serve(folder: &Path, data: &Path) -> Option<u16> {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
    let settings = format!(
        "-p {port} -k {} -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=off -c synchronous_commit=off -c full_page_writes=off",
        folder.display()
    );
    let mut start = as_owner(folder, "pg_ctl");
    start.arg("start").arg("-w").arg("-D").arg(data).arg("-l").arg(folder.join("log")).arg("-o").arg(settings);
    let status = start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().expect("pg_ctl runs");
    status.success().then_some(port)
}

/// A shell that outlives this process just long enough to stop the server and to remove its folder: statics are never dropped, and a
/// killed process drops nothing.
fn leash(folder: &Path, data: &Path) -> Child {
    let stop = as_owner(folder, "pg_ctl");
    let mut watchdog = Command::new("sh");
    watchdog.arg("-c").arg("folder=$1; shift; cat; \"$@\"; rm -rf \"$folder\"").arg("sh").arg(folder);
    watchdog.arg(stop.get_program()).args(stop.get_args()).args(["stop", "-m", "immediate", "-D"]).arg(data);
    // A group of its own: Ctrl-C must not end it before its work.
    watchdog
        .process_group(0)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell starts")
}

/// A folder that the server's user owns.
fn folder() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("allclear-postgres-").tempdir().expect("a temporary folder").keep();
    if is_root() {
        run(Command::new("chown").arg("postgres").arg(&folder), &folder);
    }
    folder
}

/// A command of PostgreSQL's, as a user it accepts: it refuses to run as root.
fn as_owner(folder: &Path, program: &str) -> Command {
    let program = binary(program);
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(folder);
    command
}

/// Debian keeps these out of PATH, one folder per version; the newest serves.
fn binary(program: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin").join(program))))
        .filter(|(_, path)| path.exists())
        .collect();
    found.sort();
    #[expect(clippy::disallowed_methods, reason = "the test looks for programs where a shell would")]
    let in_path = || std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.exists());
    found.pop().map(|(_, path)| path).or_else(in_path).unwrap_or_else(|| {
        panic!("These tests need PostgreSQL's {program}: it is neither below /usr/lib/postgresql nor in PATH. Install postgresql.")
    })
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn run(command: &mut Command, folder: &Path) {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} does not start, and these tests need it: {error}"));
    let mut said = String::new();
    if let Some(stderr) = child.stderr.as_mut() {
        stderr.read_to_string(&mut said).expect("what it said is text");
    }
    let status = child.wait().expect("it ends");
    if !status.success() {
        std::fs::remove_dir_all(folder).expect("the folder goes");
        panic!("{command:?} failed, and these tests need it: {said}");
    }
}

//! The form of a monitor, read and written.

use app::pages::staff::monitors::Fields;
use app::words::{ComponentStatus, HttpMethod, Id, MonitorKind, MonitorSettings};

use crate::actions::Problem;
use crate::actions::monitors::MonitorInput;
use crate::web::form::Form;

/// What stands for the value of a header or for a body: it may be a secret.
const MASK: &str = "********";
/// What is wrong with what is no number.
const WHOLE: &str = "Write a whole number, with digits only.";

/// What the form means; what cannot be read at all is told by field.
pub(super) fn read(form: &Form, known: &MonitorSettings) -> Result<MonitorInput, Vec<Problem>> {
    let mut problems = Vec::new();
    let kind = word(form, "kind", &mut problems).unwrap_or(MonitorInput::default().kind);
    let (usual, beats) = (MonitorInput::usual(kind), kind == MonitorKind::Heartbeat);
    let mut number = |field: &'static str, usual: i64| {
        let text = form.text(field);
        // The form of a heartbeat does not ask for everything.
        if beats && text.is_empty() {
            return usual;
        }
        text.parse().unwrap_or_else(|_| {
            problems.push(Problem::new(field, WHOLE));
            1
        })
    };
    let (interval_seconds, timeout_ms) = (number("interval_seconds", usual.interval_seconds), number("timeout_ms", usual.timeout_ms));
    let (failure_threshold, success_threshold) =
        (number("failure_threshold", usual.failure_threshold), number("success_threshold", usual.success_threshold));
    let component = form.text("component_id");
    let component_id = if component.is_empty() {
        None
    } else {
        Id::parse(&component).map(Some).unwrap_or_else(|_| {
            problems.push(Problem::new("component_id", "There is no such component on this page. Choose one of the list, or none."));
            None
        })
    };
    let status_when_down = form.text("status_when_down").parse().unwrap_or_else(|_| {
        problems.push(Problem::new("status_when_down", "Choose one of the statuses of the list."));
        MonitorInput::default().status_when_down
    });
    let statuses: Result<Vec<u16>, _> =
        form.text("expected_statuses").split([',', ' ']).filter(|part| !part.is_empty()).map(str::parse).collect();
    let expected_statuses = statuses.unwrap_or_else(|_| {
        problems.push(Problem::new("expected_statuses", "Write status codes as numbers with commas, such as 200, 204."));
        Vec::new()
    });
    let headers = headers(form.raw("headers"), &known.headers).unwrap_or_else(|problem| {
        problems.push(problem);
        Vec::new()
    });
    let settings = MonitorSettings { headers, expected_statuses, ..settings(form, known, &mut problems) };
    let input = MonitorInput {
        name: form.text("name"),
        kind,
        // As it was sent: space around it is refused, not taken away in silence (reliability X21).
        target: form.raw("target").to_owned(),
        interval_seconds,
        timeout_ms,
        component_id,
        failure_threshold,
        success_threshold,
        status_when_down,
        settings,
        paused: form.flag("paused"),
    };
    if problems.is_empty() { Ok(input) } else { Err(problems) }
}

/// A word of a list; `None` where nothing was chosen.
fn word<T: std::str::FromStr>(form: &Form, field: &'static str, problems: &mut Vec<Problem>) -> Option<T> {
    let text = Some(form.text(field)).filter(|text| !text.is_empty())?;
    let word = text.parse().ok();
    if word.is_none() {
        problems.push(Problem::new(field, "Choose one of the list."));
    }
    word
}

/// What is asked and expected beyond status codes and request headers; a masked body is the one that is known.
fn settings(form: &Form, known: &MonitorSettings, problems: &mut Vec<Problem>) -> MonitorSettings {
    let text = |field| Some(form.text(field)).filter(|text| !text.is_empty());
    let method: HttpMethod = word(form, "method", problems).unwrap_or_default();
    let mut number = |field: &'static str| {
        text(field).and_then(|digits| {
            let number = digits.parse().ok();
            if number.is_none() {
                problems.push(Problem::new(field, WHOLE));
            }
            number
        })
    };
    let (response_time_ms, max_body_bytes, grace_seconds) = (number("response_time_ms"), number("max_body_bytes"), number("grace_seconds"));
    let expected_headers = headers(form.raw("expected_headers"), &[]).unwrap_or_else(|_| {
        problems.push(Problem::new("expected_headers", "Write each header on a line of its own, as Name: text its value holds."));
        Vec::new()
    });
    let body = Some(form.raw("body").to_owned()).filter(|body| !body.is_empty());
    MonitorSettings {
        method,
        body: if body.as_deref().map(str::trim) == Some(MASK) { known.body.clone() } else { body },
        keyword: text("keyword"),
        keyword_absent: text("keyword_absent"),
        expected_headers,
        json_path: text("json_path"),
        json_value: text("json_value"),
        redirect_target: text("redirect_target"),
        response_time_ms,
        max_body_bytes,
        certificate_sha256: text("certificate_sha256"),
        send: text("send"),
        expect: text("expect"),
        grace_seconds,
        record_type: word(form, "record_type", problems).unwrap_or_default(),
        expected_answers: lines(form.raw("expected_answers")),
        name_servers: form.text("name_servers").split([',', ' ']).filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        server_name: text("server_name"),
        statuses_by_class: classes(form.raw("statuses_by_class"), problems),
        blocked_is_down: form.flag("blocked_is_down"),
        ..MonitorSettings::default()
    }
}

/// One text a line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A class and a status a line.
fn classes(text: &str, problems: &mut Vec<Problem>) -> Vec<(String, ComponentStatus)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line: &str| {
        let (class, status) = line.split_once(':')?;
        Some((class.trim().to_owned(), status.trim().parse().ok()?))
    };
    lines.map(read).collect::<Option<_>>().unwrap_or_else(|| {
        let sentence = "Write each class on a line of its own with degraded_performance, partial_outage or major_outage behind it, \
                        such as timeout: degraded_performance.";
        problems.push(Problem::new("statuses_by_class", sentence));
        Vec::new()
    })
}

/// One header a line; a masked value is the one that is known.
fn headers(text: &str, known: &[(String, String)]) -> Result<Vec<(String, String)>, Problem> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (name, value) = line
                .split_once(':')
                .ok_or_else(|| Problem::new("headers", "Write each request header on a line of its own, as Name: value."))?;
            let (name, value) = (name.trim(), value.trim());
            let kept = known.iter().find(|(known, _)| value == MASK && known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
            Ok((name.to_owned(), kept.unwrap_or(value).to_owned()))
        })
        .collect()
}

/// The fields of the form for it.
pub(super) fn fields_of(input: &MonitorInput) -> Fields {
    let settings = &input.settings;
    Fields {
        name: input.name.clone(),
        target: input.target.clone(),
        interval_seconds: input.interval_seconds.to_string(),
        timeout_ms: input.timeout_ms.to_string(),
        component_id: input.component_id.as_ref().map(ToString::to_string).unwrap_or_default(),
        failure_threshold: input.failure_threshold.to_string(),
        success_threshold: input.success_threshold.to_string(),
        status_when_down: input.status_when_down.to_string(),
        headers: settings.headers.iter().map(|(name, _)| format!("{name}: {MASK}\n")).collect(),
        expected_statuses: settings.expected_statuses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        keyword: settings.keyword.clone().unwrap_or_default(),
        keyword_absent: settings.keyword_absent.clone().unwrap_or_default(),
        kind: input.kind.to_string(),
        method: settings.method.to_string(),
        body: settings.body.as_ref().map(|_| MASK.to_owned()).unwrap_or_default(),
        expected_headers: settings.expected_headers.iter().map(|(name, text)| format!("{name}: {text}\n")).collect(),
        json_path: settings.json_path.clone().unwrap_or_default(),
        json_value: settings.json_value.clone().unwrap_or_default(),
        redirect_target: settings.redirect_target.clone().unwrap_or_default(),
        response_time_ms: settings.response_time_ms.map(|most| most.to_string()).unwrap_or_default(),
        max_body_bytes: settings.max_body_bytes.map(|most| most.to_string()).unwrap_or_default(),
        certificate_sha256: settings.certificate_sha256.clone().unwrap_or_default(),
        send: settings.send.clone().unwrap_or_default(),
        expect: settings.expect.clone().unwrap_or_default(),
        grace_seconds: settings.grace_seconds.map(|seconds| seconds.to_string()).unwrap_or_default(),
        record_type: settings.record_type.to_string(),
        expected_answers: settings.expected_answers.join("\n"),
        name_servers: settings.name_servers.join(", "),
        server_name: settings.server_name.clone().unwrap_or_default(),
        statuses_by_class: settings.statuses_by_class.iter().map(|(class, status)| format!("{class}: {status}\n")).collect(),
        blocked_is_down: settings.blocked_is_down,
        paused: input.paused,
    }
}

/// The fields as they were sent.
pub(super) fn typed(form: &Form) -> Fields {
    Fields {
        name: form.text("name"),
        target: form.raw("target").to_owned(),
        interval_seconds: form.text("interval_seconds"),
        timeout_ms: form.text("timeout_ms"),
        component_id: form.text("component_id"),
        failure_threshold: form.text("failure_threshold"),
        success_threshold: form.text("success_threshold"),
        status_when_down: form.text("status_when_down"),
        headers: form.raw("headers").to_owned(),
        expected_statuses: form.text("expected_statuses"),
        keyword: form.text("keyword"),
        keyword_absent: form.text("keyword_absent"),
        kind: form.text("kind"),
        method: form.text("method"),
        body: form.raw("body").to_owned(),
        expected_headers: form.raw("expected_headers").to_owned(),
        json_path: form.text("json_path"),
        json_value: form.text("json_value"),
        redirect_target: form.text("redirect_target"),
        response_time_ms: form.text("response_time_ms"),
        max_body_bytes: form.text("max_body_bytes"),
        certificate_sha256: form.text("certificate_sha256"),
        send: form.text("send"),
        expect: form.text("expect"),
        grace_seconds: form.text("grace_seconds"),
        record_type: form.text("record_type"),
        expected_answers: form.raw("expected_answers").to_owned(),
        name_servers: form.text("name_servers"),
        server_name: form.text("server_name"),
        statuses_by_class: form.raw("statuses_by_class").to_owned(),
        blocked_is_down: form.flag("blocked_is_down"),
        paused: form.flag("paused"),
    }
}

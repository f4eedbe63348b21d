//! The fields of a monitor that asks: what, how often, and what its answers mean.

use leptos::prelude::*;

use super::monitors::Edit;
use crate::parts::form::{self, Choice, Input};
use crate::words::{ComponentStatus, HttpMethod, MonitorKind, RecordType};

/// What a monitor asks, and what answers mean.
pub(super) fn asking(edit: &Edit) -> AnyView {
    let words =
        ["Failures in a row that mean down", "From 1 to 20. After the first, it checks faster.", "Good checks in a row that mean up again"];
    view! {
        {what(edit)}
        {meaning(edit, words)}
        {request(edit)}
        {talk(edit)}
        {names(edit)}
        {handshake(edit)}
    }
    .into_any()
}

pub(super) fn field<'a>(edit: &Edit<'a>, name: &'a str, label: &'a str, value: &'a str, hint: &'a str) -> Input<'a> {
    Input { name, label, value, hint, wrong: edit.wrong, ..Input::default() }
}

/// What each kind asks for.
const TARGET: &str = "Of an HTTP request such as https://api.example.com/health, of a TCP connection db.example.com:5432, of TLS \
                      mail.example.com:465, of a look-up or a ping a name alone. Never shown in public.";

/// What is asked, and how often.
fn what(edit: &Edit) -> AnyView {
    let fields = edit.fields;
    let number = |name, label, value, hint| form::text(&Input { kind: "number", required: true, ..field(edit, name, label, value, hint) });
    view! {
        {form::text(&Input { required: true, ..field(edit, "name", "Name", &fields.name, "Only staff read it.") })}
        {form::select(&field(edit, "kind", "Kind", &fields.kind, ""), &KINDS.map(|(kind, label)| Choice::new(kind.as_str(), label)))}
        {form::text(&Input { required: true, ..field(edit, "target", "Address", &fields.target, TARGET) })}
        {number("interval_seconds", "Seconds between checks", &fields.interval_seconds, "From 1 to 86400.")}
        {number("timeout_ms", "Milliseconds that a check may take", &fields.timeout_ms, "From 100 to 60000; after 15 seconds every check ends.")}
    }
    .into_any()
}

/// What its answers mean for readers. The words say what counts as a failure, what to know of it, and what as good.
pub(super) fn meaning(edit: &Edit, [failures, hint, good]: [&'static str; 3]) -> AnyView {
    let fields = edit.fields;
    let number = |name, label, value, hint| form::text(&Input { kind: "number", required: true, ..field(edit, name, label, value, hint) });
    let components: Vec<Choice> =
        std::iter::once(Choice::new("", "None: it only watches")).chain(edit.components.iter().cloned()).collect();
    let statuses: Vec<Choice> = [ComponentStatus::DegradedPerformance, ComponentStatus::PartialOutage, ComponentStatus::MajorOutage]
        .map(|status| Choice::new(status.as_str(), status.label()))
        .into();
    view! {
        {form::select(&field(edit, "component_id", "Component it speaks for", &fields.component_id, ""), &components)}
        {form::select(&field(edit, "status_when_down", "What the component is when it is down", &fields.status_when_down, ""), &statuses)}
        {number("failure_threshold", failures, &fields.failure_threshold, hint)}
        {number("success_threshold", good, &fields.success_threshold, "From 1 to 20.")}
        {form::text(&Input { kind: "number", ..field(edit, "response_time_ms", "Milliseconds after which an answer is slow", &fields.response_time_ms, "Empty: none is. Slow as often in a row as failures mean down, the component is degraded.") })}
        <details class="more-fields" open=opened(edit, &[(!fields.statuses_by_class.is_empty(), "statuses_by_class"), (fields.blocked_is_down, "blocked_is_down")])>
            <summary>"What some failures mean"</summary>
            {form::textarea(&field(edit, "statuses_by_class", "Failures that mean something else for the component", &fields.statuses_by_class, CLASSES), 3)}
            {form::checkbox(&field(edit, "blocked_is_down", "Down too when the address keeps our checks out", "on", BLOCKED), fields.blocked_is_down)}
        </details>
    }
    .into_any()
}

const CLASSES: &str = "One a line, as class: status. A class may be its beginning: timeout: degraded_performance, http_5: partial_outage. \
                       Monitors show the class of each failed check.";
const BLOCKED: &str = "It answers 401, 403, 429 or a page that asks whether we are human. Usually nothing is known then, and you are warned here; \
                       with this it is down after three intervals.";

/// The kinds that can be made.
const KINDS: [(MonitorKind, &str); 5] = [
    (MonitorKind::Http, "HTTP request"),
    (MonitorKind::Tcp, "TCP connection"),
    (MonitorKind::Dns, "Name look-up (DNS)"),
    (MonitorKind::Tls, "TLS certificate"),
    (MonitorKind::Ping, "Ping (ICMP echo)"),
];

/// What an HTTP monitor sends and expects beside the address.
fn request(edit: &Edit) -> AnyView {
    let fields = edit.fields;
    let headers = "One a line, as Name: value. Values that are saved are shown as ********; leave them so to keep them.";
    let body = "Of POST, PUT, PATCH, DELETE and OPTIONS. What is saved is shown as ********; leave it so to keep it.";
    let methods: Vec<Choice> = HttpMethod::ALL.iter().map(|method| Choice::new(method.as_str(), method.as_str())).collect();
    let more = [
        (fields.method.as_str() != HttpMethod::Get.as_str() && !fields.method.is_empty(), "method"),
        (!fields.headers.is_empty(), "headers"),
        (!fields.body.is_empty(), "body"),
        (!fields.expected_headers.is_empty(), "expected_headers"),
        (!fields.json_path.is_empty(), "json_path"),
        (!fields.json_value.is_empty(), "json_value"),
        (!fields.redirect_target.is_empty(), "redirect_target"),
        (!fields.max_body_bytes.is_empty(), "max_body_bytes"),
        (!fields.certificate_sha256.is_empty(), "certificate_sha256"),
    ];
    let text = |name, label, value, hint| form::text(&field(edit, name, label, value, hint));
    view! {
        {text("expected_statuses", "Status codes that are good", &fields.expected_statuses, "With commas, such as 200, 204. Empty: 200 to 299.")}
        {text("keyword", "Text that the answer must hold", &fields.keyword, "")}
        {text("keyword_absent", "Text that the answer must not hold", &fields.keyword_absent, "")}
        <details class="more-fields" open=opened(edit, &more)>
            <summary>"More about the request and its answer"</summary>
            {form::select(&field(edit, "method", "Method", &fields.method, "GET unless there is a reason: it is sent at every check."), &methods)}
            {form::textarea(&field(edit, "headers", "Request headers", &fields.headers, headers), 3)}
            {form::textarea(&field(edit, "body", "Body of the request", &fields.body, body), 3)}
            {form::textarea(&field(edit, "expected_headers", "Headers the answer must have", &fields.expected_headers, "One a line, as Name: text its value holds."), 2)}
            {text("json_path", "JSON path into the answer", &fields.json_path, "Such as $.status (RFC 9535). It must find something.")}
            {text("json_value", "Value that it must find", &fields.json_value, "A text as it is, or a number, true, false or null. Empty: any.")}
            {text("redirect_target", "Where redirects must end", &fields.redirect_target, "In full, such as https://www.example.com/.")}
            {text("max_body_bytes", "Most bytes of an answer", &fields.max_body_bytes, "")}
            {text("certificate_sha256", "SHA-256 of the certificate", &fields.certificate_sha256, "64 hexadecimal digits. Another certificate counts as a failure, also a valid one.")}
        </details>
    }
    .into_any()
}

/// What a TCP monitor says and hears.
fn talk(edit: &Edit) -> AnyView {
    let fields = edit.fields;
    let given = [(!fields.send.is_empty(), "send"), (!fields.expect.is_empty(), "expect")];
    let escapes = "\\r\\n stands for the end of a line.";
    view! {
        <details class="more-fields" open=opened(edit, &given)>
            <summary>"What a TCP connection says and hears"</summary>
            {form::text(&field(edit, "send", "Text to send", &fields.send, escapes))}
            {form::text(&field(edit, "expect", "Text that must come", &fields.expect, "Empty: it is enough that somebody listens."))}
        </details>
    }
    .into_any()
}

/// What a DNS monitor asks and expects.
fn names(edit: &Edit) -> AnyView {
    let fields = edit.fields;
    let usual = RecordType::default();
    let given = [
        (fields.record_type.as_str() != usual.as_str() && !fields.record_type.is_empty(), "record_type"),
        (!fields.expected_answers.is_empty(), "expected_answers"),
        (!fields.name_servers.is_empty(), "name_servers"),
    ];
    let types: Vec<Choice> = RecordType::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind.as_str())).collect();
    let answers = "One a line, such as 192.0.2.10 or 10 mail.example.com. All of them must come; others may come too. Empty: any will do.";
    let servers = "As addresses with commas, such as 192.0.2.53, [2001:db8::53]:5353. Empty: those of this server.";
    view! {
        <details class="more-fields" open=opened(edit, &given)>
            <summary>"What a name look-up asks and expects"</summary>
            {form::select(&field(edit, "record_type", "Record type", &fields.record_type, ""), &types)}
            {form::textarea(&field(edit, "expected_answers", "Answers that must come", &fields.expected_answers, answers), 2)}
            {form::text(&field(edit, "name_servers", "Name servers to ask", &fields.name_servers, servers))}
        </details>
    }
    .into_any()
}

/// What a TLS monitor wants.
fn handshake(edit: &Edit) -> AnyView {
    let fields = edit.fields;
    let hint = "Empty: the host of the address. The SHA-256 of the certificate stands with the request above.";
    view! {
        <details class="more-fields" open=opened(edit, &[(!fields.server_name.is_empty(), "server_name")])>
            <summary>"What a TLS certificate is for"</summary>
            {form::text(&field(edit, "server_name", "Name in the certificate", &fields.server_name, hint))}
        </details>
    }
    .into_any()
}

/// Whether fields are to be seen at once: where one of them holds something, or something is wrong with it.
fn opened(edit: &Edit, of: &[(bool, &str)]) -> bool {
    of.iter().any(|(given, name)| *given || edit.wrong.iter().any(|wrong| wrong.field == *name))
}

//! The labels service: the number on the label of a parcel (SSCC) with its check digit, behind an HTTP API.

mod json;
mod log;
mod runtime;

use json::{object, parse, quoted, Json};
use log::{uuid, Log};
use runtime::Runtime;
use std::env;
use std::time::Instant;

/// What a request is answered with: status, members of the body, and for a problem its code and headers.
struct Answer {
    status: u16,
    body: Vec<(&'static str, String)>,
    problem: Option<(&'static str, &'static str)>,
}

fn main() -> std::io::Result<()> {
    let mut runtime = Runtime::connect()?;
    let mut cold = env::var("AWS_LAMBDA_INITIALIZATION_TYPE").map_or(true, |kind| kind == "on-demand");
    loop {
        let invocation = runtime.next()?;
        let started = Instant::now();
        let event = parse(&invocation.event).unwrap_or(Json::Null);
        let correlation_id = correlation_id_of(&event);
        let log = Log::begin(&invocation, &correlation_id, cold);
        cold = false;
        let answer = respond(&event, &log);
        let mut line = vec![
            ("route", quoted(event.text(&["routeKey"]).unwrap_or(""))),
            ("api_request_id", quoted(event.text(&["requestContext", "requestId"]).unwrap_or(""))),
            ("status", answer.status.to_string()),
            ("duration_ms", format!("{:.1}", started.elapsed().as_secs_f64() * 1000.0)),
        ];
        if let Some((code, _)) = answer.problem {
            line.push(("error_code", quoted(code)));
        }
        log.write("INFO", "request completed", &line);
        runtime.respond(invocation.header("lambda-runtime-aws-request-id"), &result(answer, &correlation_id))?;
    }
}

fn respond(event: &Json, log: &Log) -> Answer {
    match event.text(&["routeKey"]) {
        Some("GET /health") => {
            let region = env::var("AWS_REGION").unwrap_or_default();
            found(vec![("status", quoted("ok")), ("region", quoted(&region))])
        }
        Some("GET /labels/{serial}") => label(event, log),
        _ => problem(404, "not-found", "Not found", "The service has no such route.", ""),
    }
}

fn label(event: &Json, log: &Log) -> Answer {
    const CLAIMS: [&str; 4] = ["requestContext", "authorizer", "jwt", "claims"];
    if event.at(&CLAIMS).is_none() {
        let detail = "The request says nothing about who sends it.";
        return problem(401, "unauthenticated", "The caller is not known", detail, "Bearer");
    }
    let scopes = event.text(&[&CLAIMS[..], &["scope"]].concat()).unwrap_or("");
    if !scopes.trim_matches(|c| c == '[' || c == ']').split(' ').any(|scope| scope == "labels:read") {
        let route = quoted(event.text(&["routeKey"]).unwrap_or(""));
        let request = quoted(event.text(&["requestContext", "requestId"]).unwrap_or(""));
        let denial = [("denial", quoted("missing-scope")), ("caller", quoted("token")), ("route", route), ("api_request_id", request)];
        log.write("WARN", "access denied", &denial);
        let detail = "The token has none of the scopes that this route asks for.";
        let challenge = "Bearer error=\"insufficient_scope\", scope=\"labels:read\"";
        return problem(403, "forbidden", "The caller is not allowed to do this", detail, challenge);
    }
    let serial = event.text(&["pathParameters", "serial"]).unwrap_or("");
    if serial.len() != 17 || !serial.bytes().all(|byte| byte.is_ascii_digit()) {
        let issue = [("in", quoted("path")), ("name", quoted("serial")), ("detail", quoted("Invalid input: expected 17 digits"))];
        let mut answer = problem(400, "invalid-input", "The request is not valid", "One value is not acceptable.", "");
        answer.body.push(("errors", format!("[{}]", object(&issue))));
        return answer;
    }
    // Every other digit counts three times, the last one too: https://www.gs1.org/services/how-calculate-check-digit-manually
    let sum: u32 = serial.bytes().rev().enumerate().map(|(at, byte)| u32::from(byte - b'0') * if at % 2 == 0 { 3 } else { 1 }).sum();
    let digit = (10 - sum % 10) % 10;
    log.write("INFO", "label made", &[]);
    found(vec![("serial", quoted(serial)), ("sscc", quoted(&format!("{}{}", serial, digit)))])
}

fn found(body: Vec<(&'static str, String)>) -> Answer {
    Answer { status: 200, body, problem: None }
}

/// The answer to a failed request as an RFC 9457 problem. `challenge` is the header `www-authenticate`, if there is one.
fn problem(status: u16, code: &'static str, title: &str, detail: &str, challenge: &'static str) -> Answer {
    let kind = quoted(&format!("urn:problem-type:{}", code));
    let body = vec![("type", kind), ("title", quoted(title)), ("status", status.to_string()), ("detail", quoted(detail))];
    Answer { status, body, problem: Some((code, challenge)) }
}

/// The response in payload format 2.0.
fn result(answer: Answer, correlation_id: &str) -> String {
    let Answer { status, mut body, problem } = answer;
    let media_type = if problem.is_some() { "application/problem+json" } else { "application/json" };
    let mut headers = vec![("content-type", quoted(media_type)), ("cache-control", quoted("no-store"))];
    if let Some((_, challenge)) = problem {
        if !challenge.is_empty() {
            headers.push(("www-authenticate", quoted(challenge)));
        }
        let place = body.len().min(4);
        body.insert(place, ("correlationId", quoted(correlation_id)));
    }
    headers.push(("x-correlation-id", quoted(correlation_id)));
    object(&[("statusCode", status.to_string()), ("headers", object(&headers)), ("body", quoted(&object(&body)))])
}

/// The caller's correlation id if log lines can hold it; otherwise a fresh one.
fn correlation_id_of(event: &Json) -> String {
    let given = event.text(&["headers", "x-correlation-id"]).unwrap_or("");
    let is_plain = given.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if is_plain && (8..=128).contains(&given.len()) { given.to_string() } else { uuid() }
}

//! Log lines with the fields of the other services.

use crate::json::{object, quoted};
use crate::runtime::Invocation;
use std::env;
use std::fs::File;
use std::io::Read;
use std::time::{SystemTime, UNIX_EPOCH};

/// What every line of one invocation has in common.
pub struct Log {
    fields: Vec<(&'static str, String)>,
}

impl Log {
    pub fn begin(invocation: &Invocation, correlation_id: &str, cold: bool) -> Log {
        let variable = |name: &str| quoted(&env::var(name).unwrap_or_default());
        let header = |name: &str| quoted(invocation.header(name));
        let trace = invocation.header("lambda-runtime-trace-id");
        let root = trace.split(';').find_map(|part| part.strip_prefix("Root=")).unwrap_or("");
        let fields = vec![
            ("service", variable("SERVICE_NAME")),
            ("environment", variable("ENVIRONMENT")),
            ("cold_start", cold.to_string()),
            ("function_arn", header("lambda-runtime-invoked-function-arn")),
            ("function_memory_size", variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")),
            ("function_name", variable("AWS_LAMBDA_FUNCTION_NAME")),
            ("function_request_id", header("lambda-runtime-aws-request-id")),
            ("function_version", variable("AWS_LAMBDA_FUNCTION_VERSION")),
            ("correlation_id", quoted(correlation_id)),
            ("sampling_rate", "0".to_string()),
            ("xray_trace_id", quoted(root)),
        ];
        Log { fields }
    }

    pub fn write(&self, level: &str, message: &str, more: &[(&str, String)]) {
        let mut line: Vec<(&str, String)> =
            vec![("level", quoted(level)), ("message", quoted(message)), ("timestamp", quoted(&now()))];
        line.extend(self.fields.iter().map(|(name, value)| (*name, value.clone())));
        line.extend(more.iter().map(|(name, value)| (*name, value.clone())));
        println!("{}", object(&line));
    }
}

/// As ISO 8601 in UTC, with milliseconds.
fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let (seconds, millis) = (since.as_secs() as i64, since.subsec_millis());
    let (year, month, day) = date_of(seconds / 86_400);
    let of_day = seconds % 86_400;
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", year, month, day, hour, minute, second, millis)
}

/// The date of a day since 1 January 1970, in the Gregorian calendar.
fn date_of(day: i64) -> (i64, i64, i64) {
    let mut year = 1970;
    let mut rest = day;
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = |year: i64| if is_leap(year) { 366 } else { 365 };
    while rest >= length(year) {
        rest -= length(year);
        year += 1;
    }
    let february = length(year) - 337;
    for (index, days) in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].iter().enumerate() {
        if rest < *days {
            return (year, index as i64 + 1, rest + 1);
        }
        rest -= days;
    }
    (year, 12, 31)
}

/// A random UUID, from the generator of the operating system.
pub fn uuid() -> String {
    let mut bytes = [0u8; 16];
    if File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes)).is_err() {
        std::process::exit(1);
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{:02x}", byte)).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

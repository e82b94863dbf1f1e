//! Lambda's Runtime API by plain HTTP/1.1: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html

use std::collections::BTreeMap;
use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// One invocation: its headers, by their names in lower case, and its event.
pub struct Invocation {
    pub headers: BTreeMap<String, String>,
    pub event: String,
}

impl Invocation {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// The connection stays open from one invocation to the next.
pub struct Runtime {
    host: String,
    stream: BufReader<TcpStream>,
}

impl Runtime {
    pub fn connect() -> io::Result<Runtime> {
        let host = env::var("AWS_LAMBDA_RUNTIME_API").unwrap_or_default();
        let stream = BufReader::new(TcpStream::connect(&host)?);
        Ok(Runtime { host, stream })
    }

    /// Waits for the next event.
    pub fn next(&mut self) -> io::Result<Invocation> {
        self.send("GET", "invocation/next", "")?;
        let (headers, event) = self.receive()?;
        Ok(Invocation { headers, event })
    }

    pub fn respond(&mut self, id: &str, answer: &str) -> io::Result<()> {
        self.send("POST", &format!("invocation/{}/response", id), answer)?;
        self.receive().map(|_| ())
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> io::Result<()> {
        let head = format!("{} /2018-06-01/runtime/{} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n\r\n", method, path, self.host, body.len());
        self.stream.get_mut().write_all(format!("{}{}", head, body).as_bytes())
    }

    fn receive(&mut self) -> io::Result<(BTreeMap<String, String>, String)> {
        self.line()?;
        let mut headers = BTreeMap::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':') {
                headers.insert(name.to_lowercase(), value.trim().to_string());
            }
        }
        let mut body = Vec::new();
        if headers.get("transfer-encoding").map_or(false, |coding| coding == "chunked") {
            loop {
                let size = usize::from_str_radix(self.line()?.split(';').next().unwrap_or(""), 16).map_err(|_| broken())?;
                let from = body.len();
                body.resize(from + size, 0);
                self.stream.read_exact(&mut body[from..])?;
                self.line()?;
                if size == 0 {
                    break;
                }
            }
        } else {
            body.resize(headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0), 0);
            self.stream.read_exact(&mut body)?;
        }
        String::from_utf8(body).map(|text| (headers, text)).map_err(|_| broken())
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_string())
    }
}

fn broken() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

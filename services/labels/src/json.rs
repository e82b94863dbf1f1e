//! Values of JSON, as far as events of Lambda need them.

use std::collections::BTreeMap;

pub enum Json {
    Null,
    Bool,
    Number,
    Text(String),
    List,
    Object(BTreeMap<String, Json>),
}

impl Json {
    /// The value at a path of members; none where one of them is missing.
    pub fn at(&self, path: &[&str]) -> Option<&Json> {
        path.iter().try_fold(self, |value, name| match value {
            Json::Object(members) => members.get(*name),
            _ => None,
        })
    }

    /// The text at a path of members.
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        match self.at(path) {
            Some(Json::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// Reads a text. None where it is no JSON, or is nested deeper than any event of AWS.
pub fn parse(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text.trim(), depth: 0 };
    let value = reader.value()?;
    if reader.rest.trim().is_empty() { Some(value) } else { None }
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, word: &str) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(word)?;
        Some(())
    }

    fn value(&mut self) -> Option<Json> {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next()? {
            '"' => Some(Json::Text(self.string()?)),
            '{' => self.object(),
            '[' => self.list(),
            'n' => self.take("null").map(|_| Json::Null),
            't' => self.take("true").map(|_| Json::Bool),
            'f' => self.take("false").map(|_| Json::Bool),
            _ => {
                let end = self.rest.find(|c: char| !"+-.eE0123456789".contains(c)).unwrap_or(self.rest.len());
                self.rest[..end].parse::<f64>().ok()?;
                self.rest = &self.rest[end..];
                Some(Json::Number)
            }
        }
    }

    fn object(&mut self) -> Option<Json> {
        self.enter("{")?;
        let mut members = BTreeMap::new();
        if self.take("}").is_none() {
            loop {
                self.rest = self.rest.trim_start();
                let name = self.string()?;
                self.take(":")?;
                members.insert(name, self.value()?);
                if self.take(",").is_none() {
                    break;
                }
            }
            self.take("}")?;
        }
        self.depth -= 1;
        Some(Json::Object(members))
    }

    fn list(&mut self) -> Option<Json> {
        self.enter("[")?;
        if self.take("]").is_none() {
            loop {
                self.value()?;
                if self.take(",").is_none() {
                    break;
                }
            }
            self.take("]")?;
        }
        self.depth -= 1;
        Some(Json::List)
    }

    fn enter(&mut self, bracket: &str) -> Option<()> {
        self.depth += 1;
        if self.depth > 64 {
            return None;
        }
        self.take(bracket)
    }

    fn string(&mut self) -> Option<String> {
        let mut chars = self.rest.strip_prefix('"')?.chars();
        let mut text = String::new();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => text.push(match chars.next()? {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'u' => {
                        let mut unit = || -> Option<u32> {
                            let digits: String = chars.by_ref().take(4).collect();
                            u32::from_str_radix(&digits, 16).ok()
                        };
                        let first = unit()?;
                        let is_pair = (0xD800..0xDC00).contains(&first) && chars.as_str().starts_with("\\u");
                        if is_pair {
                            chars.nth(1);
                            let digits: String = chars.by_ref().take(4).collect();
                            let second = u32::from_str_radix(&digits, 16).ok()?;
                            char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second.wrapping_sub(0xDC00) & 0x3FF))?
                        } else {
                            char::from_u32(first).unwrap_or('\u{fffd}')
                        }
                    }
                    other => other,
                }),
                other => text.push(other),
            }
        }
        self.rest = chars.as_str();
        Some(text)
    }
}

/// A text as JSON has it.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// An object of members whose values are JSON already.
pub fn object(members: &[(&str, String)]) -> String {
    let parts: Vec<String> = members.iter().map(|(name, value)| format!("{}:{}", quoted(name), value)).collect();
    format!("{{{}}}", parts.join(","))
}

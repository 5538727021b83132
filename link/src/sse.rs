//! Server-Sent Events, read line by line as the HTML standard has them.

use std::io::{self, BufRead, Read};

/// A line longer than this ends the stream, and a message of many lines that is longer too: no view of an office is so large.
const LINE_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// What the hub wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamItem {
    /// A comment: the hub is there.
    Heartbeat,
    /// An event with what it says.
    Message {
        /// Its `event:`, or `message`.
        event: String,
        /// Its `id:`.
        id: Option<String>,
        /// Its `data:`, lines joined.
        data: String,
    },
}

/// Reads messages from a stream.
pub struct StreamReader<R> {
    from: R,
    event: Option<String>,
    id: Option<String>,
    data: Vec<String>,
    /// Bytes of `data`.
    held: u64,
}

impl<R: BufRead> StreamReader<R> {
    /// Reads from `from`.
    pub const fn new(from: R) -> Self {
        Self { from, event: None, id: None, data: Vec::new(), held: 0 }
    }

    /// Waits for what comes next; `None` at the end.
    ///
    /// # Errors
    /// The stream's own, its silence among them, and a line that is no UTF-8 or too long.
    pub fn hear(&mut self) -> io::Result<Option<StreamItem>> {
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            if line.is_empty() {
                if let Some(message) = self.finish() {
                    return Ok(Some(message));
                }
                continue;
            }
            if line.starts_with(':') {
                return Ok(Some(StreamItem::Heartbeat));
            }
            let (field, value) = line.split_once(':').unwrap_or((&line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value).to_owned();
            match field {
                "event" => self.event = Some(value),
                "id" => self.id = Some(value),
                "data" => {
                    self.held += value.len() as u64 + 1;
                    if self.held > LINE_BYTES_MAX {
                        return Err(io::Error::new(io::ErrorKind::InvalidData, "a message without end"));
                    }
                    self.data.push(value);
                }
                _ => {}
            }
        }
    }

    fn finish(&mut self) -> Option<StreamItem> {
        let (event, id) = (self.event.take(), self.id.take());
        let data = std::mem::take(&mut self.data);
        self.held = 0;
        (!data.is_empty()).then(|| StreamItem::Message {
            event: event.unwrap_or_else(|| "message".to_owned()),
            id,
            data: data.join("\n"),
        })
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let read = self.from.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') {
            // A half line is the end of a stream that broke, or noise.
            return Ok(None);
        }
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        String::from_utf8(line).map(Some).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[StreamItem]) {
        let mut reader = StreamReader::new(text.as_bytes());
        let mut heard = Vec::new();
        while let Some(next) = reader.hear().unwrap() {
            heard.push(next);
        }
        assert_eq!(heard, expect, "{text:?}");
    }

    fn message(event: &str, id: Option<&str>, data: &str) -> StreamItem {
        StreamItem::Message { event: event.to_owned(), id: id.map(str::to_owned), data: data.to_owned() }
    }

    #[test]
    fn messages_heartbeats_and_broken_ends() {
        check("", &[]);
        check(": ok\n\n", &[StreamItem::Heartbeat]);
        check(":\n\n:\n\n", &[StreamItem::Heartbeat, StreamItem::Heartbeat]);
        check("data: {}\n\n", &[message("message", None, "{}")]);
        check("event: view\nid: 1:2:3\ndata: {}\n\n", &[message("view", Some("1:2:3"), "{}")]);
        check("event:view\r\nid:1:2:3\r\ndata:a\r\ndata:b\r\n\r\n", &[message("view", Some("1:2:3"), "a\nb")]);
        check("retry: 5\nevent: nothing\n\n", &[]);
        // What was not finished when the stream broke is not taken for a message.
        check("event: view\nid: 1:2:3\ndata: {\"office\"", &[]);
        check("event: view\ndata: {}\n", &[]);
    }

    #[test]
    fn new_14_a_message_without_end_takes_no_more_memory_than_the_longest() {
        let endless = "data: a\n".repeat(5_000_000);
        let mut reader = StreamReader::new(endless.as_bytes());
        assert_eq!(reader.hear().unwrap_err().kind(), io::ErrorKind::InvalidData);
        let many = "data: a\n\n".repeat(5_000_000);
        let mut reader = StreamReader::new(many.as_bytes());
        for _ in 0..5_000_000 {
            assert!(reader.hear().unwrap().is_some(), "one after the other costs nothing");
        }
    }

    #[test]
    fn a_message_does_not_inherit_from_the_one_before() {
        check(
            "event: clock\nid: 7\ndata: a\n\ndata: b\n\n",
            &[message("clock", Some("7"), "a"), message("message", None, "b")],
        );
    }
}

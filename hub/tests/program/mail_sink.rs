//! A mail server that takes whatever comes, as far as a hub speaks to it.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

pub struct MailSink {
    pub address: String,
    taken: Arc<Mutex<Vec<String>>>,
}

impl MailSink {
    pub fn start() -> Self {
        Self::greeting("sink")
    }

    /// One that says this when somebody comes.
    pub fn greeting(words: &str) -> Self {
        let greeting = format!("220 {words}\r\n");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let sink = Self { address: listener.local_addr().unwrap().to_string(), taken: Arc::default() };
        let taken = Arc::clone(&sink.taken);
        thread::spawn(move || {
            for line in listener.incoming().map_while(Result::ok) {
                let (taken, greeting) = (Arc::clone(&taken), greeting.clone());
                // Whoever hangs up in the middle has sent nothing.
                thread::spawn(move || drop(serve(line, &greeting, &taken)));
            }
        });
        sink
    }

    /// To whom it took a mail, in the order of their coming.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

fn serve(mut line: TcpStream, greeting: &str, taken: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(line.try_clone()?);
    let mut to = String::new();
    line.write_all(greeting.as_bytes())?;
    loop {
        let mut said = String::new();
        if reader.read_line(&mut said)? == 0 {
            return Ok(());
        }
        let word = said.trim_end().to_ascii_uppercase();
        if word.starts_with("RCPT") {
            said.trim_end().clone_into(&mut to);
        }
        if word == "DATA" {
            line.write_all(b"354 go on\r\n")?;
            let mut part = String::new();
            while part != ".\r\n" {
                part.clear();
                if reader.read_line(&mut part)? == 0 {
                    return Ok(());
                }
            }
            taken.lock().unwrap().push(to.clone());
        }
        if word == "QUIT" {
            return line.write_all(b"221 bye\r\n");
        }
        line.write_all(b"250 well\r\n")?;
    }
}

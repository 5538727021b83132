//! The PROXY protocol: what a proxy that is believed says of the other end, before anything else on a connection.

use std::{io, net::SocketAddr};

use ppp::{HeaderResult, v1, v2};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    net::TcpStream,
};

/// The bytes with which version 2 begins.
const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";
/// The longest line of version 1.
const LINE_BYTES_MAX: usize = 107;
/// The longest announcement of version 2: addresses, and a few things more that nobody here reads.
const ANNOUNCEMENT_BYTES_MAX: usize = 2_048;

/// Reads the announcement, and nothing behind it; the other end, or `connection` where the proxy speaks for itself.
///
/// # Errors
/// If there is none: whoever should announce is no such proxy then.
pub async fn read(stream: &mut TcpStream, connection: SocketAddr) -> io::Result<SocketAddr> {
    read_from(stream, connection).await
}

async fn read_from(stream: &mut (impl AsyncRead + Unpin), connection: SocketAddr) -> io::Result<SocketAddr> {
    let mut bytes = vec![0; SIGNATURE.len()];
    stream.read_exact(&mut bytes).await?;
    if bytes == SIGNATURE {
        bytes.resize(16, 0);
        stream.read_exact(&mut bytes[12..]).await?;
        let rest = usize::from(u16::from_be_bytes([bytes[14], bytes[15]]));
        if rest > ANNOUNCEMENT_BYTES_MAX {
            return Err(wrong());
        }
        bytes.resize(16 + rest, 0);
        stream.read_exact(&mut bytes[16..]).await?;
    } else {
        // Byte by byte: what stands behind the line is not ours to take.
        while bytes.last() != Some(&b'\n') {
            if bytes.len() >= LINE_BYTES_MAX {
                return Err(wrong());
            }
            bytes.push(stream.read_u8().await?);
        }
    }
    match HeaderResult::parse(&bytes) {
        HeaderResult::V1(Ok(header)) => Ok(match header.addresses {
            v1::Addresses::Tcp4(said) => (said.source_address, said.source_port).into(),
            v1::Addresses::Tcp6(said) => (said.source_address, said.source_port).into(),
            v1::Addresses::Unknown => connection,
        }),
        HeaderResult::V2(Ok(header)) => Ok(match (header.command, header.addresses) {
            (v2::Command::Proxy, v2::Addresses::IPv4(said)) => (said.source_address, said.source_port).into(),
            (v2::Command::Proxy, v2::Addresses::IPv6(said)) => (said.source_address, said.source_port).into(),
            (v2::Command::Proxy, v2::Addresses::Unix(_) | v2::Addresses::Unspecified) | (v2::Command::Local, _) => {
                connection
            }
        }),
        HeaderResult::V1(Err(_)) | HeaderResult::V2(Err(_)) => Err(wrong()),
    }
}

fn wrong() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no announcement of a proxy")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "10.0.0.1:99";

    async fn said(bytes: &[u8]) -> (Option<String>, Vec<u8>) {
        let mut left = bytes;
        let said = read_from(&mut left, OWN.parse().unwrap()).await;
        (said.ok().map(|address| address.to_string()), left.to_vec())
    }

    fn version_2(command: u8, family: u8, rest: &[u8]) -> Vec<u8> {
        let length = u16::try_from(rest.len()).unwrap().to_be_bytes();
        [SIGNATURE.as_slice(), &[0x20 | command, family], &length, rest].concat()
    }

    #[tokio::test]
    async fn prom_13_both_versions_are_read_to_their_end_and_no_further() {
        let of = |named: &str| (Some(named.to_owned()), b"GET /".to_vec());
        let four = b"PROXY TCP4 203.0.113.9 10.0.0.2 4711 80\r\nGET /";
        assert_eq!(said(four).await, of("203.0.113.9:4711"));
        assert_eq!(said(b"PROXY TCP6 2001:db8::7 ::1 4711 80\r\nGET /").await, of("[2001:db8::7]:4711"));
        assert_eq!(said(b"PROXY UNKNOWN\r\nGET /").await, of(OWN));
        let addresses = [203, 0, 113, 9, 10, 0, 0, 2, 0x12, 0x67, 0, 80];
        let with = |command| [version_2(command, 0x11, &addresses), b"GET /".to_vec()].concat();
        assert_eq!(said(&with(1)).await, of("203.0.113.9:4711"));
        assert_eq!(said(&with(0)).await, of(OWN), "the proxy asks for itself");
    }

    #[tokio::test]
    async fn prom_13_what_is_no_announcement_is_refused() {
        let long = [b"PROXY TCP4 ".as_slice(), &[b'1'; 500]].concat();
        let too_much = version_2(1, 0x11, &vec![0; 3_000]);
        for bytes in [b"GET / HTTP/1.1\r\nHost: hub\r\n\r\n".as_slice(), b"PROXY TCP4\r\n", b"PROX", &long, &too_much] {
            assert_eq!(said(bytes).await.0, None);
        }
    }
}

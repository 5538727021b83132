//! What is hashed and signed: parts, each with its length, under a name that nothing else has.

/// Parts, each with its length before it, so that no two lists of parts are the same bytes.
pub fn joined(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        joined.extend_from_slice(&(part.len() as u64).to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined
}

/// SHA-256 of such parts.
pub fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let digest = ring::digest::digest(&ring::digest::SHA256, &joined(parts));
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest.as_ref());
    bytes
}

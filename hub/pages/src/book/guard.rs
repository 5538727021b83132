//! How many links may be asked for: for one address, and from one network.

pub use access::may_ask;

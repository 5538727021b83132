//! A ticket as printer bytes.

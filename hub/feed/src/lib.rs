//! Views pushed to those who read them: each is rendered once a change, and shared by all who read it.

mod budget;
mod channel;
mod feeds;
mod live;
mod stream;
mod watched;

pub use budget::Budget;
pub use feeds::{FeedParts, Feeds, Readership};
pub use stream::{of_audience, of_frames, of_visit};
pub use watched::{Watched, WatchedView, of_watched};

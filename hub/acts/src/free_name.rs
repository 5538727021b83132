//! A user name that nobody has, for who chose none.

use access::check_name;
use secrets::draw_word;
use store::{Store, Stored};

/// So many numbers are tried behind a name.
const NUMBERS_MAX: u32 = 20;
/// Letters of a name that says nothing.
const DRAWN_LETTERS: usize = 8;

/// The name that is wished for, or one like it, that nobody has or waits for with another address.
pub(crate) fn of(store: &Store, wish: &str, email: &str) -> Stored<String> {
    let wish: String = wish.split_whitespace().collect::<Vec<_>>().join(".");
    if check_name(&wish).is_ok() {
        for number in 1..=NUMBERS_MAX {
            let name = if number == 1 { wish.clone() } else { format!("{wish}-{number}") };
            if check_name(&name).is_ok() && !store.is_name_taken(&name, email)? {
                return Ok(name);
            }
        }
    }
    Ok(format!("user-{}", draw_word(DRAWN_LETTERS).to_lowercase()))
}

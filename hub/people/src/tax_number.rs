//! Greek tax numbers (ΑΦΜ): nine digits, of which the last checks the others.

/// A tax number out of what somebody typed; `None` if it is none. Blanks and the country's letters are left out.
pub fn tax_number(typed: &str) -> Option<String> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = ["EL", "el", "GR", "gr"].iter().find_map(|country| plain.strip_prefix(country)).unwrap_or(&plain);
    let digits: Vec<u32> = bare.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    let [first @ .., last] = digits.as_slice() else { return None };
    if first.len() != 8 || first.iter().all(|digit| *digit == 0) {
        return None;
    }
    // The digit before the last counts twice, the one before it four times, and so on.
    let sum: u32 = first.iter().rev().zip(1..).map(|(digit, power)| digit << power).sum();
    (sum % 11 % 10 == *last).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn omb_01_the_last_digit_checks_the_others() {
        assert_eq!(tax_number("090000045").as_deref(), Some("090000045"));
        assert_eq!(tax_number(" EL 090 000 045 ").as_deref(), Some("090000045"));
        assert_eq!(tax_number("123456783").as_deref(), Some("123456783"));
        for wrong in ["", "090000046", "09000004", "0900000450", "000000000", "09000004a", "٠٩٠٠٠٠٠٤٥", "τίποτα"]
        {
            assert_eq!(tax_number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn one_wrong_digit_is_found() {
        let right = "123456783";
        for place in 0..9 {
            let digit = right.as_bytes()[place];
            let other = if digit == b'9' { '0' } else { char::from(digit + 1) };
            let wrong = format!("{}{other}{}", &right[..place], &right[place + 1..]);
            assert_eq!(tax_number(&wrong), None, "{wrong}");
        }
    }
}

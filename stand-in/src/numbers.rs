//! The numbers that a kiosk holds, and what it has given of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use wire::{HandIn, NumberRange};

/// A block and what became of it.
#[derive(Debug, Clone, Default)]
struct BlockUse {
    given: Vec<HandIn>,
    dropped: bool,
    /// The highest number under a letter that could not be kept, and is not tried again.
    spoilt: BTreeMap<char, u16>,
}

/// Every block that a kiosk holds, or has not given back yet.
#[derive(Debug, Clone, Default)]
pub struct NumberStock(BTreeMap<NumberRange, BlockUse>);

/// The letter and the count of a number as it is printed.
pub fn parts(number: &str) -> Option<(char, u16)> {
    let letter = number.chars().next()?;
    Some((letter, number[letter.len_utf8()..].parse().ok()?))
}

impl NumberStock {
    pub fn add(&mut self, range: NumberRange) {
        self.0.entry(range).or_default();
    }

    pub fn drop_block(&mut self, range: NumberRange) {
        self.0.entry(range).or_default().dropped = true;
    }

    /// Forgets a block, and gives back who was in it.
    pub fn forget(&mut self, range: NumberRange) -> Vec<HandIn> {
        self.0.remove(&range).map(|block| block.given).unwrap_or_default()
    }

    pub fn give(&mut self, range: NumberRange, arrival: HandIn) {
        self.0.entry(range).or_default().given.push(arrival);
    }

    pub fn spoil(&mut self, range: NumberRange, number: &str) {
        if let (Some((letter, count)), Some(block)) = (parts(number), self.0.get_mut(&range)) {
            block.spoilt.insert(letter, count);
        }
    }

    /// The next number under a letter on a day: from the highest block first, so that numbers rise.
    pub fn next(&self, date: NaiveDate, letter: char) -> Option<(NumberRange, String)> {
        let mut blocks = self.0.iter().rev().filter(|(range, block)| range.date.date() == date && !block.dropped);
        blocks.find_map(|(range, block)| {
            let given = block.given.iter().filter_map(|arrival| parts(&arrival.number));
            let given = given.filter(|(other, _)| *other == letter).map(|(_, count)| count);
            let last = given.chain(block.spoilt.get(&letter).copied()).max();
            let count = last.map_or(Some(range.first), |last| last.checked_add(1))?;
            (count <= range.last).then(|| (*range, format!("{letter}{count:03}")))
        })
    }

    /// Whether there is a block for a day.
    pub fn has(&self, date: NaiveDate) -> bool {
        self.0.iter().any(|(range, block)| range.date.date() == date && !block.dropped)
    }

    /// Blocks that may be given from.
    pub fn held(&self) -> impl Iterator<Item = NumberRange> {
        self.0.iter().filter(|(_, block)| !block.dropped).map(|(range, _)| *range)
    }

    /// Blocks that are to be given back.
    pub fn dropped(&self) -> impl Iterator<Item = NumberRange> {
        self.0.iter().filter(|(_, block)| block.dropped).map(|(range, _)| *range)
    }

    /// Blocks below a newer one of the same day: who was given higher numbers gives no lower ones any more.
    pub fn outdated(&self) -> Vec<NumberRange> {
        let is_below =
            |range: &NumberRange| self.held().any(|other| other.date == range.date && range.first < other.first);
        self.held().filter(is_below).collect()
    }

    /// Everybody who was given a number.
    pub fn given(&self) -> impl Iterator<Item = (NumberRange, &HandIn)> {
        self.0.iter().flat_map(|(range, block)| block.given.iter().map(|arrival| (*range, arrival)))
    }

    /// Blocks of days before this one of which everything is done with.
    pub fn over(&self, today: NaiveDate, is_done: impl Fn(&HandIn) -> bool) -> Vec<NumberRange> {
        let over = self.0.iter().filter(|(range, block)| range.date.date() < today && block.given.iter().all(&is_done));
        over.map(|(range, _)| *range).collect()
    }
}

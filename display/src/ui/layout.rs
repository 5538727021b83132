//! Sizes of the board, from the panel and from how far the farthest seat is.

use bevy::prelude::Resource;
use board::BoardRoom;
use panel::{
    kit::Kit,
    measure::{CONSULTED_DEGREES, READABLE_DEGREES},
};

/// A row's height, in letters.
const ROW_EM: f32 = 1.22;

/// What letters take from their highest to their lowest point, in letters (Noto Sans: 1.069 up, 0.293 down).
const LINE_EM: f32 = 1.362;

/// Height of a line of digits alone, as the kit sets them, in letters.
const DIGITS_EM: f32 = 0.88;

/// By so much a name on two lines is smaller than on one.
const TWO_LINES: f32 = 0.8;

/// Width of a column of numbers, in rows' letters: four characters, and room for a fifth.
const COLUMN_ROWS: f32 = 3.1;

/// Usual width of a letter of Noto Sans Bold, in letters.
const BOLD_EM: f32 = 0.58;

/// Shares of the panel's width that the lists have where they stand side by side.
pub const CALLS_SHARE: f32 = 1.35;
pub const NEXT_SHARE: f32 = 1.0;

/// Width of a number of four characters in Noto Sans Bold, in letters.
const NUMBER_EM: f32 = 2.5;

/// Sizes in pixels.
#[derive(Resource, Debug, Clone, Copy)]
pub struct Layout {
    /// The bar's height.
    pub header: f32,
    /// Letters of the office's name.
    pub office: f32,
    /// So many characters of the office's name fit on one line of the bar.
    pub office_characters: usize,
    /// Letters of the clock.
    pub clock: f32,
    /// Letters of the day.
    pub day: f32,
    /// Space around things.
    pub margin: f32,
    /// Height of the large area.
    pub large: f32,
    /// Letters of the called number.
    pub number: f32,
    /// Letters of the desk's number.
    pub desk: f32,
    /// Letters of the desk's word.
    pub desk_word: f32,
    /// Side of the large arrow.
    pub arrow: f32,
    /// Letters of what stands under the number, and of sentences.
    pub second: f32,
    /// Letters of a row.
    pub row: f32,
    /// Width of a column of numbers.
    pub column: f32,
    /// Columns of next numbers.
    pub columns: usize,
    /// Letters of a list's title.
    pub title: f32,
    /// Rows of earlier calls.
    pub calls: usize,
    /// Rows of next numbers.
    pub upcoming: usize,
}

impl Layout {
    /// Sizes for a panel whose farthest seat is so far.
    pub fn for_panel(kit: &Kit, farthest_seat_m: f32) -> Self {
        let measure = &kit.measure;
        let (width, height) = (measure.width, measure.height);
        let readable = measure.font_seen_from(farthest_seat_m, READABLE_DEGREES);
        let consulted = measure.font_seen_from(farthest_seat_m, CONSULTED_DEGREES);
        let margin = measure.unit(56.0);
        let inner = width - 2.0 * margin;
        let portrait = measure.is_portrait();
        let (header, office) = (measure.unit(if portrait { 150.0 } else { 116.0 }), measure.unit(50.0));
        let row = consulted.max(measure.unit(66.0)).min(measure.unit(120.0));
        let title = measure.unit(40.0);
        let large = if portrait { height * 0.42 } else { (height - header) * 0.47 };
        let second = row.max(measure.unit(60.0));
        let wide = if portrait { inner * 0.86 / NUMBER_EM } else { inner * 0.47 / NUMBER_EM };
        // Under the number there is room for a line, with all that hangs below its letters.
        let number = if portrait { wide } else { wide.min((large * 0.95 - second * LINE_EM) / DIGITS_EM) };
        // Title and padding of a list, as `lists` draws them.
        let list_frame = title * 1.22 + 1.5 * margin;
        let rows_height = height - header - large - list_frame;
        let rows = |height: f32| (height / (row * ROW_EM)).floor().max(1.0) as usize;
        // Upright, the two lists stand one below the other.
        let (calls, upcoming) = if portrait {
            let all = rows(rows_height - list_frame);
            (all.div_ceil(2), all / 2)
        } else {
            (rows(rows_height), rows(rows_height))
        };
        let column = row * COLUMN_ROWS;
        let list = if portrait { width } else { width * NEXT_SHARE / (NEXT_SHARE + CALLS_SHARE) };
        let columns = ((list - 2.0 * margin) / column).floor().max(1.0) as usize;
        Self {
            header,
            office,
            office_characters: if portrait { 24 } else { 38 },
            clock: measure.unit(82.0),
            day: office * 0.72,
            margin,
            large,
            number: number.max(readable),
            desk: if portrait { number * 0.72 } else { number * 0.86 }.max(readable),
            desk_word: measure.unit(104.0),
            arrow: if portrait { measure.unit(230.0) } else { measure.unit(220.0) },
            second,
            row,
            column,
            columns,
            title,
            calls,
            upcoming,
        }
    }

    /// Letters of an office's name: a long one goes on two lines, and both fit into the bar.
    pub fn office_of(&self, name: &str) -> f32 {
        if name.chars().count() > self.office_characters { self.office * TWO_LINES } else { self.office }
    }

    /// How many rows have room.
    pub fn room(&self, kit: &Kit) -> BoardRoom {
        let line = kit.measure.width - 2.25 * self.margin;
        BoardRoom {
            calls: self.calls,
            upcoming: self.upcoming,
            columns: self.columns,
            notice_characters: (line / (self.office * BOLD_EM)) as usize,
            language: kit.language,
            stacked: kit.measure.is_portrait(),
        }
    }

    /// What cannot be met on this panel, in words for whoever hangs it up.
    pub fn warning(&self, kit: &Kit, farthest_seat_m: f32) -> Option<String> {
        let measure = &kit.measure;
        let consulted = measure.font_seen_from(farthest_seat_m, CONSULTED_DEGREES);
        let readable = measure.font_seen_from(farthest_seat_m, READABLE_DEGREES);
        let room = self.number * NUMBER_EM + self.desk + self.arrow + 6.0 * self.margin;
        let fits = measure.is_portrait() || room <= measure.width;
        (!fits || self.row < consulted || readable > self.large * 0.8).then(|| {
            format!(
                "screen.farthest_seat_m is {farthest_seat_m} m: on this panel not all can be read from there; hang a larger one, or a second one nearer"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use bevy::prelude::Handle;
    use panel::{fonts::Fonts, measure::Measure};
    use wire::Language;

    use super::*;

    fn check(width: u32, height: u32, inches: f32, metres: f32, warns: bool) -> Layout {
        let letters = Fonts { regular: Handle::default(), bold: Handle::default() };
        let kit = Kit::new(Measure::new(width, height, inches), letters, Language::El);
        let layout = Layout::for_panel(&kit, metres);
        let readable = kit.measure.font_seen_from(metres, READABLE_DEGREES);
        assert!(layout.number >= readable && layout.desk >= readable, "{width}x{height} {inches} {metres}");
        assert_eq!(layout.warning(&kit, metres).is_some(), warns, "{width}x{height} {inches} {metres}");
        layout
    }

    #[test]
    fn k13_the_current_call_is_readable_from_the_farthest_seat() {
        let usual = check(1920, 1080, 43.0, 5.0, false);
        assert!(usual.calls >= 3 && usual.columns >= 2, "{usual:?}");
        check(1080, 1920, 43.0, 5.0, false);
        check(1920, 1080, 55.0, 8.0, false);
        check(1920, 1080, 32.0, 5.0, false);
        check(1920, 1080, 24.0, 15.0, true);
    }
}

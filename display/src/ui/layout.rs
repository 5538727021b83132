//! Where everything stands on the board, from the panel and from how far the farthest seat is: one grid for every call.
//!
//! A current call is as high as EN 301 549 asks of what everybody reads (0.7°), and no letter is lower than 20 minutes of arc.

use bevy::prelude::*;
use board::BoardRoom;
use panel::{
    kit::Kit,
    measure::{CONSULTED_DEGREES, READABLE_DEGREES},
};

/// Height of a line, in letters.
const LINE_EM: f32 = 1.12;

/// Height of a line of digits alone, as the kit sets them, in letters.
const DIGITS_EM: f32 = 0.88;

/// Width of a letter of Noto Sans Bold, in letters: of short words, in which one cannot even out another, and of a name;
/// and of a digit.
const BOLD_EM: f32 = 0.61;
const NAME_EM: f32 = 0.57;
const DIGIT_EM: f32 = 0.6;

/// Width of a number of four characters in Noto Sans Bold, in letters.
const NUMBER_EM: f32 = 2.5;

/// Shares of the width at which the large area's three axes part: number, arrow, desk.
const AXES: [f32; 2] = [0.43, 0.55];

/// The share of the width that the list of calls has beside that of those who are called soon.
const CALLS_SHARE: f32 = 0.4;

/// Characters of a day in words, e.g. «Παρασκευή 24 Νοεμβρίου».
const DAY_CHARACTERS: f32 = 22.0;

/// The share of what is below the bar that a call has at least, so that it is what one sees first.
const LARGE_SHARE: f32 = 0.36;

/// Height of the desk's word above its plate, in letters; a plate's height, in letters of its number.
const WORD_EM: f32 = 1.26;
const PLATE_EM: f32 = 1.1;

/// Those who are called soon are named up to so many.
const SOON_MOST: usize = 5;

/// Room that words leave at the ends of their lines, where a name has two, as a share of what they take.
const RAGGED: f32 = 1.2;

/// Space between an emblem and the name beside it, in margins.
const EMBLEM_GAP: f32 = 0.6;

/// An emblem that has less than this share of its height is left out: nobody would know it from a seat.
const EMBLEM_LEAST: f32 = 0.55;

/// How wide an emblem may be, in heights of one that is as broad as high.
const EMBLEM_WIDEST: f32 = 5.0;

/// What stands in the bar and may be of any length or shape.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BarContent {
    /// Characters of the office's name.
    pub name_characters: usize,
    /// How wide the office's emblem is, in its heights; none where the office has none.
    pub emblem_shape: Option<f32>,
}

impl BarContent {
    /// A name alone.
    #[cfg(test)]
    pub const fn name(name_characters: usize) -> Self {
        Self { name_characters, emblem_shape: None }
    }
}

/// Sizes in pixels.
#[derive(Resource, Debug, Clone, PartialEq)]
pub struct Layout {
    /// Space around things.
    pub margin: f32,
    /// Letters of everything that is only consulted: titles, rows, sentences, the office's name.
    pub least: f32,
    /// Letters of the office's name, which may be too long for them.
    pub office: f32,
    /// Letters of the clock.
    pub clock: f32,
    /// The bar's height.
    pub header: f32,
    /// Whether the day has room beside the clock.
    pub has_day: bool,
    /// How wide and high the emblem is that stands before the name; none where it has no room.
    pub emblem: Option<Vec2>,
    /// The large area.
    pub large: Rect,
    /// The three axes of a call in the large area.
    pub axes: CallAxes,
    /// Height of a list's title, and of a row.
    pub title: f32,
    pub row: f32,
    /// The lists of calls, and of those who are called soon, each with its title.
    pub calls: Rect,
    pub soon: Rect,
    /// Rows of the two.
    pub call_rows: usize,
    pub soon_rows: usize,
    /// What cannot be kept on this panel, in words for whoever hangs it up.
    pub warning: Option<String>,
    upright: bool,
    width: f32,
}

/// Where number, arrow and desk of a call stand, wherever it is shown, and how large their letters are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallAxes {
    /// Where the ticket's digits stand.
    pub number: Rect,
    /// The arrow to the desk.
    pub arrow: Rect,
    /// The desk's plate, with its word above it where there is room for one.
    pub desk: Rect,
    /// Letters of a number of four characters.
    pub number_letters: f32,
    /// Letters of the desk's number.
    pub desk_letters: f32,
    /// How wide and high the picture of an arrow is.
    pub arrow_side: f32,
}

impl Layout {
    /// The grid for a panel whose farthest seat is so far, under a bar that holds this.
    pub fn for_panel(kit: &Kit, farthest_seat_m: f32, bar: BarContent) -> Self {
        let measure = &kit.measure;
        let (width, height, upright) = (measure.width, measure.height, measure.is_portrait());
        let readable = measure.font_seen_from(farthest_seat_m, READABLE_DEGREES);
        let consulted = measure.font_seen_from(farthest_seat_m, CONSULTED_DEGREES);
        let least = consulted.max(measure.unit(48.0)).ceil();
        let margin = measure.unit(if upright { 36.0 } else { 48.0 });
        let inner = width - 2.0 * margin;
        let line = least * LINE_EM;
        let clock = least * 1.2;
        let clock_width = 5.0 * DIGIT_EM * clock;
        let name_width = if upright { inner } else { inner - clock_width - margin };
        let name = bar.name_characters as f32 * NAME_EM * least;
        let name_lines = (name / name_width).ceil().clamp(1.0, 2.0);
        // An emblem has what the name leaves of its lines: it costs nobody a row, and no letter its height.
        let taken = if name_lines > 1.0 { name / name_lines * RAGGED } else { name };
        let gap = margin * EMBLEM_GAP;
        let emblem = emblem_beside(bar.emblem_shape, name_width - taken - gap, line * name_lines + margin * 0.25);
        let name_width = name_width - emblem.map_or(0.0, |emblem| emblem.x + gap);
        let office = least * (name_lines * name_width / name.max(1.0)).min(1.0);
        let day = DAY_CHARACTERS * NAME_EM * least + margin;
        let has_day = if upright { day + clock_width < inner } else { name + day < name_width };
        let header = line * (name_lines + if upright { 1.0 } else { 0.0 }) + margin * 0.5;
        let (title, row) = (line + margin * 0.25, line);
        let rest = height - header;
        let least_large = least_large(upright, readable, least, margin);
        let lists = |rows: usize, titles: f32| margin * 0.7 * titles + title * titles + row * rows as f32;
        let wished = least_large.max(rest * LARGE_SHARE);
        let (call_rows, soon_rows, large) = if upright {
            let rows = ((rest - wished - lists(0, 2.0)) / row).floor().max(2.0) as usize;
            let calls = (rows / 3).clamp(1, 4);
            let soon = (rows - calls).min(SOON_MOST);
            (calls, soon, rest - lists(calls + soon, 2.0))
        } else {
            let rows = ((rest - wished - lists(0, 1.0)) / row).floor().clamp(1.0, SOON_MOST as f32) as usize;
            (rows, rows, rest - lists(rows, 1.0))
        };
        let large = Rect::new(0.0, header, width, header + large);
        let (calls, soon) = if upright {
            let below = large.max.y + lists(soon_rows, 1.0);
            (Rect::new(0.0, below, width, height), Rect::new(0.0, large.max.y, width, below))
        } else {
            let between = (width * CALLS_SHARE).round();
            (Rect::new(0.0, large.max.y, between, height), Rect::new(between, large.max.y, width, height))
        };
        let axes = large_axes(upright, large, margin, least);
        let fails = axes.number_letters < readable
            || axes.desk_letters < readable
            || least_large > large.height() + 0.5
            || consulted > office
            || soon.max.y > height + 0.5;
        let warning = fails.then(|| {
            format!(
                "screen.farthest_seat_m is {farthest_seat_m} m: on this panel not all can be read from there; hang a larger one, or a second one nearer"
            )
        });
        Self {
            margin,
            least,
            office,
            clock,
            header,
            has_day,
            emblem,
            large,
            axes,
            title,
            row,
            calls,
            soon,
            call_rows,
            soon_rows,
            warning,
            upright,
            width,
        }
    }

    /// The axes of a row of the list of calls, counted from its upper edge.
    pub fn row_axes(&self, row: usize) -> CallAxes {
        let top = self.calls.min.y + self.margin * 0.35 + self.title + self.row * row as f32;
        let left = self.calls.min.x + self.margin;
        let number = left + NUMBER_EM * self.least + self.margin * 0.4;
        let arrow = number + self.row * 0.9;
        let between = |from: f32, to: f32| Rect::new(from, top, to, top + self.row);
        CallAxes {
            number: between(left, number),
            arrow: between(number, arrow),
            desk: between(arrow, self.calls.max.x - self.margin * 0.5),
            number_letters: self.least,
            desk_letters: self.least,
            arrow_side: self.least * 0.62,
        }
    }

    /// Space between the emblem and the office's name.
    pub fn emblem_gap(&self) -> f32 {
        self.margin * EMBLEM_GAP
    }

    /// How much has room.
    pub fn room(&self) -> BoardRoom {
        BoardRoom {
            calls: self.call_rows,
            soon: self.soon_rows,
            notice_characters: ((self.width - 2.25 * self.margin) / (self.least * NAME_EM)) as usize,
            stacked: self.upright,
        }
    }

    /// Letters that shrink where there are more characters than usual.
    pub fn number_of(letters: f32, number: &str) -> f32 {
        const USUAL: f32 = 4.0;
        letters * (USUAL / number.chars().count().max(1) as f32).min(1.0)
    }

    /// Letters with which so many characters fit into a width; never larger than these.
    pub fn fitting(letters: f32, characters: usize, width: f32) -> f32 {
        letters.min(width / (characters.max(1) as f32 * BOLD_EM))
    }
}

/// The size of an emblem of this shape that has so much room beside the name, if that is enough to know it by.
fn emblem_beside(shape: Option<f32>, width: f32, height: f32) -> Option<Vec2> {
    let shape = shape?.max(f32::MIN_POSITIVE);
    let fitting = height.min(width.min(height * EMBLEM_WIDEST) / shape).floor();
    (fitting >= height * EMBLEM_LEAST).then(|| Vec2::new((fitting * shape).floor(), fitting))
}

/// How high the large area is at least, for a call that everybody can read.
fn least_large(upright: bool, readable: f32, least: f32, margin: f32) -> f32 {
    let number = readable * DIGITS_EM + least * LINE_EM;
    let desk = readable * PLATE_EM + least * WORD_EM;
    margin * 0.5 + if upright { number + desk } else { number.max(desk) }
}

/// The axes of the large area: number, arrow and desk beside each other, or, upright, the number above the other two.
fn large_axes(upright: bool, large: Rect, margin: f32, least: f32) -> CallAxes {
    let (left, right) = (large.min.x + margin, large.max.x - margin);
    let (line, word) = (least * LINE_EM, least * WORD_EM);
    let (top, bottom) = (large.min.y + margin * 0.25, large.max.y - margin * 0.25);
    if upright {
        let inner = right - left;
        let half = top + (bottom - top) * 0.455;
        let middle = left + inner * 0.34;
        let below = bottom - half;
        return CallAxes {
            number: Rect::new(left, top, right, half),
            arrow: Rect::new(left, half, middle, bottom),
            desk: Rect::new(middle, half, right, bottom),
            number_letters: (inner * 0.9 / NUMBER_EM).min((half - top - line) / DIGITS_EM),
            desk_letters: (below - word) / PLATE_EM,
            arrow_side: (inner * 0.26).min(below * 0.8),
        };
    }
    let width = large.width();
    let [first, second] = AXES.map(|share| large.min.x + width * share);
    let height = bottom - top;
    CallAxes {
        number: Rect::new(left, top, first, bottom),
        arrow: Rect::new(first, top, second, bottom),
        desk: Rect::new(second, top, right, bottom),
        number_letters: ((first - left) / NUMBER_EM).min((height - line) / DIGITS_EM),
        desk_letters: ((height - word) / PLATE_EM).min((right - second) / 2.0),
        arrow_side: ((second - first) * 0.86).min(height * 0.6),
    }
}

#[cfg(test)]
mod tests {
    use panel::{fonts::Fonts, measure::Measure};
    use wire::Language;

    use super::*;

    const NAME: &str = "ΚΕΠ Δήμου Αγίου Νικολάου";

    fn kit(width: u32, height: u32, inches: f32) -> Kit {
        let letters = Fonts { regular: Handle::default(), bold: Handle::default() };
        Kit::new(Measure::new(width, height, inches), letters, Language::El)
    }

    fn check(width: u32, height: u32, inches: f32, metres: f32, warns: bool) -> Layout {
        let kit = kit(width, height, inches);
        let layout = Layout::for_panel(&kit, metres, BarContent::name(NAME.chars().count()));
        let what = format!("{width}x{height}, {inches} inches, {metres} m: {layout:#?}");
        assert_eq!(layout.warning.is_some(), warns, "{what}");
        if !warns {
            let seen = |degrees| kit.measure.font_seen_from(metres, degrees);
            let (readable, consulted) = (seen(READABLE_DEGREES), seen(CONSULTED_DEGREES));
            assert!(layout.axes.number_letters >= readable && layout.axes.desk_letters >= readable, "{what}");
            assert!(layout.least >= consulted && layout.office >= consulted && layout.clock >= consulted, "{what}");
            let below = layout.row_axes(layout.call_rows - 1).number.max.y;
            assert!(below <= layout.calls.max.y + 0.5 && layout.soon.max.y <= height as f32 + 0.5, "{what}");
        }
        layout
    }

    #[test]
    fn k13_every_letter_is_readable_from_the_farthest_seat() {
        let usual = check(1920, 1080, 43.0, 5.0, false);
        assert_eq!((usual.call_rows, usual.soon_rows), (5, 5), "{usual:#?}");
        let far = check(1920, 1080, 42.0, 6.0, false);
        assert!(far.soon_rows >= 3, "{far:#?}");
        let upright = check(1080, 1920, 43.0, 5.0, false);
        assert!(upright.soon_rows == 5 && upright.call_rows >= 2, "{upright:#?}");
        check(1080, 1920, 42.0, 6.0, false);
        check(1920, 1080, 55.0, 8.0, false);
        check(3840, 2160, 65.0, 8.0, false);
        check(1920, 1080, 32.0, 4.0, false);
        check(1920, 1080, 24.0, 15.0, true);
    }

    #[test]
    fn rows_of_calls_stand_on_the_same_axes() {
        let layout = check(1920, 1080, 43.0, 5.0, false);
        let first = layout.row_axes(0);
        for row in 1..layout.call_rows {
            let axes = layout.row_axes(row);
            for (one, other) in [(axes.number, first.number), (axes.arrow, first.arrow), (axes.desk, first.desk)] {
                assert_eq!((one.min.x, one.max.x), (other.min.x, other.max.x));
            }
        }
    }

    #[test]
    fn a_long_name_takes_a_second_line_and_the_call_stays_readable() {
        let kit = kit(1920, 1080, 43.0);
        let [short, long] = [20, 45].map(|characters| Layout::for_panel(&kit, 5.0, BarContent::name(characters)));
        assert!(long.header > short.header && long.warning.is_none(), "{long:#?}");
    }

    #[test]
    fn new_14_an_emblem_stands_beside_the_name_and_takes_nothing_from_the_call_and_the_lists() {
        let panels = [
            (1920, 1080, 43.0, 5.0),
            (1920, 1080, 42.0, 6.0),
            (1280, 720, 42.0, 6.0),
            (1080, 1920, 43.0, 5.0),
            (3840, 2160, 65.0, 8.0),
        ];
        for (width, height, inches, metres) in panels {
            let kit = kit(width, height, inches);
            for characters in [8, 24, 45, 60] {
                let bare = Layout::for_panel(&kit, metres, BarContent::name(characters));
                for shape in [0.4, 1.0, 2.0, 8.0] {
                    let bar = BarContent { name_characters: characters, emblem_shape: Some(shape) };
                    let layout = Layout::for_panel(&kit, metres, bar);
                    let what = format!("{width}x{height}, {characters} characters, {shape}: {layout:#?}");
                    assert_eq!((layout.header, layout.office), (bare.header, bare.office), "{what}");
                    assert_eq!((layout.call_rows, layout.soon_rows), (bare.call_rows, bare.soon_rows), "{what}");
                    if let Some(emblem) = layout.emblem {
                        assert!(emblem.y <= layout.header && (emblem.x / emblem.y - shape).abs() < 0.1, "{what}");
                    }
                }
            }
        }
        // On the usual panel, under the usual name, there is room for one that is as broad as high.
        let bar = BarContent { name_characters: NAME.chars().count(), emblem_shape: Some(1.0) };
        assert!(Layout::for_panel(&kit(1920, 1080, 43.0), 5.0, bar).emblem.is_some());
    }
}

//! A plot of bars as SVG (SVG 1.1), drawn here and read by everybody: it has a name and a description, each bar says its numbers,
//! and carries them for programs. What is written on it comes from outside, in the reader's language.

use std::fmt::Write as _;

/// A plot: a row for each group, with a bar for its middle and a thin line to what nine of ten do not exceed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlot {
    /// Its own on the page: Latin letters and hyphens.
    pub id: String,
    /// What is shown.
    pub title: String,
    /// The same with what bar and line mean, for who does not see it.
    pub about: String,
    /// The groups, from above.
    pub rows: Vec<PlotRow>,
    /// A line across all of them, with what it is: a target.
    pub limit: Option<(u32, String)>,
}

/// A group of a plot, with its bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotRow {
    /// What the group is called.
    pub label: String,
    /// How long the bar is; none draws none.
    pub value: Option<u32>,
    /// How far the line reaches.
    pub reach: Option<u32>,
    /// What stands behind the bar.
    pub said: String,
}

/// How wide a plot is, in units of its drawing: a page of 320 pixels shows letters of 12 units at half their size, and lets
/// itself be scrolled; A4 shows them whole.
const WIDTH: u64 = 640;
/// How much of it what stands behind the longest bar takes.
const SAID_WIDTH: u64 = 120;
/// How high a row is: a line of letters above, the bar below.
const ROW: u64 = 38;
/// How high a bar is.
const BAR: u64 = 14;
/// What stands above the rows: what the line of a target is.
const HEAD: u64 = 22;

impl RowPlot {
    /// The drawing.
    #[must_use]
    pub fn svg(&self) -> String {
        let height = HEAD + ROW * self.rows.len() as u64 + 4;
        let id = &self.id;
        let mut svg = String::new();
        // A string takes whatever is written to it.
        let _ = write!(
            svg,
            "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-name {id}-about\" \
             xmlns=\"http://www.w3.org/2000/svg\"><title id=\"{id}-name\">{}</title><desc id=\"{id}-about\">{}</desc>",
            escaped(&self.title),
            escaped(&self.described()),
        );
        for (row, top) in self.rows.iter().zip((HEAD..).step_by(usize::try_from(ROW).unwrap_or(1))) {
            self.draw_row(&mut svg, row, top);
        }
        if let Some((limit, said)) = &self.limit {
            let x = self.along(*limit);
            let anchor = if x > WIDTH / 2 { "end" } else { "start" };
            let _ = write!(
                svg,
                "<line class=\"plot-limit\" x1=\"{x}\" x2=\"{x}\" y1=\"{HEAD}\" y2=\"{height}\"/>\
                 <text class=\"plot-text\" x=\"{x}\" y=\"14\" text-anchor=\"{anchor}\">{}</text>",
                escaped(said)
            );
        }
        svg.push_str("</svg>");
        svg
    }

    fn draw_row(&self, svg: &mut String, row: &PlotRow, top: u64) {
        let (letters, bar, middle) = (top + 12, top + 18, top + 18 + BAR / 2);
        let (value, reach) = (row.value.unwrap_or(0), row.reach.unwrap_or(0));
        let (width, end) = (self.along(value), self.along(reach.max(value)));
        let numbers =
            row.value.map_or_else(String::new, |value| format!(" data-value=\"{value}\" data-reach=\"{reach}\""));
        let _ = write!(
            svg,
            "<g{numbers}><text class=\"plot-text\" x=\"0\" y=\"{letters}\">{}</text>\
             <rect class=\"plot-bar\" x=\"0\" y=\"{bar}\" width=\"{width}\" height=\"{BAR}\"/>\
             <line class=\"plot-reach\" x1=\"{width}\" x2=\"{end}\" y1=\"{middle}\" y2=\"{middle}\"/>\
             <text class=\"plot-text\" x=\"{}\" y=\"{}\">{}</text></g>",
            escaped(&row.label),
            end + 6,
            middle + 4,
            escaped(&row.said),
        );
    }

    /// How far a number lies along the width.
    fn along(&self, number: u32) -> u64 {
        let numbers = self.rows.iter().flat_map(|row| [row.value, row.reach]).flatten();
        let most = numbers.chain(self.limit.as_ref().map(|(limit, _)| *limit)).max().unwrap_or(0).max(1);
        u64::from(number) * (WIDTH - SAID_WIDTH) / u64::from(most)
    }

    /// What it shows, in words.
    fn described(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| format!("{}: {}", row.label, row.said)).collect();
        format!("{} {}", self.about, rows.join("; "))
    }
}

/// Text as XML has it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // No XML holds them.
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, value: u32, reach: u32) -> PlotRow {
        PlotRow { label: label.into(), value: Some(value), reach: Some(reach), said: format!("{value} / {reach}") }
    }

    fn plot(rows: Vec<PlotRow>, limit: Option<(u32, String)>) -> RowPlot {
        RowPlot { id: "by-hour".into(), title: "Wait".into(), about: "By hour.".into(), rows, limit }
    }

    #[test]
    fn fld_10_a_bar_is_as_long_as_its_number_and_says_it() {
        let svg = plot(vec![row("08:00", 300, 600), row("09:00", 600, 1_200)], Some((900, "target".into()))).svg();
        // 1,200 is the longest, and has 520 of the units.
        assert!(svg.contains("<g data-value=\"300\" data-reach=\"600\">") && svg.contains("width=\"130\""), "{svg}");
        assert!(svg.contains("x1=\"130\" x2=\"260\"") && svg.contains("width=\"260\""), "{svg}");
        assert!(svg.contains("x1=\"390\" x2=\"390\"") && svg.contains("text-anchor=\"end\">target</text>"), "{svg}");
        assert!(
            svg.contains("<desc id=\"by-hour-about\">By hour. 08:00: 300 / 600; 09:00: 600 / 1200</desc>"),
            "{svg}"
        );
    }

    #[test]
    fn fld_10_what_an_office_is_called_is_no_markup_and_nothing_is_no_bar() {
        let mut empty = row("<b>&\"\u{7}", 0, 0);
        (empty.value, empty.reach) = (None, None);
        let svg = plot(vec![empty], None).svg();
        assert!(svg.contains("&lt;b&gt;&amp;&quot; </text>") && !svg.contains("data-value"), "{svg}");
        assert!(svg.contains("width=\"0\""), "{svg}");
        assert_eq!(plot(Vec::new(), None).svg().matches("<g").count(), 0);
    }
}

//! Lists with one heading a day: «Τρίτη 24 Νοεμβρίου» stands once, and below it what happens on that day.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use office::calendar::local_date;
use text::Dates;

/// A day of a list, and what stands below it.
#[derive(Debug)]
pub struct DayRows<T> {
    /// «Τρίτη 24 Νοεμβρίου»; with its year where the day is over, or that year another than today's.
    pub name: String,
    /// Its rows, in the list's order.
    pub rows: Vec<T>,
}

/// The rows of a list by their local day. What follows another row of the same day stands below the same heading; the order
/// of the list stays.
pub fn day_rows<T>(
    list: impl IntoIterator<Item = (DateTime<Utc>, T)>,
    dates: Dates,
    today: NaiveDate,
) -> Vec<DayRows<T>> {
    let mut days: Vec<(NaiveDate, Vec<T>)> = Vec::new();
    for (at, row) in list {
        let day = local_date(dates.zone, at);
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, rows)) => rows.push(row),
            None => days.push((day, vec![row])),
        }
    }
    let named = |(day, rows): (NaiveDate, Vec<T>)| {
        let is_near = day >= today && day.year() == today.year();
        let name = if is_near { dates.date(day) } else { dates.date_and_year(day) };
        DayRows { name, rows }
    };
    days.into_iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Athens;
    use text::Voice;
    use wire::Language;

    use super::*;

    #[test]
    fn fld_29_each_day_is_said_once_in_the_offices_zone() {
        let list = ["2026-12-30T21:59:00Z", "2026-12-30T22:01:00Z", "2026-12-31T09:00:00Z", "2026-12-31T22:30:00Z"];
        let list = list.map(|at| (at.parse().unwrap(), at));
        let dates = Dates { voice: Voice(Language::El), zone: Athens, now: "2026-11-24T08:00:00Z".parse().unwrap() };
        let days = day_rows(list, dates, "2026-11-24".parse().unwrap());
        let names: Vec<(&str, usize)> = days.iter().map(|day| (day.name.as_str(), day.rows.len())).collect();
        let new_year = "Παρασκευή 1 Ιανουαρίου 2027";
        assert_eq!(names, [("Τετάρτη 30 Δεκεμβρίου", 1), ("Πέμπτη 31 Δεκεμβρίου", 2), (new_year, 1)]);
    }

    #[test]
    fn fld_29_a_list_that_runs_backwards_keeps_its_order() {
        let list = ["2026-11-24T09:00:00Z", "2026-11-24T08:00:00Z", "2026-11-23T08:00:00Z"];
        let list = list.map(|at| (at.parse().unwrap(), at));
        let dates = Dates { voice: Voice(Language::En), zone: Athens, now: "2026-11-24T08:00:00Z".parse().unwrap() };
        let days = day_rows(list, dates, "2026-11-24".parse().unwrap());
        assert_eq!(days.iter().flat_map(|day| day.rows.clone()).collect::<Vec<_>>(), list.map(|(_, at)| at));
        assert_eq!((days.len(), days[1].name.as_str()), (2, "Monday 23 November 2026"));
        assert!(day_rows(Vec::<(DateTime<Utc>, ())>::new(), dates, "2026-11-24".parse().unwrap()).is_empty());
    }
}

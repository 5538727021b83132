//! The figures as files: a line for each figure as CSV, and a workbook with a page for each table. No cell is a formula.

use acts::Fault;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use spreadsheet::{SheetCell, SheetPage};
use stationery::{
    csv,
    extract::{PagePath, PageQuery},
    signed::StaffVisitor,
};
use text::{FigureCell, FigureTable};
use wire::ProblemCode;

use super::page::{AskedFigures, FigureQuery, ask, tables};

/// What a browser does with a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn asked(
    signed: &StaffVisitor,
    key: &str,
    query: &FigureQuery,
) -> Result<(AskedFigures, Vec<FigureTable>), Fault> {
    let handle = signed.office(key)?;
    let asked = ask(signed, handle, query).await?;
    let tables = tables(&asked.seen, &asked.config, signed.visitor.voice);
    Ok((asked, tables))
}

/// A line for each figure: table, group, what it is, and the number.
pub async fn csv(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    PageQuery(query): PageQuery<FigureQuery>,
) -> Result<Response, Fault> {
    let (asked, tables) = asked(&signed, &key, &query).await?;
    let voice = signed.visitor.voice;
    let head = ["numbers-table", "numbers-group", "numbers-figure", "numbers-value"].map(|id| voice.say(id)).to_vec();
    let mut rows = vec![head];
    for table in &tables {
        for line in &table.lines {
            let cells = table.head.iter().zip(&line.cells);
            rows.extend(
                cells
                    .map(|(figure, cell)| vec![table.title.clone(), line.name.clone(), figure.clone(), cell.written()]),
            );
        }
    }
    let text = csv::table(rows.iter().map(Vec::as_slice));
    Ok(file(&asked, "csv", "text/csv; charset=utf-8", text.into_bytes()))
}

/// A workbook.
pub async fn xlsx(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    PageQuery(query): PageQuery<FigureQuery>,
) -> Result<Response, Fault> {
    let (asked, tables) = asked(&signed, &key, &query).await?;
    let pages: Vec<_> = tables.iter().map(sheet).collect();
    let book = spreadsheet::workbook(&pages).map_err(|error| {
        tracing::error!(%error, "figures cannot be written as a workbook");
        ProblemCode::InternalError
    })?;
    Ok(file(&asked, "xlsx", XLSX, book))
}

/// A table as a page of a workbook.
fn sheet(table: &FigureTable) -> SheetPage {
    let head = std::iter::once(&table.groups).chain(&table.head).cloned().collect();
    let rows = table.lines.iter().map(|line| {
        let cells = line.cells.iter().map(|figure| cell(*figure));
        std::iter::once(SheetCell::Text(line.name.clone())).chain(cells).collect()
    });
    SheetPage { name: table.title.clone(), head, rows: rows.collect() }
}

/// A figure as a workbook has it: a number, or nothing.
fn cell(figure: FigureCell) -> SheetCell {
    match figure {
        FigureCell::Count(count) => SheetCell::Count(count.into()),
        FigureCell::Percent(percent) => percent.map_or(SheetCell::Empty, |one| SheetCell::Count(one.into())),
        FigureCell::Minutes(_) | FigureCell::Days(_) | FigureCell::Hours(_) => match figure.tenths() {
            #[expect(clippy::cast_precision_loss, reason = "tenths of an hour stay far below 2^53")]
            Some(tenths) => SheetCell::Tenths(tenths as f64 / 10.0),
            None => SheetCell::Empty,
        },
    }
}

/// A file with the office and the days in its name.
fn file(asked: &AskedFigures, ending: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let (key, question) = (&asked.config.key, &asked.question);
    let plain: String = key.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    let name = format!("attachment; filename=\"figures-{plain}-{}-{}.{ending}\"", question.from, question.to);
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_10_a_figure_is_a_number_in_a_workbook_and_nothing_where_there_is_none() {
        assert_eq!(cell(FigureCell::Minutes(Some(427))), SheetCell::Tenths(7.1));
        assert_eq!(cell(FigureCell::Minutes(None)), SheetCell::Empty);
        assert_eq!(cell(FigureCell::Count(7)), SheetCell::Count(7));
        assert_eq!(cell(FigureCell::Percent(Some(91))), SheetCell::Count(91));
    }
}

//! The figures as files: a line for each figure as CSV, and a workbook with a page for each table. No cell is a formula.

use acts::Fault;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use stationery::{
    csv,
    extract::{PagePath, PageQuery},
    signed::StaffVisitor,
};
use wire::ProblemCode;

use super::{
    page::{AskedFigures, FigureQuery, ask},
    tables::{FigureTable, tables},
};

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
    let pages: Vec<_> = tables.iter().map(FigureTable::sheet).collect();
    let book = spreadsheet::workbook(&pages).map_err(|error| {
        tracing::error!(%error, "figures cannot be written as a workbook");
        ProblemCode::InternalError
    })?;
    Ok(file(&asked, "xlsx", XLSX, book))
}

/// A file with the office and the days in its name.
fn file(asked: &AskedFigures, ending: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let (key, question) = (&asked.config.key, &asked.question);
    let plain: String = key.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    let name = format!("attachment; filename=\"figures-{plain}-{}-{}.{ending}\"", question.from, question.to);
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

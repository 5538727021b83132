//! Which tables the file has, with their columns: for whoever accounts for all that is kept.

use crate::{error::Stored, file::Store};

impl Store {
    /// Every table by name, with the names of its columns in their order.
    pub fn tables(&self) -> Stored<Vec<(String, Vec<String>)>> {
        let names: Vec<String> = self.sql.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
            [],
            |row| row.get(0),
        )?;
        let columns = |name: String| {
            let question = "SELECT name FROM pragma_table_info(?) ORDER BY cid";
            let columns = self.sql.rows(question, [&name], |row| row.get(0))?;
            Ok((name, columns))
        };
        names.into_iter().map(columns).collect()
    }
}

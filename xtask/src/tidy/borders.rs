//! What is read at a border of the house is of a type that cannot be wrong: no time of chrono's own, whose calendar has edges
//! over which arithmetic falls. `vocabulary::civil` has the types that are meant.

use syn::{
    Attribute, ExprMethodCall, ExprPath, Field, FnArg, ImplItem, Item, ItemEnum, ItemStruct, Local, Meta, Pat,
    ReturnType, Signature, Type, UseRename,
    visit::{self, Visit},
};

use super::rooms::PAGE_SOURCES;

/// Where something is read that others wrote: pages, programs, devices, an office's file, the hub's own settings.
const BORDERS: &[&[&str]] = &[
    PAGE_SOURCES,
    &["hub/api/src/", "hub/acts/src/", "hub/people/src/", "hub/office-file/src/", "hub/src/", "wire/src/"],
    // What tokens, headers, mail servers and providers say, and the body's own file.
    &["hub/body-file/src/", "hub/identity/src/", "hub/access/src/", "hub/post/src/server_date.rs"],
];
/// Where requests are written down, that doors have read, for the same request to be known again.
const REQUESTS: &str = "hub/acts/src/";
/// Where text that people typed is read, so that each reading says what it reads.
const TYPED: &[&[&str]] = &[PAGE_SOURCES, &["hub/api/src/", "hub/acts/src/", "hub/people/src/"]];

/// What chrono calls its times.
const TIMES: &[&str] = &["DateTime", "NaiveDate", "NaiveDateTime", "NaiveTime", "TimeDelta"];
/// How they are read.
const READINGS: &[&str] =
    &["deserialize", "from_str", "parse_and_remainder", "parse_from_rfc2822", "parse_from_rfc3339", "parse_from_str"];
/// What takes a request apart into the types of a handler.
const EXTRACTORS: &[&str] =
    &["ApiRequest", "Form", "Json", "OwnForm", "PagePath", "PageQuery", "Path", "Query", "Sent"];
/// The framework's own readers, which answer what they cannot read with a line of English; and the files of pages that
/// have it said in the reader's language.
const PLAIN_READERS: &[&str] = &["Form", "Path", "Query"];
const TAMED: &[&str] = &["hub/stationery/src/extract.rs", "hub/stationery/src/form.rs"];

/// The times of chrono that a file reads from outside.
pub fn faults(path: &str, text: &str) -> Vec<String> {
    if !path.ends_with(".rs") || !BORDERS.iter().copied().flatten().any(|border| path.starts_with(border)) {
        return Vec::new();
    }
    // What does not parse is the compiler's affair.
    let Ok(file) = syn::parse_file(text) else { return Vec::new() };
    let mut look = BorderLook {
        is_of_requests: path.starts_with(REQUESTS),
        is_typed: TYPED.iter().copied().flatten().any(|door| path.starts_with(door)),
        found: Vec::new(),
    };
    look.visit_file(&file);
    if PAGE_SOURCES.iter().any(|room| path.starts_with(room)) && !TAMED.contains(&path) {
        look.found.extend(plain_readers(&file));
    }
    look.found.into_iter().map(|fault| format!("{path}: {fault}")).collect()
}

/// The framework's own readers that a file of pages uses.
fn plain_readers(file: &syn::File) -> Vec<String> {
    let uses = file.items.iter().filter_map(|item| match item {
        Item::Use(item) if !item.attrs.iter().any(is_of_tests) => Some(&item.tree),
        _ => None,
    });
    let mut names = Vec::new();
    for tree in uses {
        used(tree, &mut Vec::new(), &mut names);
    }
    let is_plain = |path: &&Vec<String>| {
        let ends_so = path.last().is_some_and(|name| PLAIN_READERS.contains(&name.as_str()));
        path.first().is_some_and(|first| first == "axum") && ends_so
    };
    let told = |path: &Vec<String>| {
        format!("{}: it answers in English; `stationery` has `PagePath`, `PageQuery` and `OwnForm`", path.join("::"))
    };
    names.iter().filter(is_plain).map(told).collect()
}

/// All paths that a `use` names.
fn used(tree: &syn::UseTree, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match tree {
        syn::UseTree::Path(path) => {
            before.push(path.ident.to_string());
            used(&path.tree, before, found);
            before.pop();
        }
        syn::UseTree::Name(name) => found.push([before.as_slice(), &[name.ident.to_string()]].concat()),
        syn::UseTree::Rename(name) => found.push([before.as_slice(), &[name.ident.to_string()]].concat()),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| used(tree, before, found)),
        syn::UseTree::Glob(_) => {}
    }
}

struct BorderLook {
    is_of_requests: bool,
    is_typed: bool,
    found: Vec<String>,
}

impl BorderLook {
    fn fault(&mut self, place: impl std::fmt::Display, what: &str) {
        self.found.push(format!("{place}: {what}; `vocabulary::civil` has a type for it"));
    }

    /// Whether what a type holds comes from outside.
    fn is_read(&self, attributes: &[Attribute]) -> bool {
        let derives = |name| attributes.iter().any(|attribute| derives(attribute, name));
        derives("Deserialize") && !self.is_of_requests
            || ["Parser", "Subcommand", "Args"].iter().any(|name| derives(name))
            || self.is_of_requests && derives("Serialize") && !derives("Deserialize")
    }

    fn fields<'a>(&mut self, name: &syn::Ident, fields: impl IntoIterator<Item = &'a Field>) {
        for field in fields {
            if names_time(&field.ty) && !field.attrs.iter().any(is_civil) {
                let place = field.ident.as_ref().map_or_else(|| name.to_string(), |field| format!("{name}.{field}"));
                self.fault(place, "a time of chrono's own is read from outside");
            }
        }
    }

    fn signature(&mut self, signature: &Signature) {
        let mut bounds = BorderWords::default();
        bounds.visit_generics(&signature.generics);
        if let ReturnType::Type(_, given) = &signature.output
            && bounds.has(&["Deserializer"])
            && names_time(given)
        {
            self.fault(&signature.ident, "it reads a time of chrono's own");
        }
        for input in &signature.inputs {
            let FnArg::Typed(input) = input else { continue };
            let mut words = BorderWords::default();
            words.visit_type(&input.ty);
            if words.has(EXTRACTORS) && words.has(TIMES) {
                self.fault(&signature.ident, "a time of chrono's own is taken out of a request");
            }
        }
    }
}

impl<'ast> Visit<'ast> for BorderLook {
    fn visit_item(&mut self, item: &'ast Item) {
        // Tests read what they wrote.
        if !attributes_of(item).iter().any(is_of_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        if self.is_read(&item.attrs) {
            self.fields(&item.ident, &item.fields);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        if self.is_read(&item.attrs) {
            for variant in &item.variants {
                self.fields(&variant.ident, &variant.fields);
            }
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.signature(&item.sig);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if let ImplItem::Fn(function) = item {
            self.signature(&function.sig);
        }
        visit::visit_impl_item(self, item);
    }

    fn visit_use_rename(&mut self, renamed: &'ast UseRename) {
        if TIMES.iter().any(|time| renamed.ident == time) {
            self.fault(&renamed.rename, "a time of chrono's own is called otherwise");
        }
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let (Pat::Type(typed), Some(init)) = (&local.pat, &local.init)
            && names_time(&typed.ty)
        {
            let mut reads = BorderWords::default();
            reads.visit_expr(&init.expr);
            if reads.has(&["parse", "from_str", "deserialize"]) {
                self.fault("let", "a time of chrono's own is parsed");
            }
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.method == "parse" && call.args.is_empty() {
            match &call.turbofish {
                Some(read) => {
                    let mut words = BorderWords::default();
                    words.visit_angle_bracketed_generic_arguments(read);
                    if words.has(TIMES) {
                        self.fault("parse", "a time of chrono's own is parsed");
                    }
                }
                None if self.is_typed => self.fault("parse", "it does not say what is read, as `parse::<…>()` does"),
                None => {}
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let [.., of, reading] = names.as_slice()
            && TIMES.contains(&of.as_str())
            && READINGS.contains(&reading.as_str())
        {
            self.fault(format!("{of}::{reading}"), "a time of chrono's own is parsed");
        }
        visit::visit_expr_path(self, path);
    }
}

/// Every name in a piece of source.
#[derive(Default)]
struct BorderWords(Vec<String>);

impl BorderWords {
    fn has(&self, names: &[&str]) -> bool {
        self.0.iter().any(|word| names.contains(&word.as_str()))
    }
}

impl<'ast> Visit<'ast> for BorderWords {
    fn visit_ident(&mut self, ident: &'ast syn::Ident) {
        self.0.push(ident.to_string());
    }
}

fn names_time(kind: &Type) -> bool {
    let mut words = BorderWords::default();
    words.visit_type(kind);
    words.has(TIMES)
}

fn derives(attribute: &Attribute, name: &str) -> bool {
    attribute.path().is_ident("derive") && says(attribute, name)
}

/// `#[serde(with = "…civil…")]`, which writes and reads as the types there do.
fn is_civil(attribute: &Attribute) -> bool {
    attribute.path().is_ident("serde") && says(attribute, "civil::")
}

fn is_of_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && says(attribute, "test")
}

/// Whether a word stands in an attribute's brackets.
fn says(attribute: &Attribute, word: &str) -> bool {
    matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string().contains(word))
}

const fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(item) => item.attrs.as_slice(),
        Item::Impl(item) => item.attrs.as_slice(),
        Item::Mod(item) => item.attrs.as_slice(),
        Item::Struct(item) => item.attrs.as_slice(),
        Item::Enum(item) => item.attrs.as_slice(),
        Item::Const(item) => item.attrs.as_slice(),
        Item::Static(item) => item.attrs.as_slice(),
        Item::Use(item) => item.attrs.as_slice(),
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        faults(path, text).len()
    }

    #[test]
    fn prom_10_no_time_of_chronos_own_is_read_from_outside() {
        let page = "hub/pages/src/a.rs";
        let form = |field: &str| format!("#[derive(Debug, Deserialize)]\nstruct Form {{ {field} }}");
        assert_eq!(count(page, &form("day: Option<NaiveDate>")), 1);
        assert_eq!(count(page, &form("start: chrono::DateTime<chrono::Utc>")), 1);
        assert_eq!(count(page, &form("day: Option<CivilDate>, count: u16")), 0);
        assert_eq!(count(page, "struct View { day: NaiveDate }"), 0, "what is shown may be anything");
        assert_eq!(count("hub/views/src/a.rs", &form("day: NaiveDate")), 0, "this is no border");
        assert_eq!(
            count("wire/src/a.rs", &form("#[serde(with = \"vocabulary::civil::instant\")] at: DateTime<Utc>")),
            0
        );
        assert_eq!(count("wire/src/a.rs", &form("at: DateTime<Utc>")), 1);
        assert_eq!(
            count("hub/api/src/a.rs", "#[derive(Deserialize)] enum A { B { at: NaiveDateTime }, C(NaiveTime) }"),
            2
        );
        let date = "fn a(shown: &str) { DateTime::parse_from_rfc2822(shown); }";
        for border in
            ["hub/access/src/a.rs", "hub/post/src/server_date.rs", "hub/identity/src/a.rs", "hub/body-file/src/a.rs"]
        {
            assert_eq!(count(border, date), 1, "{border}");
            assert_eq!(count(border, &form("on: NaiveDate")), 1, "{border}");
        }
        assert_eq!(count("hub/src/cli.rs", "#[derive(Subcommand)] enum A { B { at: DateTime<FixedOffset> } }"), 1);
    }

    #[test]
    fn new_14_no_page_reads_with_what_answers_in_english() {
        let page = "hub/staff-pages/src/a.rs";
        for wrong in ["use axum::{extract::{Path, State}};", "use axum::extract::Query;", "use axum::Form as Other;"] {
            assert_eq!(count(page, wrong), 1, "{wrong}");
        }
        for right in
            ["use stationery::extract::PageQuery;", "use axum::{extract::State, http::Uri};", "use std::path::Path;"]
        {
            assert_eq!(count(page, right), 0, "{right}");
        }
        assert_eq!(count("hub/stationery/src/extract.rs", "use axum::extract::Query;"), 0);
        assert_eq!(count("hub/api/src/a.rs", "use axum::extract::Query;"), 0, "programs read codes");
    }

    #[test]
    fn prom_10_requests_of_acts_hold_none_and_their_outcomes_may() {
        let act = "hub/acts/src/a.rs";
        assert_eq!(count(act, "#[derive(Serialize)] struct Wish { start: DateTime<Utc> }"), 1);
        assert_eq!(count(act, "#[derive(Serialize)] struct Wish { start: CivilInstant }"), 0);
        assert_eq!(count(act, "#[derive(Serialize, Deserialize)] struct Kept { at: DateTime<Utc> }"), 0);
    }

    #[test]
    fn prom_10_what_is_typed_is_read_as_something_by_name() {
        let page = "hub/pages/src/a.rs";
        let body = |line: &str| format!("fn a() {{ {line} }}");
        for wrong in [
            "let a: NaiveDate = text.parse().ok()?;",
            "b(text.parse().ok()?);",
            "let a = text.parse::<DateTime<Utc>>();",
            "let a = NaiveTime::parse_from_str(text, \"%H:%M\");",
            "let a = chrono::NaiveDate::from_str(text);",
            "let a = text.split(',').map(NaiveDate::from_str);",
        ] {
            assert!(count(page, &body(wrong)) > 0, "{wrong}");
        }
        assert_eq!(count(page, &body("let a = text.parse::<CivilDate>();")), 0);
        assert_eq!(count(page, &body("let a: NaiveDate = calendar::local_date(zone, now);")), 0);
        assert!(count(page, "fn d<'de, D: Deserializer<'de>>(d: D) -> Result<NaiveDate, D::Error> { a(d) }") > 0);
        assert!(count(page, "async fn get(Path((key, day)): Path<(String, NaiveDate)>) {}") > 0);
        assert!(count(page, "use chrono::NaiveDate as Day;") > 0);
        assert_eq!(count(page, "#[cfg(test)]\nmod tests { fn a() { let d: NaiveDate = text.parse().unwrap(); } }"), 0);
    }
}

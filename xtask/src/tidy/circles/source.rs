//! What one file of Rust says of modules: which it declares, what it defines and imports, which paths it walks.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Expr, ImplItem, Item, Lit, Meta, Stmt, UseTree, Visibility,
    visit::{self, Visit},
};

/// The names of a path, in their order.
pub type SourceNames = Vec<String>;

/// A module as it is written.
#[derive(Debug, Default)]
pub struct Source {
    /// Modules that stand within it.
    pub inline: Vec<(String, Self)>,
    /// Modules that stand in files of their own, with the path that an attribute gives.
    pub declared: Vec<(String, Option<String>)>,
    /// SourceNames that are defined here.
    pub items: BTreeSet<String>,
    /// SourceNames that are imported here, and from where.
    pub imports: BTreeMap<String, SourceNames>,
    /// Modules from which everything is imported.
    pub globs: Vec<SourceNames>,
    /// Paths that the code needs, imports among them.
    pub paths: BTreeSet<SourceNames>,
    /// Paths that are only handed on to others.
    pub handed_on: BTreeSet<SourceNames>,
}

impl Source {
    /// Reads a file, without what is compiled for tests only.
    ///
    /// # Errors
    /// When it is no Rust.
    pub fn read(text: &str) -> syn::Result<Self> {
        let file = syn::parse_file(text)?;
        let mut source = Self::default();
        if !file.attrs.iter().any(is_for_tests) {
            file.items.iter().for_each(|item| source.visit_item(item));
        }
        Ok(source)
    }

    fn import(&mut self, tree: &UseTree, before: &[String], handed_on: bool) {
        match tree {
            UseTree::Path(path) => {
                self.import(&path.tree, &[before, &[name(&path.ident)]].concat(), handed_on);
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, before, handed_on)),
            UseTree::Name(last) => self.import_one(before, &name(&last.ident), None, handed_on),
            UseTree::Rename(last) => self.import_one(before, &name(&last.ident), Some(name(&last.rename)), handed_on),
            UseTree::Glob(_) => {
                self.globs.push(before.to_vec());
                self.note(before.to_vec(), handed_on);
            }
        }
    }

    fn import_one(&mut self, before: &[String], last: &str, called: Option<String>, handed_on: bool) {
        // `use a::b::{self}` imports `a::b`.
        let path =
            if last == "self" && !before.is_empty() { before.to_vec() } else { [before, &[last.to_owned()]].concat() };
        let called = called.or_else(|| path.last().cloned()).unwrap_or_default();
        if path.len() > 1 || path.first() != Some(&called) {
            self.imports.insert(called, path.clone());
        }
        self.note(path, handed_on);
    }

    fn note(&mut self, path: SourceNames, handed_on: bool) {
        if handed_on {
            self.handed_on.insert(path)
        } else {
            self.paths.insert(path)
        };
    }

    /// The paths among the words of a macro, which the parser leaves as they are.
    fn words(&mut self, tokens: TokenStream) {
        let mut path = SourceNames::new();
        // How many colons stand since the last name.
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.end(&mut path);
                    }
                    path.push(name(&ident));
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => colons += 1,
                TokenTree::Group(group) => {
                    self.end(&mut path);
                    self.words(group.stream());
                }
                _ => self.end(&mut path),
            }
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut SourceNames) {
        if !path.is_empty() {
            self.paths.insert(std::mem::take(path));
        }
    }
}

fn name(ident: &proc_macro2::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// Whether what bears this is compiled for tests only.
fn is_for_tests(attribute: &Attribute) -> bool {
    match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("cfg") => {
            let words = list.tokens.to_string();
            let mut words = words.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.clone().any(|word| word == "test") && !words.any(|word| word == "not")
        }
        _ => false,
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The name that an item defines where it stands.
fn defined(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name(ident))
}

/// The path in `#[path = "…"]`.
fn path_of(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}

impl<'ast> Visit<'ast> for Source {
    fn visit_item(&mut self, item: &'ast Item) {
        if attributes(item).iter().any(is_for_tests) {
            return;
        }
        self.items.extend(defined(item));
        match item {
            Item::Mod(module) => match &module.content {
                Some((_, items)) => {
                    let mut inner = Self::default();
                    items.iter().for_each(|item| inner.visit_item(item));
                    self.inline.push((name(&module.ident), inner));
                }
                None => self.declared.push((name(&module.ident), path_of(&module.attrs))),
            },
            Item::Use(item) if item.leading_colon.is_none() => {
                self.import(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
            }
            Item::Use(_) => {}
            other => visit::visit_item(self, other),
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            // Only an import matters to the module of what stands within a function.
            Stmt::Item(item @ Item::Use(_)) => self.visit_item(item),
            Stmt::Item(item) if !attributes(item).iter().any(is_for_tests) => visit::visit_item(self, item),
            Stmt::Item(_) => {}
            other => visit::visit_stmt(self, other),
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let is_left_out = match item {
            ImplItem::Fn(item) => item.attrs.iter().any(is_for_tests),
            ImplItem::Const(item) => item.attrs.iter().any(is_for_tests),
            _ => false,
        };
        if !is_left_out {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_visibility(&mut self, _: &'ast Visibility) {
        // `pub(in crate::a)` needs nothing of `a`.
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            self.paths.insert(path.segments.iter().map(|segment| name(&segment.ident)).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.words(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        // `#[serde(with = "crate::a::b")]` needs `b`; a doc comment and a lint's name need nothing.
        let Meta::List(list) = &attribute.meta else { return };
        for token in list.tokens.clone() {
            if let TokenTree::Literal(literal) = token
                && let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
                && text.value().contains("::")
                && let Ok(path) = text.parse::<syn::Path>()
            {
                self.visit_path(&path);
            }
        }
    }
}

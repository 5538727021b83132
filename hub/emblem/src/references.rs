//! What an SVG would be if everything that it names stood where it is named: how many pieces, how deep, and whether it ends.
//!
//! A few hundred bytes can name each other into millions of pieces ("a billion laughs"), or into a circle. So an emblem is
//! weighed before a piece of it is drawn: whatever an element names in an attribute or in a style sheet counts as if it stood
//! there. That is at least as much as the drawing library takes.

use std::collections::{HashMap, HashSet};

use resvg::usvg::roxmltree::{Document, Node, NodeId};
use simplecss::{AttributeOperator, DeclarationTokenizer, Element, PseudoClass, StyleSheet};

use crate::{
    bounds::{DEPTH_MAX, LETTERS_MAX, PIECES_MAX, RULES_MAX},
    unfit::EmblemFlaw,
};

const SVG: &str = "http://www.w3.org/2000/svg";

/// What is drawn, or says how. Everything else is told to whoever made the file: an emblem that lacks a part is wrong.
const KNOWN: [&str; 22] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "a",
    "switch",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "style",
    "title",
    "desc",
];

/// What is not drawn, and does no harm where nobody names it: drawing programs leave it behind.
const LEFT_BEHIND: [&str; 5] = ["filter", "pattern", "marker", "metadata", "view"];

/// What a piece comes to, with all that it holds and names.
#[derive(Debug, Clone, Copy, Default)]
struct Load {
    pieces: u32,
    letters: usize,
    depth: u16,
}

impl Load {
    fn add(&mut self, other: Self) -> Result<(), EmblemFlaw> {
        self.pieces = self.pieces.saturating_add(other.pieces);
        self.letters = self.letters.saturating_add(other.letters);
        self.depth = self.depth.max(other.depth);
        if self.pieces > PIECES_MAX || self.letters > LETTERS_MAX { Err(EmblemFlaw::Pieces) } else { Ok(()) }
    }
}

/// Whether a document may be drawn.
///
/// # Errors
/// What stands in the way.
pub fn survey(document: &Document<'_>) -> Result<(), EmblemFlaw> {
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(EmblemFlaw::Kind);
    }
    let mut sheet = StyleSheet::new();
    for style in document.descendants().filter(|node| node.has_tag_name("style")) {
        let text = style.text().unwrap_or_default();
        if text.contains("@import") {
            return Err(EmblemFlaw::Outside);
        }
        sheet.parse_more(text);
    }
    if sheet.rules.len() > RULES_MAX {
        return Err(EmblemFlaw::Pieces);
    }
    let mut named: HashMap<&str, Vec<Node<'_, '_>>> = HashMap::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            named.entry(id).or_default().push(node);
        }
    }
    let mut survey = Survey { named, sheet, known: HashMap::new(), open: HashSet::new() };
    survey.load(root, 0).map(drop)
}

struct Survey<'a, 'i> {
    named: HashMap<&'a str, Vec<Node<'a, 'i>>>,
    sheet: StyleSheet<'a>,
    known: HashMap<NodeId, Load>,
    open: HashSet<NodeId>,
}

impl<'a, 'i> Survey<'a, 'i> {
    fn load(&mut self, node: Node<'a, 'i>, depth: u16) -> Result<Load, EmblemFlaw> {
        if let Some(load) = self.known.get(&node.id()) {
            return Ok(*load);
        }
        if depth > DEPTH_MAX {
            return Err(EmblemFlaw::Deep);
        }
        if !self.open.insert(node.id()) {
            return Err(EmblemFlaw::Circle);
        }
        let mut load = Load { pieces: 1, ..Load::default() };
        for (name, value) in self.said_of(node) {
            load.add(Load { letters: name.len() + value.len(), ..Load::default() })?;
            for id in names(node, name, value)? {
                for target in self.named.get(id).cloned().unwrap_or_default() {
                    load.add(self.target(target, depth)?)?;
                }
            }
        }
        for child in node.children().filter(|child| child.is_element() && child.tag_name().namespace() == Some(SVG)) {
            let name = child.tag_name().name();
            if KNOWN.contains(&name) {
                load.add(self.load(child, depth + 1)?)?;
            } else if !LEFT_BEHIND.contains(&name) {
                return Err(EmblemFlaw::element(name));
            }
        }
        load.depth += 1;
        if load.depth > DEPTH_MAX {
            return Err(EmblemFlaw::Deep);
        }
        self.open.remove(&node.id());
        self.known.insert(node.id(), load);
        Ok(load)
    }

    /// What is named, as if it stood where it is named.
    fn target(&mut self, node: Node<'a, 'i>, depth: u16) -> Result<Load, EmblemFlaw> {
        let name = node.tag_name().name();
        if node.tag_name().namespace() != Some(SVG) {
            return Ok(Load::default());
        }
        if KNOWN.contains(&name) { self.load(node, depth + 1) } else { Err(EmblemFlaw::element(name)) }
    }

    /// Every property of a piece: its attributes, and what its own style and the style sheets say of it.
    fn said_of(&self, node: Node<'a, 'i>) -> Vec<(&'a str, &'a str)> {
        let mut said: Vec<_> = node.attributes().map(|attribute| (attribute.name(), attribute.value())).collect();
        let own = node.attribute("style").unwrap_or_default();
        said.extend(DeclarationTokenizer::from(own).map(|declaration| (declaration.name, declaration.value)));
        for rule in self.sheet.rules.iter().filter(|rule| rule.selector.matches(&ReferencePiece(node))) {
            said.extend(rule.declarations.iter().map(|declaration| (declaration.name, declaration.value)));
        }
        said
    }
}

/// The ids that a property names.
fn names<'a>(node: Node<'_, '_>, property: &str, value: &'a str) -> Result<Vec<&'a str>, EmblemFlaw> {
    // A link leads somewhere when it is pressed, and a picture is not pressed.
    if property == "href" && node.tag_name().name() != "a" {
        return value.trim().strip_prefix('#').map(|id| vec![id]).ok_or(EmblemFlaw::Outside);
    }
    let mut ids = Vec::new();
    for rest in value.split("url(").skip(1) {
        let quoted = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'');
        let within = rest.split(')').next().unwrap_or_default().trim_matches(quoted);
        ids.push(within.strip_prefix('#').ok_or(EmblemFlaw::Outside)?);
    }
    Ok(ids)
}

/// A piece as style sheets see it.
struct ReferencePiece<'a, 'i>(Node<'a, 'i>);

impl Element for ReferencePiece<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(ReferencePiece)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(ReferencePiece)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.prev_sibling_element().is_none()
    }
}

//! An emblem as SVG: read without anything from outside, weighed, and drawn by `resvg`.

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{self, Group, ImageHrefResolver, Node, Options, Paint, Tree, roxmltree},
};

use crate::{
    bounds::{BOX_HEIGHT, BOX_WIDTH, FAR_MAX, NODES_MAX},
    picture::{Drawing, Ink},
    references,
    unfit::EmblemFlaw,
};

/// Draws it.
///
/// # Errors
/// Why it is not taken.
pub fn draw(bytes: &[u8]) -> Result<Drawing, EmblemFlaw> {
    if bytes.starts_with(b"\x1f\x8b") {
        return Err(EmblemFlaw::Packed);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| EmblemFlaw::Kind)?;
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with('<') {
        return Err(EmblemFlaw::Kind);
    }
    if text.contains("<!ENTITY") {
        return Err(EmblemFlaw::Entities);
    }
    // The head that old programs write names a DTD, which nobody reads.
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: NODES_MAX, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => EmblemFlaw::Pieces,
        _ => EmblemFlaw::Broken,
    })?;
    references::survey(&document)?;
    let tree = Tree::from_xmltree(&document, &options_without_pictures()).map_err(|error| match error {
        usvg::Error::ElementsLimitReached => EmblemFlaw::Pieces,
        _ => EmblemFlaw::Broken,
    })?;
    let size = tree.size();
    look_through(tree.root(), FAR_MAX * size.width().max(size.height()))?;
    on_white_ground(&tree)
}

fn options_without_pictures() -> Options<'static> {
    let nothing = ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    Options { image_href_resolver: nothing, ..Options::default() }
}

/// Refuses what takes long to draw and says little, filters, patterns, dashes, and what is too far away.
fn look_through(group: &Group, far: f32) -> Result<(), EmblemFlaw> {
    if !group.filters().is_empty() {
        return Err(EmblemFlaw::Effect("filters"));
    }
    for node in group.children() {
        match node {
            Node::Group(group) => look_through(group, far)?,
            Node::Path(path) => {
                let paints = [path.fill().map(usvg::Fill::paint), path.stroke().map(usvg::Stroke::paint)];
                if paints.into_iter().flatten().any(|paint| matches!(paint, Paint::Pattern(_))) {
                    return Err(EmblemFlaw::Effect("patterns"));
                }
                let bounds = path.abs_stroke_bounding_box();
                if ![bounds.left(), bounds.top(), bounds.right(), bounds.bottom()].iter().all(|at| at.abs() <= far) {
                    return Err(EmblemFlaw::Far);
                }
                if path.stroke().is_some_and(|stroke| stroke.dasharray().is_some()) {
                    return Err(EmblemFlaw::Effect("dashed lines"));
                }
            }
            Node::Image(_) => return Err(EmblemFlaw::Nested),
            Node::Text(_) => return Err(EmblemFlaw::Text),
        }
    }
    let mut clip = group.clip_path();
    while let Some(inner) = clip {
        look_through(inner.root(), far)?;
        clip = inner.clip_path();
    }
    let mut mask = group.mask();
    while let Some(inner) = mask {
        look_through(inner.root(), far)?;
        mask = inner.mask();
    }
    Ok(())
}

/// Drawn twice: once to see where there is ink, and once so that it fills the box.
fn on_white_ground(tree: &Tree) -> Result<Drawing, EmblemFlaw> {
    let size = tree.size();
    let first = SvgFrame { left: 0.0, top: 0.0, width: size.width(), height: size.height() };
    let (sketch, scale) = first.draw(tree)?;
    let ink = Ink::of(sketch.data(), sketch.width()).ok_or(EmblemFlaw::Pale)?;
    let back = |points: u32| points as f32 / scale;
    let inked = SvgFrame {
        left: back(ink.left),
        top: back(ink.top),
        width: back(ink.width()).min(size.width()),
        height: back(ink.height()).min(size.height()),
    };
    let (drawn, _) = inked.draw(tree)?;
    Drawing::of_premultiplied(drawn.width(), drawn.height(), drawn.take())
}

/// A part of the drawing, in its own units.
struct SvgFrame {
    left: f32,
    top: f32,
    width: f32,
    height: f32,
}

impl SvgFrame {
    /// The part as large as the box allows, and how many points a unit has.
    fn draw(&self, tree: &Tree) -> Result<(Pixmap, f32), EmblemFlaw> {
        let scale = (BOX_WIDTH as f32 / self.width).min(BOX_HEIGHT as f32 / self.height);
        let side = |length: f32, most: u32| ((length * scale).ceil() as u32).clamp(1, most);
        let (width, height) = (side(self.width, BOX_WIDTH), side(self.height, BOX_HEIGHT));
        let mut pixmap = Pixmap::new(width, height).ok_or(EmblemFlaw::Shape)?;
        let transform = Transform::from_translate(-self.left, -self.top).post_scale(scale, scale);
        resvg::render(tree, transform, &mut pixmap.as_mut());
        Ok((pixmap, scale))
    }
}

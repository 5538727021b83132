//! Writing a document that is set: pages, the tree of tags, and the letters.

use pdf_writer::{
    Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{ArtifactType, CidFontType, FontFlags, StructRole, SystemInfo, TabOrder, TableHeaderScope, UnicodeCmap},
};

use crate::{
    document::PaperDocument,
    letters::{EmbeddedFont, FontWeight, NoLetters},
    setting::{Element, ElementKind, FOOT, PAGE, SetDocument, SetLine, set},
};

const SYSTEM: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// The numbers of what stands in the file.
struct ObjectNumbers {
    next: i32,
}

impl ObjectNumbers {
    const fn take(&mut self) -> Ref {
        self.next += 1;
        Ref::new(self.next)
    }
}

/// Where a piece of an element stands: on which page, under which number there.
struct TaggedPiece {
    page: usize,
    number: i32,
}

/// A document as the bytes of a PDF: the same for the same document.
///
/// # Errors
/// That the letters cannot be read.
pub fn write(document: &PaperDocument) -> Result<Vec<u8>, NoLetters> {
    let mut set = set(document)?;
    let mut numbers = ObjectNumbers { next: 0 };
    let [catalog, tree, root, top] = std::array::from_fn(|_| numbers.take());
    let fonts: [Ref; 2] = std::array::from_fn(|_| numbers.take());
    let pages: Vec<(Ref, Ref)> = set.pages.iter().map(|_| (numbers.take(), numbers.take())).collect();
    let elements: Vec<Ref> = set.elements.iter().map(|_| numbers.take()).collect();
    let mut pdf = Pdf::new();
    let mut pieces: Vec<Vec<TaggedPiece>> = set.elements.iter().map(|_| Vec::new()).collect();
    let count = pages.len();
    for (index, (page, content)) in pages.iter().enumerate() {
        let lines = set.pages[index].clone();
        let written = page_content(&mut set, &lines, (index, count), &mut pieces);
        pdf.stream(*content, &written);
        let mut written = pdf.page(*page);
        written.parent(tree).media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).contents(*content);
        written.struct_parents(i32::try_from(index).unwrap_or(i32::MAX)).tab_order(TabOrder::StructureOrder);
        let mut resources = written.resources();
        let mut named = resources.fonts();
        for (weight, font) in FontWeight::ALL.iter().zip(fonts) {
            named.pair(Name(weight.resource()), font);
        }
    }
    pdf.pages(tree).kids(pages.iter().map(|(page, _)| *page)).count(i32::try_from(count).unwrap_or(i32::MAX));
    {
        let mut written = pdf.catalog(catalog);
        written.pages(tree).lang(TextStr(&document.language));
        written.mark_info().marked(true);
        written.viewer_preferences().display_doc_title(true);
        written.pair(Name(b"StructTreeRoot"), root);
    }
    write_tree(&mut pdf, (root, top), &set.elements, &elements, (&pages, &pieces));
    for ((weight, font), letters) in FontWeight::ALL.iter().zip(fonts).zip(&set.letters) {
        write_font(&mut pdf, &mut numbers, (*weight, font), letters)?;
    }
    let info = numbers.take();
    pdf.document_info(info).title(TextStr(&document.title)).producer(TextStr("Seira"));
    Ok(pdf.finish())
}

fn page_content(
    set: &mut SetDocument,
    lines: &[SetLine],
    (index, count): (usize, usize),
    pieces: &mut [Vec<TaggedPiece>],
) -> Vec<u8> {
    let mut content = Content::new();
    let mut open: Option<usize> = None;
    let mut number = 0;
    for line in lines {
        if open != Some(line.element) {
            if open.is_some() {
                content.end_marked_content();
            }
            let tag = role(set.elements[line.element].kind).0;
            content.begin_marked_content_with_properties(Name(tag)).properties().identify(number);
            pieces[line.element].push(TaggedPiece { page: index, number });
            number += 1;
            open = Some(line.element);
        }
        show(&mut content, &mut set.letters, line);
    }
    if open.is_some() {
        content.end_marked_content();
    }
    // The page's number is of the paper, and not read aloud among the text.
    content
        .begin_marked_content_with_properties(Name(b"Artifact"))
        .properties()
        .artifact()
        .kind(ArtifactType::Pagination);
    let text = format!("{} / {count}", index + 1);
    let (weight, size) = (FontWeight::Regular, 9.0);
    let x = (PAGE.0 - set.letters[0].width(&text, size)) / 2.0;
    show(&mut content, &mut set.letters, &SetLine { element: 0, weight, size, at: (x, FOOT), text });
    content.end_marked_content();
    content.finish().to_vec()
}

fn show(content: &mut Content, letters: &mut [EmbeddedFont; 2], line: &SetLine) {
    let encoded = letters[usize::from(line.weight == FontWeight::Bold)].encoded(&line.text);
    content.begin_text();
    content.set_font(Name(line.weight.resource()), line.size);
    content.set_text_matrix([1.0, 0.0, 0.0, 1.0, line.at.0, line.at.1]);
    content.show(Str(&encoded));
    content.end_text();
}

/// The tag of an element, on its page and in the tree.
const fn role(kind: ElementKind) -> (&'static [u8], StructRole) {
    match kind {
        ElementKind::Title => (b"H1", StructRole::H1),
        ElementKind::Heading => (b"H2", StructRole::H2),
        ElementKind::Paragraph => (b"P", StructRole::P),
        ElementKind::Table => (b"Table", StructRole::Table),
        ElementKind::Row => (b"TR", StructRole::TR),
        ElementKind::HeadCell => (b"TH", StructRole::TH),
        ElementKind::Cell => (b"TD", StructRole::TD),
    }
}

fn write_tree(
    pdf: &mut Pdf,
    (root, top): (Ref, Ref),
    elements: &[Element],
    refs: &[Ref],
    (pages, pieces): (&[(Ref, Ref)], &[Vec<TaggedPiece>]),
) {
    let within = |whom: Option<usize>| {
        let those = elements.iter().enumerate().filter(move |(_, element)| element.within == whom);
        those.map(|(index, _)| refs[index])
    };
    for (index, element) in elements.iter().enumerate() {
        let mut written = pdf.struct_element(refs[index]);
        written.kind(role(element.kind).1).parent(element.within.map_or(top, |parent| refs[parent]));
        if element.kind == ElementKind::HeadCell {
            written.attributes().push().table().scope(TableHeaderScope::Column);
        }
        let mut children = written.children();
        for child in within(Some(index)) {
            children.struct_element(child);
        }
        for piece in &pieces[index] {
            children.marked_content_ref().page(pages[piece.page].0).marked_content_id(piece.number);
        }
    }
    let mut document = pdf.struct_element(top);
    document.kind(StructRole::Document).parent(root);
    let mut children = document.children();
    for child in within(None) {
        children.struct_element(child);
    }
    children.finish();
    document.finish();
    // Which element each piece of each page belongs to.
    let mut of_pages: Vec<Vec<(i32, Ref)>> = pages.iter().map(|_| Vec::new()).collect();
    for (index, pieces) in pieces.iter().enumerate() {
        for piece in pieces {
            of_pages[piece.page].push((piece.number, refs[index]));
        }
    }
    let mut written = pdf.indirect(root).dict();
    written.pair(Name(b"Type"), Name(b"StructTreeRoot"));
    written.insert(Name(b"K")).array().item(top);
    let mut parents = written.insert(Name(b"ParentTree")).dict();
    let mut numbers = parents.insert(Name(b"Nums")).array();
    for (page, mut owners) in (0_i32..).zip(of_pages) {
        owners.sort_unstable_by_key(|(number, _)| *number);
        numbers.item(page);
        numbers.push().array().items(owners.into_iter().map(|(_, owner)| owner));
    }
    numbers.finish();
    parents.finish();
    written.pair(Name(b"ParentTreeNextKey"), i32::try_from(pages.len()).unwrap_or(i32::MAX));
}

fn write_font(
    pdf: &mut Pdf,
    numbers: &mut ObjectNumbers,
    (weight, font): (FontWeight, Ref),
    letters: &EmbeddedFont,
) -> Result<(), NoLetters> {
    let [descendant, descriptor, file, unicode] = std::array::from_fn(|_| numbers.take());
    let name = Name(weight.name());
    pdf.type0_font(font)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(descendant)
        .to_unicode(unicode);
    let mut written = pdf.cid_font(descendant);
    written.subtype(CidFontType::Type2).base_font(name).system_info(SYSTEM).font_descriptor(descriptor);
    written.default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = written.widths();
    for (number, (_, width)) in &letters.written {
        widths.consecutive(*number, [*width]);
    }
    widths.finish();
    written.finish();
    let (ascent, descent) = letters.heights();
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(-700.0, descent, 2_900.0, ascent))
        .italic_angle(0.0)
        .ascent(ascent)
        .descent(descent)
        .cap_height(714.0)
        .stem_v(if weight == FontWeight::Bold { 140.0 } else { 90.0 })
        .font_file2(file);
    let part = letters.part()?;
    let length = i32::try_from(part.len()).unwrap_or(i32::MAX);
    pdf.stream(file, &part).pair(Name(b"Length1"), length);
    let mut map = UnicodeCmap::new(Name(b"Seira-Unicode"), SYSTEM);
    for (number, (letter, _)) in &letters.written {
        map.pair(*number, *letter);
    }
    let map = map.finish();
    pdf.cmap(unicode, &map);
    Ok(())
}

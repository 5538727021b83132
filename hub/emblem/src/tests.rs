//! What is taken as an emblem, what it looks like in dots, and every kind of file that is refused.

use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbaImage, codecs::png::PngEncoder};

use super::*;

const HEAD: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">"#;
const SAMPLE: &str = include_str!("../../samples/emblem.svg");

fn svg(body: &str) -> Result<Emblem, EmblemFlaw> {
    Emblem::of_file(format!("{HEAD}{body}</svg>").as_bytes())
}

#[track_caller]
fn check(body: &str, expect: &EmblemFlaw) {
    assert_eq!(svg(body).as_ref().map(|_| ()), Err(expect), "{}", body.chars().take(200).collect::<String>());
}

fn png(picture: &RgbaImage) -> Vec<u8> {
    let mut png = Vec::new();
    let (width, height) = picture.dimensions();
    PngEncoder::new(&mut png).write_image(picture.as_raw(), width, height, ExtendedColorType::Rgba8).unwrap();
    png
}

/// The emblem's picture, as a browser reads it.
fn shown(emblem: &Emblem) -> RgbaImage {
    let picture: DynamicImage = image::load_from_memory(&emblem.picture).unwrap();
    assert_eq!((picture.width(), picture.height()), (u32::from(emblem.width), u32::from(emblem.height)));
    picture.into_rgba8()
}

fn printed(emblem: &Emblem) -> String {
    let row = |y| (0..emblem.dots.width()).map(move |x| if emblem.dots.is_black(x, y) { '#' } else { '.' });
    (0..emblem.dots.rows()).map(|y| row(y).chain(['\n']).collect::<String>()).collect()
}

#[test]
fn new_14_the_sample_is_an_emblem() {
    let emblem = Emblem::of_file(SAMPLE.as_bytes()).unwrap();
    assert_eq!((emblem.height, emblem.dots.rows()), (192, 96), "as high as there is room\n{}", printed(&emblem));
    assert!(emblem.picture.len() < 40_000, "{} bytes", emblem.picture.len());
    assert_eq!(emblem, Emblem::of_file(SAMPLE.as_bytes()).unwrap(), "each time the same");
    let other = Emblem::of_file(SAMPLE.replacen("<path", r##"<path stroke="#000""##, 1).as_bytes()).unwrap();
    assert_ne!(emblem.address(), other.address(), "another picture has another address");
}

#[test]
fn new_14_margins_are_left_out_and_the_ground_stays_clear() {
    let emblem = svg(r##"<circle cx="70" cy="30" r="10" fill="#004b9b"/>"##).unwrap();
    assert!(emblem.width.abs_diff(192) <= 2 && emblem.height == 192, "{} x {}", emblem.width, emblem.height);
    let shown = shown(&emblem);
    assert_eq!(shown.get_pixel(2, 2).0[3], 0, "the corner is clear");
    assert_eq!(shown.get_pixel(96, 96).0, [0x00, 0x4b, 0x9b, 0xff], "the colour is the file's");
    assert!(emblem.dots.is_black(48, 48) && !emblem.dots.is_black(2, 2));
}

#[test]
fn new_14_lines_are_clean_and_middle_tones_a_pattern() {
    let lines = svg(r#"<path d="M0 0h100v100h-100z M10 10v80h80v-80z" fill-rule="evenodd"/>"#).unwrap();
    let rows: Vec<String> = printed(&lines).lines().map(str::to_owned).collect();
    assert_eq!(
        rows[48],
        format!("{}{}{}", "#".repeat(10), ".".repeat(76), "#".repeat(10)),
        "no speck between the edges"
    );
    let grey = svg(r##"<rect width="100" height="100" fill="#a0a0a0"/>"##).unwrap();
    let share = f64::from(grey.dots.black()) / f64::from(u32::from(grey.dots.width()) * u32::from(grey.dots.rows()));
    assert!((0.3..0.6).contains(&share), "{share}\n{}", printed(&grey));
}

#[test]
fn new_14_a_wide_and_a_tall_emblem_keep_their_shape() {
    let wide = svg(r#"<rect y="40" width="100" height="20"/>"#).unwrap();
    assert_eq!((wide.width, wide.dots.width()), (512, 256));
    assert!((50..=52).contains(&wide.dots.rows()), "{:?}", wide.dots);
    let tall = svg(r#"<rect x="40" width="20" height="100"/>"#).unwrap();
    assert_eq!((tall.height, tall.dots.rows()), (192, 96));
    check(r#"<rect y="45" width="100" height="10"/>"#, &EmblemFlaw::Shape);
    check(r#"<rect x="45" width="10" height="100"/>"#, &EmblemFlaw::Shape);
}

#[test]
fn new_14_what_is_not_seen_on_white_is_told() {
    check("", &EmblemFlaw::Pale);
    check(r##"<circle cx="50" cy="50" r="40" fill="#fff"/>"##, &EmblemFlaw::Pale);
    check(r##"<circle cx="50" cy="50" r="40" fill="#f0f0d0"/>"##, &EmblemFlaw::Pale);
    check(r#"<circle cx="50" cy="50" r="40" opacity="0"/>"#, &EmblemFlaw::Pale);
    check(r#"<circle cx="500" cy="50" r="40"/>"#, &EmblemFlaw::Pale);
}

#[test]
fn new_14_an_svg_takes_nothing_from_outside_and_runs_nothing() {
    let ink = r#"<rect width="100" height="100"/>"#;
    for body in [
        r#"<image href="file:///etc/passwd" width="9" height="9"/>"#,
        r#"<image xlink:href="https://example.org/a.png" width="9" height="9"/>"#,
        r#"<image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/>"#,
        r#"<g><g><image/></g></g>"#,
    ] {
        check(&format!("{ink}{body}"), &EmblemFlaw::Nested);
    }
    for body in [
        r#"<use href="file:///etc/passwd#a"/>"#,
        r#"<use xlink:href="https://example.org/a.svg#a"/>"#,
        r#"<rect fill="url(https://example.org/a.svg#a)" width="9" height="9"/>"#,
        r#"<rect style="mask: url('other.svg#a')" width="9" height="9"/>"#,
        r#"<style>@import url(https://example.org/a.css);</style>"#,
        r#"<style>rect { clip-path: url(other.svg#a) }</style><rect/>"#,
    ] {
        check(&format!("{ink}{body}"), &EmblemFlaw::Outside);
    }
    for name in ["script", "foreignObject", "animate", "set", "iframe", "audio", "font-face", "hatch"] {
        check(&format!("{ink}<{name}/>"), &EmblemFlaw::Element(name.to_owned()));
    }
    for name in ["text", "tspan", "textPath"] {
        check(&format!("{ink}<{name}>ΚΕΠ</{name}>"), &EmblemFlaw::Text);
    }
    // What a browser would run is nothing to a pencil.
    assert!(svg(&ink.replace("<rect", r#"<rect onload="alert(1)""#)).is_ok());
}

#[test]
fn new_14_an_svg_that_names_itself_into_millions_is_not_drawn() {
    let mut laughs = r#"<g id="a0"><rect width="9" height="9"/></g>"#.to_owned();
    for level in 1..12 {
        let uses = format!(r##"<use href="#a{}"/>"##, level - 1).repeat(10);
        laughs.push_str(&format!(r#"<g id="a{level}">{uses}</g>"#));
    }
    check(&laughs, &EmblemFlaw::Pieces);
    let mut masks = r#"<mask id="m0"><rect width="9" height="9"/></mask>"#.to_owned();
    for level in 1..12 {
        let masked = format!(r#"<rect mask="url(#m{})" width="9" height="9"/>"#, level - 1).repeat(10);
        masks.push_str(&format!(r#"<mask id="m{level}">{masked}</mask>"#));
    }
    check(&masks, &EmblemFlaw::Pieces);
    check(&masks.replace("mask=\"", "style=\"mask:"), &EmblemFlaw::Pieces);
    let long = "M0 0L9 9".repeat(20_000);
    let repeated = format!(r##"<path id="p" d="{long}"/>{}"##, r##"<use href="#p"/>"##.repeat(1_000));
    check(&repeated, &EmblemFlaw::Pieces);
    check(&r#"<rect width="9" height="9"/>"#.repeat(11_000), &EmblemFlaw::Pieces);
    check(&"<g/>".repeat(60_000), &EmblemFlaw::Pieces);
    let rules: String = (0..1_001).map(|rule| format!(".c{rule}{{fill:#000}}")).collect();
    check(&format!("<style>{rules}</style>"), &EmblemFlaw::Pieces);
}

#[test]
fn new_14_an_svg_without_end_is_not_drawn() {
    for body in [
        r##"<g id="a"><use href="#a"/></g>"##,
        r##"<g id="a"><use href="#b"/></g><g id="b"><use href="#c"/></g><g id="c"><use href="#a"/></g>"##,
        r##"<clipPath id="a" clip-path="url(#b)"/><clipPath id="b" clip-path="url(#c)"/><clipPath id="c" clip-path="url(#a)"/>"##,
        r#"<mask id="a"><rect mask="url(#a)" width="9" height="9"/></mask>"#,
        r#"<style>.m { mask: url(#a) }</style><mask id="a"><rect class="m" width="9" height="9"/></mask>"#,
        r##"<style>* { clip-path: url("#a") }</style><clipPath id="a"><rect width="9" height="9"/></clipPath>"##,
        r##"<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect fill="url(#a)"/>"##,
    ] {
        check(body, &EmblemFlaw::Circle);
    }
    check(&format!("{}{}", "<g>".repeat(70), "</g>".repeat(70)), &EmblemFlaw::Deep);
    check(&format!("{}{}", "<g>".repeat(20_000), "</g>".repeat(20_000)), &EmblemFlaw::Deep);
    let chain: String = (0..70).map(|at| format!(r##"<g id="a{at}"><use href="#a{}"/></g>"##, at + 1)).collect();
    check(&chain, &EmblemFlaw::Deep);
}

#[test]
fn new_14_what_takes_long_and_says_little_is_not_drawn() {
    let rect = r#"<rect width="100" height="100""#;
    let blur = r#"<filter id="f" x="-1e9" width="2e9"><feGaussianBlur stdDeviation="1e9"/></filter>"#;
    check(&format!(r#"{blur}{rect} filter="url(#f)"/>"#), &EmblemFlaw::Element("filter".to_owned()));
    check(&format!(r#"{rect} filter="blur(100000px)"/>"#), &EmblemFlaw::Effect("filters"));
    check(&format!(r#"{rect} style="filter:drop-shadow(9px 9px 9999px)"/>"#), &EmblemFlaw::Effect("filters"));
    let tiles = r#"<pattern id="p" width=".001" height=".001"><path d="M0 0h9"/></pattern>"#;
    check(&format!(r#"{tiles}{rect} fill="url(#p)"/>"#), &EmblemFlaw::Element("pattern".to_owned()));
    check(&format!(r#"{rect} stroke="red" stroke-dasharray=".00001"/>"#), &EmblemFlaw::Effect("dashed lines"));
    check(
        &format!(r#"<style>rect{{stroke:red;stroke-dasharray:1e-9}}</style>{rect}/>"#),
        &EmblemFlaw::Effect("dashed lines"),
    );
    // Drawing programs leave behind what nobody names.
    assert!(svg(&format!("<defs>{blur}{tiles}<marker><path/></marker></defs>{rect}/>")).is_ok());
}

#[test]
fn new_14_a_huge_drawing_is_as_small_as_any() {
    for head in [
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="1e9"><circle cx="5e8" cy="5e8" r="5e8"/></svg>"#,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e30 1e30"><circle cx="5e29" cy="5e29" r="5e29"/></svg>"#,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e-9 1e-9"><circle cx="5e-10" cy="5e-10" r="5e-10"/></svg>"#,
    ] {
        if let Ok(emblem) = Emblem::of_file(head.as_bytes()) {
            assert!(emblem.width <= 512 && emblem.height <= 192, "{head}");
        }
    }
    check(r#"<path d="M-1e30 -1e30L1e30 1e30" stroke="red" stroke-width="1e30"/>"#, &EmblemFlaw::Far);
    check(r#"<path d="M0 0h20000v10z"/>"#, &EmblemFlaw::Far);
    check(r#"<g transform="scale(1e20)"><path d="M0 0h20v10z"/></g>"#, &EmblemFlaw::Far);
}

#[test]
fn new_14_what_is_no_svg_is_told_as_what_it_is() {
    let check = |bytes: &[u8], expect: EmblemFlaw| {
        let found = Emblem::of_file(bytes).map(|_| ());
        assert_eq!(found, Err(expect), "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)]));
    };
    for bytes in [&b""[..], b"\xff\xd8\xff\xe0", b"GIF89a", b"%PDF-1.7", b"RIFF", b"emblem", b"<html/>", b"<svg/>"] {
        check(bytes, EmblemFlaw::Kind);
    }
    check(b"\x1f\x8b\x08\x00", EmblemFlaw::Packed);
    for text in ["<svg", "<svg xmlns='http://www.w3.org/2000/svg'>", "<?xml version='1.0'?>"] {
        check(text.as_bytes(), EmblemFlaw::Broken);
    }
    check(&vec![b' '; FILE_BYTES_MAX + 1], EmblemFlaw::Long);
    let laughs = r#"<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    check(format!("{laughs}{HEAD}<desc>&b;</desc></svg>").as_bytes(), EmblemFlaw::Entities);
    let outside = r#"<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>"#;
    check(format!("{outside}{HEAD}<desc>&a;</desc></svg>").as_bytes(), EmblemFlaw::Entities);
    let head = r#"<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">"#;
    let plain = format!("\u{feff}<?xml version=\"1.0\"?>{head}{HEAD}<rect width=\"50\" height=\"50\"/></svg>");
    assert!(Emblem::of_file(plain.as_bytes()).is_ok(), "the head of old programs");
}

#[test]
fn new_14_a_png_is_drawn_anew() {
    let mut picture = RgbaImage::new(300, 200);
    for (x, y, point) in picture.enumerate_pixels_mut() {
        if (100..200).contains(&x) && (50..150).contains(&y) {
            point.0 = [200, 30, 40, 255];
        }
    }
    let file = png(&picture);
    let emblem = Emblem::of_file(&file).unwrap();
    assert_eq!((emblem.width, emblem.height), (100, 100), "its ink alone, not enlarged");
    assert_eq!(shown(&emblem).get_pixel(50, 50).0, [200, 30, 40, 255]);
    let with_words = [&file[..33], b"\0\0\0\x0ctEXtComment\0hide\x00\x00\x00\x00", &file[33..]].concat();
    assert!(!Emblem::of_file(&with_words).is_ok_and(|emblem| emblem.picture.windows(4).any(|part| part == b"hide")));
    // On white ground, as scanners leave it.
    let paper = RgbaImage::from_fn(300, 200, |x, y| {
        let is_ink = (100..200).contains(&x) && (50..150).contains(&y);
        image::Rgba(if is_ink { [0, 0, 0, 255] } else { [255, 255, 255, 255] })
    });
    assert_eq!(Emblem::of_file(&png(&paper)).unwrap().width, 100, "white margins are margins");
}

#[test]
fn new_14_half_covered_points_keep_their_colour() {
    let veil = RgbaImage::from_pixel(400, 400, image::Rgba([10, 80, 160, 128]));
    let emblem = Emblem::of_file(&png(&veil)).unwrap();
    let [red, green, blue, alpha] = shown(&emblem).get_pixel(90, 90).0;
    assert_eq!(alpha, 128);
    let near = |value: u8, expect: u8| value.abs_diff(expect) <= 2;
    assert!(near(red, 10) && near(green, 80) && near(blue, 160), "{red} {green} {blue}");
}

#[test]
fn new_14_a_png_that_would_fill_a_machine_is_not_unpacked() {
    let check = |bytes: &[u8], expect: EmblemFlaw| assert_eq!(Emblem::of_file(bytes).map(|_| ()), Err(expect));
    let good = png(&RgbaImage::from_pixel(80, 80, image::Rgba([0, 0, 0, 255])));
    let mut bomb = good.clone();
    bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    // The checksum of a head that was changed is wrong, and a right one says too much.
    assert!(Emblem::of_file(&bomb).is_err());
    let flat = png(&RgbaImage::from_pixel(2_001, 2_000, image::Rgba([0, 0, 0, 255])));
    check(&flat, EmblemFlaw::Points);
    check(&good[..good.len() / 2], EmblemFlaw::Broken);
    check(png::MARK, EmblemFlaw::Broken);
    check(&png(&RgbaImage::new(100, 100)), EmblemFlaw::Pale);
    check(&png(&RgbaImage::from_pixel(20, 20, image::Rgba([0, 0, 0, 255]))), EmblemFlaw::Small);
    check(&png(&RgbaImage::from_pixel(700, 100, image::Rgba([0, 0, 0, 255]))), EmblemFlaw::Shape);
}

#[test]
fn new_14_every_sentence_says_what_would_be_right() {
    for unfit in [
        EmblemFlaw::Long,
        EmblemFlaw::Kind,
        EmblemFlaw::Text,
        EmblemFlaw::Nested,
        EmblemFlaw::Pieces,
        EmblemFlaw::Deep,
        EmblemFlaw::Small,
    ] {
        let said = unfit.to_string();
        assert!(said.len() > 40 && !said.contains('{'), "{said}");
    }
    let strange = EmblemFlaw::element("a\u{1b}[31m<b>𝒳").to_string();
    assert!(strange.contains("<a31mb>"), "what the file calls it is shortened to letters: {strange}");
}

proptest::proptest! {
    #[test]
    fn new_14_whatever_it_is_one_answer_comes(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), is_png: bool) {
        let head: &[u8] = if is_png { png::MARK } else { b"<svg xmlns='http://www.w3.org/2000/svg'>" };
        let _ = Emblem::of_file(&[head, &bytes].concat());
    }
}

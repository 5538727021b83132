//! What the played printers can do, and the letters of their code pages.

/// A model of printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    /// Its name on the command line.
    pub name: &'static str,
    /// Printable dots in a line.
    pub width_dots: usize,
    /// Width of the paper in dots.
    pub paper_dots: usize,
    /// The code pages that `ESC t` knows.
    pub pages: &'static [(u8, LetterPage)],
    /// Whether it starts in a mode in which two high bytes are one Chinese character.
    pub starts_in_kanji: bool,
    /// Whether it answers `DLE EOT`.
    pub real_time: bool,
    /// Whether it speaks unasked after `GS a`.
    pub reports: bool,
    /// Whether it answers `GS ( H`.
    pub process_id: bool,
    /// Whether it answers `GS r`.
    pub in_order: bool,
    /// Whether it draws QR codes itself.
    pub native_qr: bool,
    /// Whether `DLE DC4` function 8 clears its buffer.
    pub clears: bool,
    /// Bytes that it holds and has not worked on yet.
    pub buffer_bytes: usize,
}

/// The letters of a code page from 80h on; U+FFFD where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterPage(&'static str);

/// United States: no Greek to write with.
pub const PC437: LetterPage = LetterPage(
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
);
/// Greek of DOS.
pub const PC737: LetterPage = LetterPage(
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀ωάέήϊίόύϋώΆΈΉΊΌΎΏ±≥≤ΪΫ÷≈°∙·√ⁿ²■\u{a0}",
);
/// Greek of DOS, the later one.
pub const PC869: LetterPage = LetterPage(
    "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}Ά\u{fffd}·¬¦‘’Έ―ΉΊΪΌ\u{fffd}\u{fffd}ΎΫ©Ώ²³ά£έήίϊΐόύΑΒΓΔΕΖΗ½ΘΙ«»░▒▓│┤ΚΛΜΝ╣║╗╝ΞΟ┐└┴┬├─┼ΠΡ╚╔╩╦╠═╬ΣΤΥΦΧΨΩαβγ┘┌█▄δε▀ζηθικλμνξοπρσςτ΄\u{ad}±υφχ§ψ΅°¨ωϋΰώ■\u{a0}",
);
/// Greek of Windows.
pub const WPC1253: LetterPage = LetterPage(
    "€\u{fffd}‚ƒ„…†‡\u{fffd}‰\u{fffd}‹\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}‘’“”•–—\u{fffd}™\u{fffd}›\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{a0}΅Ά£¤¥¦§¨©\u{fffd}«¬\u{ad}®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\u{fffd}ΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ\u{fffd}",
);
/// Greek of ISO 8859.
pub const ISO8859_7: LetterPage = LetterPage(
    "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{a0}‘’£€₯¦§¨©ͺ«¬\u{ad}\u{fffd}―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\u{fffd}ΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ\u{fffd}",
);

impl LetterPage {
    /// The letter of a byte from 80h on.
    #[must_use]
    pub fn letter(self, byte: u8) -> char {
        self.0.chars().nth(usize::from(byte.saturating_sub(0x80))).unwrap_or('\u{fffd}')
    }
}

/// What Epson's newer printers have in common.
const EPSON: Model = Model {
    name: "epson-tm-t20iii",
    width_dots: 576,
    paper_dots: 640,
    pages: &[(0, PC437), (14, PC737), (15, ISO8859_7), (38, PC869), (47, WPC1253)],
    starts_in_kanji: false,
    real_time: true,
    reports: true,
    process_id: true,
    in_order: true,
    native_qr: true,
    clears: true,
    buffer_bytes: 4096,
};

/// A printer that answers a question behind the ticket, and draws no QR codes.
const ANSWERS_IN_ORDER: Model = Model {
    name: "generic-drawn",
    pages: &[(0, PC437)],
    starts_in_kanji: true,
    reports: false,
    process_id: false,
    native_qr: false,
    clears: false,
    ..EPSON
};

/// A printer that tells how it is, and nothing of a ticket.
const TELLS_ITS_STATE: Model = Model {
    name: "generic-cp737",
    pages: &[(0, PC437), (14, PC737)],
    in_order: false,
    native_qr: true,
    ..ANSWERS_IN_ORDER
};

/// A small printer that says nothing.
const MUTE: Model = Model {
    name: "generic-58mm",
    width_dots: 384,
    paper_dots: 464,
    pages: &[(0, PC437), (64, PC737)],
    real_time: false,
    in_order: false,
    ..ANSWERS_IN_ORDER
};

const MODELS: &[Model] = &[
    EPSON,
    TELLS_ITS_STATE,
    ANSWERS_IN_ORDER,
    MUTE,
    Model { name: "epson-tm-t20ii", ..EPSON },
    Model { name: "epson-tm-t20iv", ..EPSON },
    Model { name: "epson-tm-t88v", width_dots: 512, paper_dots: 568, ..EPSON },
    Model { name: "epson-tm-t88vi", width_dots: 512, paper_dots: 568, ..EPSON },
    Model { name: "epson-tm-t88vii", width_dots: 512, paper_dots: 568, ..EPSON },
    Model { name: "epson-tm-m30iii", ..EPSON },
    Model { name: "epson-tm-t88iii", width_dots: 512, paper_dots: 568, pages: &[(0, PC437)], ..ANSWERS_IN_ORDER },
    Model {
        name: "bixolon-srp-350iii",
        width_dots: 512,
        paper_dots: 568,
        pages: &[(0, PC437), (24, WPC1253), (29, PC737), (38, ISO8859_7)],
        ..TELLS_ITS_STATE
    },
    Model { name: "bixolon-srp-s300", pages: &[(0, PC437), (38, PC869), (47, WPC1253)], ..TELLS_ITS_STATE },
    Model { name: "seiko-rp-f10", pages: &[(0, PC437), (14, PC737), (47, WPC1253)], ..TELLS_ITS_STATE },
    Model {
        name: "seiko-rp-f10-58mm",
        width_dots: 432,
        paper_dots: 464,
        pages: &[(0, PC437), (14, PC737), (47, WPC1253)],
        ..TELLS_ITS_STATE
    },
    Model {
        name: "rongta-rp326",
        pages: &[(0, PC437), (17, WPC1253), (24, PC737), (41, ISO8859_7)],
        ..TELLS_ITS_STATE
    },
    Model {
        name: "rongta-rp332",
        pages: &[(0, PC437), (17, WPC1253), (24, PC737), (41, ISO8859_7)],
        ..TELLS_ITS_STATE
    },
    Model { name: "xprinter-xp-n160ii", pages: &[(0, PC437), (7, WPC1253), (24, PC737)], ..TELLS_ITS_STATE },
    Model { name: "xprinter-xp-t80q", pages: &[(0, PC437), (7, WPC1253), (24, PC737)], ..TELLS_ITS_STATE },
    Model { name: "netum-nt-5890k", pages: &[(0, PC437), (64, PC737), (66, PC869), (90, WPC1253)], ..MUTE },
    Model {
        name: "netum-nt-80-v-ul",
        pages: &[(0, PC437), (64, PC737), (66, PC869), (90, WPC1253)],
        ..TELLS_ITS_STATE
    },
    Model { name: "pbm-p822d", pages: &[(0, PC437), (64, PC737), (66, PC869)], ..TELLS_ITS_STATE },
    Model { name: "kefar-kr-306", pages: &[(0, PC437), (42, PC737), (44, PC869)], ..TELLS_ITS_STATE },
    Model { name: "yhd-8390", pages: &[(0, PC437), (27, PC869), (29, PC737)], ..TELLS_ITS_STATE },
    Model { name: "hp-a779", pages: &[(0, PC437), (10, PC737)], ..TELLS_ITS_STATE },
    Model { name: "wincor-th230", pages: &[(0, PC437), (10, PC737)], ..TELLS_ITS_STATE },
    Model { name: "datecs-ep-60", pages: &[(0, PC437), (16, WPC1253)], ..MUTE },
    Model { name: "citizen-ct-s651", pages: &[(0, PC437)], ..ANSWERS_IN_ORDER },
    Model {
        name: "munbyn-itpp047",
        width_dots: 512,
        paper_dots: 568,
        pages: &[(0, PC437)],
        native_qr: false,
        ..TELLS_ITS_STATE
    },
    Model { name: "metapace-t-1", pages: &[(0, PC437)], native_qr: false, ..TELLS_ITS_STATE },
    Model { name: "zjiang-zj-5870", pages: &[(0, PC437)], ..MUTE },
];

impl Model {
    /// The model of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        MODELS.iter().find(|model| model.name == name).copied()
    }

    /// The names of all models.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        MODELS.iter().map(|model| model.name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_128_places() {
        for page in [PC437, PC737, PC869, WPC1253, ISO8859_7] {
            assert_eq!(page.0.chars().count(), 128);
        }
    }

    #[test]
    fn known_letters_stand_where_the_makers_say() {
        assert_eq!([0x82, 0x9C, 0xA0, 0x98].map(|byte| PC737.letter(byte)), ['Γ', 'ε', 'ι', 'α']);
        assert_eq!([0xA6, 0xDE, 0xE3, 0xD6].map(|byte| PC869.letter(byte)), ['Γ', 'ε', 'ι', 'α']);
        assert_eq!([0xC3, 0xE5, 0xE9, 0xE1].map(|byte| WPC1253.letter(byte)), ['Γ', 'ε', 'ι', 'α']);
        assert_eq!(
            (WPC1253.letter(0xA2), ISO8859_7.letter(0xB6), PC737.letter(0xEA), PC869.letter(0x86)),
            ('Ά', 'Ά', 'Ά', 'Ά')
        );
        assert_eq!((WPC1253.letter(0x80), ISO8859_7.letter(0xA4), WPC1253.letter(0xC0)), ('€', '€', 'ΐ'));
    }
}

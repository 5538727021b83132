//! What a ticket looks like: its blocks from top to bottom, before any printer is thought of.

use crate::{
    content::{Ticket, TicketFact},
    picture::DotPicture,
};

/// A piece of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Text that is wrapped at words.
    Text { text: String, style: Style, align: Align },
    /// Lines with a label at the left and its value, bold, at the right; all as large as the widest allows.
    Rows(Vec<TicketFact>),
    /// The number, as large as the paper allows.
    Number(String),
    /// White on black, over the whole width.
    Bar(String),
    /// A thin line over the whole width.
    Rule,
    /// So many empty lines.
    Gap(u8),
    /// The office's emblem.
    Emblem(DotPicture),
    /// A QR code.
    Qr(String),
}

/// How letters look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// How large.
    pub size: Size,
    /// Whether the letters are drawn thick.
    pub bold: bool,
}

/// How large letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// The printer's letter, 12 x 24 dots: 3 mm high at 203 dots an inch.
    Normal,
    /// Twice as high.
    Tall,
    /// Twice as high and wide.
    Large,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
}

impl Size {
    /// How many of the printer's columns a letter takes.
    pub fn columns(self) -> u16 {
        match self {
            Self::Normal | Self::Tall => 1,
            Self::Large => 2,
        }
    }

    /// The `n` of `GS !`: width less one in the upper half, height less one in the lower.
    pub fn gs_size(self) -> u8 {
        match self {
            Self::Normal => 0x00,
            Self::Tall => 0x01,
            Self::Large => 0x11,
        }
    }

    /// Rows of a drawn line of this size, chosen so that it looks like the printer's own lines beside it.
    pub fn drawn_rows(self) -> u16 {
        match self {
            Self::Normal => 32,
            Self::Tall => 46,
            Self::Large => 60,
        }
    }
}

/// The blocks of a ticket.
pub fn blocks(ticket: &Ticket) -> Vec<Block> {
    let text = |text: &str, size, bold| Block::Text {
        text: text.to_owned(),
        style: Style { size, bold },
        align: Align::Centre,
    };
    let mut blocks = Vec::new();
    if let Some(mark) = &ticket.mark {
        blocks.extend([Block::Bar(mark.clone()), Block::Gap(1)]);
    }
    blocks.extend(ticket.emblem.clone().map(Block::Emblem));
    blocks.extend([
        text(&ticket.office, Size::Tall, true),
        text(&ticket.issued, Size::Normal, false),
        Block::Gap(1),
        text(&ticket.number_label, Size::Tall, false),
        Block::Number(ticket.number.clone()),
        text(&ticket.service, Size::Large, true),
        text(&ticket.service_second, Size::Normal, false),
        Block::Gap(1),
    ]);
    if !ticket.facts.is_empty() {
        blocks.extend([Block::Rule, Block::Rows(ticket.facts.clone()), Block::Rule]);
    }
    for instruction in &ticket.instructions {
        blocks.push(text(instruction, Size::Tall, true));
    }
    for note in &ticket.notes {
        blocks.push(text(note, Size::Normal, false));
    }
    if let Some(page) = &ticket.page {
        // The quiet zone of a QR code is the sender's business: the printer adds none.
        blocks.extend([
            Block::Gap(1),
            Block::Qr(page.url.clone()),
            Block::Gap(1),
            text(&page.caption, Size::Normal, false),
        ]);
    }
    if !ticket.job.is_empty() {
        blocks.extend([Block::Gap(1), text(&ticket.job, Size::Normal, false)]);
    }
    blocks.retain(|block| !matches!(block, Block::Text { text, .. } | Block::Number(text) if text.trim().is_empty()));
    blocks
}

//! What all screens share: the bar with the office and the language switch, the heading, the way back, and the question
//! whether anybody is still there.

use bevy::prelude::*;
use panel::{
    kit::{Kit, Weight},
    theme::Token,
    widgets::{self, ButtonLook},
};
use walk::{KioskScreen, Press};
use wire::Language;

use crate::ui::{meaning::Meaning, screen_state::ScreenState};

/// What stands in the bar, and the countdown of the question whether anybody is there.
pub struct TopBar {
    /// The office's name.
    pub office: String,
    /// The hub's time.
    pub time: String,
    /// That the kiosk goes on by itself, while it does.
    pub local: Option<String>,
    /// Seconds until the screen goes home.
    pub countdown: Option<u64>,
}

/// The ways out of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaysOut {
    /// None: somebody is being waited for.
    None,
    /// To the first screen.
    Home,
    /// One step back, and to the first screen.
    BackAndHome,
}

/// A screen's frame.
pub struct ScreenFrame {
    /// The screen that it is drawn for.
    pub screen: KioskScreen,
    /// The sentence at its head.
    pub heading: String,
    /// A second sentence.
    pub below: String,
    /// The ways out.
    pub ways: WaysOut,
    /// Whether the sentence is all there is: it stands in the middle, and large.
    pub alone: bool,
    /// The colour of the heading: what did not go well is said in another one, and in words that say what to do.
    pub colour: Token,
    /// Which page of how many, where a list has more than one.
    pub pages: Option<(usize, usize)>,
}

impl ScreenFrame {
    /// A screen with a sentence at its head, and nothing else yet.
    pub const fn new(screen: KioskScreen, heading: String) -> Self {
        Self {
            screen,
            heading,
            below: String::new(),
            ways: WaysOut::None,
            alone: false,
            colour: Token::Blue,
            pages: None,
        }
    }
}

/// Draws the frame, and what `content` puts into it.
pub fn draw(
    commands: &mut Commands,
    kit: &Kit,
    top: &TopBar,
    frame: &ScreenFrame,
    content: impl FnOnce(&mut ChildSpawnerCommands),
) {
    draw_with(commands, kit, top, frame, |_| {}, content);
}

/// The same, with more that belongs to the heading: under it, where a lying panel has room to spare.
pub fn draw_with(
    commands: &mut Commands,
    kit: &Kit,
    top: &TopBar,
    frame: &ScreenFrame,
    under_heading: impl FnOnce(&mut ChildSpawnerCommands),
    content: impl FnOnce(&mut ChildSpawnerCommands),
) {
    let page = Node { width: percent(100), height: percent(100), flex_direction: FlexDirection::Column, ..default() };
    let name = Name::new(format!("{:?}", frame.screen));
    // The window is cleared to the colour of paper already; painting it anew would be the dearest part of a frame.
    commands.spawn((name, DespawnOnExit(ScreenState(frame.screen)), page)).with_children(|page| {
        draw_bar(kit, top, page);
        let direction = if kit.measure.is_portrait() { FlexDirection::Column } else { FlexDirection::Row };
        let body =
            Node { flex_grow: 1.0, flex_basis: px(0), min_height: px(0), flex_direction: direction, ..default() };
        page.spawn(body).with_children(|body| {
            draw_heading(kit, frame, body, under_heading);
            if frame.alone {
                return;
            }
            let place = Node {
                flex_grow: if kit.measure.is_portrait() { 1.0 } else { 1.5 },
                flex_basis: px(0),
                min_height: px(0),
                min_width: px(0),
                flex_direction: FlexDirection::Column,
                padding: UiRect::axes(
                    px(kit.margin()),
                    px(if kit.measure.is_portrait() { kit.margin() } else { kit.gap() * 1.4 }),
                ),
                row_gap: px(kit.gap()),
                ..default()
            };
            body.spawn(place).with_children(content);
        });
        draw_ways(kit, top, frame, page);
        if let Some(seconds) = top.countdown {
            draw_question(kit, seconds, page);
        }
    });
}

fn draw_bar(kit: &Kit, top: &TopBar, page: &mut ChildSpawnerCommands) {
    let bar = Node {
        flex_shrink: 0.0,
        padding: UiRect::axes(px(kit.margin()), px(kit.gap() * 0.9)),
        column_gap: px(kit.gap() * 1.5),
        align_items: AlignItems::Center,
        ..default()
    };
    page.spawn((bar, BackgroundColor(Token::Blue.colour()))).with_children(|bar| {
        let office = Node { flex_grow: 1.0, flex_basis: px(0), ..default() };
        bar.spawn((office, children![kit.words(kit.body(), Weight::Bold, Token::OnBlue, &top.office)]));
        for other in Language::ALL.into_iter().filter(|language| *language != kit.language) {
            let name = phrases::say(other, "kiosk-language-name");
            let button = widgets::button(kit, ButtonLook::OnBlue, &format!("language-{}", other.tag()), &name);
            bar.spawn((button, Meaning(Press::Language(other))))
                .entry::<Node>()
                .and_modify(|mut node| node.flex_shrink = 0.0);
        }
    });
}

fn draw_heading(
    kit: &Kit,
    frame: &ScreenFrame,
    body: &mut ChildSpawnerCommands,
    under_heading: impl FnOnce(&mut ChildSpawnerCommands),
) {
    if frame.heading.is_empty() {
        return;
    }
    let portrait = kit.measure.is_portrait();
    let upright = portrait && !frame.alone;
    let place = Node {
        flex_grow: if upright { 0.0 } else { 1.0 },
        flex_basis: if upright { auto() } else { px(0) },
        flex_shrink: if upright { 0.0 } else { 1.0 },
        min_width: px(0),
        justify_content: if frame.alone { JustifyContent::Center } else { JustifyContent::Start },
        flex_direction: FlexDirection::Column,
        row_gap: px(kit.gap()),
        padding: UiRect::new(
            px(kit.margin()),
            px(kit.margin()),
            px(kit.margin()),
            px(if portrait { 0.0 } else { kit.margin() }),
        ),
        ..default()
    };
    let ground = if portrait || frame.alone { Color::NONE } else { Token::Mist.colour() };
    body.spawn((place, BackgroundColor(ground))).with_children(|place| {
        // A long sentence is set smaller, so that it stays together with what follows.
        const LONG: usize = 60;
        let size = if frame.heading.chars().count() > LONG { kit.title() * 0.82 } else { kit.title() };
        let size = if frame.alone { kit.title() * 1.1 } else { size };
        let heading = sentence_a_line(&frame.heading, kit.language);
        place.spawn(kit.words(size, Weight::Bold, frame.colour, &heading));
        if !frame.below.is_empty() {
            place.spawn(kit.words(kit.body(), Weight::Regular, Token::Ink, &frame.below));
        }
        under_heading(place);
    });
}

/// Each sentence and each question begins a line of its own: so it is read with one look, and no line ends in "The".
fn sentence_a_line(text: &str, language: Language) -> String {
    // The sign that asks in Greek only joins in English.
    let ends = match language {
        Language::El => [". ", "; "],
        _ => [". ", "? "],
    };
    ends.iter().fold(text.to_owned(), |text, end| text.replace(end, &format!("{}\n", end.trim_end())))
}

fn draw_ways(kit: &Kit, top: &TopBar, frame: &ScreenFrame, page: &mut ChildSpawnerCommands) {
    // Upright, both do not fit beside one another.
    let paging_apart = kit.measure.is_portrait();
    if let Some(pages) = frame.pages.filter(|_| paging_apart) {
        // Both ways and what stands between them just fit.
        let row = Node { padding: UiRect::axes(px(kit.gap() * 0.7), px(0)), ..bar_of_ways(kit) };
        page.spawn(row).with_children(|bar| draw_paging(kit, pages, bar));
    }
    let border = Node { border: UiRect::top(px(kit.measure.unit(2.0))), ..bar_of_ways(kit) };
    page.spawn((border, BorderColor::all(Token::Line.colour()))).with_children(|bar| {
        if frame.ways == WaysOut::BackAndHome {
            draw_way(kit, Press::Back, "back", "kiosk-back", bar);
        }
        if frame.ways != WaysOut::None {
            draw_way(kit, Press::Home, "home", "kiosk-home", bar);
        }
        bar.spawn(widgets::spring());
        if let Some(pages) = frame.pages.filter(|_| !paging_apart) {
            draw_paging(kit, pages, bar);
            bar.spawn(widgets::spring());
        }
        if let Some(local) = &top.local {
            bar.spawn((Name::new("local"), kit.line(kit.small(), Weight::Regular, Token::Slate, local)));
        }
        bar.spawn((Name::new("clock"), kit.line(kit.strong(), Weight::Bold, Token::Slate, &top.time)));
    });
}

fn bar_of_ways(kit: &Kit) -> Node {
    Node {
        flex_shrink: 0.0,
        min_height: px(kit.target() + 1.4 * kit.gap()),
        padding: UiRect::axes(px(kit.margin()), px(kit.gap() * 0.7)),
        column_gap: px(kit.gap()),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    }
}

fn draw_way(kit: &Kit, press: Press, name: &str, id: &str, bar: &mut ChildSpawnerCommands) {
    let button = widgets::button(kit, ButtonLook::Secondary, name, &phrases::say(kit.language, id));
    bar.spawn((button, Meaning(press))).entry::<Node>().and_modify(|mut node| node.flex_shrink = 0.0);
}

/// Which page of how many, and the ways to those beside it.
fn draw_paging(kit: &Kit, (shown, pages): (usize, usize), bar: &mut ChildSpawnerCommands) {
    if shown > 0 {
        draw_way(kit, Press::Page(shown - 1), "page-previous", "kiosk-page-previous", bar);
    }
    let places = [("page", (shown + 1).into()), ("pages", pages.into())];
    let which = phrases::say_with(kit.language, "kiosk-page", &places);
    bar.spawn(kit.line(kit.small(), Weight::Regular, Token::Slate, &which));
    if shown + 1 < pages {
        draw_way(kit, Press::Page(shown + 1), "page-next", "kiosk-page-next", bar);
    }
}

fn draw_question(kit: &Kit, seconds: u64, page: &mut ChildSpawnerCommands) {
    let over = Node {
        position_type: PositionType::Absolute,
        width: percent(100),
        height: percent(100),
        padding: UiRect::all(px(kit.margin())),
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        ..default()
    };
    let veil = Token::Ink.colour().with_alpha(0.72);
    page.spawn((Name::new("still-there"), over, BackgroundColor(veil), GlobalZIndex(1))).with_children(|over| {
        let card = Node {
            // A width of its own: with a greatest width alone, a sentence that wraps is counted as one line.
            width: px(kit.measure.short() - 2.0 * kit.margin()),
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::Stretch,
            padding: UiRect::all(px(kit.margin())),
            row_gap: px(kit.gap() * 1.4),
            border_radius: kit.corner(),
            ..default()
        };
        over.spawn((card, BackgroundColor(Token::Page.colour()))).with_children(|card| {
            let title = phrases::say(kit.language, "kiosk-still-there");
            card.spawn(kit.centred(kit.title(), Weight::Bold, Token::Blue, &title));
            let below = phrases::say_with(kit.language, "kiosk-still-there-below", &[("seconds", seconds.into())]);
            card.spawn(kit.centred(kit.body(), Weight::Regular, Token::Ink, &below));
            let yes = phrases::say(kit.language, "kiosk-still-there-yes");
            card.spawn((widgets::button(kit, ButtonLook::Primary, "still-here", &yes), Meaning(Press::StillHere)));
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_begins_a_line_in_its_own_language() {
        assert_eq!(sentence_a_line("Θέλετε αριθμό; Ναι. Όχι", Language::El), "Θέλετε αριθμό;\nΝαι.\nΌχι");
        let english = "Your number is A042. Please wait; we will call you.";
        assert_eq!(sentence_a_line(english, Language::En), "Your number is A042.\nPlease wait; we will call you.");
    }
}

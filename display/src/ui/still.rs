//! What does not move: the bar, the sentence that stands where no call does, those who are called soon, the notices.

use bevy::{prelude::*, text::LineHeight};
use board::{LargeArea, SoonRow};
use link::{Estrangement, ThreeWords};
use panel::{kit::Weight, theme::Token};

use crate::ui::{
    brush::{Brush, placed},
    layout::Layout,
};

/// Everything but the calls; whoever calls this has thrown away what stood before.
pub fn draw(brush: &Brush, root: &mut ChildSpawnerCommands) {
    draw_header(brush, root);
    if !matches!(brush.picture.large, LargeArea::Call(_)) {
        draw_sentence_of(brush, root);
    }
    if brush.has_lists() {
        draw_list_titles(brush, root);
    }
    draw_notices(brush, root);
}

fn draw_header(brush: &Brush, root: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, picture, .. } = brush;
    let upright = kit.measure.is_portrait();
    let bar = Node {
        padding: UiRect::horizontal(px(layout.margin)),
        column_gap: px(layout.margin),
        row_gap: px(0),
        flex_direction: if upright { FlexDirection::Column } else { FlexDirection::Row },
        align_items: if upright { AlignItems::Stretch } else { AlignItems::Center },
        justify_content: if upright { JustifyContent::Center } else { JustifyContent::SpaceBetween },
        ..placed(Rect::new(0.0, 0.0, kit.measure.width, layout.header))
    };
    let office = brush.own(&picture.office);
    root.spawn((bar, brush.grounds.of(Token::Blue))).with_children(|bar| {
        let place = Node {
            flex_shrink: 1.0,
            flex_grow: if upright { 0.0 } else { 1.0 },
            column_gap: px(layout.emblem_gap()),
            align_items: AlignItems::Center,
            ..default()
        };
        bar.spawn(place).with_children(|place| {
            if let (Some(size), Some(image)) = (layout.emblem, brush.emblem) {
                let node = Node { width: px(size.x), height: px(size.y), flex_shrink: 0.0, ..default() };
                place.spawn((Name::new("emblem"), ImageNode::new(image.clone()), node));
            }
            let name = kit.words(layout.office, Weight::Bold, Token::OnBlue, office);
            place.spawn(name).insert(LineHeight::RelativeToFont(1.06));
        });
        let clock = Node {
            align_items: AlignItems::Center,
            justify_content: if layout.has_day { JustifyContent::SpaceBetween } else { JustifyContent::FlexEnd },
            column_gap: px(layout.margin),
            flex_shrink: 0.0,
            ..default()
        };
        bar.spawn(clock).with_children(|clock| {
            if layout.has_day {
                let day = brush.own(&picture.day);
                let width = kit.measure.width - layout.clock * 3.4 - 3.0 * layout.margin;
                let letters = Layout::fitting(layout.least, day.chars().count(), width);
                clock.spawn(kit.line(letters, Weight::Regular, Token::OnBlueSecond, day));
            }
            clock.spawn((Name::new("clock"), kit.line(layout.clock, Weight::Bold, Token::OnBlue, &picture.time)));
        });
    });
}

fn draw_sentence_of(brush: &Brush, root: &mut ChildSpawnerCommands) {
    match &brush.picture.large {
        LargeArea::Call(_) => {}
        LargeArea::Starting => {
            draw_sentence(brush, root, Token::Page, Token::Blue, "", &brush.say("panel-pairing-wait"));
        }
        LargeArea::Quiet => {
            let (title, below) = (brush.say("display-please-wait"), brush.say("display-please-wait-below"));
            draw_sentence(brush, root, Token::Page, Token::Blue, &title, &below);
        }
        LargeArea::Lost(since) => {
            let (title, below) = (brush.say_time("panel-stale", since), brush.say("display-stale-below"));
            draw_sentence(brush, root, Token::Alarm, Token::OnBlue, &title, &below);
        }
        LargeArea::Estranged(why) => {
            let id = match why {
                Estrangement::AnotherHub => "panel-another-hub",
                Estrangement::UnknownHere => "panel-unknown-here",
            };
            let (title, below) = (brush.say(id), brush.say(&format!("{id}-below")));
            draw_sentence(brush, root, Token::Alarm, Token::OnBlue, &title, &below);
        }
        LargeArea::Pairing { code, words } => draw_pairing(brush, code, *words, root),
        LargeArea::Closed { opens, because } => {
            let opens = opens.as_ref().map(|at| brush.say_time("display-closed-below", at));
            let below = lines([because.as_ref().map(|words| brush.own(words).to_owned()), opens, None]);
            draw_sentence(brush, root, Token::Page, Token::Blue, &brush.say("display-closed"), &below);
        }
        LargeArea::Suspended { until, because } => {
            let until = until.as_ref().map(|at| brush.say_time("display-suspended-below", at));
            // Only new numbers stop; whoever sits here with one must not go home.
            let wait = Some(brush.say("display-suspended-wait"));
            let below = lines([because.as_ref().map(|words| brush.own(words).to_owned()), until, wait]);
            draw_sentence(brush, root, Token::AlarmPage, Token::Alarm, &brush.say("display-suspended"), &below);
        }
    }
}

/// Those that say something, a line each.
fn lines(lines: [Option<String>; 3]) -> String {
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The large area; where no lists are drawn below, it is all there is.
fn area(brush: &Brush, gap: f32) -> Node {
    let Brush { kit, layout, .. } = brush;
    let bottom = if brush.has_lists() { layout.large.max.y } else { kit.measure.height };
    Node {
        padding: UiRect::horizontal(px(layout.margin)),
        flex_direction: FlexDirection::Column,
        row_gap: px(layout.margin * gap),
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        ..placed(Rect { max: Vec2::new(layout.large.max.x, bottom), ..layout.large })
    }
}

fn draw_sentence(
    brush: &Brush,
    root: &mut ChildSpawnerCommands,
    ground: Token,
    letters: Token,
    title: &str,
    below: &str,
) {
    let Brush { kit, layout, .. } = brush;
    let longest = title.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    let inner = kit.measure.width - 2.0 * layout.margin;
    let size = Layout::fitting(layout.least * 1.35, longest, inner).max(layout.least);
    root.spawn((Name::new("sentence"), area(brush, 0.3), brush.grounds.of(ground))).with_children(|area| {
        if !title.is_empty() {
            area.spawn(kit.centred(size, Weight::Bold, letters, title));
        }
        let second = if letters == Token::OnBlue { Token::OnBlue } else { Token::Ink };
        if !below.is_empty() {
            area.spawn(kit.centred(layout.least, Weight::Regular, second, below));
        }
    });
}

fn draw_pairing(brush: &Brush, code: &str, words: ThreeWords, root: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, .. } = brush;
    // Whoever reads this stands before the board.
    let unit = |size: f32| kit.measure.unit(size);
    root.spawn((Name::new("pairing"), area(brush, 0.3), brush.grounds.of(Token::Page))).with_children(|area| {
        area.spawn(kit.centred(unit(58.0), Weight::Bold, Token::Ink, &brush.say("panel-pairing-title")));
        area.spawn(kit.line(unit(160.0), Weight::Bold, Token::Blue, code));
        area.spawn(kit.centred(unit(46.0), Weight::Regular, Token::Slate, &brush.say("panel-pairing-sentence")));
        let words = words.in_language(brush.language()).join(" · ");
        let letters = Layout::fitting(unit(72.0), words.chars().count(), kit.measure.width - 2.0 * layout.margin);
        area.spawn(kit.centred(letters, Weight::Bold, Token::Ink, &words));
        area.spawn(kit.centred(unit(46.0), Weight::Regular, Token::Slate, &brush.say("panel-pairing-words")));
    });
}

fn draw_list_titles(brush: &Brush, root: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, picture, .. } = brush;
    let title = if picture.stale { "display-known-calls" } else { "display-last-calls" };
    // What was known last has the whole width.
    let list = if picture.stale {
        Rect { max: Vec2::new(kit.measure.width, layout.calls.max.y), ..layout.calls }
    } else {
        layout.calls
    };
    draw_title(brush, root, list, &brush.title(title));
    // Who would have been next is no longer known when the hub is lost.
    if picture.stale {
        return;
    }
    let line = if kit.measure.is_portrait() {
        Rect::new(0.0, layout.calls.min.y, kit.measure.width, layout.calls.min.y + kit.measure.unit(3.0))
    } else {
        Rect::new(layout.soon.min.x, layout.soon.min.y, layout.soon.min.x + kit.measure.unit(3.0), layout.soon.max.y)
    };
    root.spawn((placed(line), BackgroundColor(kit.colour(Token::Line))));
    draw_title(brush, root, layout.soon, &brush.title("display-soon"));
    for (row, soon) in picture.soon.iter().enumerate() {
        draw_soon(brush, root, row, soon);
    }
}

fn draw_title(brush: &Brush, root: &mut ChildSpawnerCommands, list: Rect, title: &str) {
    let Brush { kit, layout, .. } = brush;
    let (left, top) = (list.min.x + layout.margin, list.min.y + layout.margin * 0.35);
    let place = Rect::new(left, top, list.max.x - layout.margin * 0.5, top + layout.title);
    let letters = Layout::fitting(layout.least, title.chars().count(), place.width());
    root.spawn((placed(place), children![kit.line(letters, Weight::Bold, Token::Slate, title)]));
}

fn draw_soon(brush: &Brush, root: &mut ChildSpawnerCommands, row: usize, soon: &SoonRow) {
    let Brush { kit, layout, .. } = brush;
    let top = layout.soon.min.y + layout.margin * 0.35 + layout.title + layout.row * row as f32;
    let place = Rect::new(layout.soon.min.x + layout.margin, top, layout.soon.max.x, top + layout.row);
    let number = Node { width: px(layout.least * 2.75), flex_shrink: 0.0, ..default() };
    let letters = Layout::number_of(layout.least, &soon.number);
    let (weight, words) = match &soon.booked {
        Some(time) => (Weight::Bold, brush.own(time).to_owned()),
        None => (Weight::Regular, brush.say("display-without-booking")),
    };
    let width = place.width() - layout.least * 2.75 - layout.margin * 0.3;
    let beside = Layout::fitting(layout.least * 1.1, words.chars().count(), width).min(layout.least);
    let node = Node { align_items: AlignItems::Center, ..placed(place) };
    root.spawn((Name::new("soon"), node)).with_children(|place| {
        place.spawn((number, children![kit.line(letters, Weight::Bold, Token::Ink, &soon.number)]));
        place.spawn(kit.line(beside, weight, Token::Slate, &words));
    });
}

fn draw_notices(brush: &Brush, root: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, picture, .. } = brush;
    // What is wrong stands in the colours of an alarm; what the office says otherwise, in its own.
    let wrong = picture.notices.iter().map(|notice| (notice, Token::AlarmPage, Token::Alarm));
    let said = picture.hall_notice.iter().map(|notice| (notice, Token::Page, Token::Blue));
    let strips: Vec<_> = wrong.chain(said).collect();
    if strips.is_empty() {
        return;
    }
    let below = Node {
        position_type: PositionType::Absolute,
        left: px(0),
        bottom: px(0),
        width: px(kit.measure.width),
        flex_direction: FlexDirection::Column,
        ..default()
    };
    root.spawn(below).with_children(|below| {
        for (notice, page, edge) in strips {
            let strip = Node {
                padding: UiRect::axes(px(layout.margin), px(layout.margin * 0.1)),
                border: UiRect::left(px(layout.margin * 0.25)),
                flex_shrink: 0.0,
                ..default()
            };
            let ground = (BackgroundColor(kit.colour(page)), BorderColor::all(kit.colour(edge)));
            below.spawn((strip, ground)).with_children(|strip| {
                // As close as the rows whose room they take.
                let words = kit.words(layout.least, Weight::Bold, Token::Ink, brush.own(notice));
                strip.spawn(words).insert(LineHeight::RelativeToFont(1.06));
            });
        }
    });
}

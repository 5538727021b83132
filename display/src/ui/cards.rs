//! Calls as things that move: each is one entity for as long as it is shown, comes on as a scene in the large area, and glides
//! from there to its row of the list. Between scenes nothing moves and no frame is drawn.

use std::time::{Duration, Instant};

use bevy::{prelude::*, window::RequestRedraw};
use board::{BoardPicture, CallRow, LargeArea, ScenePose, scene};
use panel::{clock::FrameTime, kit::Weight, theme::Token, widgets};
use wire::Language;

use crate::{
    logic::BoardKnowledge,
    ui::{
        brush::{ArrowInk, Brush, has_lists, placed},
        layout::{CallAxes, Layout},
    },
};

/// A machine whose frames take longer than this while something moves shows calls without moving them.
const FRAME_MAX: Duration = Duration::from_millis(45);
/// So many frames are looked at before that is decided.
const FRAMES_JUDGED: u32 = 12;
/// How much larger a number is before it lands, and how far above.
const LANDS_FROM: f32 = 0.3;
/// How much smaller a desk's plate is before it comes forward.
const COMES_FROM: f32 = 0.4;

/// Where a call is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CardSpot {
    /// In the large area.
    Large,
    /// In the list.
    Row(usize),
}

/// What a card is drawn from.
#[derive(Debug, Clone, PartialEq)]
struct CardLook {
    call: CallRow,
    spot: CardSpot,
    is_lit: bool,
    is_old: bool,
    language: Language,
    more: usize,
}

/// A call on the board.
#[derive(Component)]
pub struct CallCard(CardLook);

/// A card on its way from where it was.
#[derive(Component)]
pub struct CardGlide {
    began: Instant,
    from: Vec2,
    scale: f32,
}

/// A part of the large call that has its own time in the scene.
#[derive(Component, Debug, Clone, Copy)]
pub enum ScenePart {
    /// The number, which lands.
    Number,
    /// What shows the arrow, which is so wide in the end.
    Arrow(f32),
    /// The desk's plate.
    Desk,
}

/// Whether this machine is quick enough to move anything, found out by moving it.
#[derive(Resource, Debug)]
pub struct CardPace {
    moves: bool,
    last: Option<Instant>,
    frames: u32,
    took: Duration,
}

impl Default for CardPace {
    fn default() -> Self {
        Self { moves: true, last: None, frames: 0, took: Duration::ZERO }
    }
}

impl CardPace {
    /// Whether calls are moved here.
    pub const fn moves(&self) -> bool {
        self.moves
    }

    /// Another frame in which something moves, or none does.
    fn frame(&mut self, at: Instant, moving: bool) {
        if let Some(last) = self.last.filter(|_| moving) {
            self.frames += 1;
            self.took += at.saturating_duration_since(last);
        }
        self.last = moving.then_some(at);
        if self.frames >= FRAMES_JUDGED {
            let mean = self.took / self.frames;
            if mean > FRAME_MAX {
                warn!("a frame takes {} ms here: calls are shown without moving", mean.as_millis());
                self.moves = false;
            }
            (self.frames, self.took) = (0, Duration::ZERO);
        }
    }
}

/// What is to be on the board, each call once.
fn looks(picture: &BoardPicture, is_lit: bool) -> Vec<CardLook> {
    let look = |call: &CallRow, spot| CardLook {
        call: call.clone(),
        spot,
        is_lit: is_lit && spot == CardSpot::Large,
        is_old: picture.stale,
        language: if spot == CardSpot::Large { picture.language } else { Language::default() },
        more: if spot == CardSpot::Large { picture.more } else { 0 },
    };
    let large = match &picture.large {
        LargeArea::Call(call) => Some(look(call, CardSpot::Large)),
        LargeArea::Starting
        | LargeArea::Pairing { .. }
        | LargeArea::Lost(_)
        | LargeArea::Estranged(_)
        | LargeArea::Quiet
        | LargeArea::Closed { .. }
        | LargeArea::Suspended { .. } => None,
    };
    let rows = picture.calls.iter().filter(|_| has_lists(picture)).enumerate();
    large.into_iter().chain(rows.map(|(row, call)| look(call, CardSpot::Row(row)))).collect()
}

/// Brings the cards to what is to be seen: draws those that changed, and sends on their way those that stand elsewhere.
pub fn place(
    commands: &mut Commands,
    brush: &Brush,
    (root, is_lit, moves): (Entity, bool, bool),
    at: Instant,
    cards: &mut Query<(Entity, &mut CallCard)>,
) -> bool {
    let mut wanted = looks(brush.picture, is_lit);
    let mut changed = false;
    for (entity, mut card) in cards.iter_mut() {
        let Some(found) = wanted.iter().position(|look| look.call.id == card.0.call.id) else {
            commands.entity(entity).despawn();
            changed = true;
            continue;
        };
        let look = wanted.swap_remove(found);
        if card.0 == look {
            continue;
        }
        changed = true;
        let (before, after) = (card_place(brush.layout, card.0.spot), card_place(brush.layout, look.spot));
        let mut card_commands = commands.entity(entity);
        card_commands.despawn_related::<Children>().insert(placed(after));
        if card.0.spot != look.spot && moves {
            let scale = letters(brush.layout, card.0.spot) / letters(brush.layout, look.spot);
            card_commands.insert(CardGlide { began: at, from: before.center() - after.center(), scale });
        }
        card_commands.with_children(|card| draw(brush, &look, card));
        card.0 = look;
    }
    for look in wanted {
        changed = true;
        let node = placed(card_place(brush.layout, look.spot));
        let name = Name::new(if look.spot == CardSpot::Large { "call" } else { "call-row" });
        commands.entity(root).with_children(|root| {
            root.spawn((name, node, UiTransform::IDENTITY))
                .with_children(|card| draw(brush, &look, card))
                .insert(CallCard(look));
        });
    }
    changed
}

fn axes(layout: &Layout, spot: CardSpot) -> CallAxes {
    match spot {
        CardSpot::Large => layout.axes,
        CardSpot::Row(row) => layout.row_axes(row),
    }
}

fn letters(layout: &Layout, spot: CardSpot) -> f32 {
    axes(layout, spot).number_letters.max(1.0)
}

/// The rectangle that a card covers.
fn card_place(layout: &Layout, spot: CardSpot) -> Rect {
    let axes = axes(layout, spot);
    axes.number.union(axes.arrow).union(axes.desk)
}

fn draw(brush: &Brush, look: &CardLook, card: &mut ChildSpawnerCommands) {
    let corner = card_place(brush.layout, look.spot).min;
    let axes = axes(brush.layout, look.spot);
    let within = |place: Rect| Rect { min: place.min - corner, max: place.max - corner };
    draw_number(brush, look, (within(axes.number), axes.number_letters), card);
    draw_arrow(brush, look, (within(axes.arrow), axes.arrow_side), card);
    draw_desk(brush, look, (within(axes.desk), axes.desk_letters), card);
}

/// The colours of number, other words, and of what a plate stands on and says.
fn inks(look: &CardLook) -> (Token, Token, Token, Token) {
    match (look.is_lit, look.is_old, look.spot) {
        (true, ..) => (Token::OnBlue, Token::OnBlue, Token::OnBlue, Token::Blue),
        (false, true, _) => (Token::Slate, Token::Slate, Token::Slate, Token::OnBlue),
        (false, false, CardSpot::Row(_)) if !look.call.standing => {
            (Token::Slate, Token::Slate, Token::Slate, Token::OnBlue)
        }
        (false, false, _) => (Token::Blue, Token::Ink, Token::Blue, Token::OnBlue),
    }
}

fn draw_number(brush: &Brush, look: &CardLook, (place, letters): (Rect, f32), card: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, .. } = brush;
    let (number, words, ..) = inks(look);
    let letters = Layout::number_of(letters, &look.call.number);
    let is_large = look.spot == CardSpot::Large;
    let node = column(place, is_large);
    card.spawn((node, UiTransform::IDENTITY, ScenePart::Number)).with_children(|column| {
        column.spawn(kit.digits(letters, number, &look.call.number));
        if let Some(below) = below_number(brush, look).filter(|_| is_large) {
            let letters = Layout::fitting(layout.least * 1.15, below.chars().count(), place.width()).min(layout.least);
            column.spawn(kit.line(letters, Weight::Bold, words, &below));
        }
    });
}

/// Where a number or a desk stands in its card, one thing below the other: in the middle of a large one, at the start of a row.
fn column(place: Rect, is_large: bool) -> Node {
    Node {
        flex_direction: FlexDirection::Column,
        justify_content: JustifyContent::Center,
        align_items: if is_large { AlignItems::Center } else { AlignItems::Start },
        ..placed(place)
    }
}

/// That it is repeated, or that others are called too, or the promised time.
fn below_number(brush: &Brush, look: &CardLook) -> Option<String> {
    if look.call.recall {
        return Some(brush.say("display-recall"));
    }
    if look.more > 0 {
        return Some(phrases::say_with(brush.language(), "display-more", &[("count", look.more.into())]));
    }
    look.call.booked.as_ref().map(|time| brush.say_time("display-booked", time))
}

fn draw_arrow(brush: &Brush, look: &CardLook, (place, side): (Rect, f32), card: &mut ChildSpawnerCommands) {
    let Some(arrow) = look.call.desk.arrow else { return };
    let is_large = look.spot == CardSpot::Large;
    let ink = match (look.is_lit, look.is_old || (!is_large && !look.call.standing)) {
        (true, _) => ArrowInk::Reversed,
        (false, true) => ArrowInk::Old,
        (false, false) => ArrowInk::Rest,
    };
    // The arrow is uncovered from its tail on; what covers it is this node's right edge.
    let shown = Node { overflow: Overflow::clip(), ..placed(place) };
    card.spawn((shown, ScenePart::Arrow(place.width()))).with_children(|shown| {
        let middle = Node {
            justify_content: JustifyContent::Center,
            align_items: AlignItems::Center,
            ..placed(Rect::new(0.0, 0.0, place.width(), place.height()))
        };
        let image = brush.arrows.of(arrow, is_large, ink);
        shown.spawn((middle, children![widgets::picture(image, side)]));
    });
}

fn draw_desk(brush: &Brush, look: &CardLook, (place, letters): (Rect, f32), card: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, .. } = brush;
    let (_, words, ground, number) = inks(look);
    let is_large = look.spot == CardSpot::Large;
    let node = column(place, is_large);
    let desk = look.call.desk.number.to_string();
    // A plate is a little higher than its number; in a row it has the row's height.
    let (letters, above) = if is_large { (letters, letters * 0.11) } else { (letters * 0.9, 0.0) };
    card.spawn((node, UiTransform::IDENTITY, ScenePart::Desk)).with_children(|column| {
        if is_large {
            let word = brush.word(&look.call.desk.word);
            let size = Layout::fitting(layout.least, word.chars().count(), place.width());
            column.spawn(kit.line(size, Weight::Bold, words, &word));
        }
        let plate = Node {
            min_width: px(letters * 1.25),
            padding: UiRect::axes(px(letters * 0.22), px(above)),
            justify_content: JustifyContent::Center,
            align_items: AlignItems::Center,
            border_radius: BorderRadius::all(px(letters * 0.14)),
            ..default()
        };
        column.spawn((plate, BackgroundColor(kit.colour(ground)))).with_children(|plate| {
            plate.spawn(kit.digits(letters, number, &desk));
        });
    });
}

/// The parts of calls, with what moves them.
type SceneParts<'w, 's> =
    Query<'w, 's, (&'static ScenePart, &'static ChildOf, Option<&'static mut UiTransform>, &'static mut Node)>;

/// The cards that glide.
type CardGlides<'w, 's> = Query<'w, 's, (Entity, &'static CardGlide, &'static mut UiTransform), Without<ScenePart>>;

/// Moves what is on its way: the parts of a call that comes on, and cards that glide.
pub fn animate(
    mut commands: Commands,
    board: Res<BoardKnowledge>,
    now: Res<FrameTime>,
    mut pace: ResMut<CardPace>,
    (mut parts, mut glides): (SceneParts, CardGlides),
    cards: Query<&CallCard>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    let at = now.at();
    let age = board.announcer.age(at).filter(|age| *age < scene::SCENE && pace.moves);
    let pose = age.map_or(ScenePose::STILL, ScenePose::after);
    for (part, parent, transform, mut node) in &mut parts {
        let is_large = cards.get(parent.parent()).is_ok_and(|card| card.0.spot == CardSpot::Large);
        let pose = if is_large { pose } else { ScenePose::STILL };
        move_part(*part, pose, transform, &mut node);
    }
    let mut gliding = false;
    for (entity, glide, mut transform) in &mut glides {
        let passed = at.saturating_duration_since(glide.began);
        let left = 1.0 - scene::glided(passed);
        if left <= 0.0 || !pace.moves {
            transform.set_if_neq(UiTransform::IDENTITY);
            commands.entity(entity).remove::<CardGlide>();
        } else {
            gliding = true;
            transform.translation = Val2::px(glide.from.x * left, glide.from.y * left);
            transform.scale = Vec2::splat(1.0 + (glide.scale - 1.0) * left);
        }
    }
    let moving = age.is_some() || gliding;
    pace.frame(at, moving);
    if moving {
        redraw.write(RequestRedraw);
    }
}

fn move_part(part: ScenePart, pose: ScenePose, transform: Option<Mut<UiTransform>>, node: &mut Mut<Node>) {
    let scaled = |scale: f32, up: f32| UiTransform {
        translation: Val2::new(px(0), percent(-100.0 * up)),
        scale: Vec2::splat(scale),
        ..UiTransform::IDENTITY
    };
    match (part, transform) {
        (ScenePart::Number, Some(mut transform)) => {
            let left = 1.0 - pose.number;
            transform.set_if_neq(scaled(1.0 + LANDS_FROM * left, 0.12 * left));
        }
        (ScenePart::Desk, Some(mut transform)) => {
            transform.set_if_neq(scaled(1.0 - COMES_FROM * (1.0 - pose.desk), 0.0));
        }
        (ScenePart::Arrow(width), _) => {
            let shown = px(width * pose.arrow);
            if node.width != shown {
                node.width = shown;
            }
        }
        (ScenePart::Number | ScenePart::Desk, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_machine_stops_moving_calls_and_a_quick_one_goes_on() {
        let check = |millis: u64, moves: bool| {
            let (mut pace, start) = (CardPace::default(), Instant::now());
            for frame in 0..=u64::from(FRAMES_JUDGED) {
                pace.frame(start + Duration::from_millis(millis * frame), true);
            }
            assert_eq!(pace.moves, moves, "{millis} ms a frame");
        };
        check(16, true);
        check(33, true);
        check(70, false);
    }

    #[test]
    fn rest_between_two_scenes_counts_as_no_frame() {
        let (mut pace, start) = (CardPace::default(), Instant::now());
        for scene in 0..FRAMES_JUDGED * 2 {
            let begin = start + Duration::from_secs(60) * scene;
            pace.frame(begin, true);
            pace.frame(begin + Duration::from_millis(16), false);
        }
        assert!(pace.moves);
    }
}

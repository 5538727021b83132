//! The board's window: drawn anew whenever what is to be seen changes, and lit while a call flashes.

mod flat;
mod large;
mod layout;
mod lists;

use bevy::{prelude::*, window::RequestRedraw};
use panel::{
    clock::Now,
    kit::{Kit, Weight},
    picture,
    theme::Token,
};
use wire::{Arrow, Language};

use self::{
    flat::{Flat, Grounds, GroundsPlugin},
    large::LargeGround,
    layout::Layout,
};
use crate::logic::{Board, LargeArea, Logic, Shown};

/// The board's window.
pub struct UiPlugin {
    /// How far the farthest seat is, in metres.
    pub farthest_seat_m: f32,
}

impl Plugin for UiPlugin {
    fn build(&self, app: &mut App) {
        let layout = Layout::for_panel(app.world().resource::<Kit>(), self.farthest_seat_m);
        if let Some(warning) = layout.warning(app.world().resource::<Kit>(), self.farthest_seat_m) {
            warn!("{warning}");
        }
        let room = layout.room(app.world().resource::<Kit>());
        app.add_plugins(GroundsPlugin(GROUNDS))
            .insert_resource(room)
            .insert_resource(layout)
            .init_resource::<Arrows>()
            // The ground of the lists. Painting it anew over a screen that was cleared already is the dearest part of a
            // frame on a machine without a graphics card; so only what has another ground is painted, and once.
            .insert_resource(ClearColor(Token::Mist.colour()))
            .add_systems(Update, (draw_board.run_if(resource_changed::<Shown>), light_call).chain().after(Logic));
    }
}

/// The colours of what is large.
const GROUNDS: &[Token] = &[Token::Blue, Token::Paper, Token::Call, Token::Alarm, Token::AlarmPaper];

/// The root of what is drawn.
#[derive(Component)]
struct Root;

/// Arrows to desks, drawn once.
#[derive(Resource)]
struct Arrows {
    large: [Handle<Image>; 4],
    small: [Handle<Image>; 4],
    /// Small, for calls that were known last.
    old: [Handle<Image>; 4],
}

impl Arrows {
    const fn place(arrow: Arrow) -> usize {
        match arrow {
            Arrow::Left => 0,
            Arrow::Right => 1,
            Arrow::Ahead => 2,
            Arrow::Back => 3,
        }
    }

    fn large(&self, arrow: Arrow) -> Handle<Image> {
        self.large[Self::place(arrow)].clone()
    }

    fn small(&self, arrow: Arrow, is_old: bool) -> Handle<Image> {
        let all = if is_old { &self.old } else { &self.small };
        all[Self::place(arrow)].clone()
    }
}

impl FromWorld for Arrows {
    fn from_world(world: &mut World) -> Self {
        let layout = world.resource::<Layout>();
        let (large, small) = (layout.arrow as u32, layout.row as u32);
        let mut images = world.resource_mut::<Assets<Image>>();
        let mut drawn = |side, token| {
            [Arrow::Left, Arrow::Right, Arrow::Ahead, Arrow::Back]
                .map(|arrow| images.add(picture::arrow(arrow, side, token)))
        };
        Self { large: drawn(large, Token::Blue), small: drawn(small, Token::Blue), old: drawn(small, Token::Slate) }
    }
}

/// What drawing needs.
struct Brush<'a> {
    kit: &'a Kit,
    layout: &'a Layout,
    arrows: &'a Arrows,
    grounds: &'a Grounds,
    shown: &'a Shown,
}

impl Brush<'_> {
    const fn language(&self) -> Language {
        self.kit.language
    }

    /// Whether there is anything to be listed: not before the hub is known, and not where nobody waits and is called.
    const fn has_lists(&self) -> bool {
        !matches!(self.shown.large, LargeArea::Starting | LargeArea::Pairing(_) | LargeArea::Closed { .. })
    }
}

fn draw_board(
    mut commands: Commands,
    (kit, layout): (Res<Kit>, Res<Layout>),
    (arrows, grounds): (Res<Arrows>, Res<Grounds>),
    shown: Res<Shown>,
    old: Query<Entity, With<Root>>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    // What is new in a frame may be whole only in the one after it.
    redraw.write(RequestRedraw);
    for root in old {
        commands.entity(root).despawn();
    }
    let brush = Brush { kit: &kit, layout: &layout, arrows: &arrows, grounds: &grounds, shown: &shown };
    let root = Node { width: percent(100), height: percent(100), flex_direction: FlexDirection::Column, ..default() };
    commands.spawn((Root, root)).with_children(|root| {
        draw_header(&brush, root);
        large::draw(&brush, root);
        lists::draw(&brush, root);
        draw_notices(&brush, root);
    });
}

fn draw_header(brush: &Brush, root: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, shown, .. } = brush;
    let bar = Node {
        height: px(layout.header),
        flex_shrink: 0.0,
        padding: UiRect::horizontal(px(layout.margin)),
        column_gap: px(layout.margin),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::SpaceBetween,
        ..default()
    };
    let office = shown.office.in_language(brush.language());
    let day = || kit.line(layout.day, Weight::Regular, Token::OnBlueSecond, shown.day.in_language(brush.language()));
    let portrait = kit.measure.is_portrait();
    root.spawn((bar, brush.grounds.of(Token::Blue))).with_children(|bar| {
        let place = Node {
            flex_shrink: 1.0,
            flex_grow: 1.0,
            flex_basis: px(0),
            flex_direction: FlexDirection::Column,
            ..default()
        };
        bar.spawn(place).with_children(|place| {
            place.spawn(kit.words(layout.office_of(office), Weight::Bold, Token::OnBlue, office));
            // Beside the clock of an upright panel there is no room for it.
            if portrait {
                place.spawn(day());
            }
        });
        let clock = Node {
            align_items: AlignItems::Center,
            column_gap: px(layout.margin * 0.8),
            flex_shrink: 0.0,
            ..default()
        };
        bar.spawn(clock).with_children(|clock| {
            if !portrait {
                clock.spawn(day());
            }
            clock.spawn((Name::new("clock"), kit.line(layout.clock, Weight::Bold, Token::OnBlue, &shown.time)));
        });
    });
}

fn draw_notices(brush: &Brush, root: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, shown, .. } = brush;
    for notice in &shown.notices {
        let strip = Node {
            padding: UiRect::axes(px(layout.margin), px(layout.margin * 0.35)),
            border: UiRect::left(px(layout.margin * 0.25)),
            flex_shrink: 0.0,
            ..default()
        };
        root.spawn((
            strip,
            BackgroundColor(Token::AlarmPaper.colour()),
            BorderColor::all(Token::Alarm.colour()),
            children![kit.words(layout.office, Weight::Bold, Token::Ink, notice.in_language(brush.language()))],
        ));
    }
}

fn light_call(
    board: Res<Board>,
    now: Res<Now>,
    grounds: Res<Grounds>,
    mut large: Query<&mut MaterialNode<Flat>, With<LargeGround>>,
) {
    let token = if board.announcer.is_lit(now.at()) { Token::Call } else { Token::Paper };
    for mut ground in &mut large {
        ground.set_if_neq(grounds.of(token));
    }
}

//! The board's window: drawn anew whenever what is to be seen changes, and lit while a call flashes.

mod brush;
mod flat;
mod large;
mod layout;
mod lists;

use bevy::{prelude::*, window::RequestRedraw};
use panel::{
    clock::FrameTime,
    kit::{Kit, Weight},
    theme::Token,
};

use self::{
    brush::{Arrows, Brush},
    flat::{Flat, Grounds, GroundsPlugin},
    large::LargeGround,
    layout::Layout,
};
use crate::logic::{BoardKnowledge, BoardLogic, BoardSight, WindowRoom};

/// The board's window.
pub struct BoardWindow {
    /// How far the farthest seat is, in metres.
    pub farthest_seat_m: f32,
}

impl Plugin for BoardWindow {
    fn build(&self, app: &mut App) {
        let layout = Layout::for_panel(app.world().resource::<Kit>(), self.farthest_seat_m);
        if let Some(warning) = layout.warning(app.world().resource::<Kit>(), self.farthest_seat_m) {
            warn!("{warning}");
        }
        let room = layout.room(app.world().resource::<Kit>());
        app.add_plugins(GroundsPlugin(GROUNDS))
            .insert_resource(WindowRoom(room))
            .insert_resource(layout)
            .init_resource::<Arrows>()
            // The ground of the lists. Painting it anew over a screen that was cleared already is the dearest part of a
            // frame on a machine without a graphics card; so only what has another ground is painted, and once.
            .insert_resource(ClearColor(Token::Mist.colour()))
            .add_systems(
                Update,
                (draw_board.run_if(resource_changed::<BoardSight>), light_call).chain().after(BoardLogic),
            );
    }
}

/// The colours of what is large.
const GROUNDS: &[Token] = &[Token::Blue, Token::Page, Token::Call, Token::Alarm, Token::AlarmPage];

/// The root of what is drawn.
#[derive(Component)]
struct BoardRoot;

fn draw_board(
    mut commands: Commands,
    (kit, layout): (Res<Kit>, Res<Layout>),
    (arrows, grounds): (Res<Arrows>, Res<Grounds>),
    sight: Res<BoardSight>,
    old: Query<Entity, With<BoardRoot>>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    // What is new in a frame may be whole only in the one after it.
    redraw.write(RequestRedraw);
    for root in old {
        commands.entity(root).despawn();
    }
    let brush = Brush { kit: &kit, layout: &layout, arrows: &arrows, grounds: &grounds, picture: &sight };
    let root = Node { width: percent(100), height: percent(100), flex_direction: FlexDirection::Column, ..default() };
    commands.spawn((BoardRoot, root)).with_children(|root| {
        draw_header(&brush, root);
        large::draw(&brush, root);
        lists::draw(&brush, root);
        draw_notices(&brush, root);
    });
}

fn draw_header(brush: &Brush, root: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, picture, .. } = brush;
    let bar = Node {
        height: px(layout.header),
        flex_shrink: 0.0,
        padding: UiRect::horizontal(px(layout.margin)),
        column_gap: px(layout.margin),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::SpaceBetween,
        ..default()
    };
    let office = picture.office.in_language(brush.language());
    let day = || kit.line(layout.day, Weight::Regular, Token::OnBlueSecond, picture.day.in_language(brush.language()));
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
            clock.spawn((Name::new("clock"), kit.line(layout.clock, Weight::Bold, Token::OnBlue, &picture.time)));
        });
    });
}

fn draw_notices(brush: &Brush, root: &mut ChildSpawnerCommands) {
    let Brush { kit, layout, picture, .. } = brush;
    for notice in &picture.notices {
        let strip = Node {
            padding: UiRect::axes(px(layout.margin), px(layout.margin * 0.35)),
            border: UiRect::left(px(layout.margin * 0.25)),
            flex_shrink: 0.0,
            ..default()
        };
        root.spawn((
            strip,
            BackgroundColor(Token::AlarmPage.colour()),
            BorderColor::all(Token::Alarm.colour()),
            children![kit.words(layout.office, Weight::Bold, Token::Ink, notice.in_language(brush.language()))],
        ));
    }
}

fn light_call(
    board: Res<BoardKnowledge>,
    now: Res<FrameTime>,
    grounds: Res<Grounds>,
    mut large: Query<&mut MaterialNode<Flat>, With<LargeGround>>,
) {
    let token = if board.announcer.is_lit(now.at()) { Token::Call } else { Token::Page };
    for mut ground in &mut large {
        ground.set_if_neq(grounds.of(token));
    }
}

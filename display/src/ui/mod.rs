//! The board's window: one grid on which calls come on, stand and glide to their row; everything else is drawn anew when it
//! changes.

mod brush;
mod cards;
mod flat;
mod layout;
mod still;

use bevy::{prelude::*, window::RequestRedraw};
use board::{BoardLanguages, BoardPicture, LargeArea};
use panel::{
    clock::FrameTime,
    kit::Kit,
    theme::{ScreenPalette, Token},
};

use self::{
    brush::{Arrows, BarEmblem, Brush, placed},
    cards::{CallCard, CardPace},
    flat::{Flat, Grounds, GroundsPlugin},
    layout::{BarContent, Layout},
};
use crate::logic::{BoardKnowledge, BoardLogic, BoardSight, WindowRoom};

/// The board's window.
pub struct BoardWindow {
    /// How far the farthest seat is, in metres.
    pub farthest_seat_m: f32,
    /// In which languages it speaks.
    pub languages: BoardLanguages,
}

/// What the window was told about its panel.
#[derive(Resource, Debug, Clone, Copy)]
struct PanelSetting {
    farthest_seat_m: f32,
    languages: BoardLanguages,
    bar: BarContent,
}

/// The roots of what is drawn: what stands still, and the cards above it.
#[derive(Resource, Debug, Clone, Copy)]
struct BoardRoots {
    still: Entity,
    cards: Entity,
}

/// The ground that a new call reverses.
#[derive(Component)]
struct LargeGround;

impl Plugin for BoardWindow {
    fn build(&self, app: &mut App) {
        let bar = BarContent::default();
        let setting = PanelSetting { farthest_seat_m: self.farthest_seat_m, languages: self.languages, bar };
        let layout = Layout::for_panel(app.world().resource::<Kit>(), self.farthest_seat_m, bar);
        if let Some(warning) = &layout.warning {
            warn!("{warning}");
        }
        let whole = || (Node { width: percent(100), height: percent(100), ..still_node() }, Pickable::IGNORE);
        let still = app.world_mut().spawn((whole(), ZIndex(0))).id();
        let cards = app.world_mut().spawn((whole(), ZIndex(1))).id();
        let mut images = app.world_mut().resource_mut::<Assets<Image>>();
        let arrows = Arrows::drawn(&layout, ScreenPalette::Usual, &mut images);
        app.add_plugins(GroundsPlugin(GROUNDS))
            .insert_resource(WindowRoom(layout.room()))
            .insert_resource(setting)
            .insert_resource(layout)
            .insert_resource(arrows)
            .insert_resource(BoardRoots { still, cards })
            .init_resource::<CardPace>()
            .init_resource::<BarEmblem>()
            // The ground of the lists. Painting it anew over a screen that was cleared already is the dearest part of a
            // frame on a machine without a graphics card; so only what has another ground is painted, and once.
            .insert_resource(ClearColor(Token::Mist.colour()))
            .add_systems(
                Update,
                (
                    dress.run_if(resource_changed::<BoardSight>),
                    fit_bar.run_if(resource_changed::<BoardSight>),
                    draw_still.run_if(resource_changed::<BoardSight>),
                    place_cards,
                    light_ground,
                    cards::animate,
                )
                    .chain()
                    .after(BoardLogic),
            );
    }
}

/// The colours of what is large.
const GROUNDS: &[Token] = &[Token::Blue, Token::Page, Token::Alarm, Token::AlarmPage];

fn still_node() -> Node {
    Node { position_type: PositionType::Absolute, left: px(0), top: px(0), ..default() }
}

/// Night and day: everything is drawn in the other colours.
fn dress(
    sight: Res<BoardSight>,
    (mut kit, mut layout): (ResMut<Kit>, ResMut<Layout>),
    (mut arrows, grounds): (ResMut<Arrows>, Res<Grounds>),
    (mut images, mut flats): (ResMut<Assets<Image>>, ResMut<Assets<Flat>>),
    mut clear: ResMut<ClearColor>,
) {
    let palette = if sight.is_night { ScreenPalette::Night } else { ScreenPalette::Usual };
    if kit.dress.palette == palette {
        return;
    }
    kit.dress.palette = palette;
    *arrows = Arrows::drawn(&layout, palette, &mut images);
    grounds.dress(palette, &mut flats);
    clear.0 = kit.colour(Token::Mist);
    // Cards are drawn anew with the grid.
    layout.set_changed();
}

/// An office's name that is longer than one line makes the bar higher, and the grid anew; an emblem stands beside it.
fn fit_bar(
    kit: Res<Kit>,
    sight: Res<BoardSight>,
    mut setting: ResMut<PanelSetting>,
    (mut layout, mut arrows, mut room): (ResMut<Layout>, ResMut<Arrows>, ResMut<WindowRoom>),
    (mut emblem, mut images): (ResMut<BarEmblem>, ResMut<Assets<Image>>),
) {
    emblem.follow(sight.emblem.as_ref(), kit.dress.palette, &mut images);
    let name_characters = setting.languages.longest(&sight.office).chars().count();
    let bar = BarContent { name_characters, emblem_shape: emblem.shape() };
    if bar == setting.bar {
        return;
    }
    setting.bar = bar;
    let anew = Layout::for_panel(&kit, setting.farthest_seat_m, bar);
    if *layout == anew {
        return;
    }
    if let Some(warning) = anew.warning.as_ref().filter(|_| layout.warning.is_none()) {
        warn!("{warning}");
    }
    *arrows = Arrows::drawn(&anew, kit.dress.palette, &mut images);
    *room = WindowRoom(anew.room());
    *layout = anew;
}

fn draw_still(
    mut commands: Commands,
    (kit, layout, setting): (Res<Kit>, Res<Layout>, Res<PanelSetting>),
    (arrows, emblem, grounds, roots): (Res<Arrows>, Res<BarEmblem>, Res<Grounds>, Res<BoardRoots>),
    sight: Res<BoardSight>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    // What is new in a frame may be whole only in the one after it.
    redraw.write(RequestRedraw);
    let picture: &BoardPicture = &sight;
    let languages = setting.languages;
    let (kit, layout, arrows, grounds) = (&*kit, &*layout, &*arrows, &*grounds);
    let brush = Brush { kit, layout, arrows, emblem: emblem.image(), grounds, languages, picture };
    commands.entity(roots.still).despawn_related::<Children>().with_children(|root| {
        if matches!(picture.large, LargeArea::Call(_)) {
            root.spawn((LargeGround, placed(layout.large), grounds.of(Token::Page)));
        }
        still::draw(&brush, root);
    });
}

fn place_cards(
    mut commands: Commands,
    (kit, layout, setting): (Res<Kit>, Res<Layout>, Res<PanelSetting>),
    (arrows, emblem, grounds, roots): (Res<Arrows>, Res<BarEmblem>, Res<Grounds>, Res<BoardRoots>),
    (sight, board): (Res<BoardSight>, Res<BoardKnowledge>),
    (now, pace): (Res<FrameTime>, Res<CardPace>),
    mut cards: Query<(Entity, &mut CallCard)>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    let languages = setting.languages;
    let brush = Brush {
        kit: &kit,
        layout: &layout,
        arrows: &arrows,
        emblem: emblem.image(),
        grounds: &grounds,
        languages,
        picture: &sight,
    };
    if layout.is_changed() {
        for (entity, _) in &cards {
            commands.entity(entity).despawn();
        }
        redraw.write(RequestRedraw);
        return;
    }
    let lit = board.announcer.is_lit(now.at());
    if cards::place(&mut commands, &brush, (roots.cards, lit, pace.moves()), now.at(), &mut cards) {
        redraw.write(RequestRedraw);
    }
}

fn light_ground(
    board: Res<BoardKnowledge>,
    now: Res<FrameTime>,
    grounds: Res<Grounds>,
    mut large: Query<&mut MaterialNode<Flat>, With<LargeGround>>,
) {
    let token = if board.announcer.is_lit(now.at()) { Token::Blue } else { Token::Page };
    for mut ground in &mut large {
        ground.set_if_neq(grounds.of(token));
    }
}

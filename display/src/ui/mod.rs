//! The board's window: drawn anew whenever what is to be seen changes, and lit while a call flashes.

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

use self::{large::LargeGround, layout::Layout};
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
        app.insert_resource(layout.room())
            .insert_resource(layout)
            .init_resource::<Arrows>()
            .add_systems(Update, (draw_board.run_if(resource_changed::<Shown>), light_call).chain().after(Logic));
    }
}

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
    shown: &'a Shown,
}

impl Brush<'_> {
    const fn language(&self) -> Language {
        self.kit.language
    }

    /// Whether there are calls to be listed: before the hub is known there are none.
    const fn has_lists(&self) -> bool {
        !matches!(self.shown.large, LargeArea::Starting | LargeArea::Pairing(_))
    }

    /// The other language, for what stands small beside a title.
    const fn second_language(&self) -> Language {
        match self.kit.language {
            Language::El => Language::En,
            _ => Language::El,
        }
    }
}

fn draw_board(
    mut commands: Commands,
    kit: Res<Kit>,
    layout: Res<Layout>,
    arrows: Res<Arrows>,
    shown: Res<Shown>,
    old: Query<Entity, With<Root>>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    // What is new in a frame may be whole only in the one after it.
    redraw.write(RequestRedraw);
    for root in old {
        commands.entity(root).despawn();
    }
    let brush = Brush { kit: &kit, layout: &layout, arrows: &arrows, shown: &shown };
    let root = Node { width: percent(100), height: percent(100), flex_direction: FlexDirection::Column, ..default() };
    commands.spawn((Root, root, BackgroundColor(Token::Paper.colour()))).with_children(|root| {
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
    let day = shown.day.in_language(brush.language());
    root.spawn((bar, BackgroundColor(Token::Blue.colour()))).with_children(|bar| {
        bar.spawn((
            Node { flex_shrink: 1.0, flex_grow: 1.0, flex_basis: px(0), ..default() },
            children![kit.words(layout.office_of(office), Weight::Bold, Token::OnBlue, office)],
        ));
        let clock = Node {
            align_items: AlignItems::Center,
            column_gap: px(layout.margin * 0.8),
            flex_shrink: 0.0,
            ..default()
        };
        bar.spawn(clock).with_children(|clock| {
            if !kit.measure.is_portrait() {
                clock.spawn(kit.line(layout.office * 0.72, Weight::Regular, Token::OnBlueSecond, day));
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

fn light_call(board: Res<Board>, now: Res<Now>, mut grounds: Query<&mut BackgroundColor, With<LargeGround>>) {
    let token = if board.announcer.is_lit(now.at()) { Token::Call } else { Token::Paper };
    for mut ground in &mut grounds {
        ground.set_if_neq(BackgroundColor(token.colour()));
    }
}

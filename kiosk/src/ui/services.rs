//! Which service? The office's services by group, in pages where they are many.

use bevy::prelude::*;
use panel::{
    kit::{Kit, Weight},
    theme::Token,
    widgets::{self, ButtonLook},
};
use walk::{KioskScreen, Press, Station};
use wire::{Availability, KioskService};

use crate::ui::{
    frame::{self, ScreenFrame, WaysOut},
    meaning::Meaning,
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Services)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Station::Services { page } = *pen.kiosk.walk.station() else { return };
    let walk = &pen.kiosk.walk;
    let (pages, on_a_page) = (walk.pages(), walk.services_on_a_page());
    let all = walk.view().map_or_else(Vec::new, |view| by_group(&view.services));
    let services: Vec<KioskService> = all.into_iter().skip(page * on_a_page).take(on_a_page).collect();
    let (heading, below) = (pen.say("kiosk-services"), pen.say("kiosk-services-below"));
    let pages = (pages > 1).then_some((page, pages));
    let frame = ScreenFrame { below, ways: WaysOut::Home, pages, ..ScreenFrame::new(KioskScreen::Services, heading) };
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        let list = Node {
            flex_grow: 1.0,
            flex_direction: FlexDirection::Column,
            row_gap: px(kit.gap() * 0.75),
            min_height: px(0),
            ..default()
        };
        content.spawn(list).with_children(|list| {
            let (mut group, mut first) = (None, true);
            for service in &services {
                if group != Some(&service.group) {
                    group = Some(&service.group);
                    let name = service.group.in_language(kit.language);
                    let above = if first { 0.0 } else { kit.gap() * 0.6 };
                    let place = Node { margin: UiRect::top(px(above)), flex_shrink: 0.0, ..default() };
                    list.spawn((place, children![kit.words(kit.small(), Weight::Bold, Token::Slate, name)]));
                    first = false;
                }
                draw_service(&kit, service, list);
            }
        });
    });
}

/// The services with those of one group together, groups in the office's order.
fn by_group(services: &[KioskService]) -> Vec<KioskService> {
    let mut groups = Vec::new();
    for service in services {
        if !groups.contains(&&service.group) {
            groups.push(&service.group);
        }
    }
    groups
        .into_iter()
        .flat_map(|group| services.iter().filter(move |service| service.group == *group))
        .cloned()
        .collect()
}

fn draw_service(kit: &Kit, service: &KioskService, list: &mut ChildSpawnerCommands) {
    let name = service.name.in_language(kit.language);
    let node = Node {
        min_height: px(kit.target()),
        max_height: px(kit.target() * 1.8),
        flex_grow: 1.0,
        flex_shrink: 0.0,
        padding: UiRect::axes(px(kit.gap()), px(kit.gap() * 0.35)),
        column_gap: px(kit.gap()),
        align_items: AlignItems::Center,
        ..default()
    };
    let button = widgets::pressable(kit, ButtonLook::Secondary, &format!("service-{}", service.key), name, node);
    list.spawn((button, Meaning(Press::Service(service.key.clone())))).with_children(|button| {
        let badge = Node {
            width: px(kit.strong() * 1.5),
            height: px(kit.strong() * 1.5),
            flex_shrink: 0.0,
            justify_content: JustifyContent::Center,
            align_items: AlignItems::Center,
            border_radius: kit.corner(),
            ..default()
        };
        let letter = kit.line(kit.strong(), Weight::Bold, Token::OnBlue, &service.letter.to_string());
        button.spawn((badge, BackgroundColor(Token::Blue.colour()), children![letter]));
        let text = Node { flex_grow: 1.0, flex_basis: px(0), flex_direction: FlexDirection::Column, ..default() };
        button.spawn((
            text,
            children![
                kit.words(kit.body(), Weight::Bold, Token::Ink, name),
                kit.words(kit.small(), Weight::Regular, Token::Slate, &availability(kit, service)),
            ],
        ));
    });
}

fn availability(kit: &Kit, service: &KioskService) -> String {
    let say = |id| phrases::say(kit.language, id);
    match (service.availability, service.expected_wait) {
        (Availability::Now { .. }, Some(wait)) => phrases::say_wait(kit.language, "kiosk-service-wait", wait),
        (Availability::Now { .. }, None) => say("kiosk-service-now"),
        (Availability::BookingRequired, _) => say("kiosk-service-booking"),
        (Availability::NoTimeLeft, _) => say("kiosk-service-no-time"),
        (Availability::Suspended { .. }, _) => say("kiosk-service-suspended"),
    }
}

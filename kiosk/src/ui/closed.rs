//! No numbers now, because the office is closed or giving them is suspended (FLD-30): until when, and what somebody with
//! an appointment does.

use bevy::prelude::*;
use panel::widgets::{self, ButtonLook};
use walk::{KioskScreen, Press};
use wire::OfficeState;

use crate::ui::{
    frame::{self, ScreenFrame},
    meaning::Meaning,
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds both screens.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Closed)), draw)
        .add_systems(OnEnter(ScreenState(KioskScreen::Suspended)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Some(state) = pen.kiosk.walk.view().map(|view| view.state.clone()) else { return };
    let (screen, id, ends, because, look) = match state {
        OfficeState::Open { .. } => return,
        OfficeState::Closed { opens_at, because } => {
            let ends = opens_at.map(|at| pen.say_with("kiosk-closed-opens", "time", pen.moment_at(at)));
            (KioskScreen::Closed, "kiosk-closed", ends, because, ButtonLook::Secondary)
        }
        // Those with an appointment are the only ones who can do anything here.
        OfficeState::Suspended { until, because } => {
            let ends = until.map(|at| pen.say_with("kiosk-suspended-until", "time", pen.moment_from(at)));
            (KioskScreen::Suspended, "kiosk-suspended", ends, because, ButtonLook::Primary)
        }
    };
    // What is closed comes first, then why: a reason alone does not say that no numbers are given.
    let because = because.map(|words| words.in_language(kit.language).to_owned()).filter(|words| !words.is_empty());
    let lines = |lines: [Option<String>; 2]| lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let heading = lines([Some(pen.say(id)), ends]);
    let below = lines([because, Some(pen.say(&format!("{id}-below")))]);
    let frame = ScreenFrame { below, ..ScreenFrame::new(screen, heading) };
    let booking = pen.say("kiosk-have-booking");
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        content.spawn(widgets::spring());
        content.spawn((widgets::wide_button(&kit, look, "have-booking", &booking), Meaning(Press::HaveBooking)));
    });
}

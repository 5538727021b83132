//! A question with a yes and a no, such as help or priority service. Which one, and in which words, the walk's table says.

use bevy::prelude::*;
use panel::widgets::{self, ButtonLook};
use walk::{KioskScreen, Press, Station};

use crate::ui::{
    frame::{self, ScreenFrame, WaysOut},
    meaning::Meaning,
    pen::Pen,
    screen_state::ScreenState,
};

/// Adds the screen.
pub fn plugin(app: &mut App) {
    app.add_systems(OnEnter(ScreenState(KioskScreen::Question)), draw);
}

fn draw(mut pen: Pen) {
    let (kit, top) = (pen.kit(), pen.top());
    let Station::Question { question, .. } = pen.kiosk.walk.station().clone() else { return };
    let row = question.row();
    let frame =
        ScreenFrame { ways: WaysOut::BackAndHome, ..ScreenFrame::new(KioskScreen::Question, pen.say(row.sentence)) };
    let answers = [("no", pen.say(row.no), false), ("yes", pen.say(row.yes), true)];
    frame::draw(&mut pen.commands, &kit, &top, &frame, |content| {
        for (answer, words, yes) in answers {
            let name = format!("{}-{answer}", row.name);
            let button = widgets::great_button(&kit, ButtonLook::Secondary, &name, &words, "");
            content.spawn((button, Meaning(Press::Answer(question, yes))));
        }
    });
}

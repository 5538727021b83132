//! The board's frames: the hub's news into the board, its cues to hall and disk, and what is to be seen to the window.

use bevy::prelude::*;
use board::{BoardFaults, BoardPicture, BoardRoom, BoardState, Cue, QuietHours, SeenKeeper};
use link::HubLink;
use panel::{alarm::Alarm, clock::FrameTime};
use wire::BoardView;

use crate::hall::{HallCall, HallSound};

/// The line to the hub.
#[derive(Resource)]
pub struct BoardLine(pub HubLink<BoardView>);

/// What the hub was told last about what is wrong here.
#[derive(Resource, Default)]
struct ToldFaults(BoardFaults);

/// Where cues go.
#[derive(Resource)]
pub struct Outlets {
    /// What sounds when somebody is called.
    pub hall: HallSound,
    /// When that is quieter.
    pub quiet: Vec<QuietHours>,
    /// The disk.
    pub keeper: SeenKeeper,
}

/// What the board knows.
#[derive(Resource, Deref, DerefMut)]
pub struct BoardKnowledge(pub BoardState);

/// How much has room in this window.
#[derive(Resource, Deref)]
pub struct WindowRoom(pub BoardRoom);

/// What is to be seen; drawn anew when it changes.
#[derive(Resource, Deref, Default, PartialEq)]
pub struct BoardSight(pub BoardPicture);

/// When the logic runs; what is drawn comes after it in the same frame.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct BoardLogic;

/// The board's logic.
pub struct BoardLogicPlugin;

impl Plugin for BoardLogicPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<BoardSight>()
            .init_resource::<ToldFaults>()
            .add_systems(Update, (hear_hall, take_news, work_out_sight, set_alarm).chain().in_set(BoardLogic));
    }
}

/// What the hall has heard to its end makes room for the next call; what it could not hear is told to the hub, once.
fn hear_hall(
    line: Res<BoardLine>,
    outlets: Res<Outlets>,
    mut board: ResMut<BoardKnowledge>,
    mut told: ResMut<ToldFaults>,
) {
    for report in outlets.hall.reports.try_iter() {
        board.announcer.heard(report.call);
        if report.is_spoken {
            line.0.send(board::echo(report.call, true));
        }
        // Without any sound nobody knows whether the words would have been heard.
        let is_speechless = if report.is_silent { told.0.is_speechless } else { report.is_speechless };
        let faults = BoardFaults { is_silent: report.is_silent, is_speechless };
        if faults != told.0 {
            told.0 = faults;
            line.0.send(faults.report());
        }
    }
}

fn take_news(line: Res<BoardLine>, outlets: Res<Outlets>, now: Res<FrameTime>, mut board: ResMut<BoardKnowledge>) {
    let at = now.at();
    let mut cues = Vec::new();
    for news in line.0.news.try_iter() {
        cues.extend(board.take(news, at));
    }
    cues.extend(board.tick(at));
    for cue in cues {
        match cue {
            Cue::Announce { call, is_crowded } => {
                let (id, loudness) = (call.id, board.loudness(&outlets.quiet, at));
                line.0.send(board::echo(id, false));
                if !outlets.hall.sound(HallCall { call: *call, loudness, is_crowded }) {
                    board.announcer.heard(id);
                }
            }
            Cue::Keep(seen) => outlets.keeper.keep(seen),
        }
    }
}

fn work_out_sight(
    board: Res<BoardKnowledge>,
    room: Res<WindowRoom>,
    now: Res<FrameTime>,
    mut sight: ResMut<BoardSight>,
) {
    sight.set_if_neq(BoardSight(BoardPicture::of(&board, **room, now.at())));
}

fn set_alarm(board: Res<BoardKnowledge>, now: Res<FrameTime>, mut alarm: ResMut<Alarm>) {
    if let Some(due) = board.next_due(now.at()) {
        alarm.wake_at(due);
    }
}

//! The board's frames: the hub's news into the board, its cues to chime and disk, and what is to be seen to the window.

use bevy::prelude::*;
use board::{BoardPicture, BoardRoom, BoardState, Cue, SeenKeeper};
use crossbeam_channel::Receiver;
use link::News;
use panel::{alarm::Alarm, clock::FrameTime};
use wire::BoardView;

use crate::chime::Chime;

/// The hub's news, from the link's thread.
#[derive(Resource)]
pub struct HubNews(pub Receiver<News<BoardView>>);

/// Where cues go.
#[derive(Resource)]
pub struct Outlets {
    /// What rings when somebody is called.
    pub chime: Chime,
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
            .add_systems(Update, (take_news, work_out_sight, set_alarm).chain().in_set(BoardLogic));
    }
}

fn take_news(from: Res<HubNews>, outlets: Res<Outlets>, now: Res<FrameTime>, mut board: ResMut<BoardKnowledge>) {
    let at = now.at();
    let mut cues = Vec::new();
    for news in from.0.try_iter() {
        cues.extend(board.take(news, at));
    }
    cues.extend(board.tick(at));
    for cue in cues {
        match cue {
            Cue::Chime => outlets.chime.ring(),
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

//! What stands on the screen, as one description: the window draws it, speech reads it, keys and fingers move through it. So
//! no screen can be drawn that is not spoken.

mod asked;
mod bar;
mod booked;
mod description;
mod entry;
mod help;
mod number;
mod parts;
mod refused;
mod services;
mod setting;
mod still;
mod writer;

use std::time::Duration;

use self::writer::FaceWriter;
pub use self::{
    description::KioskFace,
    parts::{
        Choice, ChoiceLayout, CodePicture, Emphasis, GuidePicture, NumberCard, Sign, SpokenText, StillThere,
        TitledList, Tone, TypedCode,
    },
    setting::{DevicePlace, FaceSetting, RemoteDoor},
};
use crate::{machine::KioskWalk, station::KioskScreen};

impl KioskFace {
    /// What stands on the screen of this walk.
    #[must_use]
    pub fn of(walk: &KioskWalk, around: &FaceSetting, now: Duration) -> Self {
        let writer = FaceWriter { walk, around, now };
        let mut face = match walk.screen() {
            KioskScreen::Starting => still::starting(&writer),
            KioskScreen::Pairing => still::pairing(&writer),
            KioskScreen::Away => still::away(&writer),
            KioskScreen::Estranged => still::estranged(&writer),
            KioskScreen::Wait => still::wait(&writer),
            KioskScreen::Closed | KioskScreen::Suspended => entry::shut(&writer),
            KioskScreen::Welcome => entry::welcome(&writer),
            KioskScreen::NotSure => entry::not_sure(&writer),
            KioskScreen::Help => help::help(&writer),
            KioskScreen::Code => booked::code(&writer),
            KioskScreen::Late => booked::late(&writer),
            KioskScreen::Times => booked::times(&writer),
            KioskScreen::GiveUp => booked::give_up(&writer),
            KioskScreen::BookAnew => booked::book_anew(&writer),
            KioskScreen::Rebooked => number::rebooked(&writer),
            KioskScreen::Services => services::list(&writer),
            KioskScreen::Service => services::one(&writer),
            KioskScreen::CouldNotBook => services::could_not_book(&writer),
            KioskScreen::Party => asked::party(&writer),
            KioskScreen::Needs => asked::needs(&writer),
            KioskScreen::Question => asked::question(&writer),
            KioskScreen::Early => asked::early(&writer),
            KioskScreen::Wishes => asked::wishes(&writer),
            KioskScreen::Given => number::given(&writer),
            KioskScreen::Refused => refused::refused(&writer),
        };
        face.bar = bar::bar(&writer, face.screen);
        face.asks = writer.still_there();
        face
    }
}

//! Somebody is coming: how far the ring has come, and where to go if nobody does.

use super::{ChoiceLayout, Emphasis, KioskFace, Sign, Tone, writer::FaceWriter};
use crate::{help::HelpStage, press::Press, station::KioskScreen};

pub(super) fn help(writer: &FaceWriter<'_>) -> KioskFace {
    let stage = writer.walk.help().map_or(HelpStage::Unheard, |help| help.stage);
    let id = match stage {
        HelpStage::Ringing | HelpStage::Rung => "kiosk-help-rung",
        HelpStage::Coming => "kiosk-help-coming",
        HelpStage::Waited => "kiosk-help-waited",
        HelpStage::Unheard => "kiosk-help-unheard",
    };
    let mut face = writer.face(KioskScreen::Help, writer.say(id));
    let elsewhere = matches!(stage, HelpStage::Waited | HelpStage::Unheard);
    face.tone = match stage {
        HelpStage::Coming => Tone::Well,
        HelpStage::Ringing | HelpStage::Rung => Tone::Plain,
        HelpStage::Waited | HelpStage::Unheard => Tone::Amber,
    };
    if elsewhere {
        let place = writer.walk.view().map(|view| writer.own(&view.help_where)).filter(|said| !said.shown.is_empty());
        face.below.push(place.unwrap_or_else(|| writer.say("kiosk-help-where")));
    } else {
        face.below.push(writer.say("kiosk-help-stay"));
    }
    face.layout = ChoiceLayout::Foot;
    face.choices.push(writer.choice("back", Press::Back, "kiosk-help-go-on", Emphasis::First, Sign::Back));
    if stage != HelpStage::Unheard {
        face.choices.push(writer.choice("no-help", Press::NoHelp, "kiosk-help-end", Emphasis::Other, Sign::Cross));
    }
    face
}

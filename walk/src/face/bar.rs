//! The bar at the bottom of every screen, within everybody's reach (K24): language, comfort, help.

use wire::Language;

use super::{Choice, Emphasis, Sign, SpokenText, writer::FaceWriter};
use crate::{comfort::Ease, press::Press, station::KioskScreen};

/// Its choices, in their order.
pub(super) fn bar(writer: &FaceWriter<'_>, screen: KioskScreen) -> Vec<Choice> {
    let languages = Language::ALL.into_iter().filter(|language| *language != writer.language()).map(|language| {
        let name = phrases::say(language, "kiosk-language-name");
        let label = SpokenText { spoken: voice::read_aloud(language, &name), shown: name, personal: false };
        let press = Press::Language(language);
        writer.choice_said(&format!("language-{}", language.tag()), press, label, Emphasis::Quiet, Some(Sign::Language))
    });
    let mut bar: Vec<Choice> = languages.collect();
    let eases = [
        (Ease::Large, "large", Sign::Large),
        (Ease::Contrast, "contrast", Sign::Contrast),
        (Ease::Low, "low", Sign::Low),
        (Ease::Listen, "listen", Sign::Ear),
    ];
    for (ease, name, sign) in eases {
        if ease == Ease::Listen && !writer.around.speaks {
            continue;
        }
        let on = writer.walk.comfort().has(ease);
        let short = writer.text(&format!("kiosk-{name}"));
        let spoken = writer.text(&format!("kiosk-{name}-said"));
        let state = writer.text(if on { "kiosk-is-on" } else { "kiosk-is-off" });
        let label = SpokenText { shown: short, spoken: format!("{spoken}, {state}"), personal: false };
        let choice = writer.choice_said(name, Press::Ease(ease), label, Emphasis::Quiet, Some(sign));
        bar.push(Choice { on: Some(on), ..choice });
    }
    // Nobody knows this machine yet, so nobody would hear.
    if !matches!(screen, KioskScreen::Pairing | KioskScreen::Starting | KioskScreen::Help) {
        bar.push(writer.choice("help", Press::Help, "kiosk-help", Emphasis::Quiet, Sign::Bell));
    }
    bar
}

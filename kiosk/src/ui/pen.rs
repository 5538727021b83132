//! What drawing a screen needs, in one hand.

use bevy::{ecs::system::SystemParam, prelude::*};
use panel::{kit::Kit, picture};

use crate::{
    logic::{KioskInFrame, WalkTime},
    ui::frame::TopBar,
};

/// A QR code and the side on which it is sharp.
#[derive(Debug, Clone)]
pub struct QrPicture {
    /// The code, one pixel a module.
    pub image: Handle<Image>,
    /// Its side on the screen, in pixels.
    pub side: f32,
}

/// What drawing needs.
#[derive(SystemParam)]
pub struct Pen<'w, 's> {
    /// Where screens are spawned.
    pub commands: Commands<'w, 's>,
    kit: Res<'w, Kit>,
    /// The kiosk as this picture of it is drawn.
    pub kiosk: Res<'w, KioskInFrame>,
    now: Res<'w, WalkTime>,
    /// Pictures, which the engine keeps.
    pub images: ResMut<'w, Assets<Image>>,
}

impl Pen<'_, '_> {
    /// The kit in the language of whoever stands here.
    pub fn kit(&self) -> Kit {
        Kit { language: self.kiosk.walk.language(), ..self.kit.clone() }
    }

    /// The sentence `id` in the language of whoever stands here.
    pub fn say(&self, id: &str) -> String {
        phrases::say(self.kiosk.walk.language(), id)
    }

    /// The same, with one place filled.
    pub fn say_with(&self, id: &str, name: &'static str, value: impl Into<String>) -> String {
        phrases::say_with(self.kiosk.walk.language(), id, &[(name, value.into().into())])
    }

    /// When something happens, with its day where that is not today.
    pub fn moment_at(&self, at: chrono::DateTime<chrono::Utc>) -> String {
        phrases::moment_at(at, self.kiosk.hub_now(), self.kiosk.zone(), self.kiosk.walk.language())
    }

    /// From when on, with its day where that is not today.
    pub fn moment_from(&self, at: chrono::DateTime<chrono::Utc>) -> String {
        phrases::moment_from(at, self.kiosk.hub_now(), self.kiosk.zone(), self.kiosk.walk.language())
    }

    /// What stands in the bar.
    pub fn top(&self) -> TopBar {
        let (kiosk, language) = (&self.kiosk, self.kiosk.walk.language());
        TopBar {
            office: kiosk.walk.view().map(|view| view.office.in_language(language).to_owned()).unwrap_or_default(),
            time: kiosk.shown_time(),
            local: kiosk.walk.is_local().then(|| self.say("kiosk-local")),
            countdown: kiosk.walk.countdown(self.now.0),
        }
    }

    /// A QR code of `text` of about `side` pixels, or nothing where it fits into none.
    pub fn qr(&mut self, text: &str, side: f32) -> Option<QrPicture> {
        let image = picture::qr(text).ok()?;
        let side = picture::sharp_side(&image, side);
        Some(QrPicture { image: self.images.add(image), side })
    }
}

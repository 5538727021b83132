//! Pictures of what to do: a telephone and a paper go to where the scanner is, a ticket slides to where tickets come out. They
//! move for a second and then rest; at rest no frame is drawn.

use std::time::{Duration, Instant};

use bevy::{prelude::*, window::RequestRedraw};
use panel::{clock::FrameTime, theme::Token};
use walk::face::{DevicePlace, GuidePicture};

use crate::ui::brush::FaceBrush;

/// So long it moves.
const WHOLE: Duration = Duration::from_millis(1_000);

/// Something that moves from one place of its picture to another.
#[derive(Component, Debug, Clone, Copy)]
pub struct GuideMotion {
    from: (f32, f32),
    to: (f32, f32),
}

/// Since when the picture on the screen has moved.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub struct GuideStart {
    /// Its first frame; none while none is shown.
    pub at: Option<Instant>,
    resting: bool,
}

impl GuideStart {
    /// A new picture begins to move.
    pub const fn begin(&mut self, at: Instant) {
        (self.at, self.resting) = (Some(at), false);
    }

    /// What was drawn anew stands where it was.
    pub const fn redrawn(&mut self) {
        self.resting = false;
    }
}

/// Draws a picture; it stands at its end until it is moved.
pub fn draw(brush: &mut FaceBrush<'_>, scene: GuidePicture, ink: Token, place: &mut ChildSpawnerCommands) {
    let (icons, at): (&[&'static str], DevicePlace) = match scene {
        GuidePicture::Scan(at) => (&["device-mobile", "qrcode"], at),
        GuidePicture::Take(at) => (&["ticket"], at),
        GuidePicture::NoPaper => (&["printer-off"], DevicePlace::Below),
    };
    let unit = |px: f32| brush.kit.measure.unit(px);
    let (icon, apart) = (unit(92.0), unit(8.0));
    let group = icon + (icons.len() - 1) as f32 * (icon + apart);
    let moves = scene != GuidePicture::NoPaper;
    // An arrow stands at the edge to which it goes, beside what moves, so that a picture at rest says the same.
    let arrow = if moves { unit(48.0) } else { 0.0 };
    let (width, height) = (group + 2.0 * arrow + unit(24.0), unit(144.0));
    let middle = ((width - group) / 2.0, (height - icon) / 2.0);
    let (to, arrow_at) = match at {
        DevicePlace::Below => ((middle.0, height - icon), (width - arrow, height - arrow)),
        DevicePlace::Above => ((middle.0, 0.0), (width - arrow, 0.0)),
        DevicePlace::Left => ((arrow, middle.1), (0.0, (height - arrow) / 2.0)),
        DevicePlace::Right => ((width - arrow - group, middle.1), (width - arrow, (height - arrow) / 2.0)),
    };
    let to = if moves { to } else { middle };
    let from = (middle.0 - (to.0 - middle.0) * 1.2, middle.1 - (to.1 - middle.1) * 1.2);
    let frame = Node {
        width: px(width),
        height: px(height),
        flex_shrink: 0.0,
        overflow: Overflow::clip(),
        border_radius: brush.kit.corner(),
        ..default()
    };
    let ground = BackgroundColor(brush.kit.colour(Token::Mist));
    let stands = |x: f32, y: f32| Node { position_type: PositionType::Absolute, left: px(x), top: px(y), ..default() };
    place.spawn((Name::new("guide"), frame, ground)).with_children(|frame| {
        for (nth, name) in icons.iter().enumerate() {
            let beside = nth as f32 * (icon + apart);
            let picture = brush.pictogram(name, icon, ink);
            let mut moving = frame.spawn((stands(to.0 + beside, to.1), children![picture]));
            if moves {
                moving.insert(GuideMotion { from: (from.0 + beside, from.1), to: (to.0 + beside, to.1) });
            }
        }
        if moves {
            let picture = brush.pictogram("arrow-down", arrow, ink);
            let turned = UiTransform::from_rotation(Rot2::degrees(direction(at)));
            frame.spawn((stands(arrow_at.0, arrow_at.1), turned, children![picture]));
        }
    });
}

/// How far an arrow that points down is turned.
const fn direction(at: DevicePlace) -> f32 {
    match at {
        DevicePlace::Below => 0.0,
        DevicePlace::Left => 90.0,
        DevicePlace::Above => 180.0,
        DevicePlace::Right => 270.0,
    }
}

/// Moves what moves, and asks for the next frame until it rests.
pub fn move_guides(
    frame: Res<FrameTime>,
    mut start: ResMut<GuideStart>,
    mut moving: Query<(&GuideMotion, &mut Node)>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    let Some(began) = start.at.filter(|_| !start.resting && !moving.is_empty()) else { return };
    let past = frame.at().saturating_duration_since(began).as_secs_f32() / WHOLE.as_secs_f32();
    let done = past.clamp(0.0, 1.0);
    // It slows down towards its end, as a hand does.
    let eased = 1.0 - (1.0 - done).powi(3);
    for (motion, mut node) in &mut moving {
        let at = |from: f32, to: f32| from + (to - from) * eased;
        node.left = px(at(motion.from.0, motion.to.0));
        node.top = px(at(motion.from.1, motion.to.1));
    }
    if done < 1.0 {
        redraw.write(RequestRedraw);
    } else {
        start.resting = true;
    }
}

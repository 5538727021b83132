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
    let unit = |px: f32| brush.kit.measure.unit(px);
    let (side, far) = (unit(200.0), unit(96.0));
    let frame = Node {
        width: px(side),
        height: px(side * 0.72),
        flex_shrink: 0.0,
        overflow: Overflow::clip(),
        border_radius: brush.kit.corner(),
        ..default()
    };
    let (icons, at): (&[&'static str], DevicePlace) = match scene {
        GuidePicture::Scan(at) => (&["device-mobile", "qrcode"], at),
        GuidePicture::Take(at) => (&["ticket"], at),
        GuidePicture::NoPaper => (&["printer-off"], DevicePlace::Below),
    };
    let (middle_x, middle_y) = ((side - far) / 2.0, (side * 0.72 - far) / 2.0);
    let (to_x, to_y) = match at {
        DevicePlace::Below => (middle_x, side * 0.72 - far),
        DevicePlace::Above => (middle_x, 0.0),
        DevicePlace::Left => (0.0, middle_y),
        DevicePlace::Right => (side - far, middle_y),
    };
    let moves = scene != GuidePicture::NoPaper;
    let (to_x, to_y) = if moves { (to_x, to_y) } else { (middle_x, middle_y) };
    let ground = BackgroundColor(brush.kit.colour(Token::Mist));
    let (kit, rotation) = (brush.kit.clone(), direction(at));
    place.spawn((Name::new("guide"), frame, ground)).with_children(|frame| {
        for (nth, icon) in icons.iter().enumerate() {
            let shift = nth as f32 * far * 0.55 - (icons.len() - 1) as f32 * far * 0.275;
            let at_end = (to_x + shift, to_y);
            let node =
                Node { position_type: PositionType::Absolute, left: px(at_end.0), top: px(at_end.1), ..default() };
            let picture = brush.pictogram(icon, far, ink);
            let mut moving = frame.spawn((node, children![picture]));
            if moves {
                moving.insert(GuideMotion {
                    from: (middle_x + shift - (to_x - middle_x) * 1.2, middle_y - (to_y - middle_y) * 1.2),
                    to: at_end,
                });
            }
        }
        if moves {
            // An arrow stands at the edge to which it goes, so that a picture at rest says the same.
            let size = kit.measure.unit(44.0);
            let (x, y) = match at {
                DevicePlace::Below => ((side - size) / 2.0 + far * 0.8, side * 0.72 - size),
                DevicePlace::Above => ((side - size) / 2.0 + far * 0.8, 0.0),
                DevicePlace::Left => (0.0, 0.0),
                DevicePlace::Right => (side - size, 0.0),
            };
            let node = Node { position_type: PositionType::Absolute, left: px(x), top: px(y), ..default() };
            let arrow = brush.pictogram("arrow-down", size, ink);
            frame.spawn((node, UiTransform::from_rotation(Rot2::degrees(rotation)), children![arrow]));
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

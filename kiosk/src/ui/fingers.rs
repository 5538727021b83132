//! Fingers, as the reader hears of them: what each does, in millimetres, and which choice is under it.

use bevy::{
    picking::{
        hover::HoverMap,
        pointer::{PointerAction, PointerButton, PointerId, PointerInput},
    },
    prelude::*,
};
use panel::kit::Kit;
use walk::FingerTouch;

use crate::{logic::FingerTouches, ui::meaning::ChoiceName};

/// Whether a finger is down; moves of a pointer that is not are nobody's.
#[derive(Resource, Debug, Default)]
pub struct FingerDown(Option<PointerId>);

/// Takes what fingers did since the last frame.
pub fn take_fingers(
    mut inputs: MessageReader<PointerInput>,
    hovered: Res<HoverMap>,
    names: Query<&ChoiceName>,
    parents: Query<&ChildOf>,
    kit: Res<Kit>,
    mut down: ResMut<FingerDown>,
    mut touches: ResMut<FingerTouches>,
) {
    for input in inputs.read() {
        let at = input.location.position * kit.measure.mm_per_px;
        let touch = match input.action {
            // One finger at a time: nothing here needs two (K23).
            PointerAction::Press(PointerButton::Primary) if down.0.is_none() => {
                down.0 = Some(input.pointer_id);
                FingerTouch::Down(at.x, at.y)
            }
            PointerAction::Move { .. } if down.0 == Some(input.pointer_id) => FingerTouch::Moved(at.x, at.y),
            PointerAction::Release(PointerButton::Primary) | PointerAction::Cancel
                if down.0 == Some(input.pointer_id) =>
            {
                down.0 = None;
                FingerTouch::Lifted(at.x, at.y)
            }
            PointerAction::Press(_)
            | PointerAction::Release(_)
            | PointerAction::Move { .. }
            | PointerAction::Scroll { .. }
            | PointerAction::Cancel => continue,
        };
        let under = hovered.get(&input.pointer_id).into_iter().flat_map(|hits| hits.keys());
        let name = under.filter_map(|entity| named(*entity, &names, &parents)).next();
        touches.0.push((touch, name));
    }
}

/// The choice that an entity is, or is a part of.
fn named(entity: Entity, names: &Query<&ChoiceName>, parents: &Query<&ChildOf>) -> Option<String> {
    std::iter::once(entity)
        .chain(parents.iter_ancestors(entity))
        .find_map(|entity| names.get(entity).ok())
        .map(|name| name.0.clone())
}

//! How a call comes on: the ground reverses, the number lands, the arrow draws itself to the desk, the desk's plate stands;
//! and how it goes to its row of the list afterwards. Pure: time is an argument.

use std::time::Duration;

/// A call comes on in so long.
pub const SCENE: Duration = Duration::from_millis(1200);

/// A call that makes room glides to its row in so long.
pub const GLIDE: Duration = Duration::from_millis(450);

/// The parts of a scene, in milliseconds from its start.
const NUMBER: (f32, f32) = (0.0, 350.0);
const ARROW: (f32, f32) = (350.0, 800.0);
const DESK: (f32, f32) = (750.0, 1150.0);

/// How far each part of a call has come on, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScenePose {
    /// The number lands.
    pub number: f32,
    /// The arrow is drawn.
    pub arrow: f32,
    /// The desk's plate comes forward.
    pub desk: f32,
}

impl ScenePose {
    /// Everything stands in its place.
    pub const STILL: Self = Self { number: 1.0, arrow: 1.0, desk: 1.0 };

    /// How a call stands that began to come on so long ago.
    #[must_use]
    pub fn after(age: Duration) -> Self {
        if age >= SCENE {
            return Self::STILL;
        }
        let part = |(from, to): (f32, f32)| eased((age.as_secs_f32() * 1000.0 - from) / (to - from));
        Self { number: part(NUMBER), arrow: part(ARROW), desk: part(DESK) }
    }
}

/// How far a call has glided that left the large area so long ago, from 0 to 1.
#[must_use]
pub fn glided(age: Duration) -> f32 {
    eased(age.as_secs_f32() / GLIDE.as_secs_f32())
}

/// A movement that begins fast and comes to rest.
fn eased(share: f32) -> f32 {
    1.0 - (1.0 - share.clamp(0.0, 1.0)).powi(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_follows_the_one_before_and_all_come_to_rest() {
        let at = |millis| ScenePose::after(Duration::from_millis(millis));
        assert_eq!(at(0), ScenePose { number: 0.0, arrow: 0.0, desk: 0.0 });
        assert_eq!((at(350).number, at(350).arrow, at(350).desk), (1.0, 0.0, 0.0));
        assert!(at(600).arrow > 0.5 && at(600).desk == 0.0);
        assert_eq!(at(1150), ScenePose::STILL);
        let mut before = at(0);
        for millis in 1..=1_200 {
            let now = at(millis);
            assert!(now.number >= before.number && now.arrow >= before.arrow && now.desk >= before.desk);
            before = now;
        }
        assert_eq!((glided(Duration::ZERO), glided(GLIDE)), (0.0, 1.0));
    }
}

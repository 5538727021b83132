//! What a choice on the screen is and means.

use bevy::prelude::Component;
use walk::Press;

/// What a button means to the walk.
#[derive(Component, Debug, Clone)]
pub struct Meaning(pub Press);

/// The name of a choice, whether or not it can be pressed now: by it a finger that explores finds it.
#[derive(Component, Debug, Clone)]
pub struct ChoiceName(pub String);

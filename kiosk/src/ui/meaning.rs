//! What a button means to the walk.

use bevy::prelude::Component;
use walk::Press;

/// What a button means.
#[derive(Component, Debug, Clone)]
pub struct Meaning(pub Press);

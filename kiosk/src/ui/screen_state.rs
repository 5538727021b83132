//! Which screen the engine shows: entering and leaving it is what draws.

use bevy::prelude::States;
use walk::KioskScreen;

/// The screen that is shown.
#[derive(States, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ScreenState(pub KioskScreen);

//! Tables of what a printer is told and what the machine makes of it.

use super::*;

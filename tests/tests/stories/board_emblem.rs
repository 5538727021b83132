//! The office's emblem on its board: before the name, where the name leaves it room.

use anyhow::{Result, ensure};
use tests::{
    device::{DeviceProcess, DeviceSetting},
    house::House,
    hub::Setting,
};

use crate::cast::DISPLAY_SIZE;

/// From this brightness on, of 255, a point of the bar is white and not blue.
const WHITE: u8 = 128;
/// Where the bar's first thing begins, in pixels from the left.
const MARGIN: u32 = 32;

#[test]
fn new_14_the_offices_emblem_stands_before_its_name_on_the_board() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let setting = DeviceSetting::display(&house.folder("display"), &house.hub.base(), DISPLAY_SIZE).seen_from(4.0);
    let display = DeviceProcess::start(setting)?;
    display.pair(&house.hub)?;
    let screen = display.screen()?;
    screen.find("Παρακαλούμε περιμένετε")?;
    let name = screen.find("ΚΕΠ Δήμου Αγίου Νικολάου")?;
    let picture = screen.picture()?;
    if let Ok(folder) = std::env::var("SEIRA_PICTURES") {
        picture.save(&std::path::Path::new(&folder).join("board-emblem.png"))?;
    }
    let points = picture.pixels()?;
    let height = u32::try_from(2 * name.y)?;
    let white = |x: u32| (0..height).filter(|y| points.get_pixel(x, *y).0[0] > WHITE).count();
    // A drawing of columns and branches: as broad as high, with white and blue in it, and nothing before it.
    ensure!((0..MARGIN - 2).all(|x| white(x) == 0), "something stands in the bar's margin");
    let side = height * 3 / 5;
    let drawn: usize = (MARGIN..MARGIN + side).map(white).sum();
    let share = drawn as f64 / f64::from(side * height);
    ensure!((0.03..0.7).contains(&share), "no emblem before the name: {share:.3} of it is white");
    // Between it and the name is a space in which nothing stands.
    let words_from = u32::try_from(name.x)?;
    let gap = (MARGIN + side..words_from).map(white).collect::<Vec<_>>();
    ensure!(gap.split(|white| *white > 0).any(|empty| empty.len() > 8), "the emblem runs into the name: {gap:?}");
    Ok(())
}

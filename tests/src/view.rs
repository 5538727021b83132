//! How a browser looks at a page: how wide, with scripts or without, and whether something is there yet.

use anyhow::Result;
use serde_json::json;

use crate::browser::Browser;

impl Browser {
    /// Makes the page so many CSS pixels wide, as a phone or a desk has it.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn width(&self, width: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics).map(drop)
    }

    /// Switches the pages' own scripts off, as some people do.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn scripts_off(&self) -> Result<()> {
        self.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": true })).map(drop)
    }

    /// Somebody stands at a spot on the map, by north and east, known to so many metres, and lets the pages of a site ask for it.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn stands_at(&self, site: &str, (north, east): (f64, f64), metres: f64) -> Result<()> {
        self.place_of(site, "granted")?;
        let spot = json!({ "latitude": north, "longitude": east, "accuracy": metres });
        self.devtools("Emulation.setGeolocationOverride", &spot).map(drop)
    }

    /// Whoever sits there lets the pages of a site ask for no place.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn hides_place(&self, site: &str) -> Result<()> {
        self.place_of(site, "denied")
    }

    fn place_of(&self, site: &str, setting: &str) -> Result<()> {
        let wish = json!({ "permission": { "name": "geolocation" }, "setting": setting, "origin": site });
        self.devtools("Browser.setPermission", &wish).map(drop)
    }

    /// Types into what a CSS selector finds, in the place of what stands there.
    ///
    /// # Errors
    /// When there is no such field.
    pub fn fill_in(&self, selector: &str, text: &str) -> Result<()> {
        self.fill_element("css selector", selector, text)
    }

    /// Has the system choose the colours, as people do who need strong contrast, or the page again.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn colours_forced(&self, are: bool) -> Result<()> {
        let value = if are { "active" } else { "none" };
        let wish = json!({ "features": [{ "name": "forced-colors", "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", &wish).map(drop)
    }

    /// Waits until the page has what a CSS selector finds.
    ///
    /// # Errors
    /// When it does not come in time; the error says what can be read instead.
    pub fn waits_for(&self, selector: &str) -> Result<()> {
        let found = self.element("css selector", selector);
        found.map(drop).map_err(|error| {
            let (address, text) = (self.address().unwrap_or_default(), self.text().unwrap_or_default());
            error.context(format!("{address} reads: {text}"))
        })
    }
}

//! How a browser looks at a page: how wide, with scripts or without, and whether something is there yet.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::Browser;

/// Keys that have no character, as the protocol names them.
pub mod keys {
    /// To the next thing that can be pressed.
    pub const TAB: &str = "\u{E004}";
    /// Presses it.
    pub const ENTER: &str = "\u{E007}";
}

impl Browser {
    /// What axe-core finds wrong with the page that is open: a line for each thing, empty if there is nothing.
    ///
    /// # Errors
    /// When axe-core was not fetched (`cargo xtask test` does), or the browser is gone.
    pub fn accessibility_faults(&self) -> Result<Vec<String>> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../hub/assets/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        self.script(&axe)?;
        let judge = "const done = arguments[arguments.length - 1]; axe.run(document).then(found => \
            done(found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} — \
            ${node.failureSummary}`))), error => done([String(error)]))";
        let found = self.ask("POST", "/execute/async", &json!({ "script": judge, "args": [] }))?;
        serde_json::from_value(found).context("axe-core gives a list")
    }

    /// Strikes keys, one after the other, wherever the focus is; special keys are those of [`keys`].
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn strike(&self, keys: &str) -> Result<()> {
        let strokes = keys.chars().flat_map(|key| {
            let key = key.to_string();
            [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
        });
        let strokes: Vec<Value> = strokes.collect();
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.ask("POST", "/actions", &actions).map(drop)
    }

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

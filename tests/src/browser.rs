//! A real browser: Chromium, driven through chromedriver by the W3C's WebDriver protocol.

use std::{cell::RefCell, path::Path, process::Command, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use ureq::Agent;

use crate::{
    line::free_port,
    picture::Picture,
    process::Process,
    wait::{until, until_ok},
};

/// The key under which the protocol hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keys that have no character, as the protocol names them.
pub mod keys {
    /// To the next thing that can be pressed.
    pub const TAB: &str = "\u{E004}";
    /// Presses it.
    pub const ENTER: &str = "\u{E007}";
    /// To the row above.
    pub const UP: &str = "\u{E013}";
    /// To the row below.
    pub const DOWN: &str = "\u{E015}";
    /// Closes a menu.
    pub const ESCAPE: &str = "\u{E00C}";
    /// Calls.
    pub const F2: &str = "\u{E032}";
    /// Somebody came.
    pub const F4: &str = "\u{E034}";
    /// Undoes what was done last.
    pub const F7: &str = "\u{E037}";
    /// Repeats the call.
    pub const F8: &str = "\u{E038}";
    /// Finishes.
    pub const F9: &str = "\u{E039}";
}

/// A browser window without a screen.
pub struct Browser {
    session: String,
    agent: Agent,
    /// The authenticators that it was given.
    authenticators: RefCell<Vec<String>>,
    _driver: Process,
}

/// Notes on the page whether a form is being sent by the browser itself, until the page is left.
const WATCH_SENDING: &str = "window.isSending = false; \
     addEventListener('submit', event => { window.isSending = !event.defaultPrevented; }, { once: true });";

impl Browser {
    /// Opens a browser; its profile goes to `folder`.
    ///
    /// # Errors
    /// When it does not start.
    pub fn open(folder: &Path) -> Result<Self> {
        Self::open_with(folder, &[])
    }

    /// Opens a browser with a camera and a microphone, played by Chromium itself, which its owner lets every page have.
    ///
    /// # Errors
    /// When it does not start.
    pub fn open_with_camera(folder: &Path) -> Result<Self> {
        // Nobody presses anything before a room that opens by itself; and all browsers are on one machine without a network.
        let camera = [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--allow-loopback-in-peer-connection",
            "--autoplay-policy=no-user-gesture-required",
        ];
        Self::open_with(folder, &camera)
    }

    fn open_with(folder: &Path, more: &[&str]) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let port = free_port()?;
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}"));
        let driver = Process::start_unready("chromedriver", &mut command, &folder.join("chromedriver.log"))?;
        let agent =
            Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(60))).build();
        let mut browser = Self {
            session: format!("http://127.0.0.1:{port}"),
            agent: agent.new_agent(),
            authenticators: RefCell::default(),
            _driver: driver,
        };
        until("chromedriver listens", || browser.ask("GET", "/status", &Value::Null).ok())?;
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1100,1600",
            "--lang=el",
            "--accept-lang=el",
            &profile,
        ];
        let arguments = [&arguments[..], more].concat();
        let wish = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": arguments}}}});
        let session = browser.ask("POST", "/session", &wish)?;
        let id = session["sessionId"].as_str().context("a session has an id")?;
        browser.session = format!("{}/session/{id}", browser.session);
        Ok(browser)
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let address = format!("{}{path}", self.session);
        let mut response = match method {
            "GET" => self.agent.get(address).call()?,
            "DELETE" => self.agent.delete(address).call()?,
            _ => self.agent.post(address).send_json(body)?,
        };
        let answer: Value = response.body_mut().read_json()?;
        if response.status() == 200 {
            Ok(answer["value"].clone())
        } else {
            bail!("{method} {path}: {}", answer["value"])
        }
    }

    /// Goes to a page.
    ///
    /// # Errors
    /// When it does not open.
    pub fn go(&self, address: &str) -> Result<()> {
        self.ask("POST", "/url", &json!({ "url": address })).map(drop)
    }

    /// The address of the page that is open.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn address(&self) -> Result<String> {
        Ok(self.ask("GET", "/url", &Value::Null)?.as_str().unwrap_or_default().to_owned())
    }

    /// Everything that a person can read on the page.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn text(&self) -> Result<String> {
        self.script("return document.body.innerText").map(|text| text.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script on the page, e.g. one that judges how accessible it is.
    ///
    /// # Errors
    /// When it fails.
    pub fn script(&self, script: &str) -> Result<Value> {
        self.ask("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// What axe-core finds wrong with the page that is open, by the rules of WCAG 2.2 AA and of good practice: a line for
    /// each thing, empty if there is nothing.
    ///
    /// # Errors
    /// When axe-core was not fetched (`cargo xtask test` does), or the browser is gone.
    pub fn accessibility_faults(&self) -> Result<Vec<String>> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../hub/pages/assets/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        self.script(&axe)?;
        let judge = "const done = arguments[arguments.length - 1]; axe.run(document).then(found => done(found.violations                     .flatMap(rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${node.target.join(' ')} —                      ${node.failureSummary}`))), error => done([String(error)]))";
        let found = self.ask("POST", "/execute/async", &json!({ "script": judge, "args": [] }))?;
        serde_json::from_value(found).context("axe-core gives a list")
    }

    /// Waits until a text can be read.
    ///
    /// # Errors
    /// When it cannot in time; the error says what can be read instead.
    pub fn reads(&self, text: &str) -> Result<()> {
        let mut last = String::new();
        let read = until(&format!("the page reads «{text}»"), || {
            last = self.text().ok()?;
            last.contains(text).then_some(())
        });
        read.map_err(|error| error.context(format!("{} reads: {last}", self.address().unwrap_or_default())))
    }

    /// Waits until a text can no longer be read.
    ///
    /// # Errors
    /// When it still can when the time is over.
    pub fn no_longer_reads(&self, text: &str) -> Result<()> {
        until(&format!("the page no longer reads «{text}»"), || (!self.text().ok()?.contains(text)).then_some(()))
    }

    /// Types into the field of this name.
    ///
    /// # Errors
    /// When there is no such field.
    pub fn fill(&self, name: &str, text: &str) -> Result<()> {
        self.fill_element("css selector", &format!("[name=\"{name}\"]"), text)
    }

    /// Types into the field that is found so, in the place of what stands there.
    pub(crate) fn fill_element(&self, using: &str, value: &str, text: &str) -> Result<()> {
        let field = self.element(using, value)?;
        self.ask("POST", &format!("/element/{field}/clear"), &json!({}))?;
        self.ask("POST", &format!("/element/{field}/value"), &json!({ "text": text })).map(drop)
    }

    /// Presses the first button or link, or chooses the first option or label, that reads so.
    ///
    /// # Errors
    /// When there is none in time.
    pub fn press(&self, text: &str) -> Result<()> {
        let quoted = if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") };
        let contains = format!("contains(normalize-space(.), {quoted})");
        let path = format!(
            "//button[{contains}] | //a[{contains}] | //label[{contains}] | //option[{contains}] | //summary[{contains}]"
        );
        self.press_element("xpath", &path)
    }

    /// Presses what a CSS selector finds first.
    ///
    /// # Errors
    /// When there is none in time.
    pub fn press_selector(&self, selector: &str) -> Result<()> {
        self.press_element("css selector", selector)
    }

    /// Presses it; a form that this sends is on its way before anything else is done, as it is for a person: whoever goes
    /// elsewhere in the same moment would take it back.
    /// Presses what brings a file: the page stays.
    ///
    /// # Errors
    /// When it cannot be pressed.
    pub fn press_for_file(&self, selector: &str) -> Result<()> {
        self.click_on("css selector", selector)
    }

    fn press_element(&self, using: &str, value: &str) -> Result<()> {
        self.click_on(using, value)?;
        until_ok("the form is sent", || {
            // A page on its way may refuse to be asked; a new page knows of no form.
            let is_sending = self.script("return window.isSending === true")?;
            ensure!(is_sending == Value::Bool(false), "still on its way");
            Ok(())
        })
    }

    fn click_on(&self, using: &str, value: &str) -> Result<()> {
        let pressed = until_ok(&format!("{value} can be pressed"), || {
            let element = self.element_now(using, value)?;
            self.script(WATCH_SENDING)?;
            self.ask("POST", &format!("/element/{element}/click"), &json!({})).map(drop)
        });
        // What stood there instead.
        let here = || format!("{} reads: {}", self.address().unwrap_or_default(), self.text().unwrap_or_default());
        pressed.map_err(|error| error.context(here()))
    }

    pub(crate) fn element(&self, using: &str, value: &str) -> Result<String> {
        until_ok(&format!("the page has {value}"), || self.element_now(using, value))
    }

    fn element_now(&self, using: &str, value: &str) -> Result<String> {
        let found = self.ask("POST", "/element", &json!({ "using": using, "value": value }))?;
        Ok(found[ELEMENT].as_str().context("no element")?.to_owned())
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

    /// The page as it is shown.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn picture(&self) -> Result<Picture> {
        use base64::{Engine as _, prelude::BASE64_STANDARD};
        let png = self.ask("GET", "/screenshot", &Value::Null)?;
        Picture::from_png(BASE64_STANDARD.decode(png.as_str().unwrap_or_default())?)
    }

    /// Gives the browser an authenticator, as a phone or a computer with a fingerprint reader has one, whose owner touches it
    /// whenever it asks (WebAuthn, 11).
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn plug_in_authenticator(&self) -> Result<()> {
        let wish = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserConsenting": true, "isUserVerified": true,
        });
        let plugged = self.ask("POST", "/webauthn/authenticator", &wish)?;
        let id = plugged.as_str().context("an authenticator has an id")?;
        self.authenticators.borrow_mut().push(id.to_owned());
        Ok(())
    }

    /// Takes its authenticators away, with all that they hold.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn unplug_authenticators(&self) -> Result<()> {
        let plugged = self.authenticators.take();
        plugged
            .iter()
            .try_for_each(|id| self.ask("DELETE", &format!("/webauthn/authenticator/{id}"), &Value::Null).map(drop))
    }

    /// Forgets every cookie, as another person at the same machine would.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn forget(&self) -> Result<()> {
        self.ask("DELETE", "/cookie", &Value::Null).map(drop)
    }

    /// The page from its head to its foot, as far as it goes, whatever the window shows of it.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn whole_picture(&self, width: u32) -> Result<Picture> {
        use base64::{Engine as _, prelude::BASE64_STANDARD};
        let metrics = json!({ "width": width, "height": 600, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics)?;
        // A scrollbar would narrow the page that is measured, and not the one that is drawn.
        self.devtools("Emulation.setScrollbarsHidden", &json!({ "hidden": true }))?;
        // Asking for the height lays the page out, which asks for its faces; with them it may be another.
        let faces = "const done = arguments[arguments.length - 1]; document.body.offsetHeight; \
                     document.fonts.ready.then(() => done(true))";
        self.ask("POST", "/execute/async", &json!({ "script": faces, "args": [] }))?;
        let height = self.script("return document.documentElement.scrollHeight")?;
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let wish = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let taken = self.devtools("Page.captureScreenshot", &wish)?;
        Picture::from_png(BASE64_STANDARD.decode(taken["data"].as_str().unwrap_or_default())?)
    }

    /// The page as it would be printed, as a PDF.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn pdf(&self) -> Result<Vec<u8>> {
        use base64::{Engine as _, prelude::BASE64_STANDARD};
        let printed = self.devtools("Page.printToPDF", &json!({ "preferCSSPageSize": true }))?;
        Ok(BASE64_STANDARD.decode(printed["data"].as_str().unwrap_or_default())?)
    }

    /// The file behind the first link that a CSS selector finds, as this browser is given it.
    ///
    /// # Errors
    /// When there is no such link, or no file behind it.
    pub fn file_of(&self, link: &str) -> Result<Vec<u8>> {
        use base64::{Engine as _, prelude::BASE64_STANDARD};
        self.waits_for(link)?;
        let read = format!(
            "return fetch(document.querySelector({}).href).then(answer => answer.ok ? answer.arrayBuffer() : \
             Promise.reject(answer.status)).then(read => \
             btoa(Array.from(new Uint8Array(read), byte => String.fromCharCode(byte)).join('')))",
            json!(link)
        );
        Ok(BASE64_STANDARD.decode(self.script(&read)?.as_str().context("a file")?)?)
    }

    /// A command of Chromium's own, which the protocol of all browsers does not have.
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) -> Result<Value> {
        self.ask("POST", "/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Sets the window's size in CSS pixels.
    ///
    /// # Errors
    /// When the browser is gone.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.ask("POST", "/window/rect", &json!({ "width": width, "height": height })).map(drop)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Closes Chromium; the driver alone would leave it running.
        let _ = self.ask("DELETE", "", &Value::Null);
    }
}
